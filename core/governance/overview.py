"""What the overview tells: how things stand, what to do next, and the figures behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from core.governance.completeness import Completeness, completeness, parts
from core.governance.finding_lists import RuleCount, rule_counts, severity_counts
from core.governance.rules.reporting import unreported
from core.governance.rules.rule import moved
from core.governance.stages import STAGES
from core.inventory.figures import ChannelFigures, channel_figures, unit_names
from core.model import Channel, ChannelState, Confirmation, ReportRun, Severity
from core.settings import Settings, read_settings

CONFIRMED_DAYS = 180  # The default of the rule confirmation-due (domain.md).
REPORT_RULE = "report-overdue"
EARLIER_QUARTERS = 4
_PUBLIC = "public"  # A report for the public counts no findings.


@dataclass(frozen=True, slots=True)
class Confirmed:
    """When somebody last said of the active channels that their record is right.

    Attributes:
        days: For how many days a confirmation counts as lately given.
        since: The first of those days.
        lately: Channels confirmed on that day or later.
        earlier: Channels confirmed before it.
        never: Channels that nobody ever confirmed.
    """

    days: int
    since: date
    lately: int
    earlier: int
    never: int


@dataclass(frozen=True, slots=True)
class Overview:
    """How the registry stands on a day.

    Attributes:
        channels: How many channels there are.
        units: What each unit is called, by its id as text.
        rules: The rules that raise something, gravest first.
        severities: How many findings of each severity there are.
        reported: How many findings each of the last quarters' reports counted, newest first.
        unreported: The last quarter that is over if its report is still owed, as in "2026Q3".
        confirmed: How recent the confirmations are.
        stage: The stage of the rules in force.
        complete: How much is known of what can be asked of the channels.
        complete_parts: How many channels are how complete, by the first and the last percent.
    """

    channels: ChannelFigures
    units: Mapping[str, str]
    rules: tuple[RuleCount, ...]
    severities: Mapping[Severity, int]
    reported: tuple[tuple[str, Mapping[str, int]], ...]
    unreported: str | None
    confirmed: Confirmed
    stage: int
    complete: Completeness
    complete_parts: Mapping[tuple[int, int], int]


class Errand(Enum):
    """A kind of thing to do next."""

    NAME = "name"
    REPORT = "report"
    RULE = "rule"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next; the errand "rule" says which rule's findings are to be mended."""

    errand: Errand
    severity: Severity
    rule: RuleCount | None = None


def read_overview(session: Session, today: date) -> Overview:
    """Read how the registry stands."""
    settings, units = read_settings(session), unit_names(session)
    owed = unreported(session, today)
    return Overview(
        channels=channel_figures(session, units),
        units={str(unit): name for unit, name in units.items()},
        rules=tuple(rule_counts(session)),
        severities=severity_counts(session),
        reported=_reported(session),
        unreported=owed[0] if owed else None,
        confirmed=confirmed(session, today, settings),
        stage=int(settings["rules.stage"]),
        complete=completeness(session),
        complete_parts=parts(session),
    )


def next_steps(overview: Overview, *, known: bool) -> list[Step]:
    """Return what to do next: the gravest first, then in the order in which the findings are listed.

    Args:
        overview: How the registry stands.
        known: Whether the registry knows who works here.
    """
    steps = [] if known else [Step(Errand.NAME, Severity.WARNING)]
    overdue = any(one.rule.key == REPORT_RULE for one in overview.rules)
    if overview.unreported:
        steps.append(Step(Errand.REPORT, Severity.WARNING if overdue else Severity.NOTICE))
    steps += [Step(Errand.RULE, one.severity, one) for one in overview.rules if one.rule.key != REPORT_RULE]
    if overview.channels.channels and not overview.rules and overview.stage < len(STAGES):
        steps.append(Step(Errand.STAGE, Severity.NOTICE))
    grave = list(Severity)
    return sorted(steps, key=lambda step: -grave.index(step.severity))


def confirmed(session: Session, today: date, settings: Settings) -> Confirmed:
    """Count the active channels by when somebody last confirmed them."""
    days = int(settings.get("confirmation-due.days", CONFIRMED_DAYS))
    since = moved(today, -days)
    active = select(func.count()).where(Channel.state == ChannelState.ACTIVE).select_from(Channel)
    channel: Any = Confirmation.channel_id
    lately = case((Confirmation.on >= since, channel))
    query = select(func.count(distinct(channel)), func.count(distinct(lately)))
    query = query.join(Channel, Channel.id == channel)
    ever, recent = session.execute(query.where(Channel.state == ChannelState.ACTIVE, Confirmation.on <= today)).one()
    return Confirmed(days, since, recent, ever - recent, session.scalars(active).one() - ever)


def _reported(session: Session) -> tuple[tuple[str, Mapping[str, int]], ...]:
    """Return what the last report on each of the last quarters counted."""
    query = (
        select(ReportRun.quarter, ReportRun.figures)
        .where(ReportRun.reader != _PUBLIC)
        .order_by(ReportRun.quarter.desc(), ReportRun.made_at.desc())
        .limit(EARLIER_QUARTERS * 10)
    )
    newest: dict[str, Mapping[str, int]] = {}
    for quarter, figures in session.execute(query).all():
        newest.setdefault(quarter, figures.get("findings", {}))
    return tuple(newest.items())[:EARLIER_QUARTERS]
