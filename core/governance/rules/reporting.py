"""The rule about reports: each quarter has its report in time.

Only the last quarter that is over is looked at, and only if channels were registered before it ended: who begins with
the program owes no reports on the time before. A report made while the quarter was running does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from sqlalchemy import Date, bindparam, select
from sqlalchemy.orm import Session

from core.governance.quarters import last_closed
from core.governance.rules.rule import Evidence, Query, Raised, Rule, Situation, moved, shown_day
from core.i18n import N_, _
from core.model import Channel, ReportRun, Severity


@cache
def _unreported() -> Query:
    ended_on = bindparam("ended_on", type_=Date())
    made = select(ReportRun.id).where(ReportRun.quarter == bindparam("quarter"), ReportRun.as_of >= ended_on)
    return select(Channel.id).where(Channel.registered_on <= ended_on, ~made.exists()).limit(1)


def unreported(session: Session, today: date) -> tuple[str, date] | None:
    """Return the last quarter that is over, as in "2026Q3", and its last day; None where no report on it is owed."""
    quarter = last_closed(today)
    known = {"quarter": str(quarter), "ended_on": quarter.last_day}
    return (str(quarter), quarter.last_day) if session.connection().execute(_unreported(), known).first() else None


def _overdue(situation: Situation) -> Iterator[Raised]:
    """Raise the registry if the last quarter that is over has no report some time after its end."""
    owed = unreported(situation.session, situation.today)
    if owed is None:
        return
    quarter, ended_on = owed
    since = moved(ended_on, situation.settings.days("report-overdue") + 1)
    if situation.today >= since:
        label = str(situation.settings["city.name"]) or _("Registry")
        yield Raised(None, label, {"quarter": quarter, "ended_on": ended_on.isoformat()}, since)


def _say_overdue(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    year, _q, number = str(evidence["quarter"]).partition("Q")
    return _("The report on quarter {number} of {year} is still missing; the quarter ended on {day}.").format(
        number=number, year=year, day=shown_day(evidence["ended_on"])
    )


RULES = (
    Rule(
        "report-overdue",
        Severity.WARNING,
        1,
        N_("Report overdue"),
        N_("The committee and the head of press rely on the quarterly report. Make the report on the last quarter."),
        N_("Hamburg-Bergedorf: quarterly report to the committee"),
        ("make-report",),
        _overdue,
        _say_overdue,
        frozenset({"channel.registered_on", "report_run"}),
        subject_type="registry",
    ),
)
