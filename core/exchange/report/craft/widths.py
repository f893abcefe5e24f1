"""How wide columns are: as their content needs, within what a page and an eye can take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

NARROWEST = 8
_FILTER_BUTTON = 4
_DATE = 12
_BREATH = 2


def width_of(title: str, values: Iterable[Any], *, widest: int) -> float:
    """Return a column's width in characters.

    Args:
        title: What stands in its header, beside the filter's button.
        values: What stands in its cells.
        widest: Longer texts are wrapped at this width.
    """
    header = max((len(word) for word in title.split()), default=0) + _FILTER_BUTTON
    longest = max((_length(value) for value in values), default=0) + _BREATH
    return max(NARROWEST, header, min(widest, max(longest, min(len(title) + _FILTER_BUTTON, 18))))


def _length(value: Any) -> int:
    match value:
        case None:
            return 0
        case date():
            return _DATE
        case str():
            return max((len(line) for line in value.split("\n")), default=0)
        case _:
            return len(f"{value:,}")


def set_widths(sheet: Any, widths: Sequence[float]) -> None:
    """Set the widths of a sheet's columns from the left; before its first row is written."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
