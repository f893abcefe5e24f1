"""Opening a record to edit it, and saving what was changed; an edit that somebody else overtook is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import ConflictError
from core.fields import Field, Reference
from core.i18n import _
from core.inventory.candidates import named
from core.inventory.showing import shown
from core.model import Record
from core.storage.record_list import RecordList
from core.storage.touching import chunks

R = TypeVar("R", bound=Record)


class OvertakenError(ConflictError):
    """The record was changed since it was opened; `core.inventory.overtaken` lays the versions side by side."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as it was when it was opened.

    Attributes:
        id: The record's id.
        version: Its version then; saving is refused if it has another one by now.
        values: Its values by field key; a reference is the other record's id.
        listed: The same as lists show it, derived values included.
    """

    id: UUID
    version: str
    values: Mapping[str, Any]
    listed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person changed in a record they opened: new values by field key, and the day on which it is done."""

    records: RecordList
    opened: Opened
    changes: Mapping[str, Any]
    today: date


def open_record(session: Session, records: RecordList, record_id: UUID, today: date) -> Opened | None:
    """Read a record with everything its form and its facts show, None where there is none."""
    record = session.get(records.record, record_id)
    listed = next(iter(records.read(session.connection(), [record_id], today)), None)
    if record is None or listed is None:
        return None
    values = {field.key: getattr(record, column) for field in records.fields if (column := column_of(records, field))}
    return Opened(record_id, record.version, values, listed)


def versions_of(session: Session, model: type[Record], ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return which versions some records have, for a decision that is to be made on nothing else."""
    found: dict[UUID, str] = {}
    for some in chunks(ids):
        known = session.execute(select(model.id, model.version).where(model.id.in_(some))).all()
        found |= {record_id: version for record_id, version in known}  # noqa: C416 - Row is no pair
    return found


def refuse_if_changed(session: Session, model: type[Record], seen: Mapping[UUID, str]) -> None:
    """See that records are as they were when a decision on them was made; call inside an action.

    Args:
        session: The action's session.
        model: What they are.
        seen: Their versions then.

    Raises:
        ConflictError: One of them was changed or removed since.
    """
    if versions_of(session, model, seen) != dict(seen):
        raise overtaken()


def overtaken() -> ConflictError:
    """Return what is said to whoever decided on something that somebody else has changed since."""
    return ConflictError(
        _("Somebody else changed this record in the meantime. Nothing was saved; please look at the new state.")
    )


def still_there(session: Session, model: type[R], record_id: UUID, seen_version: str | None = None) -> R:
    """Return a record that is to be changed; call inside an action.

    Args:
        session: The action's session.
        model: What it is.
        record_id: Which one it is.
        seen_version: The version on which the change was decided; None where any will do.

    Raises:
        ConflictError: It was removed since it was shown, or changed since it was decided on.
    """
    record = session.get(model, record_id)
    if record is None:
        raise ConflictError(_("This record was removed in the meantime. Nothing was saved."))
    if seen_version is not None and record.version != seen_version:
        raise overtaken()
    return record


def save_record(session: Session, edit: Edit) -> Record:
    """Write changed values; call inside an action.

    Raises:
        OvertakenError: The record was changed by somebody else; the sentence tells both values.
        ConflictError: The record is gone.
    """
    record = still_there(session, edit.records.record, edit.opened.id)
    if record.version != edit.opened.version:
        raise OvertakenError(_conflict(session, record, edit))
    for field in edit.records.fields:
        if field.key in edit.changes:
            setattr(record, column_of(edit.records, field), edit.changes[field.key])
    return record


def column_of(records: RecordList, field: Field) -> str:
    """Return the name of the column that stores a field, empty where it is derived."""
    return next((name for name in (field.key, f"{field.key}_id") if name in records.table.columns), "")


def _conflict(session: Session, record: Record, edit: Edit) -> str:
    """Name the first field on which the two edits differ, with both values."""
    for field in edit.records.fields:
        if field.key not in edit.changes:
            continue
        theirs, yours = getattr(record, column_of(edit.records, field)), edit.changes[field.key]
        if theirs not in (edit.opened.values[field.key], yours):
            return _(
                "Somebody else changed “{field}” in the meantime: it is now “{theirs}”, you entered “{yours}”. "
                "Nothing was saved; please look at the new state and decide."
            ).format(
                field=field.title,
                theirs=told(session, field, theirs, edit.today),
                yours=told(session, field, yours, edit.today),
            )
    return overtaken().sentence


def told(session: Session, field: Field, value: Any, today: date) -> str:
    """Return a value as a person reads it; a reference is the other record's name."""
    match field.kind:
        case Reference(table) if value is not None:
            found = named(session, table, value, today)
            return found.label if found else ""
        case _:
            return shown(field, value)
