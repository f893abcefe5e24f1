"""What a rule is, what it is asked about, and what it raises."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.i18n import _, show_date
from core.inventory.channels import GONE_STATES
from core.model import Channel, ChannelState, Severity
from core.settings import Settings

Evidence = dict[str, Any]
"""What a finding rests on, as plain JSON: dates in ISO 8601, ids and closed lists as texts."""


@dataclass(frozen=True)
class Situation:
    """The registry as rules look at it: its records, the day, and the settings in force."""

    session: Session
    today: date
    settings: Settings

    @cached_property
    def rhythms(self) -> frozenset[int]:
        """The posting rhythms of their own that active channels have, in days; read once for several rules."""
        rhythm = Channel.posting_rhythm_days
        query = select(rhythm).where(rhythm > 0, Channel.state == ChannelState.ACTIVE).distinct()
        return frozenset(days for days in self.session.scalars(query) if days is not None)

    def days_ago(self, days: int) -> date:
        """Return the day so many days before today; what lies longer back is older than that many days."""
        return moved(self.today, -days)


@dataclass(frozen=True, slots=True)
class Raised:
    """One subject that is not as a rule wants it.

    Attributes:
        subject_id: The record, None for the registry as a whole.
        label: What the record is called.
        evidence: What the finding rests on.
        since: The first day on which it was true, as the records tell.
        severity: Where it differs from the rule's.
    """

    subject_id: UUID | None
    label: str
    evidence: Evidence
    since: date | None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Something the city wants to be so, and where that stems from.

    Attributes:
        key: Stable name.
        severity: How serious it is when it is not so.
        stage: From which stage of the rules on it is looked at.
        title: Source text of what is wrong, in a word or two.
        why: Source text: why it matters and how to mend it.
        source: Source text: the regulation or practice it stems from.
        mends: Keys of the actions that mend it, the best one first.
        find: Runs the rule's query and gives what it raises.
        sentence: Says the evidence in a translated sentence, with or without people's names.
        subject_type: The table of the records it speaks of, or "registry".
    """

    key: str
    severity: Severity
    stage: int
    title: str
    why: str
    source: str
    mends: tuple[str, ...]
    find: Callable[[Situation], Iterable[Raised]]
    sentence: Callable[[Evidence, bool], str]
    subject_type: str = "channel"


def still_counts() -> ColumnElement[bool]:
    """Return the condition that a channel is neither closed nor rejected."""
    return Channel.state.not_in(GONE_STATES)


def moved(day: date, days: int) -> date:
    """Return a day moved by some days, held at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def shown_day(iso: str) -> str:
    """Write a day of the evidence as the reader expects it."""
    return show_date(date.fromisoformat(iso))


def who(evidence: Evidence, with_names: bool) -> str:
    """Name the person of the evidence, or the function where names are not for the reader."""
    if with_names:
        return str(evidence["person"])
    return str(evidence["function"] or _("a person without a recorded function"))
