"""How wide columns and how high rows are: as their content needs, within what a page and an eye can take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from core.exchange.report.craft.looks import Look

Written: TypeAlias = tuple[Any, Look]
"""What goes into a cell: a text, a number, a date or nothing, and how it looks."""

LINE_HEIGHT = 15.0
"""A row's height in points where nothing asks for more."""

NARROWEST = 8
_FILTER_BUTTON = 4
_DATE, _INSTANT = 11, 20
_BREATH = 2

HIGHEST = 409.0
"""The greatest height a row can have (Excel's own limit)."""
_LETTERS = 1.2  # Widths are told in digits of 11 points; of our smaller letters more fit in.
_TOLERANCE = 1.2
"""A column is so much wider than its widest where all its texts then stand on one line."""
_LONGEST_WORD = 30
"""Longer words, which are addresses, may be broken."""

_WIDTHS = dict.fromkeys("ijlI|.,:;'!", 0.4) | dict.fromkeys(" ftr()[]/-„“”‚‘’", 0.55) | dict.fromkeys("mwMWÖ@%–—", 1.3)
_LETTER, _CAPITAL, _DIGIT = 0.83, 1.0, 0.92
"""How wide letters of 10 points are in common fonts, in digits of 11 points."""
_MARGIN, _BOLD = 0.5, 1.07
_WHOLE = 1.1
"""Links are measured with more caution than other texts."""


def width_of(title: str, values: Iterable[Any], *, widest: int, whole: bool = False) -> float:
    """Return a column's width in characters.

    Args:
        title: What stands in its header, beside the filter's button.
        values: What stands in its cells.
        widest: Longer texts are wrapped at this width.
        whole: Whether texts are rather not wrapped: LibreOffice cuts links off instead.
    """
    told = list(values)
    header = max((len(word) for word in title.split()), default=0) + _FILTER_BUTTON
    longest = max((_length(value) for value in told), default=0) / (_WHOLE if whole else _LETTERS) + _BREATH
    room = max(widest, _longest_word(told) / _LETTERS + _BREATH)
    room = max(room, longest) if longest <= room * _TOLERANCE else room
    return round(max(NARROWEST, header, min(room, max(longest, min(len(title) + _FILTER_BUTTON, 18)))), 1)


def _longest_word(values: Iterable[Any]) -> int:
    """Return the length of the longest word that is not to be broken."""
    texts = (value for value in values if isinstance(value, str) and len(value) > NARROWEST)
    return max((len(word) for text in texts for word in text.split() if len(word) <= _LONGEST_WORD), default=0)


def _length(value: Any) -> int:
    match value:
        case None:
            return 0
        case datetime():
            return _INSTANT
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
            needed = look.height
            if value.__class__ is str and (len(value) >= width - _MARGIN or "\n" in value) and look.wrap:
                lines = _lines(value, width - _MARGIN, bold=look.bold)
                needed = min(HIGHEST, lines * (needed - look.air) + look.air)
            if needed > highest:  # noqa: PLR1730 - asked of every cell; max() would take thrice as long
                highest = needed
    return highest


@lru_cache(maxsize=4_096)
def _lines(text: str, room: float, *, bold: bool) -> int:
    """Return on how many lines a text comes to stand."""
    room /= _BOLD if bold else 1.0
    return sum(_lines_of(line, room) for line in text.split("\n"))


def _lines_of(line: str, room: float) -> int:
    """Return on how many lines one line comes to stand: it is broken between words, and within too long ones."""
    lines, used = 1, 0.0
    for word in line.replace("-", "- ").split(" "):
        wide = sum(map(_wide, word))
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        lines += int(wide // room)
        used += wide % room + _WIDTHS[" "]
    return lines


@lru_cache(maxsize=1_024)
def _wide(letter: str) -> float:
    if letter.isdigit():
        return _DIGIT
    return _WIDTHS.get(letter, _CAPITAL if letter.isupper() else _LETTER)
