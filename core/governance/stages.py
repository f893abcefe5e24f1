"""The four stages in which the rules are switched on, so that a new city is not drowned on its first day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.governance.findings import find
from core.governance.rules import RULES, Rule
from core.i18n import N_, _
from core.settings import Settings

STAGES = (N_("Allocate"), N_("Secure"), N_("Put in order"), N_("Maintain"))
"""What the stages are about, the first one first (domain.md, "Findings")."""


@dataclass(frozen=True, slots=True)
class StagePreview:
    """What a stage would raise today, whether it is switched on or not.

    Attributes:
        number: The stage, counted from 1.
        rules: How many findings each of its rules raises, in the rules' own order.
    """

    number: int
    rules: Mapping[str, int]

    @property
    def findings(self) -> int:
        """How many findings the stage raises."""
        return sum(self.rules.values())


def stage_name(stage: int) -> str:
    """Say in a word what a stage is about."""
    return _(STAGES[min(max(stage, 1), len(STAGES)) - 1])


def stage_title(stage: int) -> str:
    """Say which stage of the rules is in force."""
    return _("{stage} of {stages}: {name}").format(stage=stage, stages=len(STAGES), name=stage_name(stage))


def rules_of_stage(stage: int) -> list[Rule]:
    """Return the rules that a stage adds to the ones before it."""
    return [rule for rule in RULES if rule.stage == stage]


def preview_stages(session: Session, today: date, settings: Settings) -> list[StagePreview]:
    """Run the rules of all stages and return what each stage raises."""
    found = Counter(finding.rule for finding in find(session, today, settings, len(STAGES)))
    return [
        StagePreview(stage, {rule.key: found[rule.key] for rule in rules_of_stage(stage)})
        for stage in range(1, len(STAGES) + 1)
    ]
