"""How things stood at the end of each of the last quarters, counted now: never taken from reports that were made.

The view that the report is made from is stepped back quarter by quarter, counted, and put back as it was. So each
figure is the one that a report on that quarter would show if it were made today. Findings are not counted for quarters
that ended before the first channel was registered: nobody looked after the channels here then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.exchange.report.readers import Reader, scope
from core.governance.findings import FindingValue, raised_by, rules_up_to
from core.governance.overview import confirmed
from core.governance.quarters import Quarter, quarter_of
from core.governance.rules import Situation
from core.inventory.figures import ChannelFigures, channel_figures
from core.model import Channel, ChannelState, Severity
from core.settings import Settings
from core.storage.past import step_back

QUARTERS = 8
"""Over how many quarters the report looks back, its own included."""


NOT_REPORTED = frozenset({"report-overdue"})
"""Rules about reports; what they find depends on the reports made, and a report made again would be another one."""


class Stood(NamedTuple):
    """A finding that stood on a day: its rule, its record, what that was called then, and since when."""

    rule: str
    subject_type: str
    subject_id: UUID | None
    subject_label: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stood on a day.

    Attributes:
        quarter: The quarter that ended then, or still runs.
        day: The day.
        channels: How many channels the reader gets to see.
        active: How many of them were active.
        findings: How many of each severity there were, gravest first; None where no channel was registered yet.
        confirmed: How many active channels somebody had lately confirmed; None likewise.
        figures: The channels in detail; only for the report's own quarter and the one before.
        stood: The findings one by one; only of the quarter before, None where none are known.
    """

    quarter: Quarter
    day: date
    channels: int
    active: int
    findings: Mapping[str, int] | None = None
    confirmed: int | None = None
    figures: ChannelFigures | None = None
    stood: tuple[Stood, ...] | None = None

    @property
    def confirmation_rate(self) -> float | None:
        """Which part of the active channels was lately confirmed."""
        if self.confirmed is None:
            return None
        return self.confirmed / self.active if self.active else 0.0


@dataclass(frozen=True, slots=True)
class Lens:
    """What is counted, and with which eyes.

    Attributes:
        session: On a copy of the registry, as of some day.
        settings: The settings in force.
        units: What each unit is called.
        reader: For whom.
    """

    session: Session
    settings: Settings
    units: Mapping[UUID, str]
    reader: Reader

    def detailed(self, quarter: Quarter, day: date, findings: Mapping[str, int] | None) -> Standing:
        """Count how things stand on the day that is shown, by platform, unit and state, too."""
        figures = channel_figures(self.session, self.units, scope(self.reader))
        lately = self._confirmed(day) if findings is not None else None
        return Standing(quarter, day, figures.channels, figures.active, findings, lately, figures)

    def standing(self, quarter: Quarter, day: date, findings: Mapping[str, int] | None) -> Standing:
        """Count how things stand on the day that is shown."""
        active = case((Channel.state == ChannelState.ACTIVE, 1))
        query = select(func.count(), func.count(active)).select_from(Channel).where(*scope(self.reader))
        lately = self._confirmed(day) if findings is not None else None
        return Standing(quarter, day, *self.session.execute(query).one(), findings, lately)

    def findings(self, day: date) -> Iterator[FindingValue] | None:
        """Give what is not in order on the day that is shown; nothing for the public and before the registry began."""
        if self.reader is Reader.PUBLIC or not looked_after(self.session, day):
            return None
        rules = [rule for rule in rules_up_to(int(self.settings["rules.stage"])) if rule.key not in NOT_REPORTED]
        return raised_by(rules, Situation(self.session, day, self.settings))

    def before(self, quarter: Quarter, day: date) -> Standing:
        """Count how things stand on the day that is shown, with the findings one by one."""
        found = self.findings(day)
        if found is None:
            return self.detailed(quarter, day, None)
        told = [(one.severity, Stood(one.rule, *_subject(one), one.since)) for one in found]
        severities = Counter(severity for severity, _stood in told)
        return replace(
            self.detailed(quarter, day, _by_severity(severities)), stood=tuple(stood for _one, stood in told)
        )

    def further_back(self, quarter: Quarter, day: date) -> Standing:
        """Count how things stand on the day that is shown, no more than the trend tells."""
        found = self.findings(day)
        return self.standing(quarter, day, tally(found) if found is not None else None)

    def _confirmed(self, day: date) -> int:
        return confirmed(self.session, day, self.settings).lately


def looked_after(session: Session, day: date) -> bool:
    """Say whether anybody looked after the channels here on a day: from when the first one was registered."""
    first = session.scalar(select(func.min(Channel.registered_on)))
    return first is not None and first <= day


def tally(findings: Iterable[FindingValue]) -> dict[str, int]:
    """Count findings by severity, the gravest first."""
    return _by_severity(Counter(finding.severity for finding in findings))


def _by_severity(severities: Mapping[Severity, int]) -> dict[str, int]:
    return {severity.value: severities[severity] for severity in reversed(Severity)}


def _subject(finding: FindingValue) -> tuple[str, UUID | None, str]:
    return finding.subject_type, finding.subject_id, finding.subject_label


def read_trend(lens: Lens, quarter: Quarter, day: date, findings: Mapping[str, int] | None) -> tuple[Standing, ...]:
    """Read how things stood at the ends of the last quarters, the oldest first.

    Args:
        lens: On the registry as of the report's day; it shows the same afterwards.
        quarter: The report's quarter, which comes last.
        day: The report's day.
        findings: What was counted on it; None for the public.
    """
    session = lens.session
    trend = [lens.detailed(quarter, day, findings)]
    info, connection = dict(session.info), session.connection()
    connection.exec_driver_sql("SAVEPOINT trend")
    for earlier in _before(quarter):
        ended = earlier.last_day
        step_back(session, trend[-1].day, ended)
        count = lens.before if len(trend) == 1 else lens.further_back
        trend.append(count(earlier, ended))
    connection.exec_driver_sql("ROLLBACK TO trend")  # After an error the copy is thrown away as it is.
    session.info.update(info)
    session.expire_all()
    return tuple(reversed(trend))


def _before(quarter: Quarter) -> Iterator[Quarter]:
    for _one in range(QUARTERS - 1):
        quarter = quarter_of(quarter.first_day - timedelta(days=1))
        yield quarter
