"""Stored findings as screens need them: how many a rule raises, those of one rule, of one channel, about one person."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, case, func, select, true, type_coerce
from sqlalchemy.orm import Session

from core.governance.findings import FindingValue
from core.governance.rules import RULES, Rule, rule_named
from core.governance.subjects import SUBJECT_COLUMNS, joined, registry_label, subject_label
from core.model import Finding, Severity
from core.storage.sorting import sort_key

MOST = 5_000
OF_PEOPLE = ("owner", "deputy", "reply_coordinator", "approved_by")
"""The fields of a channel that name people; no screen counts findings by them."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many findings a rule raises, and how serious the gravest of them is."""

    rule: Rule
    severity: Severity
    count: int


def by_person(values: Mapping[str, Any] | None) -> bool:
    """Say whether values of channels tell those of one person from the others; having nobody tells of no person."""
    return any((values or {}).get(key) is not None for key in OF_PEOPLE)


def rule_counts(session: Session, only: Select[Any] | None = None) -> list[RuleCount]:
    """Count the stored findings by rule, gravest first, then in the rules' own order.

    Args:
        session: A session that reads.
        only: Gives the ids of the channels that are meant, None for everything.
    """
    query = select(Finding.rule, Finding.severity, func.count()).group_by(Finding.rule, Finding.severity)
    if only is not None:
        query = query.where(Finding.subject_id.in_(only))
    grave = list(Severity)
    found: dict[str, tuple[int, int]] = {}
    for key, severity, count in session.execute(query).all():
        worst, number = found.get(key, (0, 0))
        found[key] = (max(worst, grave.index(Severity(severity))), number + count)
    counts = [RuleCount(rule, grave[found[rule.key][0]], found[rule.key][1]) for rule in RULES if rule.key in found]
    return sorted(counts, key=lambda one: -grave.index(one.severity))


def severity_counts(session: Session) -> dict[Severity, int]:
    """Count the stored findings by severity, gravest first; a severity that none has is counted, too."""
    keys = [rule.key for rule in RULES]
    query = select(Finding.severity, func.count()).where(Finding.rule.in_(keys)).group_by(Finding.severity)
    counted = {Severity(severity): number for severity, number in session.execute(query).all()}
    return {severity: counted.get(severity, 0) for severity in reversed(Severity)}


def of_rule(session: Session, rule: str, only: Select[Any] | None = None) -> list[FindingValue]:
    """Return the findings of a rule, at most the first MOST of them, gravest first, then by subject.

    Args:
        session: A session that reads.
        rule: The rule's key.
        only: Gives the ids of the channels that are meant, None for everything.
    """
    grave = {severity: -place for place, severity in enumerate(Severity)}
    found = _findings(session, and_(Finding.rule == rule, _meant(only)))
    return sorted(found, key=lambda one: (grave[one.severity], *_by_name(one)))


def of_every_rule(session: Session, only: Select[Any] | None = None) -> list[FindingValue]:
    """Return the findings of all rules, at most the first MOST of them, gravest first, then by rule and subject."""
    return _gravest_first(_findings(session, _meant(only)))


def numbers_of_all(session: Session) -> array[int]:
    """Return the numbers of all stored findings, however many there are, gravest first, then by rule."""
    grave = {severity.value: -place for place, severity in enumerate(Severity)}
    places = {rule.key: place for place, rule in enumerate(RULES)}
    query = select(Finding.id).where(Finding.rule.in_(places))
    order = case(grave, value=Finding.severity), case(places, value=Finding.rule), Finding.id
    return array("q", session.execute(query.order_by(*order)).scalars())


def of_numbers(session: Session, numbers: Sequence[int]) -> list[FindingValue]:
    """Return the findings of some numbers, at most MOST, gravest first, then by rule and number."""
    grave, place = list(Severity), {rule.key: number for number, rule in enumerate(RULES)}
    found = _findings(session, Finding.id.in_(numbers))
    return sorted(found, key=lambda one: (-grave.index(one.severity), place[one.rule]))


def _meant(only: Select[Any] | None) -> ColumnElement[bool]:
    return true() if only is None else Finding.subject_id.in_(only)


def of_subject(session: Session, subject_id: UUID) -> list[FindingValue]:
    """Return the findings of one record, gravest first."""
    return _gravest_first(_findings(session, Finding.subject_id == subject_id))


def of_subjects(session: Session, subjects: Select[Any]) -> list[FindingValue]:
    """Return the findings of the records whose ids a query gives, gravest first."""
    return _gravest_first(_findings(session, Finding.subject_id.in_(subjects)))


def about_person(session: Session, person_id: UUID) -> list[FindingValue]:
    """Return the findings that name a person in their evidence, gravest first."""
    evidence = type_coerce(Finding.evidence, Text)
    return _gravest_first(_findings(session, evidence.contains(str(person_id))))


def _gravest_first(found: list[FindingValue]) -> list[FindingValue]:
    grave, place = list(Severity), {rule.key: number for number, rule in enumerate(RULES)}
    return sorted(found, key=lambda one: (-grave.index(one.severity), place[one.rule], *_by_name(one)))


def _by_name(one: FindingValue) -> tuple[str, str]:
    """Return the key that orders findings by subject; those of one name keep their places from one day to the next."""
    return sort_key(one.subject_label), str(one.subject_id)


def _findings(session: Session, condition: ColumnElement[bool]) -> list[FindingValue]:
    query = (
        joined(select(Finding, *SUBJECT_COLUMNS), Finding.subject_id)
        .where(condition, Finding.rule.in_([rule.key for rule in RULES]))
        .order_by(Finding.id)
        .limit(MOST)
    )
    city = registry_label(session)
    return [_value(row, subject_label(row.subject_type, told, city)) for row, *told in session.execute(query).all()]


def _value(row: Finding, label: str) -> FindingValue:
    return FindingValue(
        row.rule,
        Severity(row.severity),
        rule_named(row.rule).stage,
        row.subject_type,
        row.subject_id,
        label,
        row.evidence,
        row.since,
    )
