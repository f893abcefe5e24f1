"""What a person's channels ask of them: which entries wait to be confirmed, what is not in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from core.governance.finding_lists import of_subjects
from core.governance.findings import FindingValue
from core.governance.rules.rule import moved
from core.inventory.confirmations import last_confirmed_on
from core.inventory.responsibilities import counts_on
from core.model import Channel, ChannelState, Responsibility, ResponsibilityRole
from core.settings import read_settings
from core.storage.sorting import sort_key

ANSWERING = (ResponsibilityRole.OWNER, ResponsibilityRole.DEPUTY)


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A channel whose entry waits to be confirmed, and when that was last done."""

    channel_id: UUID
    title: str
    platform: str
    confirmed_on: date | None


def to_confirm(session: Session, person_id: UUID, today: date) -> tuple[Unconfirmed, ...]:
    """Return the active channels of a person whose entry was not confirmed for long, those never confirmed first.

    What is long is the setting of the rule `confirmation-due`, whichever stage of the rules is in force.
    """
    due = moved(today, -int(read_settings(session)["confirmation-due.days"]))
    last = last_confirmed_on(today)
    query = select(Channel.id, Channel.title, Channel.platform, last).where(
        Channel.id.in_(_channels_of(person_id, today)),
        Channel.state == ChannelState.ACTIVE,
        or_(last.is_(None), last < due),
    )
    found = [Unconfirmed(*row) for row in session.execute(query).all()]
    return tuple(sorted(found, key=lambda one: (one.confirmed_on or date.min, sort_key(one.title))))


def of_channels(session: Session, person_id: UUID, today: date) -> list[FindingValue]:
    """Return what is not in order with the channels for which a person is owner or deputy, gravest first."""
    return of_subjects(session, _channels_of(person_id, today))


def _channels_of(person_id: UUID, today: date) -> Select[Any]:
    return select(Responsibility.channel_id).where(
        Responsibility.person_id == person_id, Responsibility.role.in_(ANSWERING), counts_on(today)
    )
