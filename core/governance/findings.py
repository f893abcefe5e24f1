"""Findings: what the rules raise on a day, kept as derived rows beside the records and said in a sentence."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, Text, delete, insert, select, type_coerce
from sqlalchemy.orm import Session

from core.governance.rules import RULES, Evidence, Situation, rule_named
from core.i18n import _
from core.inventory.channels import label_of
from core.model import Channel, Finding, Severity
from core.settings import Settings, read_settings

_CHUNK = 500
_GRAVITY = {severity: -place for place, severity in enumerate(Severity)}
_PLACE = {rule.key: place for place, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class FindingValue:
    """Something that is not as a rule wants it.

    Attributes:
        rule: The rule's key.
        severity: How serious it is.
        stage: The rule's stage.
        subject_type: "channel", or "registry" for the registry as a whole.
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
    """Run the rules up to a stage and return what they raise: gravest first, then by rule and subject."""
    situation = Situation(session, today, settings)
    found = [
        FindingValue(
            rule.key,
            raised.severity or rule.severity,
            rule.stage,
            rule.subject_type,
            raised.subject_id,
            raised.label,
            raised.evidence,
            raised.since,
        )
        for rule in RULES
        if rule.stage <= stage
        for raised in rule.find(situation)
    ]
    return sorted(found, key=_order)


def refresh(session: Session, today: date, settings: Settings) -> dict[str, set[UUID]]:
    """Bring the stored findings up to date; they are derived, so this is no action and leaves no log entry.

    Returns:
        The tables whose records have other findings than before, with the records' ids; empty if nothing changed.
    """
    known = _stored_rows(session)
    fresh = {_row(finding): finding for finding in find(session, today, settings, int(settings["rules.stage"]))}
    gone = {row: number for row, number in known.items() if row not in fresh}
    new = [row for row in fresh if row not in known]
    _forget(session, gone.values(), everything=len(gone) == len(known))
    for some in _chunks(new):
        session.execute(insert(Finding), [_columns(fresh[row]) for row in some])
    changed: dict[str, set[UUID]] = defaultdict(set)
    for row in (*gone, *new):
        changed[row.table].update({row.record_id} if row.record_id else ())
    return dict(changed)


def stored(session: Session) -> list[FindingValue]:
    """Return the stored findings: gravest first, then by rule and subject."""
    columns: list[Any] = [Finding.rule, Finding.severity, Finding.subject_type, Finding.subject_id, Finding.evidence]
    query: Select[Any] = select(*columns, Finding.since, Channel.title, Channel.platform)
    city = str(read_settings(session)["city.name"]) or _("Registry")
    found = [
        FindingValue(
            rule,
            Severity(severity),
            rule_named(rule).stage,
            subject_type,
            subject_id,
            city if title is None else label_of(title, platform),
            evidence,
            since,
        )
        for rule, severity, subject_type, subject_id, evidence, since, title, platform in session.execute(
            query.outerjoin(Channel, Channel.id == Finding.subject_id)
        )
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


class _Row(NamedTuple):
    """What tells stored findings apart."""

    rule: str
    severity: str
    table: str
    record_id: UUID | None
    evidence: str
    since: date | None


def _order(finding: FindingValue) -> tuple[int, int, str, int]:
    number = finding.subject_id.int if finding.subject_id else 0
    return _GRAVITY[finding.severity], _PLACE[finding.rule], finding.subject_label.casefold(), number


def _stored_rows(session: Session) -> dict[_Row, int]:
    evidence = type_coerce(Finding.evidence, Text)
    query = select(
        Finding.id,
        Finding.rule,
        Finding.severity,
        Finding.subject_type,
        Finding.subject_id,
        evidence,
        Finding.since,
    )
    return {
        _Row(rule, severity, table, record_id, text, since): number
        for number, rule, severity, table, record_id, text, since in session.execute(query)
    }


def _row(finding: FindingValue) -> _Row:
    """Return the key of a finding; its evidence is written as the column type `Json` writes it."""
    evidence = json.dumps(finding.evidence, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _Row(finding.rule, finding.severity.value, finding.subject_type, finding.subject_id, evidence, finding.since)


def _columns(finding: FindingValue) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "subject_type": finding.subject_type,
        "subject_id": finding.subject_id,
        "evidence": finding.evidence,
        "since": finding.since,
    }


def _forget(session: Session, numbers: Iterable[int], *, everything: bool) -> None:
    if everything:
        session.execute(delete(Finding))
        return
    for some in _chunks(numbers):
        session.execute(delete(Finding).where(Finding.id.in_(some)))


def _chunks(items: Iterable[Any]) -> Iterable[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, _CHUNK)):
        yield some
