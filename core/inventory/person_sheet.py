"""All that hangs on one person, read at once: the record, and what must not be forgotten when they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.editing import Opened, open_record
from core.inventory.lists import PEOPLE
from core.model import Access, AccessKind, Channel, Person, PersonKind, PlatformRole, Responsibility, ResponsibilityRole


@dataclass(frozen=True, slots=True)
class AnswersFor:
    """A channel that the person answers for, did or will."""

    id: UUID
    channel_id: UUID
    title: str
    platform: str
    role: ResponsibilityRole
    since: date | None
    until: date | None
    valid: bool
    over: bool


@dataclass(frozen=True, slots=True)
class GetsInto:
    """A channel that the person can get into, or could."""

    id: UUID
    channel_id: UUID
    title: str
    platform: str
    kind: AccessKind
    role: PlatformRole | None
    granted_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """One person with what hangs on them.

    Attributes:
        restricted_on: Since when their data may only be stored, not used (Art. 18 GDPR).
        is_named: Whether anything names them: they are a human being, and not erased.
        erased_on: On which day everything that named them was erased.
    """

    opened: Opened
    answers_for: tuple[AnswersFor, ...]
    gets_into: tuple[GetsInto, ...]
    restricted_on: date | None = None
    is_named: bool = True
    erased_on: date | None = None

    @property
    def hangs_on(self) -> bool:
        """Whether anything would have to be handed on if the person left."""
        return any(not one.over for one in self.answers_for) or any(one.withdrawn_on is None for one in self.gets_into)


def person_sheet(session: Session, person_id: UUID, today: date) -> PersonSheet | None:
    """Read a person with what hangs on them, None where there is none."""
    opened = open_record(session, PEOPLE, person_id, today)
    if opened is None:
        return None
    person = session.get_one(Person, person_id)
    return PersonSheet(
        opened,
        _answers_for(session, person_id, today),
        _gets_into(session, person_id),
        person.restricted_on,
        person.kind is PersonKind.PERSON and person.erased_on is None,
        person.erased_on,
    )


def _answers_for(session: Session, person_id: UUID, today: date) -> tuple[AnswersFor, ...]:
    query = select(Responsibility, Channel).join(Channel, Channel.id == Responsibility.channel_id)
    found = [
        AnswersFor(
            tie.id,
            channel.id,
            channel.title,
            channel.platform,
            tie.role,
            tie.since,
            tie.until,
            valid=(tie.since is None or tie.since <= today) and (tie.until is None or tie.until >= today),
            over=tie.until is not None and tie.until < today,
        )
        for tie, channel in session.execute(query.where(Responsibility.person_id == person_id)).all()
    ]
    roles = list(ResponsibilityRole)
    return tuple(sorted(found, key=lambda tie: (not tie.valid, roles.index(tie.role), tie.title)))


def _gets_into(session: Session, person_id: UUID) -> tuple[GetsInto, ...]:
    query = select(Access, Channel).join(Channel, Channel.id == Access.channel_id)
    found = [
        GetsInto(
            access.id,
            channel.id,
            channel.title,
            channel.platform,
            access.kind,
            access.platform_role,
            access.granted_on,
            access.withdrawn_on,
        )
        for access, channel in session.execute(query.where(Access.person_id == person_id)).all()
    ]
    return tuple(sorted(found, key=lambda access: (access.withdrawn_on is not None, access.title)))
