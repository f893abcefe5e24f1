"""The rules: one set-based query each, with its severity, its source, and how to mend what it finds."""

from __future__ import annotations

from core.governance.rules import (
    accesses,
    accounts,
    admins,
    assets,
    confirming,
    custody,
    escrow,
    facts,
    handovers,
    keys,
    law,
    lookalikes,
    ownership,
    recovery,
    reporting,
    retention,
    rotations,
    silence,
    upkeep,
)
from core.governance.rules.rule import Evidence, Raised, Rule, Situation

__all__ = ["RULES", "Evidence", "Raised", "Rule", "Situation", "rule_named"]

RULES: tuple[Rule, ...] = (
    *ownership.RULES,
    *accesses.RULES,
    *admins.RULES,
    *rotations.RULES,
    *custody.RULES,
    *escrow.RULES,
    *recovery.RULES,
    *handovers.RULES,
    *keys.RULES,
    *accounts.RULES,
    *lookalikes.RULES,
    *silence.RULES,
    *confirming.RULES,
    *law.RULES,
    *facts.RULES,
    *assets.RULES,
    *upkeep.RULES,
    *reporting.RULES,
    *retention.RULES,
)
"""All rules in the order in which lists show those of one severity."""

_BY_KEY = {rule.key: rule for rule in RULES}


def rule_named(key: str) -> Rule:
    """Return the rule with a key.

    Raises:
        KeyError: There is no such rule.
    """
    return _BY_KEY[key]
