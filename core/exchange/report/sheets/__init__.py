"""The sheets of the report, one module each; `SHEETS` is where a new capability adds its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book
from core.exchange.report.figures import Figures
from core.exchange.report.readers import Reader
from core.exchange.report.sheets import (
    appearance,
    changes,
    channels,
    corrections,
    cover,
    custody,
    findings,
    handovers,
    overview,
    proof,
    reach,
    responsible,
)

ALL = frozenset(Reader)
WITHIN_THE_HOUSE = frozenset({Reader.INTERNAL, Reader.COMMITTEE})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the report: who gets to see it, and what writes it."""

    readers: frozenset[Reader]
    write: Callable[[Book, Content, Figures], None]


SHEETS = (
    Sheet(ALL, cover.write),
    Sheet(ALL, overview.write),
    Sheet(ALL, channels.write),
    Sheet(WITHIN_THE_HOUSE, responsible.write),
    Sheet(WITHIN_THE_HOUSE, findings.write),
    Sheet(WITHIN_THE_HOUSE, changes.write),
    Sheet(WITHIN_THE_HOUSE, custody.write),
    Sheet(WITHIN_THE_HOUSE, appearance.write),
    Sheet(ALL, reach.write),
    Sheet(WITHIN_THE_HOUSE, handovers.write),
    Sheet(ALL, corrections.write),
    Sheet(ALL, proof.write),
)
