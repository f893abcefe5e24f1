"""Who holds which secret, in words for lists and pages; never a secret.

It answers what trust.md lets it: what somebody holds, what they have read since it was last changed, and what nobody
but them holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from core.i18n import N_
from core.inventory.credentials import in_use, live_custody
from core.inventory.people import display_name, has_left, is_here
from core.model import Credential, Custody, CustodyEnd, Person, Reading, Store
from core.model.choices import Choice
from core.storage.sorting import sort_key


class CopyState(Choice):
    """What a copy is worth: it opens the account, will open it, or did once."""

    IN_FORCE = "in-force", N_("in force now")
    PENDING = "pending", N_("prepared")
    OUTDATED = "outdated", N_("outdated")


@dataclass(frozen=True, slots=True)
class CustodyRow:
    """One copy of one secret in one keyring.

    Attributes:
        id: The record of the copy.
        credential_id: Of which login.
        label: What the team calls it.
        person_id: Who keeps it.
        person: How they are called.
        store_id: In which keyring.
        store: The name of the machine, a remark for people; None where none was noted.
        revision: Which revision it is.
        state: What that is worth today.
        since: Since when it is kept.
        until: The day on which it ended; None while it is kept.
        ended: Why it ended.
        last_seen_on: When it was last found in the keyring.
        missing_since: Since when the keyring has not had it, or the whole keyring has been gone.
    """

    id: UUID
    credential_id: UUID
    label: str
    person_id: UUID
    person: str
    store_id: UUID
    store: str | None
    revision: int
    state: CopyState
    since: date
    until: date | None
    ended: CustodyEnd | None
    last_seen_on: date | None
    missing_since: date | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who keeps the secret in force of a login in a keyring that is there.

    Attributes:
        person_id: Who.
        name: How they are called.
        function: What reports name instead.
        since: Since when they have kept this revision.
        has_left: Whether they are gone.
    """

    person_id: UUID
    name: str
    function: str | None
    since: date
    has_left: bool


@dataclass(frozen=True, slots=True)
class ReadSecret:
    """A secret in force that somebody has read, and the day on which they first did."""

    credential_id: UUID
    label: str
    revision: int
    on: date


@dataclass(frozen=True, slots=True)
class PersonCustody:
    """What one person holds and knows.

    Attributes:
        holds: The copies that are kept, by label.
        has_read_since_rotation: The secrets in force that the person has read.
        only_holder_of: Of the copies, those of secrets in force that nobody else who is here keeps.
    """

    holds: tuple[CustodyRow, ...]
    has_read_since_rotation: tuple[ReadSecret, ...]
    only_holder_of: tuple[CustodyRow, ...]


def custody_rows(
    session: Session, today: date, *, person_id: UUID | None = None, with_ended: bool = False
) -> list[CustodyRow]:
    """Return the copies that are kept, by label, person and revision, the newest first.

    Args:
        session: A session that reads.
        today: The day.
        person_id: Only those of one person.
        with_ended: Also those that are not kept any more.
    """
    query = _copies()
    if person_id is not None:
        query = query.where(Custody.person_id == person_id)
    if not with_ended:
        query = query.where(Custody.until.is_(None))
    found = [_row(row, today) for row in session.execute(query)]
    return sorted(found, key=lambda one: (sort_key(one.label), sort_key(one.person), -one.revision, str(one.id)))


def count_kept(session: Session, person_id: UUID) -> int:
    """Count the copies that a person keeps, be they in force or not."""
    kept = select(func.count()).select_from(Custody).where(Custody.person_id == person_id, Custody.until.is_(None))
    return session.execute(kept).scalar_one()


def holders(session: Session, credential_id: UUID, today: date) -> list[Holder]:
    """Return who keeps the secret in force of a login, by name; each person once, since the first of their copies."""
    columns: list[Any] = [Person.id, display_name(Person), Person.function, Custody.since, has_left(Person, today)]
    query = (
        select(*columns)
        .join_from(Custody, Credential, Credential.id == Custody.credential_id)
        .join(Person, Person.id == Custody.person_id)
        .where(Custody.credential_id == credential_id, live_custody(today))
        .order_by(Custody.since.desc())
    )
    found = {row[0]: Holder(row[0], row[1], row[2], row[3], bool(row[4])) for row in session.execute(query)}
    return sorted(found.values(), key=lambda one: (sort_key(one.name), str(one.person_id)))


def person_custody(session: Session, person_id: UUID, today: date) -> PersonCustody:
    """Return what a person holds, what they have read since it was last changed, and what nobody else holds."""
    holds = custody_rows(session, today, person_id=person_id)
    theirs, others = (
        set(session.scalars(_held(condition, today)))
        for condition in (Custody.person_id == person_id, _somebody_else(person_id, today))
    )
    only = [one for one in holds if one.state is CopyState.IN_FORCE and one.credential_id in theirs - others]
    return PersonCustody(tuple(holds), tuple(_read(session, person_id, today)), tuple(only))


def _copies() -> Select[Any]:
    columns: list[Any] = [Custody, Credential.label, Credential.revision, display_name(Person), Store]
    return (
        select(*columns)
        .join_from(Custody, Credential, Credential.id == Custody.credential_id)
        .join(Person, Person.id == Custody.person_id)
        .join(Store, Store.id == Custody.store_id)
    )


def _row(row: Any, today: date) -> CustodyRow:
    kept, label, in_force, person, store = row
    gone = store.vanished_on or (store.until if store.until is not None and store.until <= today else None)
    return CustodyRow(
        id=kept.id,
        credential_id=kept.credential_id,
        label=label,
        person_id=kept.person_id,
        person=person,
        store_id=kept.store_id,
        store=store.remark,
        revision=kept.revision,
        state=_state(kept.revision, in_force),
        since=kept.since,
        until=kept.until,
        ended=kept.ended,
        last_seen_on=kept.last_seen_on,
        missing_since=kept.missing_since or gone,
    )


def _state(revision: int, in_force: int) -> CopyState:
    if revision == in_force:
        return CopyState.IN_FORCE
    return CopyState.PENDING if revision > in_force else CopyState.OUTDATED


def _held(condition: ColumnElement[bool], today: date) -> Select[Any]:
    """Return the query of the logins in use of which somebody keeps the secret in force."""
    query = select(Credential.id).join_from(Custody, Credential, Credential.id == Custody.credential_id)
    query = query.join(Person, Person.id == Custody.person_id)
    return query.where(live_custody(today), in_use(today), condition)


def _somebody_else(person_id: UUID, today: date) -> ColumnElement[bool]:
    return (Custody.person_id != person_id) & is_here(Person, today)


def _read(session: Session, person_id: UUID, today: date) -> list[ReadSecret]:
    query = (
        select(Credential.id, Credential.label, Reading.revision, Reading.on)
        .join_from(Reading, Credential, Credential.id == Reading.credential_id)
        .where(Reading.person_id == person_id, Reading.revision == Credential.revision, in_use(today))
    )
    found = [ReadSecret(*row) for row in session.execute(query)]
    return sorted(found, key=lambda one: (sort_key(one.label), str(one.credential_id)))
