"""Which openings have not ended yet: an opening ends with a new secret and a new envelope, and with nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from core.inventory.credentials import in_use
from core.inventory.people import display_name
from core.model import Credential, Envelope, EscrowOpening, Person, Rotation


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Somebody opened an envelope, and the secret is still the same or not sealed again.

    Attributes:
        credential_id: Of which login.
        label: What the team calls it.
        person_id: Who opened it.
        name: How they are called.
        function: What a report names instead.
        on: The day.
        reason: Why.
        rotated: Whether the secret was changed since; then its envelope is still missing.
    """

    credential_id: UUID
    label: str
    person_id: UUID
    name: str
    function: str | None
    on: date
    reason: str | None
    rotated: bool


def unresolved(session: Session, today: date) -> list[Unresolved]:
    """Return the openings that have not ended, by login, the first one first."""
    same_day = and_(Rotation.on == EscrowOpening.on, Rotation.created_at > EscrowOpening.created_at)
    rotated = select(Rotation.id).where(
        Rotation.credential_id == Credential.id, or_(Rotation.on > EscrowOpening.on, same_day)
    )
    sealed = select(Envelope.id).where(
        Envelope.credential_id == Credential.id, Envelope.revision == Credential.revision
    )
    is_rotated = rotated.correlate(Credential, EscrowOpening).exists()
    is_sealed = sealed.correlate(Credential).exists()
    subject: list[Any] = [Credential.id, Credential.label]
    person: list[Any] = [Person.id, display_name(Person), Person.function]
    opening: list[Any] = [EscrowOpening.on, EscrowOpening.reason, is_rotated]
    query = (
        select(*subject, *person, *opening)
        .join_from(EscrowOpening, Credential, Credential.id == EscrowOpening.credential_id)
        .join(Person, Person.id == EscrowOpening.person_id)
        .where(~EscrowOpening.drill, in_use(today), or_(~is_rotated, ~is_sealed))
        .order_by(Credential.label, Credential.id, EscrowOpening.on, EscrowOpening.created_at)
    )
    return [Unresolved(*row) for row in session.execute(query)]
