"""How wide columns and how high rows are: as their content needs, within what a page and an eye can take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil
from typing import Any, TypeAlias

from core.exchange.report.craft.looks import Look

Written: TypeAlias = tuple[Any, Look]
"""What goes into a cell: a text, a number, a date or nothing, and how it looks."""

LINE_HEIGHT = 15.0
"""A row's height in points where nothing asks for more."""

NARROWEST = 8
_FILTER_BUTTON = 4
_DATE = 11
_BREATH = 2

HIGHEST = 409.0
"""The greatest height a row can have (Excel's own limit)."""
_LEADING = 1.25
_LETTERS = 1.2  # Widths are told in digits of 11 points; of our smaller letters more fit in.
_BROKEN = 1.1  # Lines break between words, so a text takes somewhat more than its length.


def width_of(title: str, values: Iterable[Any], *, widest: int, whole: bool = False) -> float:
    """Return a column's width in characters.

    Args:
        title: What stands in its header, beside the filter's button.
        values: What stands in its cells.
        widest: Longer texts are wrapped at this width.
        whole: Whether texts are rather not wrapped: LibreOffice cuts links off instead.
    """
    header = max((len(word) for word in title.split()), default=0) + _FILTER_BUTTON
    longest = max((_length(value) for value in values), default=0) / (1 if whole else _LETTERS) + _BREATH
    return round(max(NARROWEST, header, min(widest, max(longest, min(len(title) + _FILTER_BUTTON, 18)))), 1)


def _length(value: Any) -> int:
    match value:
        case None:
            return 0
        case date():
            return _DATE
        case str():
            return max((len(line) for line in value.split("\n")), default=0) if "\n" in value else len(value)
        case _:
            return len(f"{value:,}")


def set_widths(sheet: Any, widths: Sequence[float]) -> None:
    """Set the widths of a sheet's columns from the left; before its first row is written."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def height_of(row: Sequence[Written | None], widths: Sequence[float]) -> float:
    """Return the height in points that a row needs; LibreOffice does not work it out for workbooks it opens."""
    highest = LINE_HEIGHT
    for cell, width in zip(row, widths, strict=False):
        if cell:
            value, look = cell
            needed = look.size * _LEADING
            if look.wrap and isinstance(value, str) and (len(value) > width * _LETTERS or "\n" in value):
                needed = min(HIGHEST - look.air, _lines(value, width * _LETTERS) * needed)
            highest = max(highest, needed + look.air)
    return highest


def _lines(text: str, room: float) -> int:
    """Return on how many lines a text comes to stand."""
    return sum(ceil(len(line) / room * _BROKEN) if len(line) > room else 1 for line in text.split("\n"))
