"""The report's figures: counted once, printed on the overview and kept with the record of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.exchange.report.content import Content
from core.exchange.report.readers import scope
from core.inventory.platforms import platforms
from core.model import Channel, ChannelState, Severity
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
class Figures:
    """What a report counts; every channel its reader gets to see, and every finding."""

    channels: int
    active: int
    by_platform: tuple[Count, ...]
    by_unit: tuple[Count, ...]
    by_state: tuple[Count, ...]
    findings: Mapping[str, int]

    def plain(self) -> dict[str, Any]:
        """Return the figures with stable keys: platforms, units' ids and states."""
        return {
            "channels": self.channels,
            "active": self.active,
            "by_platform": {count.key: count.all for count in self.by_platform},
            "by_unit": {count.key: count.all for count in self.by_unit},
            "by_state": {count.key: count.all for count in self.by_state},
            "findings": dict(self.findings),
        }


def count(content: Content) -> Figures:
    """Count what the report's reader gets to see."""
    query = select(Channel.platform, Channel.unit_id, Channel.state).where(*scope(content.order.reader))
    rows = content.session.execute(query).all()
    severities = Counter(finding.severity for finding in content.findings)
    names = {str(unit): name for unit, name in content.units.items()}
    return Figures(
        channels=len(rows),
        active=sum(row.state is ChannelState.ACTIVE for row in rows),
        by_platform=_counted(((row.platform, row.state) for row in rows), order=platform_name),
        by_unit=_counted(((str(row.unit_id or NO_UNIT), row.state) for row in rows), order=names.get),
        by_state=_counted(((row.state.value, row.state) for row in rows), order=_state_place),
        findings={severity.value: severities[severity] for severity in reversed(Severity)},
    )


def platform_name(key: str) -> str:
    """Return what people call a platform."""
    known = platforms().get(key)
    return known.name if known else key


def _state_place(key: str) -> str:
    return str(list(ChannelState).index(ChannelState(key)))


def _counted(pairs: Iterable[tuple[str, ChannelState]], *, order: Any) -> tuple[Count, ...]:
    """Count by a key, in the order of what the keys are called; what has no name comes last."""
    alike, active = Counter[str](), Counter[str]()
    for key, state in pairs:
        alike[key] += 1
        active[key] += state is ChannelState.ACTIVE
    named = sorted(alike, key=lambda key: (not order(key), sort_key(order(key) or "")))
    return tuple(Count(key, active[key], alike[key]) for key in named)
