"""The report's figures: counted once, printed on the overview and kept with the record of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.exchange.report.content import Content
from core.exchange.report.readers import scope
from core.inventory.figures import NO_UNIT, Count, channel_figures, platform_name
from core.model import Severity

__all__ = ["NO_UNIT", "Count", "Figures", "count", "platform_name"]


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
    channels = channel_figures(content.session, content.units, scope(content.order.reader))
    severities = Counter(finding.severity for finding in content.findings)
    return Figures(
        channels=channels.channels,
        active=channels.active,
        by_platform=channels.by_platform,
        by_unit=channels.by_unit,
        by_state=channels.by_state,
        findings={severity.value: severities[severity] for severity in reversed(Severity)},
    )
