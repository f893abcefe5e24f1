"""A day is the cities' day, whatever time zone the machine is set to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.days import beginning_of, end_of, local_day
from core.exchange.report.making import make_report
from core.model import Channel
from core.registry import Registry
from tests.factories import make_channel

HALF_PAST_MIDNIGHT = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)
"""Of the first of October in Moers, and of the last of September in UTC."""


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """The machine is set to another time zone, as a server often is."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system keeps one time zone for all programs")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Tokyo"])
def elsewhere(request: pytest.FixtureRequest) -> str:
    """Another time zone than the cities'."""
    return str(request.param)


def test_days_begin_and_end_at_midnight_here(elsewhere: str) -> None:
    with machine_in(elsewhere):
        assert local_day(HALF_PAST_MIDNIGHT) == date(2026, 10, 1)
        assert beginning_of(date(2026, 7, 1)) == datetime(2026, 6, 30, 22, tzinfo=UTC)
        assert beginning_of(date(2026, 12, 1)) == datetime(2026, 11, 30, 23, tzinfo=UTC)


def test_days_on_which_the_clocks_change_have_one_hour_less_or_more() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    hours = [(end_of(day) - beginning_of(day).astimezone(UTC)).total_seconds() / 3600 for day in (spring, autumn)]
    assert hours == [23, 25]


def test_a_report_is_the_same_on_machines_of_other_time_zones(
    registry: Registry, tmp_path: Path, today: date, elsewhere: str
) -> None:
    with registry.action("Add channel", now=datetime(2026, 9, 1, tzinfo=UTC)) as session:
        session.add(channel := make_channel(title="Before"))
    with registry.action("Rename channel", now=HALF_PAST_MIDNIGHT) as session:
        session.get_one(Channel, channel.id).title = "Half an hour into October"
    with machine_in(elsewhere):
        there = make_report(registry, "2026Q3", tmp_path / "there.xlsx", reader="committee", today=today)
    here = make_report(registry, "2026Q3", tmp_path / "here.xlsx", reader="committee", today=today)
    assert there.path.read_bytes() == here.path.read_bytes()
