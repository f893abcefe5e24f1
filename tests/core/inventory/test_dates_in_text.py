"""Dates as lists write them."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.inventory.dates_in_text import DateRead, read_date
from core.partial_dates import parts


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("12.11.2010", "2010-11-12"),
        (" 12. 11. 2010 ", "2010-11-12"),
        ("1.6.09", "2009-06-01"),
        ("1.6.98", "2098-06-01"),
        ("03/2010", "2010-03"),
        ("3/2010", "2010-03"),
        ("03.2010", "2010-03"),
        ("03/10", "2010-03"),
        ("2010", "2010"),
        ("1999", "1999"),
        ("März 2010", "2010-03"),
        ("maerz 2010", "2010-03"),
        ("Mrz 10", "2010-03"),
        ("Nov. 2010", "2010-11"),
        ("Nov '10", "2010-11"),
        ("12. November 2010", "2010-11-12"),
        ("12.Nov.2010", "2010-11-12"),
        ("12 Nov 10", "2010-11-12"),
        ("2010-11-12", "2010-11-12"),
        ("2010-11", "2010-11"),
        ("2010-11-12T10:30:00Z", "2010-11-12"),
        ("2010-11-12 10:30", "2010-11-12"),
        ("20101112", "2010-11-12"),
        ("2010/11/12", "2010-11-12"),
        ("12/11/2010", "2010-11-12"),
        ("11/22/2010", "2010-11-22"),
        ("12-11-2010", "2010-11-12"),
        ("12 March 2010", "2010-03-12"),
        ("12th March 2010", "2010-03-12"),
        ("March 12, 2010", "2010-03-12"),
        ("March 2010", "2010-03"),
        ("Sept. 2010", "2010-09"),
        ("Mo, 15.11.2010", "2010-11-15"),
        ("Montag, 15.11.2010, 14:30 Uhr", "2010-11-15"),
        ("seit 2009", "2009"),
        ("seit ca. 03/2009", "2009-03"),
        ("Ende 2010", "2010"),
        ("Q3 2010", "2010"),
        ("Stand: 15.11.2010", "2010-11-15"),
        (datetime(2010, 11, 14, 13, 5), "2010-11-14"),  # noqa: DTZ001 - a cell has no zone
        (date(2010, 11, 14), "2010-11-14"),
        (2009, "2009"),
        (2009.0, "2009"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(cell, meant):
    assert read_date(cell) == DateRead(meant)


@pytest.mark.parametrize(
    "cell",
    [
        "30.02.2010",
        "31.4.2010",
        "29.02.2011",
        "00.03.2010",
        "13/2010",
        "2010-13",
        "12.13.2010",
        "31/31/2010",
        "32. Mai 2010",
        "12.11.1010",
    ],
)
def test_a_day_that_does_not_exist_is_told_from_text_without_a_date(cell):
    assert read_date(cell) == DateRead(impossible=True)


@pytest.mark.parametrize(
    "cell",
    [
        *("", "   ", "offen", "?", "vor 3 Wochen", "12.11.", "40494", "0800 123456", "1.234", "Nr. 5", "Mai", "3.5"),
        *("Version 2.0", "x" * 5000 + "1", 40494, 40494.5, 12, True, None, 3.5, time(12, 0)),
        *(float("nan"), float("inf")),
    ],
)
def test_what_is_no_date_is_not_made_one(cell):
    assert read_date(cell) == DateRead()


@given(st.one_of(st.text(), st.floats(), st.integers(), st.dates(), st.datetimes(), st.none(), st.binary()))
def test_reading_a_date_never_fails_and_gives_a_real_date(cell):
    read = read_date(cell)
    assert read.value is None or parts(read.value)


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_the_german_and_the_iso_form(day):
    assert read_date(f"{day.day}.{day.month}.{day.year}").value == day.isoformat()
    assert read_date(day.isoformat()).value == day.isoformat()
