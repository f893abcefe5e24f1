"""Who made the report is told as its reader may know it; what was recorded after its day says so."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from core.exchange.report.readers import People
from core.exchange.report.sheets.findings import _since
from core.i18n import show_date

WHO = uuid4()


@pytest.mark.parametrize(
    ("shown", "units", "told"),
    [
        ("Leiterin, FD 3.5", "FD 3.5", "Leiterin, FD 3.5"),
        ("", "FD 3.5", "FD 3.5"),
        ("", "", ""),
    ],
)
def test_who_made_the_report_is_named_by_function_else_by_unit(shown, units, told):
    assert People({WHO: shown}, {WHO: units}).maker(WHO) == told


@pytest.mark.parametrize(("days", "marked"), [(-1, False), (0, False), (1, True)])
def test_a_finding_that_begins_after_the_day_of_the_report_is_marked(days, marked):
    day = date(2026, 9, 30)
    since = day + timedelta(days=days)
    told = _since(since, day)
    assert isinstance(told, tuple) is marked
    if marked:
        assert told[0].startswith(show_date(since))
        assert told[0] != show_date(since)
    else:
        assert told == since


def test_a_finding_without_a_beginning_stays_empty():
    assert _since(None, date(2026, 9, 30)) is None
