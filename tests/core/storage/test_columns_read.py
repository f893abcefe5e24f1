"""Which columns a list reads decides what makes its rows follow, so SQLite itself is asked."""

import sqlite3
from typing import Any

import pytest
from sqlalchemy import create_engine

from core.inventory.lists import LISTS
from core.model import Base
from core.storage.rows import columns_of
from tests.factories import TODAY


@pytest.mark.parametrize("records", LISTS, ids=lambda records: records.name)
def test_no_column_is_read_that_a_list_does_not_follow(records):
    engine, read = create_engine("sqlite://"), set[tuple[str, str]]()

    def note(action: int, table: str, column: str, *_where: str) -> int:
        if action == sqlite3.SQLITE_READ and column:
            read.add((table, column))
        return sqlite3.SQLITE_OK

    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_authorizer(note)
        connection.execute(records.listing(TODAY)).all()
        driver.set_authorizer(None)
    engine.dispose()
    assert read
    assert {one for one in read if one[1] != "rowid"} <= columns_of(records) | {(table, "id") for table, _key in read}
