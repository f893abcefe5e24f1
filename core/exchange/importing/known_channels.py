"""The registered channels that a list speaks of, with all that its rows are compared with, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.exchange.importing.importable import FACTS
from core.model import (
    Access,
    Channel,
    ChannelState,
    Confirmation,
    FollowerCount,
    OrgUnit,
    Person,
    Responsibility,
    ResponsibilityRole,
)

_AT_ONCE = 500
_OVER = (ChannelState.CLOSED, ChannelState.REJECTED)


@dataclass(slots=True)
class Held:
    """A responsibility somebody holds, held or will hold."""

    id: UUID
    person_id: UUID
    role: ResponsibilityRole
    since: date | None
    until: date | None

    def counts_after(self, today: date) -> bool:
        """Tell whether it counts today or will."""
        return self.until is None or self.until >= today


@dataclass(slots=True)
class KnownChannel:
    """A registered channel: its facts by field key, and what hangs on it."""

    id: UUID
    unit_id: UUID | None
    facts: dict[str, Any]
    held: list[Held] = field(default_factory=list)
    confirmed_on: date | None = None
    followers: tuple[date, int] | None = None
    profiles: set[str] = field(default_factory=set)


def known_channels(session: Session, keys: Iterable[str]) -> dict[str, KnownChannel]:
    """Read the channels with the given account keys; of several with one key the one that is not over."""
    columns = [getattr(Channel, key) for key in FACTS]
    found: dict[str, KnownChannel] = {}
    for some in _in_parts(sorted(set(keys) - {""})):
        query = select(Channel.id, Channel.account_key, Channel.unit_id, *columns)
        for row in session.execute(query.where(Channel.account_key.in_(some)).order_by(Channel.registered_on)):
            channel = KnownChannel(row.id, row.unit_id, {key: getattr(row, key) for key in FACTS})
            earlier = found.get(row.account_key)
            if earlier is None or (earlier.facts["state"] in _OVER and channel.facts["state"] not in _OVER):
                found[row.account_key] = channel
    _complete(session, {channel.id: channel for channel in found.values()})
    return found


def _complete(session: Session, channels: Mapping[UUID, KnownChannel]) -> None:
    one, count = Responsibility, FollowerCount
    for some in _in_parts(list(channels)):
        held = select(one.channel_id, one.id, one.person_id, one.role, one.since, one.until)
        for row in session.execute(held.where(one.channel_id.in_(some)).order_by(one.created_at)):
            channels[row.channel_id].held.append(Held(row.id, row.person_id, row.role, row.since, row.until))
        looked_at = select(Confirmation.channel_id, func.max(Confirmation.on))
        for channel_id, on in session.execute(
            looked_at.where(Confirmation.channel_id.in_(some)).group_by(Confirmation.channel_id)
        ):
            channels[channel_id].confirmed_on = on
        counted = select(count.channel_id, count.on, count.count).where(count.channel_id.in_(some)).order_by(count.on)
        for channel_id, on, number in session.execute(counted):
            channels[channel_id].followers = (on, number)
        via = select(Access.channel_id, Access.via_profile).where(Access.channel_id.in_(some))
        for channel_id, profile in session.execute(via.where(Access.via_profile.is_not(None))):
            channels[channel_id].profiles.add(profile or "")


def state_of(session: Session) -> tuple[Any, ...]:
    """Return what changes whenever somebody changes what an import is compared with."""
    return tuple(
        value
        for model in (Channel, Person, OrgUnit, Responsibility, Confirmation)
        for value in session.execute(select(func.count(), func.max(model.updated_at)).select_from(model)).one()
    )


def _in_parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
