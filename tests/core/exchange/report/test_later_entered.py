"""What was valid on the report's day but entered after it is marked with the day on which it was entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from core.exchange.report.later_entered import read_later
from core.model import Channel, FollowerCount
from core.registry import Registry
from tests.factories import make_channel

DAY, IN_TIME, LATE = date(2026, 9, 30), date(2026, 9, 30), date(2026, 10, 1)
Step = Callable[[Channel], None]


def at(day: date, hour: int = 23) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 59).astimezone()


def entered(registry: Registry, *records: tuple[str, Any], upto: int | None = None) -> date | None:
    with registry.snapshot(as_of=DAY) as session:
        return read_later(session, DAY, upto or registry.head()[0]).newest(*records)


@pytest.mark.parametrize(("made_on", "marked"), [(IN_TIME, None), (LATE, LATE)])
def test_a_record_counts_as_late_from_the_day_after(registry: Registry, made_on: date, marked: date | None):
    with registry.action("Add channel", now=at(made_on)) as session:
        session.add(channel := make_channel(opened_on="2020"))
    assert entered(registry, ("channel", channel.id)) == marked
    assert entered(registry, ("channel.opened_on", channel.id)) == marked


@pytest.mark.parametrize(
    ("values", "marked", "column"),
    [
        ({"closed_on": date(2026, 9, 30)}, True, "closed_on"),
        ({"closed_on": date(2026, 10, 1)}, False, "closed_on"),
        ({"opened_on": "2026-09"}, True, "opened_on"),
        ({"opened_on": "2026-10"}, True, "opened_on"),  # It had been said to be open for years.
        ({"title": "Neu", "last_post_on": "2026-10-01"}, False, "opened_on"),
    ],
)
def test_only_dates_on_the_day_or_before_it_count(
    registry: Registry, values: dict[str, Any], marked: bool, column: str
):
    with registry.action("Add channel", now=at(IN_TIME)) as session:
        session.add(channel := make_channel(opened_on="2020"))
    with registry.action("Change channel", now=at(LATE)) as session:
        for key, value in values.items():
            setattr(session.get_one(Channel, channel.id), key, value)
    for name in ("channel", f"channel.{column}"):
        assert entered(registry, (name, channel.id)) == (LATE if marked else None)


@pytest.mark.parametrize(("post", "marked"), [("2026-09-30", LATE), ("2026-10-01", None), (None, None)])
def test_a_last_post_is_late_if_it_was_by_the_day(registry: Registry, post: str | None, marked: date | None):
    with registry.action("Add channel", now=at(IN_TIME)) as session:
        session.add(channel := make_channel(last_post_on="2026-09-02"))
    with registry.action("Change channel", now=at(LATE)) as session:
        session.get_one(Channel, channel.id).last_post_on = post
    assert entered(registry, ("channel", channel.id)) == marked


def test_a_count_that_was_put_right_is_late_and_one_of_a_later_day_is_nobodys(registry: Registry):
    with registry.action("Add channel", now=at(IN_TIME)) as session:
        session.add(channel := make_channel())
        session.add(count := FollowerCount(channel_id=channel.id, on=date(2026, 9, 1), count=10))
    with registry.action("Count", now=at(LATE)) as session:
        session.get_one(FollowerCount, count.id).count = 12
    assert entered(registry, ("follower_count", count.id)) == LATE
    assert entered(registry, ("follower_count.on", count.id)) is None
    assert entered(registry, ("channel", channel.id)) is None


def test_what_was_deleted_and_brought_back_later_was_there_in_time(registry: Registry):
    with registry.action("Add channel", now=at(IN_TIME)) as session:
        session.add(channel := make_channel())
    with registry.action("Delete channel", now=at(LATE)) as session:
        session.delete(session.get_one(Channel, channel.id))
    registry.undo()
    assert entered(registry, ("channel", channel.id)) is None


def test_only_entries_up_to_a_number_count(registry: Registry):
    before = registry.head()[0]
    with registry.action("Add channel", now=at(LATE)) as session:
        session.add(channel := make_channel())
    assert entered(registry, ("channel", channel.id), upto=before) is None
    assert entered(registry, ("channel", channel.id)) == LATE
