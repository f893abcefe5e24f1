"""Findings as a table: what is known of the channels they concern, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.fields import Day, Field, OneOf
from core.fields import Platform as PlatformKind
from core.governance.finding_lists import of_every_rule, of_rule
from core.governance.findings import FindingValue, evidence_sentence, rule_title
from core.i18n import N_
from core.inventory.lists import CHANNELS
from core.inventory.narrowing import where
from core.inventory.responsibilities import names_in_role
from core.inventory.units import title_of
from core.model import Channel, ResponsibilityRole, Severity

FIELDS = (
    Field("concerns", N_("Concerns"), help=N_("The channel, or the registry as a whole.")),
    Field("sentence", N_("What was found"), help=N_("What the finding rests on.")),
    Field("since", N_("Since"), Day(), help=N_("The first day on which it was true, as the records tell.")),
    Field("severity", N_("Severity"), OneOf(Severity), help=N_("How serious it is.")),
    Field("rule", N_("Rule"), help=N_("The rule that raised it.")),
    Field("platform", N_("Platform"), PlatformKind(), help=N_("The channel's platform.")),
    Field("unit", N_("Unit"), help=N_("The unit that runs the channel.")),
    Field("owner", N_("Owner"), help=N_("Who answers for the channel today.")),
)
OF_THE_CHANNEL = ("platform", "unit", "owner")
"""The columns whose values are the channel's, so that findings can be filtered by them."""

Listed = Mapping[str, Any]
NOBODY: Listed = dict.fromkeys(OF_THE_CHANNEL)


@dataclass(frozen=True, slots=True)
class WantedFindings:
    """Which findings are wanted: of one rule or of all, of all channels or of those whose fields hold some values."""

    rule: str | None = None
    channels: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding with what is known of its channel, by the keys of OF_THE_CHANNEL."""

    finding: FindingValue
    channel: Listed

    def value(self, key: str) -> Any:
        """Return the value of a column."""
        match key:
            case "concerns":
                return self.finding.subject_label
            case "sentence":
                return evidence_sentence(self.finding.rule, self.finding.evidence)
            case "rule":
                return rule_title(self.finding.rule)
            case "since" | "severity":
                return getattr(self.finding, key)
            case _:
                return self.channel[key]


def listed_findings(session: Session, wanted: WantedFindings, today: date) -> list[ListedFinding]:
    """Return the findings that are wanted, gravest first."""
    only = where(CHANNELS, wanted.channels, today) if wanted.channels else None
    found = of_rule(session, wanted.rule, only) if wanted.rule else of_every_rule(session, only)
    return with_channels(session, found, today)


def with_channels(session: Session, found: Sequence[FindingValue], today: date) -> list[ListedFinding]:
    """Return findings with what is known of their channels, in the same order."""
    known = _channels(session, found, today)
    return [ListedFinding(one, known.get(one.subject_id, NOBODY) if one.subject_id else NOBODY) for one in found]


def _channels(session: Session, found: Sequence[FindingValue], today: date) -> dict[UUID, Listed]:
    ids = list({one.subject_id for one in found if one.subject_id is not None})
    owner = names_in_role(ResponsibilityRole.OWNER, today)
    query = select(Channel.id, Channel.platform, title_of(Channel.unit_id), owner)
    known: dict[UUID, Listed] = {}
    for start in range(0, len(ids), 500):
        for one, *values in session.execute(query.where(Channel.id.in_(ids[start : start + 500]))).all():
            known[one] = dict(zip(OF_THE_CHANNEL, values, strict=True))
    return known


@dataclass(frozen=True, slots=True)
class FindingsExport:
    """Findings as they are shown.

    Attributes:
        wanted: Which findings.
        keys: The keys of the columns, from left to right.
        title: What the list is called, translated.
        order: Puts the findings in the order that is shown.
    """

    wanted: WantedFindings
    keys: tuple[str, ...]
    title: str
    order: Callable[[list[ListedFinding]], list[ListedFinding]] = list
    name: str = "finding"

    @property
    def fields(self) -> list[Field]:
        """The columns' fields."""
        known = {one.key: one for one in FIELDS}
        return [known[key] for key in self.keys]

    def rows(self, session: Session, today: date) -> tuple[int, Iterator[Listed]]:
        """Return how many findings there are, and the findings in their order."""
        found = self.order(listed_findings(session, self.wanted, today))
        return len(found), ({key: one.value(key) for key in self.keys} for one in found)
