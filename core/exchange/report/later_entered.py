"""What was valid on the day a report speaks of, but was written down only later: it is marked with that later day.

A record counts as entered later when it was first written down after the day, or when one of its dates that lie on the
day or before it was changed after it. Other changes after the day are no late entries: the report does not show them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.days import end_of, local_day
from core.model import Action, Change, ChangeValue
from core.storage.history import LogEntry, each_entry
from core.storage.journal import CHANGE, CREATE
from core.storage.past_closings import is_reopening

_DATES: Mapping[str, frozenset[str]] = {
    "channel": frozenset({"opened_on", "closed_on"}),
    "person": frozenset({"leaving_on", "left_on"}),
    "responsibility": frozenset({"since", "until"}),
    "follower_count": frozenset({"on"}),
    "confirmation": frozenset({"on"}),
    "rotation": frozenset({"on"}),
    "asset_use": frozenset({"since", "until"}),
}
"""The tables of which late entries are told, and the columns by which their records are valid on a day."""

_OBSERVED: Mapping[str, frozenset[str]] = {"channel": frozenset({"last_post_on"})}
"""Columns of which a later value takes no earlier one back."""

_UNDATED_AS_OF = frozenset({"channel", "person"})
"""Tables whose other facts are shown as the log knew them on the day; those of all others as they are known now."""


@dataclass(frozen=True, slots=True)
class Later:
    """On which day records that a report shows were entered, where that was after the day it speaks of.

    They are named by their table, or by their table and one of its dates ("channel.closed_on"), and by their id.
    """

    days: Mapping[tuple[str, UUID], date] = field(default_factory=dict)

    def newest(self, *records: tuple[str, UUID]) -> date | None:
        """Return the last day on which one of some records was entered, None where all were there in time."""
        if not self.days:
            return None
        return max((self.days[one] for one in records if one in self.days), default=None)


def read_later(session: Session, day: date, upto: int) -> Later:
    """Read from the log what was entered after a day.

    Args:
        session: On a copy of the registry with its whole log.
        day: The day the report speaks of.
        upto: The number of the newest entry that counts.
    """
    after = Change.table_name.in_(_DATES), Action.at >= end_of(day), Change.seq <= upto
    found = _made(session, after)
    found |= {(f"{table}.{key}", one): on for (table, one), on in found.items() for key in _DATES[table]}
    for entry in each_entry(session, Change.kind == CHANGE, _may_concern(after), *after):
        for name in _concerned(entry, day, new=(entry.table, entry.record_id) in found):
            key = name, entry.record_id
            found[key] = max(found.get(key, date.min), local_day(entry.at))
    return Later(found)


def _made(session: Session, after: tuple[ColumnElement[bool], ...]) -> dict[tuple[str, UUID], date]:
    """Return when records were first written down; one that was deleted and came back was there before."""
    query = select(Change.table_name, Change.record_id, Change.kind, Action.at)
    query = query.join(Action, Action.id == Change.action_id).where(Change.kind != CHANGE, *after).order_by(Change.seq)
    found: dict[tuple[str, UUID], date] = {}
    gone = set[tuple[str, UUID]]()
    for table, record_id, kind, at in session.execute(query):
        key = table, record_id
        if kind != CREATE and key not in found:
            gone.add(key)
        elif kind == CREATE and key not in gone:
            found.setdefault(key, local_day(at))
    return found


def _may_concern(after: tuple[ColumnElement[bool], ...]) -> ColumnElement[bool]:
    """Return the condition on changes that may make a late entry; of a long log most are none."""
    columns = sorted({key for some in (*_DATES.values(), *_OBSERVED.values()) for key in some})
    named = or_(*(ChangeValue.text.contains(f'"{column}"', autoescape=True) for column in columns))
    dated = select(ChangeValue.seq).where(ChangeValue.seq == Change.seq, named).correlate(Change).exists()
    new = select(Change.record_id).join(Action, Action.id == Change.action_id).where(Change.kind == CREATE, *after)
    return or_(Change.table_name.not_in(_UNDATED_AS_OF), dated, Change.record_id.in_(new.correlate(None)))


def _concerned(entry: LogEntry, day: date, *, new: bool) -> Iterator[str]:
    """Give what a later change put right of a record: one of its dates on the day or before, or the record itself."""
    if is_reopening(entry):
        return  # The closing stood until then, and was known.
    table, before, after = entry.table, entry.before or {}, entry.after or {}
    dates = after.keys() & _DATES[table]
    about = {key for key in dates if _is_by(before.get(key), day) or _is_by(after.get(key), day)}
    about |= {key for key in after.keys() & _OBSERVED.get(table, ()) if _is_by(after[key], day)}
    yield from (f"{table}.{key}" for key in sorted(about))
    if about or new or (table not in _UNDATED_AS_OF and after.keys() - dates):
        yield table


def _is_by(value: Any, day: date) -> bool:
    """Say whether a date as the log writes it, perhaps a month or a year alone, lies on a day or before it."""
    return bool(value) and str(value) <= day.isoformat()[: len(str(value))]
