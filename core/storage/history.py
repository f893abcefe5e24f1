"""Taking back what was done: undo and redo of whole actions, and the log as people read it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from core.errors import ConflictError, IrreversibleError
from core.i18n import N_, _
from core.model import Action, Change, ChangeValue
from core.model.record import new_version
from core.storage.chain import ERASURE, value_name
from core.storage.journal import CHANGE, CREATE, DELETE, Entry, write
from core.storage.values import REDACTED_TABLE, TABLES, record_values

UNDO = N_("Undo")
ERASE = N_("Erase personal data")
"""The label under which people's data is erased, in a registry and in each backup of it."""
REDACT = "redact"
"""The kind of the entries that keep what is left of erased values: by the value's name, as the chain names it."""

_READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of the log with its action; `before` and `after` are plain values, None where there are none."""

    seq: int
    at: datetime
    actor_id: uuid.UUID | None
    store_id: uuid.UUID | None
    action_id: uuid.UUID
    label: str
    undoes_id: uuid.UUID | None
    table: str
    record_id: uuid.UUID
    kind: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    hash: str


def undo(connection: Connection, action_id: uuid.UUID, back: Action) -> list[Entry]:
    """Take an action back, as an action of its own.

    Args:
        connection: A connection inside a writing transaction.
        action_id: The action to take back.
        back: The new action under which this is recorded.

    Returns:
        What was done, as written to the log.

    Raises:
        ConflictError: A record was changed again since, or an old value has been erased.
    """
    refuse_if_overtaken(connection, action_id)
    done = [entry for entry in entries(connection, Change.action_id == action_id) if entry.table in TABLES]
    if not can_be_undone(done):
        raise IrreversibleError(
            _("This cannot be undone: it tells what has happened in a keyring or on paper. Please do the opposite.")
        )
    turned = [_turned(entry) for entry in reversed(done) if entry.kind in {CREATE, CHANGE, DELETE}]
    if not turned or any(_is_beginning(entry) for entry in done):
        raise ConflictError(_("There is nothing in this action that could be undone."))
    apply(connection, turned, back.at)
    write(connection, back, turned)
    return turned


def can_be_undone(done: Iterable[Entry | LogEntry]) -> bool:
    """Say whether taking entries back would take back all that they tell; a keyring cannot be undone, nor a refusal."""
    done = list(done)
    tables = {entry.table for entry in done} & TABLES.keys()
    return bool(tables) and not (_erases(done) or any(TABLES[one].info.get("effects_outside") for one in tables))


def _erases(done: Iterable[Entry | LogEntry]) -> bool:
    return any(entry.kind == ERASURE for entry in done)


def refuse_if_overtaken(connection: Connection, action_id: uuid.UUID) -> None:
    """Refuse if a record was changed by a later action that still counts, or if a value needed has been erased."""
    undone, undoings = taken_back(connection)
    if action_id in undone:
        raise ConflictError(_("This has been undone already."))
    erased = (
        select(Change.seq)
        .outerjoin(ChangeValue, Change.seq == ChangeValue.seq)
        .where(Change.action_id == action_id, or_(ChangeValue.text.is_(None), Change.kind == ERASURE))
    )
    if connection.execute(erased.limit(1)).first():
        raise ConflictError(_("This cannot be undone: the old values have been erased."))
    newer = aliased(Change)
    same = (newer.table_name == Change.table_name) & (newer.record_id == Change.record_id) & (newer.seq > Change.seq)
    later = select(newer.action_id).join(Change, same).where(Change.action_id == action_id).distinct()
    counting = set(connection.execute(later).scalars()) - undone - undoings
    after = [entries(connection, Change.action_id == one) for one in counting]
    if any(_erases(done) for done in after):
        raise IrreversibleError(
            _("This cannot be undone any more: what came after it was an erasure of personal data.")
        )
    if not all(map(can_be_undone, after)):
        raise IrreversibleError(
            _("This cannot be undone any more: what came after it happened in a keyring. The step before it can.")
        )
    if counting:
        raise ConflictError(
            _("This cannot be undone: a record was changed again afterwards. Please undo the later change first.")
        )


def taken_back(connection: Connection) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
    """Return the actions that are undone, and those that undid them; a redo lets an action count again."""
    query = select(Action.id, Action.undoes_id).join(Change, Change.action_id == Action.id)
    query = query.where(Action.undoes_id.is_not(None))
    newest_first = query.group_by(Action.id, Action.undoes_id).order_by(func.max(Change.seq).desc())
    undone, undoings = set[uuid.UUID](), set[uuid.UUID]()
    for undoing, target in connection.execute(newest_first):
        if target is not None and undoing not in undone:
            undoings.add(undoing)
            undone.add(target)
    return undone, undoings


def _is_beginning(entry: LogEntry) -> bool:
    """Say whether the entry gave the registry its name, without which it is none."""
    return entry.table == "registry_setting" and (entry.after or {}).get("key") == "registry.id"


def _turned(entry: LogEntry) -> Entry:
    kind = {CREATE: DELETE, CHANGE: CHANGE, DELETE: CREATE}[entry.kind]
    return Entry(entry.table, entry.record_id, kind, entry.after, entry.before)


def apply(connection: Connection, wanted: Sequence[Entry], now: datetime) -> None:
    """Carry entries out on their tables directly; constructors never run, the journal is not told."""
    for table, kind, group in _grouped(wanted):
        match kind:
            case "create":
                connection.execute(insert(table), [_row(table, entry, now) for entry in group])
            case "delete":
                connection.execute(
                    delete(table).where(table.c.id == bindparam("_id")), [{"_id": entry.record_id} for entry in group]
                )
            case _:
                _change(connection, table, group, now)


def _change(connection: Connection, table: Table, group: Sequence[Entry], now: datetime) -> None:
    for entry in group:
        values = record_values(table, entry.after or {})
        stamps = {"updated_at": now, "version": new_version()}
        connection.execute(update(table).where(table.c.id == entry.record_id).values(**values, **stamps))


def _row(table: Table, entry: Entry, now: datetime) -> dict[str, Any]:
    values = record_values(table, entry.after or {})
    missing = {column.key: None for column in table.columns}
    return {**missing, **values, "id": entry.record_id, "updated_at": now, "version": new_version()}


def _grouped(wanted: Iterable[Entry]) -> list[tuple[Table, str, list[Entry]]]:
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in wanted:
        groups.setdefault((entry.table, entry.kind), []).append(entry)
    return [(TABLES[table], kind, group) for (table, kind), group in groups.items()]


def entries(connection: Connection | Session, *conditions: Any, newest_first: bool = False) -> list[LogEntry]:
    """Return entries of the log with their values.

    Args:
        connection: A connection or session in a transaction.
        conditions: SQL conditions on `Change` and `Action`.
        newest_first: The order; oldest first otherwise.
    """
    return list(each_entry(connection, *conditions, newest_first=newest_first))


def each_entry(connection: Connection | Session, *conditions: Any, newest_first: bool = False) -> Iterator[LogEntry]:
    """Give entries of the log as `entries` returns them, without holding more than some hundred of them."""
    order = Change.seq.desc() if newest_first else Change.seq
    change, action = TABLES["change"], TABLES["action"]
    query = select(change, action).join(action, action.c.id == change.c.action_id).where(*conditions).order_by(order)
    left = cache(partial(redacted, connection))
    for rows in connection.execute(query.execution_options(yield_per=_READ_AT_ONCE)).partitions():
        values = _values(connection, [row.seq for row in rows], left)
        for row in rows:
            yield _log_entry(row, values.get(row.seq, {}))


def _log_entry(row: Any, parts: dict[str, dict[str, Any]]) -> LogEntry:
    return LogEntry(
        seq=row.seq,
        at=row.at,
        actor_id=row.actor_id,
        store_id=row.store_id,
        action_id=row.action_id,
        label=row.label,
        undoes_id=row.undoes_id,
        table=row.table_name,
        record_id=row.record_id,
        kind=row.kind,
        before=parts.get("before"),
        after=parts.get("after"),
        hash=row.hash,
    )


def _values(
    connection: Connection | Session, numbers: list[int], left: Callable[[], dict[str, dict[str, Any]]]
) -> dict[int, dict[str, dict[str, Any]]]:
    """Return the values of some entries, personal and other ones joined again; of erased ones what was left."""
    found: dict[int, dict[str, dict[str, Any]]] = {}
    erased = list[tuple[int, str, bool]]()
    query = select(ChangeValue.seq, ChangeValue.part, ChangeValue.personal, ChangeValue.text)
    for seq, part, personal, text in connection.execute(query.where(ChangeValue.seq.in_(numbers))):
        erased += [(seq, part, personal)] if text is None else []
        content = json.loads(text) if text is not None else {}
        found.setdefault(seq, {}).setdefault(part, {}).update(content)
    for seq, part, personal in erased:
        found[seq][part].update(left().get(value_name(seq, part, personal), {}))
    return found


def entries_before_erasures(connection: Connection) -> int:
    """Return how many entries a log had before the erasures at its end; those of a backup stand in no other log."""
    others = select(func.max(Change.seq)).join(Action, Action.id == Change.action_id).where(Action.label != ERASE)
    return int(connection.execute(others).scalar() or 0)


def redacted(connection: Connection | Session) -> dict[str, dict[str, Any]]:
    """Return what is left of erased values, by their names; of one that was erased twice, what is left now."""
    query = select(ChangeValue.text).join(Change, Change.seq == ChangeValue.seq)
    query = query.where(Change.table_name == REDACTED_TABLE, Change.kind == REDACT, ChangeValue.text.is_not(None))
    left: dict[str, dict[str, Any]] = {}
    for text in connection.execute(query.order_by(Change.seq)).scalars():
        left |= json.loads(text or "{}")
    return left
