"""What the rules raise, as the documents may say it: only those of a stage that is switched on raise anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.governance.rules import rule_named
from core.i18n import _

if TYPE_CHECKING:
    from core.protection.documents.facts import Facts

_IN_DAYS = {
    "owner-leaving": ("owner_leaving", "owner-leaving.days"),
    "rotation-overdue": ("rotation", "rotation-overdue.days"),
    "secret-not-seen": ("unseen", "secret-not-seen.days"),
    "workstation-lost": ("lost", "workstation-lost.days"),
}
"""Rules about access, with their sentence and the setting in it."""

_RECOVERY, _DUE = "private-recovery", "retention-due"


def access_rules(facts: Facts) -> str:
    """Say what the rules raise about access, and which of them are not switched on yet."""
    waiting = [rule for rule in (*_IN_DAYS, _RECOVERY) if not _is_on(facts, rule)]
    told = [*_raised(facts), *([_not_yet(facts, waiting)] if waiting else [])]
    return " ".join(told)


def due_rule(facts: Facts) -> str:
    """Say how people hear of what is due to be erased."""
    if _is_on(facts, _DUE):
        return facts.said["due_rule_on"]
    return facts.said["due_rule_off"].format(stage=rule_named(_DUE).stage, now=facts.settings["rules.stage"])


def _raised(facts: Facts) -> Iterator[str]:
    for rule, (sentence, key) in _IN_DAYS.items():
        if _is_on(facts, rule):
            yield facts.said[sentence].format(days=facts.number(key))
    domains = facts.settings["office.mail-domains"]
    if not domains:
        yield facts.said["mail_none"]
    elif _is_on(facts, _RECOVERY):
        yield facts.said["mail_some"].format(domains=domains)


def _not_yet(facts: Facts, rules: list[str]) -> str:
    titles = "; ".join(_(rule_named(rule).title) for rule in rules)
    return f"{facts.said['not_yet'].format(now=facts.settings['rules.stage'])} {titles}."


def _is_on(facts: Facts, rule: str) -> bool:
    return rule_named(rule).stage <= int(facts.settings["rules.stage"])
