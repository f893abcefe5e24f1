"""What stands in the cells of an exported list: how each column's values are written, worked out once a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from core import fields as kinds
from core.exchange.report.craft.looks import NUMBER, TEXT, Look, day_look, instant_look
from core.fields import Field
from core.inventory.showing import shown

Maker: TypeAlias = Callable[[Any], Any]
_KEPT = 20_000
"""How many different values of a column are remembered; days, states and units repeat, and memory is bounded."""


@dataclass(frozen=True, slots=True)
class Instant(kinds.Text):
    """A text that names an instant, as JSON does; in a workbook a day and a time of UTC that can be sorted."""


def look_of(one: Field) -> Look:
    """Return how the cells of a field's column look."""
    match one.kind:
        case Instant():
            return instant_look()
        case kinds.Day():
            return day_look()
        case kinds.Number():
            return NUMBER
        case _:
            return TEXT


def cell_maker(one: Field) -> Maker:
    """Return what makes a value a workbook's cell: days and numbers stay what they are, all else is a text."""
    match one.kind:
        case Instant():
            return _in_utc
        case kinds.Day() | kinds.Number():
            return _as_it_is
        case _:
            text = text_maker(one)
            return lambda value: text(value) or None


def text_maker(one: Field) -> Maker:
    """Return what writes a value as a person reads it; an absent one is empty."""
    match one.kind:
        case kinds.Text() | kinds.LongText() | kinds.Address() | kinds.Mail() | kinds.Reference():
            return _plain_text
        case _:
            return lru_cache(maxsize=_KEPT)(lambda value: "" if value is None else shown(one, value))


def _in_utc(value: Any) -> Any:
    """Return an instant as workbooks know it: they have no time zones."""
    return datetime.fromisoformat(value[:]).astimezone(UTC).replace(tzinfo=None, microsecond=0) if value else None


def _as_it_is(value: Any) -> Any:
    return value


def _plain_text(value: Any) -> str:
    return "" if value is None else str(value)
