"""The sheet of the reach shows followers at the ends of years and quarters, and how they have changed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from core.exchange.report.making import make_report
from core.exchange.report.sheets.reach import course, days_of
from core.governance.quarters import Quarter
from core.model import ChannelState, FollowerCount
from core.registry import Registry
from tests.core.exchange.report.workbooks import load, table
from tests.factories import make_channel

pytestmark = pytest.mark.usefixtures("in_english")


def test_five_ends_of_years_and_four_of_quarters_are_looked_at():
    assert days_of(Quarter(2026, 1), date(2026, 2, 10)) == [
        *(date(year, 12, 31) for year in (2021, 2022, 2023, 2024)),
        date(2025, 3, 31),
        date(2025, 6, 30),
        date(2025, 9, 30),
        date(2025, 12, 31),
        date(2026, 2, 10),
    ]


@pytest.mark.parametrize(
    ("counts", "drawn"),
    [((), None), ((5,), None), ((None, 5), None), ((5, 5), "▁▁"), ((1, None, 8), "▁·█"), ((10, 20, 15, 0), "▄█▆▁")],
)
def test_the_course_is_drawn_as_bars(counts: tuple[int | None, ...], drawn: str | None):
    assert course(counts) == drawn


@pytest.fixture
def counted(registry: Registry, today: date, now: datetime) -> Registry:
    """Two channels that were counted now and then, and one that never was."""
    registry.today, registry.now = lambda: today, lambda: now
    one, other = make_channel(title="Eins"), make_channel(handle="zwei", title="Zwei", state=ChannelState.DORMANT)
    with registry.action("Begin") as session:
        session.add_all([one, other, make_channel(handle="nie", title="Nie")])
        for channel, counts in (
            (one, [("2024-11-30", 90), ("2026-07-01", 100), ("2026-08-01", 120), ("2026-10-01", 150)]),
            (other, [("2024-01-02", 10), ("2026-09-30", 7), ("2020-12-31", 1)]),
        ):
            for day, count in counts:
                session.add(FollowerCount(channel_id=channel.id, on=date.fromisoformat(day), count=count))
    return registry


def test_each_day_shows_the_newest_count_since_the_one_before(counted: Registry, tmp_path: Path, today: date):
    path = make_report(counted, "2026Q4", tmp_path / "report.xlsx", today=today).path
    rows = table(path, "Reach")
    titles = ["31 Dec 2024", "30 Sep 2026", "23 Nov 2026", "Change since 30 Sep 2026"]
    assert list(rows[0]) == ["Channel", "Platform", *titles, "Course"]
    assert [[row["Channel"], *(row[title] for title in titles)] for row in rows] == [
        ["Eins", 90, 120, 150, 30],
        ["Zwei", 10, 7, None, None],
    ]


def test_a_sum_of_changes_says_below_the_table_whom_it_leaves_out(counted: Registry, tmp_path: Path, today: date):
    sheet = load(make_report(counted, "2026Q4", tmp_path / "report.xlsx", today=today).path)["Reach"]
    below = [row[0] for row in sheet.iter_rows(min_row=7, values_only=True)]
    assert below[0] is None
    assert "only channels that were counted on both days" in below[1]
    path = make_report(counted, "2026Q4", tmp_path / "whole.xlsx", reader="public", today=today).path
    assert [row[0] for row in load(path)["Reach"].iter_rows(min_row=5, values_only=True)] == ["Eins"]


def test_the_public_sees_the_counts_of_active_channels(counted: Registry, tmp_path: Path, today: date):
    path = make_report(counted, "2026Q4", tmp_path / "report.xlsx", reader="public", today=today).path
    assert [row["Channel"] for row in table(path, "Reach")] == ["Eins"]


def test_where_nobody_counted_there_is_no_such_sheet(registry: Registry, tmp_path: Path, today: date):
    with registry.action("Begin") as session:
        session.add(make_channel())
    path = make_report(registry, "2026Q4", tmp_path / "report.xlsx", today=today).path
    assert "Reach" not in load(path).sheetnames


def test_the_greatest_channels_are_drawn_below_the_table_and_told_in_words(
    counted: Registry, tmp_path: Path, today: date
):
    path = make_report(counted, "2026Q4", tmp_path / "report.xlsx", today=today).path
    [chart] = load(path)["Reach"]._charts
    assert len(chart.series) == 2
    assert chart.anchor._from.row > 6


@pytest.mark.parametrize(("channels", "pages"), [(5, 1), (60, 2)])
def test_the_chart_shares_a_page_with_a_table_that_leaves_room(
    channels: int, pages: int, registry: Registry, tmp_path: Path, today: date
):
    registry.today = lambda: today
    with registry.action("Begin") as session:
        for number in range(channels):
            one = make_channel(handle=f"k{number}", title=f"Kanal {number}")
            session.add(one)
            session.flush()
            for day in (date(2026, 6, 1), date(2026, 9, 1)):
                session.add(FollowerCount(channel_id=one.id, on=day, count=100 + number))
    sheet = load(make_report(registry, "2026Q3", tmp_path / "report.xlsx", today=today).path)["Reach"]
    assert len(sheet.row_breaks.brk) == pages - 1
    assert sheet._charts[0].display_blanks == "span"
