"""Who answers for which channels, by the people's ids: what a reader sees of them is decided later."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.responsibilities import counts_on
from core.model import Person, Responsibility, ResponsibilityRole
from core.storage.touching import chunks

Ties: TypeAlias = Mapping[tuple[UUID, ResponsibilityRole], Sequence[UUID]]
"""Who answers for a channel in a role, in the order in which they began."""


def ties(session: Session, today: date, channels: Collection[UUID] | None = None) -> Ties:
    """Return who answers for the channels, for all of them or for some."""
    query = (
        select(Responsibility.channel_id, Responsibility.role, Responsibility.person_id)
        .join(Person, Person.id == Responsibility.person_id)
        .where(counts_on(today))
        .order_by(Responsibility.since.nulls_first(), Person.family_name, Person.id)
    )
    parts = (
        [query] if channels is None else [query.where(Responsibility.channel_id.in_(one)) for one in chunks(channels)]
    )
    found: dict[tuple[UUID, ResponsibilityRole], list[UUID]] = {}
    for part in parts:
        for channel, role, person in session.execute(part):
            found.setdefault((channel, role), []).append(person)
    return found


def owners_of(session: Session, channels: Collection[UUID], today: date) -> Mapping[UUID, Sequence[UUID]]:
    """Return who owns some channels."""
    found = ties(session, today, channels)
    return {channel: people for (channel, role), people in found.items() if role is ResponsibilityRole.OWNER}
