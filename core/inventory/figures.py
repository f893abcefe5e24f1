"""How many channels there are: by platform, by unit and by state; for screens and for reports alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.inventory.platforms import platforms
from core.model import Channel, ChannelState, OrgUnit
from core.storage.sorting import sort_key

NO_UNIT = ""
"""The key under which channels without a unit are counted."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many channels have something in common: a platform, a unit, a state."""

    key: str
    active: int
    all: int


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """How many channels there are; units are counted under their ids, what has no name comes last."""

    channels: int
    active: int
    by_platform: tuple[Count, ...]
    by_unit: tuple[Count, ...]
    by_state: tuple[Count, ...]


def channel_figures(
    session: Session, units: Mapping[UUID, str], conditions: Iterable[ColumnElement[bool]] = ()
) -> ChannelFigures:
    """Count the channels.

    Args:
        session: Where they are.
        units: What each unit is called; orders the units.
        conditions: Which channels are counted, all if there are none.
    """
    what = (Channel.platform, Channel.unit_id, Channel.state)
    rows = session.execute(select(*what, func.count()).where(*conditions).group_by(*what)).all()
    names = {str(unit): name for unit, name in units.items()}
    return ChannelFigures(
        channels=sum(number for *_what, number in rows),
        active=sum(number for _platform, _unit, state, number in rows if state is ChannelState.ACTIVE),
        by_platform=_counted(((platform, state, n) for platform, _unit, state, n in rows), platform_name),
        by_unit=_counted(((str(unit or NO_UNIT), state, n) for _platform, unit, state, n in rows), names.get),
        by_state=_counted(((state.value, state, n) for _platform, _unit, state, n in rows), _state_place),
    )


def platform_name(key: str) -> str:
    """Return what people call a platform."""
    known = platforms().get(key)
    return known.name if known else key


def unit_names(session: Session) -> dict[UUID, str]:
    """Return what each unit is called, code first."""
    return {
        unit: f"{code} {name}" if code and code != name else name
        for unit, code, name in session.execute(select(OrgUnit.id, OrgUnit.code, OrgUnit.name))
    }


def _state_place(key: str) -> str:
    return str(list(ChannelState).index(ChannelState(key)))


def _counted(rows: Iterable[tuple[str, ChannelState, int]], order: Callable[[str], str | None]) -> tuple[Count, ...]:
    """Add up by a key, in the order of what the keys are called."""
    alike, active = Counter[str](), Counter[str]()
    for key, state, number in rows:
        alike[key] += number
        active[key] += number if state is ChannelState.ACTIVE else 0
    named = sorted(alike, key=lambda key: (not order(key), sort_key(order(key) or "")))
    return tuple(Count(key, active[key], alike[key]) for key in named)
