"""Dates of which only the year or the month may be known, written after ISO 8601 with reduced precision.

"2010", "2010-03" and "2010-03-12" are such dates; they compare as text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from core.i18n import show_date

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def parts(text: str) -> tuple[int, int | None, int | None]:
    """Take a date apart into year, month and day.

    Raises:
        ValueError: The text has another shape, or the day does not exist.
    """
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    date(year, month or 1, day or 1)
    return year, month, day


def first_day(text: str) -> date:
    """Return the earliest day that is meant."""
    year, month, day = parts(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Return the latest day that is meant."""
    year, month, day = parts(text)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def exact_day(text: str | None) -> date | None:
    """Return the day if it is known to the day."""
    return date.fromisoformat(text) if text and len(text) == 10 else None


def show_partial(text: str | None) -> str:
    """Write the date as the reader expects it: 12.03.2010, 03/2010 or 2010."""
    if not text:
        return ""
    year, month, day = parts(text)
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{month:02d}/{year:04d}"
    return show_date(date(year, month, day))
