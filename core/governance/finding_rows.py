"""The stored findings: derived rows outside the log, brought in line with what the rules raise.

They are kept for one entry of the log, one day and one set of rules. An action is followed by asking again only the
rules that read what it touched, of the channels that it reached.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Delete, Text, Update, bindparam, delete, insert, select, type_coerce, update
from sqlalchemy.orm import Session

from core import VERSION
from core.governance.findings import FindingValue, raised_by, rules_up_to
from core.governance.rules import RULES, Rule, Situation
from core.governance.rules.rule import Query, chunks
from core.model import Finding, FindingState
from core.settings import Settings
from core.storage import chain


class FindingRow(NamedTuple):
    """What tells stored findings apart."""

    rule: str
    severity: str
    table: str
    record_id: UUID | None
    evidence: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Changed:
    """Which findings are new and which are gone."""

    new: list[FindingRow] = field(default_factory=list)
    gone: list[FindingRow] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)

    @property
    def records(self) -> dict[str, set[UUID]]:
        """The ids of the records that have other findings than before, by table."""
        found: dict[str, set[UUID]] = defaultdict(set)
        for row in (*self.gone, *self.new):
            found[row.table].update({row.record_id} if row.record_id else ())
        return dict(found)


def refresh(session: Session, today: date, settings: Settings) -> Changed:
    """Bring all stored findings up to date; they are derived, so this is no action and leaves no log entry."""
    rules = rules_up_to(int(settings["rules.stage"]))
    known = _by_row(session.connection().execute(_all()))
    changed = _bring(session, known, raised_by(rules, Situation(session, today, settings)))
    keep_state(session, chain.head(session.connection())[0], today)
    return changed


def refresh_some(situation: Situation, rules: Collection[Rule], ids: Collection[UUID]) -> Changed:
    """Bring up to date what some rules say of some channels, and of the registry as a whole."""
    changed = Changed()
    by_itself = [rule for rule in rules if rule.subject_type == "channel" and rule.reach is None]
    _refresh_channels(situation, by_itself, ids, changed)
    for rule in rules:
        if rule.reach is not None:
            _refresh_channels(situation, [rule], _reach(situation, rule, ids), changed)
        elif rule.subject_type != "channel":
            known = situation.session.connection().execute(_of_registry(), {"rule": rule.key})
            _add(changed, _bring(situation.session, _by_row(known), raised_by([rule], situation)))
    return changed


def _narrowed(situation: Situation, ids: Iterable[UUID]) -> Situation:
    return Situation(situation.session, situation.today, situation.settings, tuple(ids))


def _refresh_channels(situation: Situation, rules: list[Rule], ids: Collection[UUID], changed: Changed) -> None:
    keys = {rule.key for rule in rules}
    for some in chunks(ids) if rules else ():
        # The rules are told apart here: SQLite would go through all findings of a rule instead of those of a record.
        known = [row for row in situation.session.connection().execute(_some(), {"ids": some}) if row[1] in keys]
        fresh = raised_by(rules, _narrowed(situation, some))
        _add(changed, _bring(situation.session, _by_row(known), fresh))


def current_for(session: Session) -> tuple[int, date] | None:
    """Return for which entry of the log and which day the findings are stored; None if for other rules than today's."""
    known = session.connection().execute(_state()).first()
    return (known[0], known[1]) if known is not None and known[2] == _shape() else None


def move_state(session: Session, before: int, seq: int, today: date) -> bool:
    """Note that stored findings follow the log from one entry to another; False where they were stored for neither."""
    known = {"before": before, "for_day": today, "for_rules": _shape()}
    return bool(session.connection().execute(_moved_state(), {**known, "seq": seq}).rowcount)


def keep_state(session: Session, seq: int, today: date) -> None:
    """Note for which entry of the log and which day the findings are stored now."""
    values = {"seq": seq, "day": today, "rules": _shape()}
    connection = session.connection()
    if not connection.execute(_new_state(), values).rowcount:
        connection.execute(insert(FindingState), {"id": 1, **values})


def _reach(situation: Situation, rule: Rule, ids: Collection[UUID]) -> set[UUID]:
    """Return the channels of which a rule may say something else, once some have changed."""
    assert rule.reach is not None
    reached = set(ids)
    for some in chunks(ids):
        reached |= {*rule.reach(_narrowed(situation, some))}
    known = situation.session.connection().execute(_evidences(), {"rule": rule.key})
    names = [str(one) for one in ids]
    return reached | {subject for subject, evidence in known if _may_be_about(evidence, names)}


def _may_be_about(evidence: str, ids: Iterable[str]) -> bool:
    """Say whether stored evidence names a record, or counts more records than it names."""
    if any(one in evidence for one in ids):
        return True
    facts = json.loads(evidence) if '"count":' in evidence else {}
    return int(facts.get("count", 0)) > len(facts.get("others", ()))


def _bring(session: Session, known: dict[FindingRow, int], findings: Iterable[FindingValue]) -> Changed:
    """Bring stored rows in line with findings."""
    fresh = {_row(finding): finding for finding in findings}
    gone = {row: number for row, number in known.items() if row not in fresh}
    new = [row for row in fresh if row not in known]
    for numbers in chunks(gone.values()):
        session.connection().execute(_forgotten(), {"ids": numbers})
    for some in chunks(new):
        session.connection().execute(insert(Finding), [_columns(fresh[row]) for row in some])
    return Changed(new, list(gone))


def _add(changed: Changed, more: Changed) -> None:
    changed.new.extend(more.new)
    changed.gone.extend(more.gone)


def _by_row(rows: Iterable[Any]) -> dict[FindingRow, int]:
    return {FindingRow(*row[1:]): row[0] for row in rows}


def _row(finding: FindingValue) -> FindingRow:
    """Return the key of a finding; its evidence is written as the column type `Json` writes it."""
    evidence = json.dumps(finding.evidence, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    severity = finding.severity.value
    return FindingRow(finding.rule, severity, finding.subject_type, finding.subject_id, evidence, finding.since)


def _columns(finding: FindingValue) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "subject_type": finding.subject_type,
        "subject_id": finding.subject_id,
        "evidence": finding.evidence,
        "since": finding.since,
    }


@cache
def _shape() -> str:
    """Return what stored findings depend on besides the records, so that a changed program derives them anew."""
    told = repr([(rule.key, rule.severity, rule.stage) for rule in RULES]) + VERSION
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def _all() -> Query:
    columns: list[Any] = [Finding.subject_type, Finding.subject_id, type_coerce(Finding.evidence, Text), Finding.since]
    return select(Finding.id, Finding.rule, Finding.severity, *columns)


@cache
def _some() -> Query:
    return _all().where(Finding.subject_id.in_(bindparam("ids", expanding=True)))


@cache
def _of_registry() -> Query:
    return _all().where(Finding.rule == bindparam("rule"))


@cache
def _evidences() -> Query:
    return select(Finding.subject_id, type_coerce(Finding.evidence, Text)).where(Finding.rule == bindparam("rule"))


@cache
def _state() -> Query:
    return select(FindingState.seq, FindingState.day, FindingState.rules)


@cache
def _new_state() -> Update:
    return update(FindingState).values(seq=bindparam("seq"), day=bindparam("day"), rules=bindparam("rules"))


@cache
def _moved_state() -> Update:
    columns = FindingState.seq, FindingState.day, FindingState.rules
    names = "before", "for_day", "for_rules"
    known = [column == bindparam(name) for column, name in zip(columns, names, strict=True)]
    return update(FindingState).where(*known).values(seq=bindparam("seq"))


@cache
def _forgotten() -> Delete:
    return delete(Finding).where(Finding.id.in_(bindparam("ids", expanding=True)))
