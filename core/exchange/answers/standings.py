"""How the accounts stood on a day: what the answers count and list, read once a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.exchange.report.readers import People, Reader, read_people, scope
from core.inventory.accesses import is_open
from core.inventory.figures import unit_names
from core.inventory.responsibilities import counts_on
from core.model import (
    Access,
    AccessKind,
    Channel,
    ChannelState,
    FollowerCount,
    Person,
    PlatformRole,
    Responsibility,
    ResponsibilityRole,
)

IN_USE = frozenset({ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING})
"""States of accounts that are there for the public; what is planned, only reserved, closed or rejected is not."""

PLANNED = frozenset({ChannelState.PROPOSED, ChannelState.APPROVED})


class Account(NamedTuple):
    """An account as it was on a day; partial dates are texts."""

    title: str
    platform: str
    unit: str
    url: str
    state: ChannelState
    registered_on: date
    opened_on: str | None
    closed_on: date | None
    closing_reason: str | None


class Count(NamedTuple):
    """How many followed an account, and on which day they were counted."""

    number: int
    on: date


class Entrance(NamedTuple):
    """An agency or a tool that gets into an account, or somebody who does through a tool."""

    channel_id: UUID
    who: str
    kind: AccessKind
    role: PlatformRole | None
    granted_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stood on a day, as a reader gets to see it.

    Attributes:
        day: The day.
        accounts: Every account by its channel's id.
        owners: Who answered for an account, where somebody did.
        followers: The last count that was known.
        entrances: Agencies and tools, by the access's id.
        people: Everybody, as the reader sees them.
    """

    day: date
    accounts: Mapping[UUID, Account]
    owners: Mapping[UUID, str]
    followers: Mapping[UUID, Count]
    entrances: Mapping[UUID, Entrance]
    people: People


def read_standing(session: Session, day: date, reader: Reader) -> Standing:
    """Read how things stood from a private copy that is turned to the day."""
    people = read_people(session, reader)
    return Standing(
        day=day,
        accounts=_accounts(session, reader),
        owners=_owners(session, day, people) if reader is not Reader.PUBLIC else {},
        followers=_followers(session, day),
        entrances=_entrances(session, day, people) if reader is not Reader.PUBLIC else {},
        people=people,
    )


def _accounts(session: Session, reader: Reader) -> dict[UUID, Account]:
    units = unit_names(session)
    query = select(
        Channel.id,
        Channel.title,
        Channel.platform,
        Channel.unit_id,
        Channel.url,
        Channel.url_as_entered,
        Channel.state,
        Channel.registered_on,
        Channel.opened_on,
        Channel.closed_on,
        Channel.closing_reason,
    ).where(*scope(reader))
    found = {}
    for one, title, platform, unit, url, typed, *rest in session.execute(query):
        found[one] = Account(title, platform, units.get(unit, "") if unit else "", url or typed, *rest)
    return found


def _owners(session: Session, day: date, people: People) -> dict[UUID, str]:
    query = (
        select(Responsibility.channel_id, Responsibility.person_id)
        .join(Person, Person.id == Responsibility.person_id)
        .where(Responsibility.role == ResponsibilityRole.OWNER, counts_on(day))
        .order_by(Responsibility.since.nulls_first(), Person.family_name, Person.id)
    )
    held: dict[UUID, list[UUID]] = {}
    for channel, person in session.execute(query):
        held.setdefault(channel, []).append(person)
    return {channel: people.several(ids) for channel, ids in held.items()}


def _followers(session: Session, day: date) -> dict[UUID, Count]:
    one = FollowerCount
    query = select(one.channel_id, one.count, one.on).where(one.on <= day).order_by(one.on, one.created_at, one.id)
    return {channel: Count(number, on) for channel, number, on in session.execute(query)}


def _entrances(session: Session, day: date, people: People) -> dict[UUID, Entrance]:
    outside = or_(Access.holder.is_not(None), Access.kind == AccessKind.VIA_TOOL)
    query = select(Access).where(outside, is_open(day)).order_by(Access.id)
    return {
        one.id: Entrance(one.channel_id, _who(one, people), one.kind, one.platform_role, one.granted_on)
        for one in session.scalars(query)
    }


def _who(access: Access, people: People) -> str:
    """Name the agency or the tool; people of the city are shown as the reader gets to see them."""
    return access.holder or (people.one(access.person_id) if access.person_id is not None else "")
