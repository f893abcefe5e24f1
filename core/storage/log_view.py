"""The log as its page reads it: one line an action, newest first, narrowed by person, record and days.

A view holds one number an action (that of its last entry, which never changes) and reads pages as they come into sight.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from core.days import beginning_of
from core.i18n import N_, _
from core.model import Action, Change, ChangeValue, Person
from core.storage.history import taken_back
from core.storage.touching import chunks
from core.storage.values import WORDS_TABLES, journaled_tables

_KINDS = {
    "create": N_("created"),
    "change": N_("changed"),
    "delete": N_("deleted"),
    "restore": N_("restored"),
    "erase": N_("erased"),
    "redact": N_("erased"),
}


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which actions are wanted: of one person, of one record, from one day to another (both included), of one kind.

    The kind is the label's source text.
    """

    actor_id: UUID | None = None
    record_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class LoggedAction:
    """One line of the log.

    Attributes:
        seq: The number of the action's last entry; newer actions have higher ones.
        id: The action.
        label: What was done, in the user's language.
        at: When.
        actor: Who did it; empty where nobody was bound to the account.
        store_id: At which workstation.
        records: How many records it touched.
        undone: Whether it has been taken back, and not been done again since.
        kind: Source text of the label.
        actor_id: Who did it, None where nobody was bound.
    """

    seq: int
    id: UUID
    label: str
    at: datetime
    actor: str
    store_id: UUID | None
    records: int
    undone: bool
    kind: str = ""
    actor_id: UUID | None = None


def action_numbers(session: Session, wanted: LogFilter) -> array[int]:
    """Return the numbers of the wanted actions' last entries, newest first."""
    query = select(func.max(Change.seq)).group_by(Change.action_id).order_by(func.max(Change.seq).desc())
    said = _said_of_action(wanted)
    if said:
        query = query.where(Change.action_id.in_(select(Action.id).where(*said)))
    if wanted.record_id is not None:
        query = query.where(Change.action_id.in_(_touching(wanted.record_id)))
    return array("q", session.execute(query).scalars())


def read_actions(session: Session, numbers: Sequence[int]) -> list[LoggedAction]:
    """Read the actions to which some numbers belong, in the order of the numbers."""
    undone, _undoings = taken_back(session.connection())
    found: dict[int, LoggedAction] = {}
    for some in chunks(numbers):
        query = select(Change.seq, Action).join(Action, Action.id == Change.action_id).where(Change.seq.in_(some))
        rows = session.execute(query).all()
        ids = [action.id for _seq, action in rows]
        names, labels, counts = (
            _names(session, [one for _seq, one in rows]),
            labels_of(session, ids),
            _count(session, ids),
        )
        for seq, one in rows:
            actor = names.get(one.actor_id, "") if one.actor_id else ""
            found[seq] = LoggedAction(
                seq,
                one.id,
                labels[one.id],
                one.at,
                actor,
                one.store_id,
                counts.get(one.id, 0),
                one.id in undone,
                one.label,
                one.actor_id,
            )
    return [found[number] for number in numbers if number in found]


def kind_word(kind: str) -> str:
    """Say what an entry of the log did to its record."""
    return _(_KINDS.get(kind, kind))


def labels_of(session: Session, actions: Iterable[UUID]) -> dict[UUID, str]:
    """Return what some actions are called in the user's language; one that takes another back names that one."""
    known: dict[UUID, tuple[str, UUID | None]] = {}
    wanted = set(actions)
    asked = frozenset(wanted)
    while wanted:
        for some in chunks(wanted):
            query = select(Action.id, Action.label, Action.undoes_id).where(Action.id.in_(some))
            known |= {one: (label, undoes) for one, label, undoes in session.execute(query).all()}
        wanted = {undoes for _label, undoes in known.values() if undoes is not None} - known.keys()
    return {one: _told(one, known) for one in asked if one in known}


def label_of_undoing(session: Session, action: UUID) -> str:
    """Return what having taken an action back is called, as something that can be undone and redone itself."""
    return _("undoing of “{action}”").format(action=labels_of(session, [action])[action])


def _told(action: UUID, known: Mapping[UUID, tuple[str, UUID | None]]) -> str:
    """Follow what takes back what: an even number of steps does the first action again."""
    label, undoes = known[action]
    steps = 0
    while undoes is not None and undoes in known:
        label, undoes = known[undoes]
        steps += 1
    match steps:
        case 0:
            return _(label)
        case odd if odd % 2:
            return _("Undo: {action}").format(action=_(label))
        case _:
            return _("Redo: {action}").format(action=_(label))


def _said_of_action(wanted: LogFilter) -> list[ColumnElement[bool]]:
    said: list[ColumnElement[bool]] = []
    if wanted.actor_id is not None:
        said.append(Action.actor_id == wanted.actor_id)
    if wanted.since is not None:
        said.append(Action.at >= beginning_of(wanted.since))
    if wanted.until is not None:
        said.append(Action.at < beginning_of(wanted.until + timedelta(days=1)))
    if wanted.kind:
        said.append(Action.label == wanted.kind)
    return said


def _touching(record_id: UUID) -> Select[Any]:
    """Select the actions that touched a record, that named it, or that touched what ties it to another."""
    naming = select(ChangeValue.seq).where(ChangeValue.text.contains(str(record_id)))
    tied = select(Change.record_id).where(Change.table_name.in_(_ties()), Change.seq.in_(naming))
    return select(Change.action_id).where(
        or_(Change.record_id == record_id, Change.seq.in_(naming), Change.record_id.in_(tied))
    )


@cache
def _ties() -> tuple[str, ...]:
    """Return the tables whose records cannot be without another record."""
    return tuple(
        table.name
        for table in journaled_tables()
        if any(column.foreign_keys and not column.nullable for column in table.columns)
    )


def _count(session: Session, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Count the records that actions touched; a reason is none."""
    query = select(Change.action_id, func.count()).where(
        Change.action_id.in_(ids), Change.table_name.not_in(WORDS_TABLES)
    )
    return {one: number for one, number in session.execute(query.group_by(Change.action_id)).all()}  # noqa: C416


def _names(session: Session, actions: Sequence[Action]) -> dict[UUID, str]:
    ids = {one.actor_id for one in actions if one.actor_id is not None}
    return {person.id: person.name for person in session.scalars(select(Person).where(Person.id.in_(ids)))}
