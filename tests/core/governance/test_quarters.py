"""Quarters: how they are written, where they begin and end, and as of which day a report on one speaks."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import BadInputError
from core.governance.quarters import last_closed, parse_quarter, quarter_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2026Q2", date(2026, 4, 1), date(2026, 6, 30)),
        (" 2026Q3 ", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_is_three_months(text: str, first: date, last: date) -> None:
    quarter = parse_quarter(text)
    assert (quarter.first_day, quarter.last_day) == (first, last)
    assert quarter_of(first) == quarter_of(last) == quarter


@pytest.mark.parametrize(
    "text", ["", "2026", "Q3", "2026Q0", "2026Q5", "26Q3", "2026Q33", "0000Q1", "heute", "2026 Q3x"]
)
def test_what_is_no_quarter_is_named_in_a_sentence(text: str, in_english: None) -> None:
    with pytest.raises(BadInputError, match="2026Q3"):
        parse_quarter(text)


@pytest.mark.parametrize(
    ("today", "as_of"),
    [
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 8, 15), date(2026, 8, 15)),
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 9, 30)),
        (date(2031, 1, 1), date(2026, 9, 30)),
    ],
)
def test_a_quarter_that_is_over_speaks_of_its_last_day_and_a_running_one_of_today(today: date, as_of: date) -> None:
    assert parse_quarter("2026Q3").as_of(today) == as_of


def test_a_quarter_to_come_is_refused(in_english: None) -> None:
    with pytest.raises(BadInputError, match="has not begun yet"):
        parse_quarter("2026Q3").as_of(date(2026, 6, 30))


@pytest.mark.parametrize(
    ("today", "closed"),
    [(date(2026, 1, 1), "2025Q4"), (date(2026, 3, 31), "2025Q4"), (date(2026, 4, 1), "2026Q1")],
)
def test_the_last_closed_quarter_is_the_one_before(today: date, closed: str) -> None:
    assert str(last_closed(today)) == closed
