"""The four stages in which the rules are switched on, so that a new city is not drowned on its first day."""

from __future__ import annotations

from core.i18n import N_, _

STAGES = (N_("Assign"), N_("Secure"), N_("Put in order"), N_("Maintain"))
"""What the stages are about, the first one first (domain.md, "Findings")."""


def stage_name(stage: int) -> str:
    """Say in a word what a stage is about."""
    return _(STAGES[min(max(stage, 1), len(STAGES)) - 1])


def stage_title(stage: int) -> str:
    """Say which stage of the rules is in force."""
    return _("{stage} of {stages}: {name}").format(stage=stage, stages=len(STAGES), name=stage_name(stage))
