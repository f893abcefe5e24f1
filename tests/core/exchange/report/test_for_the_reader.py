"""What a reader would stumble over is not in the report: days to come, numbers twice, percent in a foreign way."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from core.exchange.report.craft.looks import day_look, percent
from core.exchange.report.making import make_report
from core.i18n import use_language
from core.registry import Registry
from tests.core.exchange.report.workbooks import load, table
from tests.factories import make_channel, make_owner, make_person

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ("2026-09-30", date(2026, 9, 30)),
        ("2026-10-01", None),
        ("2026-10", None),
        ("2026-09", "09/2026"),
        ("2026", "2026"),
        (None, None),
    ],
)
def test_a_last_post_after_the_day_of_the_report_is_not_shown_as_one_before_it(
    posted: str | None, told: object, registry: Registry, tmp_path: Path, today: date
) -> None:
    registry.today = lambda: today
    with registry.action("Begin") as session:
        session.add(make_channel(title="Eins", last_post_on=posted, registered_on=today - timedelta(100)))
    path = make_report(registry, "2026Q3", tmp_path / "report.xlsx", today=today).path
    shown = table(path, "Channels")[0]["Last post"]
    assert (shown.date() if hasattr(shown, "date") else shown) == told


def test_the_public_reads_no_number_of_active_channels_beside_the_same_number(
    demo: Registry, tmp_path: Path, today: date
) -> None:
    for reader, words in (("public", 0), ("committee", 3)):
        path = make_report(demo, "2026Q4", tmp_path / f"{reader}.xlsx", reader=reader, today=today).path
        told = [cell for row in load(path)["At a glance"].values for cell in row]
        assert told.count("active") - (reader == "committee") == words


def test_percent_is_written_as_the_language_does() -> None:
    assert percent() == "0%"
    use_language("de")
    assert percent() == "0 %"


def test_english_months_stay_english_in_a_german_spreadsheet_program() -> None:
    assert day_look().format == "[$-809]d mmm yyyy"
    use_language("de")
    assert day_look().format == "dd.mm.yyyy"


def test_days_in_a_workbook_are_still_days(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q3", tmp_path / "report.xlsx", today=today).path
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Changes").to_python()
    assert all(isinstance(row[0], date) for row in rows[4:])
    assert all(isinstance(row["Day"], date) for row in table(path, "Changes"))


def test_an_absence_is_told_to_nobody_because_it_is_erased_when_it_is_over(
    registry: Registry, tmp_path: Path, today: date
) -> None:
    with registry.action("Begin") as session:
        session.add(channel := make_channel(registered_on=today - timedelta(100)))
        session.add(person := make_person(absent_until=today + timedelta(14)))
        session.flush()
        session.add(make_owner(channel, person))
    path = make_report(registry, "2026Q4", tmp_path / "report.xlsx", reader="internal", today=today).path
    (row,) = table(path, "Responsibility")
    assert (row["Responsible"], row["Status"]) == ("Erika Mustermann", None)
