"""Quarters as reports name them: "2026Q3"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import BadInputError
from core.i18n import _

_SHAPE = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.number}"

    @property
    def title(self) -> str:
        """The quarter as people say it."""
        return _("Quarter {number} of {year}").format(number=self.number, year=self.year)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        if self.number == 4:
            return date(self.year, 12, 31)
        return date(self.year, 3 * self.number + 1, 1) - timedelta(days=1)

    def as_of(self, today: date) -> date:
        """Return the day a report on it speaks of: its last one, or today while it is running.

        Raises:
            BadInputError: It has not begun yet.
        """
        if self.first_day > today:
            raise BadInputError(
                _("{quarter} has not begun yet. Please choose the running quarter or one that is over.").format(
                    quarter=self.title
                )
            )
        return min(self.last_day, today)


def parse_quarter(text: str) -> Quarter:
    """Read a quarter.

    Raises:
        BadInputError: The text names none.
    """
    match = _SHAPE.fullmatch(text.strip())
    if match is None or match[1] < "1900":
        raise BadInputError(_("“{text}” is no quarter. Write it like this: 2026Q3.").format(text=text))
    return Quarter(int(match[1]), int(match[2]))


def quarter_of(day: date) -> Quarter:
    """Return the quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def last_closed(today: date) -> Quarter:
    """Return the newest quarter that is over."""
    return quarter_of(quarter_of(today).first_day - timedelta(days=1))
