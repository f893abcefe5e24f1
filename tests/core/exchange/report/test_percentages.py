"""The same percentage is one number wherever a report writes it: cells, pictures' texts, paper and corrections."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from core.exchange.report.making import make_report
from core.exchange.report.number_text import shown_percent
from core.exchange.report.on_paper import read_paper
from core.inventory.confirmations import confirm
from core.model import Channel
from core.registry import Registry
from tests.core.exchange.report.workbooks import cells, table
from tests.factories import make_channel

pytestmark = pytest.mark.usefixtures("in_english")


def confirm_some(registry: Registry, channels: list[Channel], on: date, entered: date) -> None:
    now = datetime(entered.year, entered.month, entered.day, 12).astimezone()
    with registry.action("Confirm", now=now) as session:
        for channel in channels:
            confirm(session, channel.id, person_id=None, on=on)


@pytest.fixture
def eight(registry: Registry, today: date) -> list[Channel]:
    """Eight channels, of which one was confirmed at the end of June, and three at the end of September."""
    registry.today = lambda: today
    made = [make_channel(title=f"Kanal {number}", handle=f"kanal-{number}") for number in range(8)]
    with registry.action("Begin", now=datetime(2026, 1, 5, 12).astimezone()) as session:
        session.add_all(made)
    confirm_some(registry, made[:1], date(2026, 6, 1), date(2026, 6, 1))
    confirm_some(registry, made[1:3], date(2026, 9, 1), date(2026, 9, 1))
    return made


def report(registry: Registry, name: str, today: date) -> Path:
    return make_report(registry, "2026Q3", registry.path.with_name(name), reader="internal", today=today).path


def test_half_a_percent_is_rounded_up_as_spreadsheets_do() -> None:
    assert [shown_percent(part) for part in (0, 1 / 200, 1 / 8, 29 / 200, 0.285, 3 / 8, 1)] == [
        0,
        1,
        13,
        15,
        29,
        38,
        100,
    ]


def test_the_paper_shows_the_rate_and_its_change_as_a_reader_works_it_out(
    registry: Registry, eight: list[Channel], today: date
) -> None:
    path = report(registry, "issued.xlsx", date(2026, 10, 5))
    paper = next(sheet for sheet in read_paper(path).sheets if sheet.title == "At a glance")
    words = [cell.text for row in paper.rows for cell in row]
    assert {"13%", "38%", "+25 percentage points since 30 Jun 2026"} <= set(words)
    assert "+25 percentage points since 30 Jun 2026" in {cell.value for cell in cells(path)}


def test_corrections_write_rates_as_the_sheets_do(registry: Registry, eight: list[Channel], today: date) -> None:
    report(registry, "issued.xlsx", date(2026, 10, 5))
    confirm_some(registry, eight[3:5], date(2026, 9, 2), date(2026, 11, 2))
    rows = [tuple(row.values()) for row in table(report(registry, "again.xlsx", today), "Corrections")]
    assert ("Key figures", "confirmed within 180 days", "38%", "63%") in rows
