"""Custody as of a day: which secret was in force, and who kept and knew it, by the dates of the records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, select, update

from core.model import Change, Credential, Custody, Reading, Rotation, Store
from core.storage.history import entries


def turn_custody(connection: Connection, day: date, known: Sequence[ColumnElement[bool]]) -> None:
    """Take away what had not begun on a day, and bring back what had not ended; of a private copy, never forwards.

    Args:
        connection: To the copy.
        day: As of which day it is to be.
        known: Conditions on the log's entries that count.
    """
    for begun in (Custody.since, Store.since, Reading.on):
        connection.execute(delete(begun.class_).where(begun > day))
    connection.execute(update(Custody).where(Custody.until > day).values(until=None, ended=None))
    connection.execute(update(Store).where(Store.until > day).values(until=None))
    for found in (Custody.missing_since, Store.vanished_on):
        connection.execute(update(found.class_).where(found > day).values({found.key: None}))
    _take_back_changes(connection, day, known)


def _take_back_changes(connection: Connection, day: date, known: Sequence[ColumnElement[bool]]) -> None:
    """Let the secret be in force that was on the day, and its last change be the last one by then."""
    later = connection.execute(select(Rotation.credential_id).where(Rotation.on > day).distinct()).scalars().all()
    connection.execute(delete(Rotation).where(Rotation.on > day))
    newest = select(Rotation.credential_id, Rotation.revision).where(Rotation.credential_id.in_(later))
    revisions = {row[0]: row[1] for row in connection.execute(newest.order_by(Rotation.revision))}
    for login in later:
        connection.execute(update(Credential).where(Credential.id == login).values(revision=revisions.get(login, 0)))
    changed = connection.execute(select(Credential.id).where(Credential.rotated_on > day)).scalars().all()
    before = _last_told(connection, changed, day, known)
    for login in changed:
        values = {"rotated_on": before.get(login), "rotated_by_id": None}
        connection.execute(update(Credential).where(Credential.id == login).values(values))


def _last_told(
    connection: Connection, logins: Collection[UUID], day: date, known: Sequence[ColumnElement[bool]]
) -> dict[UUID, date]:
    """Return the last change by a day that the log tells of each login."""
    found: dict[UUID, date] = {}
    if logins:
        told = Change.table_name == Credential.__tablename__, Change.record_id.in_(logins)
        for entry in entries(connection, *told, *known):
            text = (entry.after or {}).get("rotated_on")
            if text and (on := date.fromisoformat(text)) <= day:
                found[entry.record_id] = max(on, found.get(entry.record_id, on))
    return found
