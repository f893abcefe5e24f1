"""What a rule is, what it is asked about, and what it raises."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, Row, Select, bindparam
from sqlalchemy.orm import Session

from core.i18n import _, show_date
from core.inventory.channels import GONE_STATES
from core.model import Channel, ChannelState, Severity
from core.settings import Settings

T = TypeVar("T")
CHUNK = 500  # SQLite takes at least 999 variables in a statement.

Query = Select[*tuple[Any, ...]]
"""A query of any columns."""

TODAY: BindParameter[date] = bindparam("today", type_=Date())
"""The day the registry is looked at; every query of a rule may use it."""

PUBLIC_STATES = (ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING)
"""States in which everybody can see a channel."""

Evidence = dict[str, Any]
"""What a finding rests on, as plain JSON: dates in ISO 8601, ids and closed lists as texts."""


@dataclass(frozen=True)
class Situation:
    """The registry as rules look at it.

    Attributes:
        session: Its records.
        today: The day.
        settings: The settings in force.
        only: The channels that are meant; None for all of them.
    """

    session: Session
    today: date
    settings: Settings
    only: tuple[UUID, ...] | None = None
    _answers: dict[Any, Any] = field(default_factory=dict)

    def rows(self, query: Query, **values: Any) -> Iterable[Row[*tuple[Any, ...]]]:
        """Ask a query of channels, of all of them or of those that are meant.

        Args:
            query: Made once and kept; what differs from day to day are its parameters.
            values: Its parameters besides "today".
        """
        known = {"today": self.today, **values}
        if self.only is None:
            return self.session.connection().execute(query, known)
        return self.session.connection().execute(_narrowed(query), {"only": self.only, **known})

    def shared(self, query: Query, **values: Any) -> list[Any]:
        """Ask a query that several rules share; it is asked once, and each takes from the answer what concerns it."""
        if query not in self._answers:
            self._answers[query] = list(self.rows(query, **values))
        answer: list[Any] = self._answers[query]
        return answer

    def once(self, ask: Callable[[Situation], T]) -> T:
        """Ask what several rules share, by a function of this situation, and keep the answer."""
        if ask not in self._answers:
            self._answers[ask] = ask(self)
        answer: T = self._answers[ask]
        return answer

    def days_ago(self, days: int) -> date:
        """Return the day so many days before today; what lies longer back is older than that many days."""
        return moved(self.today, -days)

    def months_ago(self, months: int) -> date:
        """Return the day so many months before today."""
        return moved_months(self.today, -months)


@dataclass(frozen=True, slots=True)
class Raised:
    """One subject that is not as a rule wants it.

    Attributes:
        subject_id: The record, None for the registry as a whole.
        label: What the record is called.
        evidence: What the finding rests on.
        since: The first day on which it was true, as the records tell.
        severity: Where it differs from the rule's.
        subject_type: Where it differs from the rule's.
    """

    subject_id: UUID | None
    label: str
    evidence: Evidence
    since: date | None
    severity: Severity | None = None
    subject_type: str | None = None


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
        reads: What its query depends on: tables, or single columns of them ("channel.state").
        fields: Keys of the channel's fields in which it is mended.
        subject_type: The table of the records it speaks of, or "registry".
        reach: Gives the channels of which it may say something else once those that are meant have changed; None where
            it speaks of each channel by itself.
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
    reads: frozenset[str]
    fields: tuple[str, ...] = ()
    subject_type: str = "channel"
    reach: Callable[[Situation], Iterable[UUID]] | None = None


def still_counts() -> ColumnElement[bool]:
    """Return the condition that a channel is neither closed nor rejected."""
    return Channel.state.not_in(GONE_STATES)


def moved(day: date, days: int) -> date:
    """Return a day moved by some days, held at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def moved_months(day: date, months: int) -> date:
    """Return the same day some months on, the last of the month where there is none; held at the calendar's ends."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shown_day(iso: str) -> str:
    """Write a day of the evidence as the reader expects it."""
    return show_date(date.fromisoformat(iso))


def who(evidence: Evidence, with_names: bool) -> str:
    """Name the person of the evidence, or the function where names are not for the reader."""
    if with_names:
        return str(evidence["person"])
    return str(evidence["function"] or _("a person without a recorded function"))


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Part items into lists of a size that one statement can take."""
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some


@cache
def _narrowed(query: Query) -> Query:
    """Return a query that looks only at some channels; kept, because making a query costs more than asking it."""
    return query.where(Channel.id.in_(bindparam("only", expanding=True)))
