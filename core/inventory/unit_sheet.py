"""All that hangs on one unit, read at once: the units above and below it, its channels, its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.channels import GONE_STATES
from core.inventory.editing import Opened, open_record
from core.inventory.lists import UNITS
from core.model import Channel, ChannelState, OrgUnit, Person, PersonState
from core.storage.sorting import sort_key


@dataclass(frozen=True, slots=True)
class NearUnit:
    """A unit above or below the one that is shown."""

    id: UUID
    title: str
    active: bool


@dataclass(frozen=True, slots=True)
class UnitChannel:
    """A channel of the unit."""

    id: UUID
    title: str
    platform: str
    state: ChannelState
    over: bool


@dataclass(frozen=True, slots=True)
class UnitPerson:
    """Somebody who works in the unit."""

    id: UUID
    name: str
    function: str
    state: PersonState


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """One unit with what hangs on it; `above` begins with the unit that is part of no other."""

    opened: Opened
    above: tuple[NearUnit, ...]
    below: tuple[NearUnit, ...]
    channels: tuple[UnitChannel, ...]
    people: tuple[UnitPerson, ...]

    @property
    def is_bare(self) -> bool:
        """Whether nothing hangs on the unit, so that it could be removed."""
        return not (self.below or self.channels or self.people)


def unit_sheet(session: Session, unit_id: UUID, today: date) -> UnitSheet | None:
    """Read a unit with what hangs on it, None where there is none."""
    opened = open_record(session, UNITS, unit_id, today)
    if opened is None:
        return None
    return UnitSheet(
        opened,
        _above(session, opened.values["parent"]),
        _below(session, unit_id),
        _channels(session, unit_id),
        _people(session, unit_id, today),
    )


def _above(session: Session, parent_id: UUID | None) -> tuple[NearUnit, ...]:
    found: dict[UUID, NearUnit] = {}
    while parent_id is not None and parent_id not in found:
        parent = session.get(OrgUnit, parent_id)
        if parent is None:
            break
        found[parent.id] = NearUnit(parent.id, parent.title, parent.active)
        parent_id = parent.parent_id
    return tuple(reversed(found.values()))


def _below(session: Session, unit_id: UUID) -> tuple[NearUnit, ...]:
    units = session.scalars(select(OrgUnit).where(OrgUnit.parent_id == unit_id))
    found = [NearUnit(one.id, one.title, one.active) for one in units]
    return tuple(sorted(found, key=lambda one: (not one.active, sort_key(one.title))))


def _channels(session: Session, unit_id: UUID) -> tuple[UnitChannel, ...]:
    query = select(Channel.id, Channel.title, Channel.platform, Channel.state).where(Channel.unit_id == unit_id)
    found = [
        UnitChannel(one, title, platform, state, over=state in GONE_STATES)
        for one, title, platform, state in session.execute(query).all()
    ]
    return tuple(sorted(found, key=lambda one: (one.over, sort_key(one.title), one.platform)))


def _people(session: Session, unit_id: UUID, today: date) -> tuple[UnitPerson, ...]:
    people = session.scalars(select(Person).where(Person.unit_id == unit_id)).all()
    in_order = sorted(people, key=lambda one: (sort_key(one.family_name), sort_key(one.given_name or "")))
    found = [UnitPerson(one.id, one.name, one.function or "", one.state(today)) for one in in_order]
    return tuple(sorted(found, key=lambda one: one.state is PersonState.LEFT))
