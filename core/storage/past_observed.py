"""What somebody looked up now and then and wrote over: the last post, when an imprint or a copy of a secret was seen.

As of a day it is what the record says if that is not after the day, or else the newest earlier value in the log that is
not. A value that was put right or taken back does not count: only what stood there when a later day took its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute

from core.model import Change, ChangeValue, Channel, Custody
from core.storage.history import each_entry
from core.storage.journal import CHANGE
from core.storage.values import TABLES, record_values

_OBSERVED: tuple[InstrumentedAttribute[Any], ...] = (
    Channel.last_post_on,
    Channel.imprint_checked_on,
    Custody.last_seen_on,
)
_APPROVAL = "approved_on", "approved_by_id", "approved_under"


POSTED_LATER = Table("posted_later", MetaData(), Column("channel_id", Uuid, primary_key=True))
"""Only in views of the past: the channels of whose last post they know nothing but that there was one after their day.
"""


def turn_observed(connection: Connection, day: date, known: Sequence[ColumnElement[bool]]) -> None:
    """Show what was seen by a day, and no approval that came later; of a private copy, never forwards.

    Args:
        connection: To the copy, which has the table `POSTED_LATER`.
        day: As of which day it is to be.
        known: Conditions on the log's entries that count.
    """
    for column in _OBSERVED:
        if is_later(connection.scalar(select(func.max(column))), day):
            _turn(connection, column, day, known)
    if is_later(connection.scalar(select(func.max(Channel.approved_on))), day):
        connection.execute(update(Channel).where(Channel.approved_on > day).values(dict.fromkeys(_APPROVAL)))


def is_later(newest: date | str | None, day: date) -> bool:
    """Say whether the newest of some dates is after a day; of one that is a month or a year its beginning counts."""
    return str(newest or "") > day.isoformat()


def _turn(
    connection: Connection, column: InstrumentedAttribute[Any], day: date, known: Sequence[ColumnElement[bool]]
) -> None:
    """Turn one column; note whose records say nothing of a last post any more although the log never says why."""
    model = column.class_
    table = TABLES[model.__tablename__]
    after = column > (day.isoformat() if isinstance(column.type, String) else day)
    later = select(model.id).where(after)
    before = dict(_before(connection, column, day, (*known, Change.record_id.in_(later))))
    if column is Channel.last_post_on:
        connection.execute(POSTED_LATER.insert().from_select(["channel_id"], later))
        if before:
            told_of = delete(POSTED_LATER).where(POSTED_LATER.c.channel_id == bindparam("_id"))
            connection.execute(told_of, [{"_id": one} for one in before])
    connection.execute(update(model).where(after).values({column.key: None}))
    values = [{"_id": one, **record_values(table, {column.key: told})} for one, told in before.items() if told]
    if values:
        connection.execute(update(table).where(table.c.id == bindparam("_id")), values)


def _before(
    connection: Connection, column: InstrumentedAttribute[Any], day: date, conditions: Sequence[ColumnElement[bool]]
) -> Iterator[tuple[UUID, str | None]]:
    """Give each record's newest value by a day of those that were written over, None where it was called unknown."""
    told = select(ChangeValue.seq).where(ChangeValue.seq == Change.seq, ChangeValue.text.contains(f'"{column.key}"'))
    of = Change.table_name == column.class_.__tablename__, Change.kind == CHANGE, told.exists()
    settled = set[UUID]()
    for entry in each_entry(connection, *of, *conditions, newest_first=True):
        before = entry.before or {}
        if entry.record_id in settled or column.key not in before:
            continue
        value = before[column.key]
        if not value or value <= day.isoformat()[: len(value)]:
            settled.add(entry.record_id)
            yield entry.record_id, value or None
