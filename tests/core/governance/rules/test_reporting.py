"""Whether each quarter has its report in time."""

from __future__ import annotations

from datetime import date

import pytest

from core.model import ReportRun
from tests.core.governance.raising import found
from tests.factories import make_channel
from tests.memory import STAMP


def report_run(quarter: str, as_of: date) -> ReportRun:
    return ReportRun(
        quarter=quarter,
        as_of=as_of,
        reader="committee",
        language="de",
        made_at=STAMP,
        file_name="bericht.xlsx",
        file_sha256="0" * 64,
        head_seq=1,
        head_hash="0" * 64,
        figures={},
    )


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 10, 15), None),
        (date(2026, 10, 16), "2026Q3"),
        (date(2026, 12, 31), "2026Q3"),
        (date(2027, 1, 1), None),
        (date(2027, 1, 16), "2026Q4"),
    ],
)
def test_a_report_is_overdue_from_the_sixteenth_day_after_its_quarter(day, quarter):
    raised = found("report-overdue", make_channel(registered_on=date(2026, 1, 5)), today=day)
    assert [one.evidence["quarter"] for one in raised] == ([quarter] if quarter else [])
    assert all(one.since == date(day.year, day.month, 16) or day.month == 12 for one in raised)
    assert all((one.subject_type, one.subject_id, one.severity) == ("registry", None, "warning") for one in raised)


@pytest.mark.parametrize(
    ("runs", "raised"),
    [
        ([("2026Q3", date(2026, 9, 30))], False),
        ([("2026Q3", date(2026, 10, 2))], False),
        ([("2026Q3", date(2026, 9, 29))], True),
        ([("2026Q2", date(2026, 10, 2))], True),
    ],
)
def test_a_report_counts_if_it_was_made_on_the_whole_quarter(runs, raised):
    made = [report_run(quarter, as_of) for quarter, as_of in runs]
    assert bool(found("report-overdue", make_channel(registered_on=date(2026, 1, 5)), *made)) is raised


@pytest.mark.parametrize(("registered", "raised"), [(date(2026, 9, 30), True), (date(2026, 10, 1), False)])
def test_nobody_owes_reports_on_the_time_before_the_first_channel(registered, raised):
    assert bool(found("report-overdue", make_channel(registered_on=registered))) is raised
    assert not found("report-overdue")
