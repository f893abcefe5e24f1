"""The history of one record as people read it: who did what when, with the values before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.i18n import _, show_date
from core.inventory.recorded import Difference, differences, names_in
from core.model import Change, ChangeValue, Responsibility, ResponsibilityRole
from core.storage import history
from core.storage.history import LogEntry
from core.storage.journal import CHANGE
from core.storage.log_view import labels_of
from core.storage.record_list import RecordList
from core.storage.values import TABLES, from_plain

LINES = 200


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One action as far as it concerns the record.

    Attributes:
        action_id: The action.
        at: When it was done.
        actor: Who did it; empty where nobody was bound to the account.
        label: What was done, translated.
        differences: Which fields of the record changed.
        ties: What was tied to the record or taken from it: "Owner: Erika Mustermann".
    """

    action_id: UUID
    at: datetime
    actor: str
    label: str
    differences: tuple[Difference, ...]
    ties: tuple[str, ...]


def record_history(session: Session, records: RecordList, record_id: UUID) -> list[HistoryLine]:
    """Return the newest actions that touched a record or what is tied to it, newest first."""
    entries = _entries(session, records, record_id)
    names = names_in(session, entries)
    labels = labels_of(session, {entry.action_id for entry in entries})
    actions: dict[UUID, list[LogEntry]] = {}
    for entry in entries:
        actions.setdefault(entry.action_id, []).append(entry)
    return [_line(group, records, names, labels[group[0].action_id]) for group in list(actions.values())[:LINES]]


def _entries(session: Session, records: RecordList, record_id: UUID) -> list[LogEntry]:
    """Return the entries of the record, and those of records that ever pointed at it."""
    tied = [
        table.name for table in TABLES.values() if any(key.column.table is records.table for key in table.foreign_keys)
    ]
    pointing = (
        select(Change.record_id)
        .join(ChangeValue, ChangeValue.seq == Change.seq)
        .where(Change.table_name.in_(tied), ChangeValue.text.contains(str(record_id)))
    )
    here = (Change.table_name == records.name) & (Change.record_id == record_id)
    there = (Change.table_name != records.name) & Change.record_id.in_(pointing)
    return history.entries(session, or_(here, there), newest_first=True)


def _line(group: Sequence[LogEntry], records: RecordList, names: Mapping[UUID, str], label: str) -> HistoryLine:
    first = group[0]
    own = [entry for entry in group if entry.table == records.name and entry.kind == CHANGE]
    tied = [entry for entry in group if entry.table == Responsibility.__tablename__]
    return HistoryLine(
        first.action_id,
        first.at,
        names.get(first.actor_id, "") if first.actor_id else "",
        label,
        tuple(difference for entry in own for difference in differences(entry, names)),
        tuple(tie for entry in tied if (tie := _tie(entry, names))),
    )


def _tie(entry: LogEntry, names: Mapping[UUID, str]) -> str:
    """Return a responsibility in words; one that only got an end says its last day."""
    values = {**(entry.before or {}), **(entry.after or {})}
    if values.get("until") and entry.kind == CHANGE:
        until = from_plain(TABLES["responsibility"].columns["until"], values["until"])
        return _("Last day: {day}").format(day=show_date(until))
    person = names.get(UUID(values["person_id"]), "") if values.get("person_id") else ""
    if not person or "role" not in values:
        return ""
    role = _(ResponsibilityRole(values["role"]).label)
    return _("{role}: {name}").format(role=role, name=person)
