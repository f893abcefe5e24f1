"""Views of the past, made on a private copy of the registry by un-applying what the log says came later.

Known-on shows the registry as it was known on a day. As-of shows what was valid on a day: dated facts by their own
dates as known now, undated facts (title, state, unit) as the log knew them that evening and, before their first entry,
by their first known values.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, not_, or_, select, true, update
from sqlalchemy.orm import Session

from core.days import end_of
from core.model import (
    Access,
    Action,
    Change,
    Channel,
    ChannelState,
    Confirmation,
    Custody,
    FollowerCount,
    FormerHandle,
    Responsibility,
)
from core.storage.engine import WRITING
from core.storage.history import apply, each_entry
from core.storage.journal import CHANGE, CREATE, DELETE, Entry
from core.storage.past_appearance import turn_appearance
from core.storage.past_closings import Turned, put_closings, turn_closings
from core.storage.past_custody import turn_custody
from core.storage.past_observed import POSTED_LATER, turn_observed
from core.storage.private_copy import Watch, private_copy
from core.storage.rewinding import Since, by_record
from core.storage.values import TABLES, plain_values

_DATED = {
    "channel": frozenset({"opened_on", "closed_on", "closing_reason", "registered_on", "created_at"})
    | {"approved_on", "approved_by_id", "approved_under", "last_post_on", "imprint_checked_on"},
    # Whoever is restricted now is so in every view (Art. 18 GDPR).
    "person": frozenset({"leaving_on", "left_on", "restricted_on", "created_at"}),
    "org_unit": frozenset({"created_at"}),
    "credential": frozenset({"revision", "rotated_on", "rotated_by_id", "retired_on", "created_at"}),
    "custody": frozenset(Custody.__table__.columns.keys()),
    "asset": frozenset({"licence_until", "retired_on", "created_at"}),
}
"""Columns that speak of a day of their own, or of what was on it; others are true from when they were written down."""

_DONE_BY_THE_PROGRAM = frozenset(
    {"escrow_key", "envelope", "escrow_opening", "key_card", "key_verification", "handover", "handover_item"}
)
"""Tables of what is written down as it is done: as of a day they are what the log knew that evening."""

_IDEAS = ChannelState.PROPOSED, ChannelState.APPROVED, ChannelState.REJECTED
"""States of channels that are not there yet: they begin with the day on which they were written down."""

_TURNED, _KNOWN = "turned", "known"
"""Under these names a session's info says what turning did to channels, and which entries count."""


@dataclass(frozen=True, slots=True)
class Bypass:
    """A record that is not as its newest log entry left it: somebody changed the file without the program."""

    table: str
    record_id: uuid.UUID


@contextmanager
def viewing(
    source: Engine, *, as_of: date | None, known_on: date | int | None, watch: Watch | None = None
) -> Iterator[Session]:
    """Give a session on a private copy turned to a day; `info["bypassed"]` names what was changed past the log.

    Args:
        source: The live registry's engine.
        as_of: Show what was valid on this day.
        known_on: Show what was known in the evening of this day, or when the log had so many entries.
        watch: Called now and then, also while a query runs; by an error of the house it ends the work.
    """
    with private_copy(source, watch) as copy:
        bypassed, turned = _rewound(copy, known_on, as_of)
        with copy.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            info = {"bypassed": bypassed, _TURNED: turned, _KNOWN: known_on}
            with Session(bind=connection, info=info) as session:
                yield session


def step_back(session: Session, shown: date, day: date) -> None:
    """Turn a view as of one day into the view as of an earlier one; cheaper than to make that anew.

    Args:
        session: Of `viewing`, as of some day.
        shown: As of which day it is now.
        day: As of which day it is to be.
    """
    connection, turned = session.connection(), session.info[_TURNED]
    for state in set(turned.closed.values()):
        ids = [one for one, known in turned.closed.items() if known is state]
        connection.execute(update(Channel).where(Channel.id.in_(ids)).values(state=state))
    if turned.later:
        put_closings(connection, turned.later)
    _undated_facts(connection, end_of(day), shown)
    session.info[_TURNED] = _dated_facts(connection, day, _conditions(session.info[_KNOWN]))


def is_view(session: Session) -> bool:
    """Say whether a session is on a view of the past."""
    return _TURNED in session.info


def may_be_silent(*, in_view: bool) -> ColumnElement[bool]:
    """Return the condition that a channel is not one of which a view only knows that it posted after the view's day."""
    return Channel.id.not_in(select(POSTED_LATER.c.channel_id)) if in_view else true()


def _rewound(copy: Engine, known_on: date | int | None, as_of: date | None) -> tuple[tuple[Bypass, ...], Turned]:
    bypassed: tuple[Bypass, ...] = ()
    turned = Turned()
    with copy.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        POSTED_LATER.create(connection)
        if known_on is not None:
            bypassed = _forget_later(connection, known_on)
        if as_of is not None:
            _undated_facts(connection, end_of(as_of), known_on)
            turned = _dated_facts(connection, as_of, _conditions(known_on))
    return bypassed, turned


def _forget_later(connection: Connection, known_on: date | int) -> tuple[Bypass, ...]:
    later = by_record(each_entry(connection, not_(_known(known_on)), newest_first=True))
    bypassed = tuple(_bypasses(connection, later))
    instant = end_of(known_on) if isinstance(known_on, date) else datetime.now(UTC)
    apply(connection, [since.undone() for since in later if not since.stays_away], instant)
    return bypassed


def _known(known_on: date | int) -> ColumnElement[bool]:
    """Return the condition that an entry was in the log in the evening of a day, or among so many first ones."""
    return Action.at < end_of(known_on) if isinstance(known_on, date) else Change.seq <= known_on


def _conditions(known_on: date | int | None) -> list[ColumnElement[bool]]:
    return [] if known_on is None else [_known(known_on)]


def _bypasses(connection: Connection, later: Iterable[Since]) -> Iterator[Bypass]:
    for newest in (since.newest for since in later):
        table, record_id, columns = newest.table, newest.record_id, TABLES[newest.table].columns
        row = connection.execute(select(TABLES[table]).where(columns.id == record_id)).mappings().first()
        expected = {key: value for key, value in (newest.after or {}).items() if key in columns}
        if newest.kind == DELETE:
            agrees = row is None
        else:
            agrees = row is not None and plain_values(dict(row), expected) == expected
        if not agrees:
            yield Bypass(table, record_id)


def _undated_facts(connection: Connection, instant: datetime, known_on: date | int | None) -> None:
    """Give records back the undated facts that the log knew at an instant, or else their first known ones."""
    since = Action.at >= instant, *_conditions(known_on)
    dated = Change.table_name.in_(_DATED), Change.kind != CREATE
    back = map(_back, by_record(each_entry(connection, *dated, *since, newest_first=True)))
    apply(connection, [entry for entry in back if entry.after], instant)
    program = Change.table_name.in_(_DONE_BY_THE_PROGRAM)
    done = by_record(each_entry(connection, program, *since, newest_first=True))
    apply(connection, [one.undone() for one in done if not one.stays_away], instant)


def _back(since: Since) -> Entry:
    """Return the entry that gives a record its earliest values back; one that is gone meanwhile takes none."""
    table = since.newest.table
    undated = {key: value for key, value in since.before.items() if key not in _DATED[table]}
    return Entry(table, since.newest.record_id, CHANGE, None, undated)


def _dated_facts(connection: Connection, day: date, known: Sequence[ColumnElement[bool]]) -> Turned:
    """Take away what had not begun on a day, and let a channel's closing day decide whether it was closed.

    Args:
        connection: To the private copy.
        day: As of which day it is to be.
        known: Conditions on the log's entries that count.
    """
    idea = Channel.state.in_(_IDEAS), Channel.opened_on.is_(None), Channel.registered_on > day
    unopened = or_(Channel.opened_on > day.isoformat(), and_(*idea))
    gone = list(connection.execute(select(Channel.id).where(unopened)).scalars())
    if gone:
        for model in (Responsibility, Access, Confirmation, FollowerCount, FormerHandle):
            connection.execute(delete(model).where(model.channel_id.in_(gone)))
        connection.execute(delete(Channel).where(Channel.id.in_(gone)))
    for model_column in (
        Responsibility.since,
        Access.granted_on,
        Confirmation.on,
        FollowerCount.on,
        FormerHandle.until,
    ):
        connection.execute(delete(model_column.class_).where(model_column > day))
    turned = turn_closings(connection, day, known)
    turn_observed(connection, day, known)
    turn_custody(connection, day, known)
    turn_appearance(connection, day)
    return turned
