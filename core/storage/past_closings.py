"""Closings in a view of the past: a closing's own day decides, however late it was entered.

Whoever takes a closed channel up again clears that day, which does not make the closing undone: as of a day before, it
stands as it stood then. Only what was taken back by undo never was.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from core.days import end_of
from core.model import Action, Change, ChangeValue, Channel, ChannelState
from core.storage.history import LogEntry, each_entry
from core.storage.journal import CHANGE
from core.storage.values import TABLES


@dataclass(frozen=True, slots=True)
class Turned:
    """What turning a copy to a day did to channels.

    Attributes:
        closed: The state of those that their closing day alone closed.
        later: What is known of closings after the day.
    """

    closed: Mapping[uuid.UUID, ChannelState] = field(default_factory=dict)
    later: Sequence[Mapping[str, Any]] = ()


def turn_closings(connection: Connection, day: date, known: Sequence[ColumnElement[bool]]) -> Turned:
    """Close what its day had closed; of what was closed later tell nothing, but of a closing that is under way.

    Args:
        connection: To the private copy.
        day: As of which day it is to be.
        known: Conditions on the log's entries that count.
    """
    if reopened := _reopened_since(connection, day, known):
        put_closings(connection, reopened)
    columns = Channel.id.label("_id"), Channel.closed_on, Channel.closing_reason, Channel.state
    query = select(*columns).where(Channel.closed_on.is_not(None))
    told = [dict(row) for row in connection.execute(query).mappings()]
    states = {row["_id"]: row.pop("state") for row in told}
    closed = {row["_id"]: states[row["_id"]] for row in told if row["closed_on"] <= day}
    closed = {one: state for one, state in closed.items() if state is not ChannelState.CLOSED}
    if closed:
        by_day = Channel.closed_on <= day, Channel.state != ChannelState.CLOSED
        connection.execute(update(Channel).where(*by_day).values(state=ChannelState.CLOSED))
    later = [row for row in told if row["closed_on"] > day and states[row["_id"]] is not ChannelState.CLOSING]
    if later:
        after = Channel.closed_on > day, Channel.state != ChannelState.CLOSING
        still_open = update(Channel).where(*after, Channel.state == ChannelState.CLOSED)
        connection.execute(still_open.values(state=ChannelState.ACTIVE))
        connection.execute(update(Channel).where(*after).values(closed_on=None, closing_reason=None))
    return Turned(closed, later)


def put_closings(connection: Connection, closings: Sequence[Mapping[str, Any]]) -> None:
    """Write the days and reasons of closings into their channels, each named by "_id"."""
    channel = TABLES["channel"]
    connection.execute(update(channel).where(channel.c.id == bindparam("_id")), list(closings))


def is_reopening(entry: LogEntry) -> bool:
    """Say whether a change took a closed channel up again."""
    before, after = entry.before or {}, entry.after or {}
    cleared = "closed_on" in after and not after["closed_on"] and bool(before.get("closed_on"))
    return cleared and before.get("state") == ChannelState.CLOSED.value and entry.undoes_id is None


def _reopened_since(connection: Connection, day: date, known: Sequence[ColumnElement[bool]]) -> list[dict[str, Any]]:
    """Return the closings that stood on a day and were cleared later, because the channels were taken up again."""
    told = select(ChangeValue.seq).where(ChangeValue.seq == Change.seq, ChangeValue.text.contains('"closed_on"'))
    of = Change.table_name == Channel.__tablename__, Change.kind == CHANGE, told.exists()
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for entry in each_entry(connection, *of, Action.at >= end_of(day), *known, newest_first=True):
        before = entry.before or {}
        if is_reopening(entry) and (closed_on := date.fromisoformat(before["closed_on"])) <= day:
            closing = {"closed_on": closed_on, "closing_reason": before.get("closing_reason")}
            found[entry.record_id] = {"_id": entry.record_id, **closing}  # The one nearest to the day comes last.
    return list(found.values())
