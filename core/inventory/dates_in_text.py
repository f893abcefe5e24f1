"""Dates as people write them in lists, German and English, read into dates of reduced precision.

"12.11.2010", "1.6.09", "03/2010", "März 2010", "Nov. 2010", "2010", "2010-11-12", "12 March 2010" and date cells are
dates. A bare number is none unless it can only be a year: what a spreadsheet means as a date arrives as a date cell.
Two-digit years are 20yy (domain.md, "What lists mean"). Where day and month could change places, the day comes first.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

EARLIEST_YEAR, LATEST_YEAR = 1970, 2100

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan jän",
            "februar feber february feb",
            "märz maerz march mär mar mrz",
            "april apr",
            "mai may",
            "juni june juno jun",
            "juli july julei jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})"
_WHOLE_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"
_NUMBER = r"(?P<month>\d{1,2})"

# A weekday in front, a time behind and words such as "seit" or "ca." say nothing about the day.
_BEFORE = re.compile(
    r"(?:(?:seit|ab|am|vom|im|bis|zum|ca|circa|etwa|ungefähr|stand|since|from|until|about|approx|on|in)\b[.:]?\s*"
    r"|(?:anfang|mitte|ende|frühjahr|frühling|sommer|herbst|winter|spring|summer|autumn|early|mid|late)\s+(?=\S*\s?\d)"
    r"|(?:mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    r"|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[.,]*\s+)"
)
_AFTER = re.compile(r"(?:,?\s+(?:um\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:uhr)?|t\d{2}:\d{2}\S*|\s+\d{1,2}\s+uhr)$")
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_WHOLE_YEAR}-{_NUMBER}(?:-{_DAY})?",
        rf"{_WHOLE_YEAR}[./]{_NUMBER}[./]{_DAY}",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_DAY}\s?[.]\s?{_NUMBER}\s?[.]\s?{_YEAR}",
        rf"{_DAY}\s?(?P<slash>/)\s?{_NUMBER}\s?/\s?{_YEAR}",
        rf"{_DAY}\s?-\s?{_NUMBER}\s?-\s?{_YEAR}",
        rf"{_NUMBER}\s?[/.-]\s?{_WHOLE_YEAR}",
        rf"{_NUMBER}\s?/\s?{_YEAR}",
        rf"{_DAY}(?:\.|st|nd|rd|th)?[\s-]?(?:of\s)?{_MONTH}[\s,-]?\s?{_YEAR}",
        rf"{_MONTH}\s{_DAY}(?:st|nd|rd|th)?,?\s{_WHOLE_YEAR}",
        rf"{_MONTH}[\s/,-]?\s?{_YEAR}",
        rf"(?:(?:q[1-4]|[1-4]\.\s?quartal|quartal\s[1-4])[\s/]\s?)?{_WHOLE_YEAR}",
    )
)


@dataclass(frozen=True, slots=True)
class DateRead:
    """What a cell says about a day: an ISO text of reduced precision, a day that does not exist, or nothing."""

    value: str | None = None
    impossible: bool = False
    """The cell has the shape of a date, but the calendar knows no such day."""


def read_date(cell: object) -> DateRead:
    """Read a date from a cell of a list, whatever type the cell has."""
    match cell:
        case datetime():
            return _existing(cell.year, cell.month, cell.day)
        case date():
            return _existing(cell.year, cell.month, cell.day)
        case bool():
            return DateRead()
        case int() | float():
            return _existing(int(cell)) if cell in range(EARLIEST_YEAR, LATEST_YEAR) else DateRead()
        case str():
            return _read_text(cell)
        case _:
            return DateRead()


def _read_text(text: str) -> DateRead:
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip("()[],; ")
    if not any(letter.isdigit() for letter in plain) or len(plain) > 60:
        return DateRead()
    plain = _AFTER.sub("", _without_words_before(plain)).strip()
    for shape in _SHAPES:
        if found := shape.fullmatch(plain):
            return _from_parts(found.groupdict())
    return DateRead()


def _without_words_before(text: str) -> str:
    shorter = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    while shorter != text:
        text = shorter
        shorter = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    return text


def _from_parts(parts: dict[str, str | None]) -> DateRead:
    year = int((parts["year"] or "").lstrip("'’"))
    name = parts.get("name")
    month = _MONTHS[name] if name else parts.get("month")
    day = parts.get("day")
    if parts.get("slash") and month and day and int(month) > 12:
        month, day = day, month  # 11/22/2010 can only be the American way of writing it.
    whole_year = year + 2000 if year < 100 else year
    return _existing(whole_year, int(month) if month is not None else None, int(day) if day is not None else None)


def _existing(year: int, month: int | None = None, day: int | None = None) -> DateRead:
    """Return the date if the calendar has it."""
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return DateRead(impossible=True)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return DateRead(impossible=True)
    text = f"{year:04d}"
    for part in (month, day):
        text += f"-{part:02d}" if part is not None else ""
    return DateRead(text)
