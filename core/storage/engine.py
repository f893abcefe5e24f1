"""Connections to a registry's file, set up so that what was confirmed as saved stays saved.

SQLite runs with `journal_mode=TRUNCATE` and `synchronous=FULL`: the pair that lost nothing in replayed power losses
(docs/decisions). Actions begin with BEGIN IMMEDIATE, reading with BEGIN.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, Connection
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

APPLICATION_ID = 0x4B616E52
"""What `PRAGMA application_id` says of a registry's file ("KanR")."""

WRITING = "kanalregister_writing"
"""Execution option of connections that are going to write."""

CACHE_KIB = 32_000
SMALL_CACHE_KIB = 4_000
"""Of a copy that is read once, from its beginning to its end."""

_STATEMENTS: LRUCache[Any, Any] = LRUCache(1_000)
"""What statements read in SQL: the same for every file, so each is put together once in the life of the program."""

_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
)
_PASSING_PRAGMAS = ("PRAGMA synchronous=OFF", "PRAGMA secure_delete=OFF")
"""Of a copy that is thrown away: nothing of it has to outlast a power loss, and its file goes as a whole."""


class AlikeDialect(SQLiteDialect_pysqlite):
    """SQLite as spoken here: every engine's is alike, so a statement of one is a statement of all."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.alike", __name__, AlikeDialect.__name__)


def file_engine(path: Path, *, wait_seconds: float = 10.0, foreign_keys: bool = True, passing: bool = False) -> Engine:
    """Return an engine for an existing file; it never creates one.

    Args:
        path: The registry's file.
        wait_seconds: How long to wait for another program that is writing.
        foreign_keys: Off only while migrating.
        passing: Whether it is a copy that is read once and thrown away.
    """
    uri = f"{path.resolve().as_uri()}?mode=rw"
    engine = create_engine(
        URL.create("sqlite+alike"),
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=wait_seconds, check_same_thread=False),
        hide_parameters=True,
        poolclass=QueuePool,  # Without a file in its URL, SQLAlchemy would keep one connection a thread.
        execution_options={"compiled_cache": _STATEMENTS},
    )
    set_up(engine, foreign_keys=foreign_keys, passing=passing)
    return engine


def set_up(engine: Engine, *, foreign_keys: bool = True, passing: bool = False) -> None:
    """Give an engine the pragmas and the explicit transactions of the house."""
    pragmas = (
        *_PRAGMAS,
        *(_PASSING_PRAGMAS if passing else ()),
        f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}",
        f"PRAGMA cache_size=-{SMALL_CACHE_KIB if passing else CACHE_KIB}",
    )

    @event.listens_for(engine, "connect")
    def _connected(raw: Any, _record: object) -> None:
        raw.isolation_level = None  # The driver would otherwise begin and commit behind our back, DDL above all.
        cursor = raw.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def copy_out(source: Engine, target: Path) -> None:
    """Copy a live registry page by page into an existing empty file, consistent as of one moment."""
    with (
        source.connect() as connection,
        closing(sqlite3.connect(f"{target.resolve().as_uri()}?mode=rw", uri=True)) as copy,
    ):
        driver = _driver(connection)
        driver.execute(f"PRAGMA cache_size=-{SMALL_CACHE_KIB}")  # Each page is read once; none need be kept.
        try:
            driver.backup(copy, progress=_deadline())
        finally:
            driver.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


def copy_in(source: Path, target: Engine) -> None:
    """Replace the content of a live registry by that of a file, in one transaction that others wait for."""
    with (
        target.connect() as connection,
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy,
    ):
        copy.backup(_driver(connection), progress=_deadline())


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _deadline(seconds: float = 20.0) -> Callable[[int, int, int], None]:
    """Return a progress function that gives up; left alone, a copy would wait for a busy file for ever."""
    end = time.monotonic() + seconds

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > end:
            raise sqlite3.OperationalError("database is locked")

    return progress
