"""The quarters before are counted as a report on each of them would count them, and counting them leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.exchange.report.content import Content, Order, looking_back, read_content
from core.exchange.report.making import make_report
from core.exchange.report.readers import Reader
from core.governance.quarters import parse_quarter, quarter_of
from core.model import Channel, ChannelState, Confirmation
from core.registry import Registry, create_registry
from core.settings import change_setting
from tests.core.exchange.report.workbooks import load, load_values
from tests.factories import make_channel, make_owner, make_person

pytestmark = pytest.mark.usefixtures("in_english")

BEGAN = date(2025, 6, 1)
FACTS: tuple[dict[str, Any], ...] = (
    {"opened_on": "2025-05"},
    {"opened_on": "2025-08-01", "closed_on": date(2026, 2, 1), "state": ChannelState.CLOSED},
    {"opened_on": "2020", "closed_on": date(2026, 7, 15), "state": ChannelState.CLOSING},
    {"opened_on": "2020", "closed_on": date(2027, 1, 1), "state": ChannelState.CLOSED},
    {"opened_on": "2019", "closed_on": date(2025, 12, 1), "state": ChannelState.DORMANT},
    {"opened_on": "2018"},
)


@pytest.fixture
def grown(own_folders: Path, tmp_path: Path, today: date) -> Iterator[Registry]:
    """Channels that were opened, closed, confirmed, left without an owner, and changed over the years."""
    began = datetime(2025, 6, 1, 9, tzinfo=UTC)
    registry = create_registry(tmp_path / "grown.kanal", city="Musterstadt", now=began)
    registry.today = lambda: today
    max_ = make_person(given_name="Max", left_on=date(2026, 8, 31))
    with registry.action("Grow", now=began) as session:
        change_setting(session, "rules.stage", 3)
        channels = [
            make_channel(title=f"Kanal {number}", handle=f"kanal{number}", registered_on=BEGAN, **fact)
            for number, fact in enumerate(FACTS)
        ]
        session.add_all([max_, *channels])
        session.flush()
        session.add_all(make_owner(one, max_, since=date(2025, 9, 1)) for one in channels)
        session.add_all(Confirmation(channel_id=one.id, on=date(2026, 1, 9)) for one in channels[:2])
    for month, state in ((2, ChannelState.DORMANT), (5, ChannelState.ACTIVE), (10, ChannelState.CLOSING)):
        with registry.action("Change state", now=datetime(2026, month, 3, 9, tzinfo=UTC)) as session:
            session.scalars(select(Channel).where(Channel.title == "Kanal 5")).one().state = state
    yield registry
    registry.close()


def looked_back(registry: Registry, quarter: str, today: date, reader: Reader = Reader.INTERNAL) -> Content:
    order = Order(parse_quarter(quarter), today, reader, None)
    with registry.snapshot(as_of=order.day) as session:
        return looking_back(read_content(session, order, lambda: None))


@pytest.mark.parametrize("reader", Reader)
def test_each_quarter_is_counted_as_its_own_report_counts_it(grown: Registry, reader: Reader, today: date) -> None:
    trend = looked_back(grown, "2026Q4", today, reader).trend
    assert [str(one.quarter) for one in trend] == [
        f"{year}Q{number}" for year in (2025, 2026) for number in (1, 2, 3, 4)
    ]
    for one in trend:
        own = looked_back(grown, str(one.quarter), today, reader).trend[-1]
        assert (one.day, one.channels, one.active) == (own.day, own.channels, own.active)
        if one.findings is not None:
            assert (one.findings, one.confirmed) == (own.findings, own.confirmed)
    assert [one.active for one in trend] == [2, 3, 4, 4, 2, 3, 3, 2]


def test_findings_are_counted_from_the_quarter_in_which_the_registry_began(grown: Registry, today: date) -> None:
    trend = looked_back(grown, "2026Q4", today).trend
    assert [one.findings is not None for one in trend] == [False, *[True] * 7]
    assert len({str(one.findings) for one in trend}) > 3
    assert [one.confirmed for one in trend] == [None, 0, 0, 0, 1, 1, 0, 0]
    assert all(one.findings is None for one in looked_back(grown, "2026Q4", today, Reader.PUBLIC).trend)


def test_looking_back_leaves_the_copy_as_it_was(grown: Registry, today: date) -> None:
    order = Order(quarter_of(today), today, Reader.INTERNAL, None)
    with grown.snapshot(as_of=today) as session:
        before = session.execute(select(Channel.__table__)).all()
        content = read_content(session, order, lambda: None)
        assert looking_back(content).trend == looking_back(content).trend
        assert session.execute(select(Channel.__table__)).all() == before


def test_the_trend_is_printed_with_blanks_where_nothing_was_known(grown: Registry, tmp_path: Path, today: date) -> None:
    made = make_report(grown, "2026Q4", tmp_path / "report.xlsx", today=today)
    rows = {row[0]: row for row in load_values(made.path)["At a glance"].values}
    trend = looked_back(grown, "2026Q4", today, Reader.COMMITTEE).trend
    assert rows["Q1 2025"][1:5] == (None, None, None, None)
    for one in trend[1:]:
        counted = list((one.findings or {}).values())
        assert rows[f"Q{one.quarter.number} {one.quarter.year}"][1:5] == (*counted, sum(counted))
        assert rows[f"Q{one.quarter.number} {one.quarter.year}"][7:10] == (one.channels, one.active, one.confirmed)


@pytest.mark.parametrize(
    ("quarter", "charts"),
    [
        ("2024Q4", ["Channels over the last quarters"]),
        (
            "2025Q2",
            ["Findings by severity over the last quarters", "Confirmation rate: active channels confirmed lately"],
        ),
    ],
)
def test_no_chart_is_empty_before_the_registry_began(
    quarter: str, charts: list[str], grown: Registry, tmp_path: Path, today: date
) -> None:
    made = make_report(grown, quarter, tmp_path / "report.xlsx", reader="internal", today=today)
    overview = load(made.path)["At a glance"]
    drawn = [chart for chart in overview._charts if chart.anchor._from.row > 15]
    assert [chart.title.tx.rich.p[0].r[0].t for chart in drawn] == charts
    for series in (one for chart in drawn for one in chart.series):
        cells = overview[series.val.numRef.f.rpartition("!")[2].replace("$", "")]
        assert any(cell.value is not None for (cell,) in cells)
