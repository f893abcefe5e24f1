"""The record of every change: what an action did, written in its own transaction under its label.

Callers of `write` are the session's listeners, `insert_many` (bulk creation) and the history (undo, redo).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain as joined
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Table, event, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import History

from core.model import Action, Record
from core.storage import chain
from core.storage.inserting import insert_columns, without_collecting
from core.storage.log_rows import CHANGE_COLUMNS, VALUE_COLUMNS, Alike, LogRows
from core.storage.values import (
    TABLES,
    journaled_columns,
    plain_column,
    plain_values,
    to_plain,
)

CREATE, CHANGE, DELETE = "create", "change", "delete"
_ADVISORY_LOCK = 0x4B616E61  # "Kana": one writer of the chain at a time on a server


@dataclass(slots=True)
class Entry:
    """One record's change within an action; a change holds only the columns that differ."""

    table: str
    record_id: uuid.UUID
    kind: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


@dataclass(slots=True)
class Journal:
    """What an action has done so far: one entry a record, in the order in which records were first touched."""

    action: Action
    entries: dict[tuple[str, uuid.UUID], Entry] = field(default_factory=dict)

    def note(self, entry: Entry) -> None:
        """Merge what happened to a record with what the action did to it before."""
        key = (entry.table, entry.record_id)
        earlier = self.entries.get(key)
        merged = entry if earlier is None else _merge(earlier, entry)
        if merged is None:
            self.entries.pop(key, None)
        else:
            self.entries[key] = merged


def _merge(earlier: Entry, later: Entry) -> Entry | None:
    """Return the one entry two successive changes of a record amount to, or None if they cancel out."""
    match earlier.kind, later.kind:
        case "create", "delete":
            return None
        case "create", "change":
            return Entry(
                earlier.table, earlier.record_id, CREATE, None, {**(earlier.after or {}), **(later.after or {})}
            )
        case "change", "delete":
            return Entry(earlier.table, earlier.record_id, DELETE, {**(later.before or {}), **(earlier.before or {})})
        case "change", "change":
            before = {**(later.before or {}), **(earlier.before or {})}
            after = {**(earlier.after or {}), **(later.after or {})}
            kept = [key for key in before if before[key] != after[key]]
            if not kept:
                return None
            return Entry(
                earlier.table, earlier.record_id, CHANGE, {k: before[k] for k in kept}, {k: after[k] for k in kept}
            )
        case _:
            raise AssertionError(f"a record of {earlier.table} cannot be {later.kind}d after {earlier.kind}")


@without_collecting()
def write(connection: Connection, action: Action, entries: Sequence[Entry]) -> tuple[int, str]:
    """Append an action and its entries to the log.

    Who binds an account to themselves is who acts, although nobody was bound when the action began.

    Returns:
        Number and hash of the new head.
    """
    action.actor_id = action.actor_id or _binding(action, entries)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    seq, previous = chain.head(connection)
    _insert_action(connection, action)
    made = LogRows(action.id, chain.action_digest(action), seq, previous)
    for alike in _alike(entries):
        made.add(alike)
    for table, keys, rows in (("change", CHANGE_COLUMNS, made.changes), ("change_value", VALUE_COLUMNS, made.values)):
        if rows:
            insert_columns(connection, TABLES[table], dict(zip(keys, zip(*rows, strict=True), strict=True)))
    return made.seq, made.newest


def _alike(entries: Iterable[Entry]) -> Iterator[Alike]:
    """Part entries, in their order, into those that are written alike."""
    for (table, kind, before, after), some in groupby(entries, _shape):
        group = list(some)
        told = (
            [entry.before or {} for entry in group] if before else (),
            [entry.after or {} for entry in group] if after else (),
        )
        yield Alike(table, kind, [entry.record_id for entry in group], *told)


def _shape(entry: Entry) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    return entry.table, entry.kind, tuple(entry.before or ()), tuple(entry.after or ())


def _binding(action: Action, entries: Sequence[Entry]) -> uuid.UUID | None:
    """Return the person whom an action binds to the account that carries it out."""
    made = [entry.after or {} for entry in entries if entry.table == "store_binding" and entry.kind == CREATE]
    mine = (one["person_id"] for one in made if one["store_id"] == str(action.store_id))
    return next((uuid.UUID(person) for person in mine), None)


def _insert_action(connection: Connection, action: Action) -> None:
    table = TABLES["action"]
    insert_columns(connection, table, {column.key: [getattr(action, column.key)] for column in table.columns})


@without_collecting()
def insert_many(session: Session, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[uuid.UUID]:
    """Create many records of one kind at once, journaled; call inside an action.

    Args:
        session: The action's session.
        model: The mapped class.
        rows: Column values; missing columns take the model's defaults, a missing id is made.

    Returns:
        The ids, in the order of the rows.
    """
    if not rows:
        return []
    journal = journal_of(session)
    table: Table = inspect(model).local_table  # type: ignore[assignment]  # a Record is mapped to one table
    given = set(joined.from_iterable(rows))
    columns = {column.key: _column(column, rows, journal.action, given=column.key in given) for column in table.columns}
    insert_columns(session.connection(), table, columns)
    keys = [column.key for column in journaled_columns(table)]
    plain = zip(*(plain_column(columns[key]) for key in keys), strict=True)
    for record_id, after in zip(columns["id"], plain, strict=True):
        journal.note(Entry(table.name, record_id, CREATE, None, dict(zip(keys, after, strict=True))))
    return list(columns["id"])


def _column(column: Column[Any], rows: Sequence[Mapping[str, Any]], action: Action, *, given: bool) -> Sequence[Any]:
    """Return one column of new records: what is given, else what the program stamps, else the default."""
    key = column.key
    match key:
        case "id":
            return [row[key] if key in row else uuid.uuid4() for row in rows]
        case "version":
            return [row.get(key) or version for row, version in zip(rows, chain.fresh_salts(), strict=False)]
        case "created_at" | "updated_at":
            missing = action.at
        case _:
            missing = _default(column)
    return [row.get(key, missing) for row in rows] if given else [missing] * len(rows)


def _default(column: Any) -> Any:
    return column.default.arg if column.default is not None else None


def journal_of(session: Session) -> Journal:
    """Return what the session's action has done so far.

    Raises:
        RuntimeError: The session only reads.
    """
    journal = session.info.get("journal")
    if not isinstance(journal, Journal):
        raise RuntimeError("records are changed only inside an action")  # noqa: TRY004 - a bug, not a wrong type
    return journal


def acting(session: Session) -> uuid.UUID | None:
    """Return the person who carries out the session's action, None where nobody is bound to the account."""
    return journal_of(session).action.actor_id


class JournaledSession(Session):
    """A session whose every flush is noted for the journal."""


@event.listens_for(JournaledSession, "before_flush")
def _stamp(session: Session, _context: object, _instances: object) -> None:
    if not (session.new or session.dirty or session.deleted):
        return
    now = journal_of(session).action.at
    for record in session.new:
        if isinstance(record, Record):
            record.created_at = record.updated_at = now
    for record in session.dirty:
        if isinstance(record, Record) and session.is_modified(record):
            record.updated_at = now


@event.listens_for(JournaledSession, "after_flush")
def _note(session: Session, _context: object) -> None:
    records = [*session.new, *session.dirty, *session.deleted]
    if not records:
        return
    journal = journal_of(session)
    for record in records:
        entry = _entry(session, record, journal) if isinstance(record, Record) else None
        if entry is not None:
            journal.note(entry)


@event.listens_for(JournaledSession, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete:
        raise RuntimeError("bulk UPDATE and DELETE would bypass the history")


def _entry(session: Session, record: Record, journal: Journal) -> Entry | None:
    state = inspect(record)
    table: Table = state.mapper.local_table  # type: ignore[assignment]  # a Record is mapped to one table
    keys = [column.key for column in journaled_columns(table)]
    if record in session.new:
        defaults = {key: _default(table.columns[key]) for key in keys if key not in state.dict}
        return Entry(table.name, record.id, CREATE, None, plain_values({**defaults, **state.dict}, keys))
    fresh = (earlier := journal.entries.get((table.name, record.id))) is not None and earlier.kind == CREATE
    if record in session.deleted:
        before = {key: _known(table, key, state.attrs[key].history, fresh=fresh) for key in keys}
        return Entry(table.name, record.id, DELETE, before)
    changed = {key: state.attrs[key].history for key in keys if state.attrs[key].history.has_changes()}
    before = {key: _known(table, key, history, fresh=fresh) for key, history in changed.items()}
    after = {key: to_plain(next(iter(history.added))) for key, history in changed.items()}
    kept = [key for key in before if before[key] != after[key]]
    return (
        Entry(table.name, record.id, CHANGE, {k: before[k] for k in kept}, {k: after[k] for k in kept})
        if kept
        else None
    )


def _known(table: Table, key: str, history: History, *, fresh: bool) -> Any:
    """Return the value before the change; only for a record made in this action it need not have been loaded."""
    original = history.deleted or history.unchanged
    if not original and not fresh:
        raise RuntimeError(f"the value of {table.name}.{key} before the change was not loaded")
    return to_plain(next(iter(original))) if original else None
