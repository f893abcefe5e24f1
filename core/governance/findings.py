"""Findings: what the rules raise on a day and nobody waived, and how it is said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.governance.rules import RULES, Evidence, Rule, Situation, rule_named
from core.governance.subjects import SUBJECT_COLUMNS, joined, registry_label, subject_label
from core.governance.waivers import waived_subjects
from core.i18n import _
from core.model import Finding, Severity
from core.settings import Settings

_GRAVITY = {severity: -place for place, severity in enumerate(Severity)}
_PLACE = {rule.key: place for place, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class FindingValue:
    """Something that is not as a rule wants it.

    Attributes:
        rule: The rule's key.
        severity: How serious it is.
        stage: The rule's stage.
        subject_type: "channel", "credential", "store" (a keyring), or "registry" for the registry as a whole.
        subject_id: The record's id, None for the registry.
        subject_label: What the record is called.
        evidence: What it rests on, as plain JSON; `evidence_sentence` says it.
        since: The first day on which it was true, as the records tell.
    """

    rule: str
    severity: Severity
    stage: int
    subject_type: str
    subject_id: UUID | None
    subject_label: str
    evidence: Evidence
    since: date | None


def find(session: Session, today: date, settings: Settings, stage: int) -> list[FindingValue]:
    """Run the rules up to a stage and return what they raise and nobody waived: gravest first, then by rule."""
    situation = Situation(session, today, settings)
    return sorted(raised_by(rules_up_to(stage), situation), key=_order)


def rules_up_to(stage: int) -> tuple[Rule, ...]:
    """Return the rules that are looked at in a stage."""
    return tuple(rule for rule in RULES if rule.stage <= stage)


def raised_by(rules: Iterable[Rule], situation: Situation) -> Iterator[FindingValue]:
    """Give what some rules raise and nobody waived, in no order."""
    waived = waived_subjects(situation.session, situation.today)
    for rule in rules:
        for raised in rule.find(situation):
            if (rule.key, raised.subject_id) not in waived:
                yield FindingValue(
                    rule.key,
                    raised.severity or rule.severity,
                    rule.stage,
                    raised.subject_type or rule.subject_type,
                    raised.subject_id,
                    raised.label,
                    raised.evidence,
                    raised.since,
                )


def stored(session: Session) -> list[FindingValue]:
    """Return the stored findings: gravest first, then by rule and subject."""
    columns: list[Any] = [Finding.rule, Finding.severity, Finding.subject_type, Finding.subject_id, Finding.evidence]
    query: Select[Any] = joined(select(*columns, Finding.since, *SUBJECT_COLUMNS), Finding.subject_id)
    city = registry_label(session)
    found = [
        FindingValue(
            rule,
            Severity(severity),
            rule_named(rule).stage,
            subject_type,
            subject_id,
            subject_label(subject_type, told, city),
            evidence,
            since,
        )
        for rule, severity, subject_type, subject_id, evidence, since, *told in session.execute(query)
        if rule in _PLACE
    ]
    return sorted(found, key=_order)


def rule_title(key: str) -> str:
    """Return a rule's title in the user's language."""
    return _(rule_named(key).title)


def evidence_sentence(rule: str, evidence: Evidence, *, with_names: bool = True) -> str:
    """Say what a finding rests on, in the user's language.

    Args:
        rule: The rule's key.
        evidence: The finding's evidence.
        with_names: Whether people are named; else their functions are.
    """
    return rule_named(rule).sentence(evidence, with_names)


def _order(finding: FindingValue) -> tuple[int, int, str, int, str, str, str]:
    """Order findings wholly: a rule may raise several about one channel, each about another person or place."""
    number = finding.subject_id.int if finding.subject_id else 0
    person = str(finding.evidence.get("person") or "").casefold()
    mark = str(finding.evidence.get("person_id") or "")
    place = str(finding.evidence.get("use_id") or "")
    label = finding.subject_label.casefold()
    return _GRAVITY[finding.severity], _PLACE[finding.rule], label, number, person, mark, place
