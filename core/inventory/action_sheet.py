"""One action of the log with all that it changed: each record by its name, its fields before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.inventory.channels import label_of
from core.inventory.recorded import Difference, differences, names_in, names_of, noun_of, setting_label, waived_rules
from core.model import Change, ChangeValue, RegistrySetting
from core.storage.history import LogEntry, can_be_undone, entries
from core.storage.journal import CREATE, DELETE, Entry
from core.storage.log_view import LoggedAction, read_actions
from core.storage.touching import chunks
from core.storage.values import REASON_TABLE, TABLES, WORDS_TABLES

AT_ONCE = 100
_PAGES = {
    "channel": "channels",
    "person": "people",
    "org_unit": "units",
    "credential": "credentials",
    "asset": "assets",
}
_POINTERS = ("credential_id", "channel_id", "person_id", "subject_id", "asset_id", "version_id")
_OF_CHANNELS = frozenset({"channel_id", "subject_id"})


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """What an action did to one record.

    Attributes:
        seq: The number of the entry.
        record_id: The record.
        noun: What such a record is called in general: "Channel".
        name: What this one is called; empty where nothing is known of it any more.
        kind: "create", "change", "delete", "restore" or "erase".
        differences: The fields before and after.
        erased: Whether personal values of the entry have been erased since.
        shown_on: The page that shows the record or what it belongs to, and the id there; None where there is none.
        rule: The key of the rule that a waiver is about.
    """

    seq: int
    record_id: UUID
    noun: str
    name: str
    kind: str
    differences: tuple[Difference, ...]
    erased: bool
    shown_on: tuple[str, UUID] | None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class ActionSheet:
    """One action, and the first of the records that it changed.

    `reason` is None where none was given, empty where it has been erased. `final` says that nothing can take the action
    back, whatever came after it: it erased, its values have been erased, or it tells of what is outside.
    """

    action: LoggedAction
    reason: str | None
    records: tuple[ChangedRecord, ...]
    final: bool = False


def action_sheet(
    session: Session, number: int, *, first: UUID | None = None, limit: int = AT_ONCE
) -> ActionSheet | None:
    """Read an action by the number of its last entry, None where there is none.

    Args:
        session: A session that reads.
        number: The number of the action's last entry.
        first: A record whose entries come before all others.
        limit: How many records are read.
    """
    found = read_actions(session, [number])
    if not found:
        return None
    action = found[0]
    numbers = list(session.scalars(_numbers(action.id, first).limit(limit)))
    told = {entry.seq: entry for entry in entries(session, Change.seq.in_(numbers))} if numbers else {}
    records = _records(session, [told[one] for one in numbers])
    return ActionSheet(action, _reason(session, action.id), records, _is_final(session, action.id))


def _is_final(session: Session, action_id: UUID) -> bool:
    kinds = session.execute(select(Change.table_name, Change.kind).where(Change.action_id == action_id).distinct())
    if not can_be_undone(Entry(table, action_id, kind) for table, kind in kinds):
        return True
    gone = select(Change.seq).join(ChangeValue, ChangeValue.seq == Change.seq)
    gone = gone.where(Change.action_id == action_id, ChangeValue.text.is_(None))
    return session.scalar(gone.limit(1)) is not None


def _numbers(action_id: UUID, first: UUID | None) -> Select[Any]:
    query = select(Change.seq).where(Change.action_id == action_id, Change.table_name.not_in(WORDS_TABLES))
    if first is None:
        return query.order_by(Change.seq)
    naming = select(func.count()).where(ChangeValue.seq == Change.seq, ChangeValue.text.contains(str(first)))
    return query.order_by((Change.record_id == first).desc(), naming.scalar_subquery().desc(), Change.seq)


def _reason(session: Session, action_id: UUID) -> str | None:
    query = select(Change.seq).where(Change.action_id == action_id, Change.table_name == REASON_TABLE)
    number = session.scalar(query)
    if number is None:
        return None
    told = entries(session, Change.seq == number)[0].after or {}
    return str(told.get("reason", ""))


def _records(session: Session, changed: Sequence[LogEntry]) -> tuple[ChangedRecord, ...]:
    tied = _tied(session, changed)
    names = names_in(session, changed) | names_of(session, {one for pointed in tied.values() for one in pointed})
    settings, rules = _setting_keys(session, changed), waived_rules(session, changed)
    erased = _erased(session, [entry.seq for entry in changed])
    made = []
    for entry in changed:
        name = setting_label(entry, settings) if entry.table == "registry_setting" else _name(entry, names, tied)
        told = tuple(differences(entry, names))
        page = _page(entry, names, tied)
        told_of = entry.seq, entry.record_id, noun_of(entry.table), name, entry.kind
        rule = rules.get(entry.record_id)
        made.append(ChangedRecord(*told_of, told, entry.seq in erased, page, rule))
    return tuple(made)


def _name(entry: LogEntry, names: Mapping[UUID, str], tied: Mapping[UUID, Sequence[UUID]]) -> str:
    """Return what a record is called now; one that is gone, what it was called."""
    if entry.record_id in names:
        return names[entry.record_id]
    values = {**(entry.before or {}), **(entry.after or {})}
    match entry.table:
        case "channel" if "title" in values:
            return label_of(values["title"], values.get("platform", ""))
        case "person":
            parts = (values.get(key) for key in ("name_title", "given_name", "family_name"))
            return " ".join(part for part in parts if part)
        case "org_unit":
            return " ".join(part for part in (values.get("code"), values.get("name")) if part)
        case _:
            return ", ".join(names[one] for one in tied.get(entry.record_id, ()) if one in names)


def _page(entry: LogEntry, names: Mapping[UUID, str], tied: Mapping[UUID, Sequence[UUID]]) -> tuple[str, UUID] | None:
    if entry.table in _PAGES:
        return (_PAGES[entry.table], entry.record_id) if entry.record_id in names else None
    table = TABLES.get(entry.table)
    pointed = next((one for one in tied.get(entry.record_id, ()) if one in names), None)
    if pointed is None or table is None:
        return None
    if "credential_id" in table.columns:
        return "credentials", pointed
    if "asset_id" in table.columns:
        return "assets", pointed
    return ("people" if _OF_CHANNELS.isdisjoint(table.columns.keys()) else "channels", pointed)


def _tied(session: Session, changed: Iterable[LogEntry]) -> dict[UUID, list[UUID]]:
    """Return which channel and person each record ties together, in this order, as far as anybody still knows."""
    found: dict[UUID, list[UUID]] = {}
    unknown: dict[str, list[UUID]] = {}
    for entry in changed:
        values = {**(entry.before or {}), **(entry.after or {})}
        pointed = [UUID(values[key]) for key in _POINTERS if values.get(key)]
        if entry.kind in {CREATE, DELETE}:
            found[entry.record_id] = pointed
        elif entry.table in TABLES and entry.table not in _PAGES:
            unknown.setdefault(entry.table, []).append(entry.record_id)
    for name, ids in unknown.items():
        columns = [TABLES[name].c[key] for key in _POINTERS if key in TABLES[name].columns]
        for some in chunks(ids):
            for row in session.execute(select(TABLES[name].c.id, *columns).where(TABLES[name].c.id.in_(some))).all():
                found[row[0]] = [one for one in row[1:] if one is not None]
    return found


def _setting_keys(session: Session, changed: Iterable[LogEntry]) -> dict[UUID, str]:
    ids = [entry.record_id for entry in changed if entry.table == "registry_setting"]
    if not ids:
        return {}
    query = select(RegistrySetting.id, RegistrySetting.key).where(RegistrySetting.id.in_(ids))
    return {one: key for one, key in session.execute(query).all()}  # noqa: C416 - Row is no pair


def _erased(session: Session, numbers: Sequence[int]) -> set[int]:
    """Return the entries of which personal values have been erased."""
    query = select(ChangeValue.seq).where(ChangeValue.seq.in_(numbers), ChangeValue.text.is_(None))
    return set(session.scalars(query))
