"""All that is known of one channel, read at once: its record, its people, its accesses, its confirmations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.editing import Opened, open_record
from core.inventory.lists import CHANNELS
from core.model import (
    Access,
    AccessKind,
    Confirmation,
    ConfirmationResult,
    FormerHandle,
    Person,
    PersonState,
    PlatformRole,
    Responsibility,
    ResponsibilityRole,
)


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody who answers for the channel, did, or will."""

    id: UUID
    person_id: UUID
    name: str
    function: str
    state: PersonState
    role: ResponsibilityRole
    since: date | None
    until: date | None
    valid: bool


@dataclass(frozen=True, slots=True)
class Entrance:
    """Somebody or something that can get into the channel, or could."""

    id: UUID
    name: str
    kind: AccessKind
    role: PlatformRole | None
    granted_on: date | None
    withdrawn_on: date | None
    via_profile: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Former:
    """A name and an address under which the channel could be reached until a day."""

    handle: str
    url: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Somebody looked at the record."""

    on: date
    name: str
    result: ConfirmationResult


@dataclass(frozen=True, slots=True)
class ChannelSheet:
    """One channel with what hangs on it."""

    opened: Opened
    ties: tuple[Tie, ...]
    entrances: tuple[Entrance, ...]
    confirmations: tuple[Confirmed, ...]
    former: tuple[Former, ...] = ()


def channel_sheet(session: Session, channel_id: UUID, today: date) -> ChannelSheet | None:
    """Read a channel with what hangs on it, None where there is none."""
    opened = open_record(session, CHANNELS, channel_id, today)
    if opened is None:
        return None
    return ChannelSheet(
        opened,
        _ties(session, channel_id, today),
        _entrances(session, channel_id),
        _confirmations(session, channel_id),
        _former(session, channel_id),
    )


def _ties(session: Session, channel_id: UUID, today: date) -> tuple[Tie, ...]:
    """Read who answers for the channel: valid ones first, then by role and name."""
    query = select(Responsibility, Person).join(Person, Person.id == Responsibility.person_id)
    found = [
        Tie(
            tie.id,
            person.id,
            person.name,
            person.function or "",
            person.state(today),
            tie.role,
            tie.since,
            tie.until,
            valid=(tie.since is None or tie.since <= today) and (tie.until is None or tie.until >= today),
        )
        for tie, person in session.execute(query.where(Responsibility.channel_id == channel_id)).all()
    ]
    roles = list(ResponsibilityRole)
    return tuple(sorted(found, key=lambda tie: (not tie.valid, roles.index(tie.role), tie.name)))


def _entrances(session: Session, channel_id: UUID) -> tuple[Entrance, ...]:
    query = select(Access, Person).join(Person, Person.id == Access.person_id, isouter=True)
    found = [
        Entrance(
            access.id,
            person.name if person is not None else access.holder or "",
            access.kind,
            access.platform_role,
            access.granted_on,
            access.withdrawn_on,
            access.via_profile or "",
            access.reason or "",
        )
        for access, person in session.execute(query.where(Access.channel_id == channel_id)).all()
    ]
    return tuple(sorted(found, key=lambda entrance: (entrance.withdrawn_on is not None, entrance.name)))


def _former(session: Session, channel_id: UUID) -> tuple[Former, ...]:
    """Read what the account was called before, the last name first."""
    found = session.scalars(select(FormerHandle).where(FormerHandle.channel_id == channel_id))
    former = [Former(one.handle, one.url or "", one.until) for one in found]
    return tuple(sorted(former, key=lambda one: one.until or date.min, reverse=True))


def _confirmations(session: Session, channel_id: UUID) -> tuple[Confirmed, ...]:
    query = (
        select(Confirmation, Person)
        .join(Person, Person.id == Confirmation.person_id, isouter=True)
        .where(Confirmation.channel_id == channel_id)
        .order_by(Confirmation.on.desc())
    )
    return tuple(
        Confirmed(one.on, person.name if person is not None else "", one.result)
        for one, person in session.execute(query).all()
    )
