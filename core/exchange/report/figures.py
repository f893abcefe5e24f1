"""The report's figures: counted once, printed on the overview and kept with the record of the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.exchange.report.content import Content
from core.exchange.report.trend import tally
from core.inventory.figures import NO_UNIT, Count, platform_name

__all__ = ["NO_UNIT", "Count", "Figures", "count", "platform_name"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report counts; every channel its reader gets to see, and every finding, none where nobody looked."""

    channels: int
    active: int
    by_platform: tuple[Count, ...]
    by_unit: tuple[Count, ...]
    by_state: tuple[Count, ...]
    findings: Mapping[str, int]
    confirmed: int

    def plain(self) -> dict[str, Any]:
        """Return the figures with stable keys: platforms, units' ids and states."""
        return {
            "channels": self.channels,
            "active": self.active,
            "by_platform": {count.key: count.all for count in self.by_platform},
            "by_unit": {count.key: count.all for count in self.by_unit},
            "by_state": {count.key: count.all for count in self.by_state},
            "findings": dict(self.findings),
            "confirmed": self.confirmed,
        }


def count(content: Content) -> Figures:
    """Count what the report's reader gets to see."""
    now = content.trend[-1]
    assert now.figures is not None
    return Figures(
        channels=now.channels,
        active=now.active,
        by_platform=now.figures.by_platform,
        by_unit=now.figures.by_unit,
        by_state=now.figures.by_state,
        findings=tally(content.findings) if content.looked else {},
        confirmed=now.confirmed or 0,
    )
