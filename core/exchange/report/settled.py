"""What is no longer open at the end of a report's quarter: mended in it, or no longer so by the records' own dates.

Whoever takes what was open at the end of the quarter before, adds what is new, and takes away what is told of here and
what is waived, gets what is open now. Days of records count however late they were entered, as they do in the figures;
so what was entered only after the quarter is told with the day of its entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import select

from core.exchange.report.content import Content
from core.exchange.report.trend import NOT_REPORTED, Stood
from core.governance.findings import rule_title
from core.governance.mended import MendedThen, mended_within
from core.governance.rules import RULES, rule_named
from core.governance.waivers import waived_subjects
from core.i18n import _, show_date
from core.inventory.channels import label_of
from core.model import Channel
from core.storage.touching import chunks

Key: TypeAlias = tuple[str, UUID | None]
"""A rule and the record about which it raised something."""
_RULES = frozenset(rule.key for rule in RULES) - NOT_REPORTED


@dataclass(frozen=True, slots=True)
class Settled:
    """A finding that is no longer open.

    Attributes:
        rule: The rule that had raised it.
        subject_label: What its record is called.
        since: Since when it had been so.
        on: The day on which it was mended; None where no entry of the quarter put an end to it.
        told: What was done, or why it is no longer so.
    """

    rule: str
    subject_label: str
    since: date | None
    on: date | None
    told: str


def stood_before(content: Content) -> frozenset[Key] | None:
    """Return what was open at the end of the quarter before; None where nobody looked then."""
    stood = content.previous.stood
    return None if stood is None else frozenset((one.rule, one.subject_id) for one in stood)


def settled(content: Content) -> Iterator[Settled]:
    """Give what was mended in the quarter, in the order in which it was, then what is gone by its records' dates."""
    first, day = content.order.quarter.first_day, content.order.day
    stood = content.previous.stood
    before = {(one.rule, one.subject_id): one for one in stood or ()}
    now = {(one.rule, one.subject_id): one.since for one in content.findings}
    told = set[Key]()
    for one in mended_within(content.session, first, day):
        key = one.rule, one.subject_id
        counts = stood is None or key in before or one.since is None or one.since >= first
        if one.rule in _RULES and counts and not (key in now and now[key] == one.since):
            told.add(key)
            yield Settled(one.rule, one.subject_label, one.since, one.on, one.label)
    over = told | now.keys() | waived_subjects(content.session, day)
    yield from _gone(content, [one for key, one in before.items() if key not in over])


def _gone(content: Content, stood: list[Stood]) -> Iterator[Settled]:
    labels, entered = _labels(content, stood), dict[Key, MendedThen]()
    if stood:
        for one in mended_within(content.session, content.order.day + timedelta(days=1), date.max):
            entered.setdefault((one.rule, one.subject_id), one)
    for gone in sorted(stood, key=lambda one: (one.since or date.min, one.rule, str(one.subject_id))):
        late = entered.get((gone.rule, gone.subject_id))
        why = _entered_later(late) if late is not None else _why(content, gone)
        yield Settled(gone.rule, labels.get(gone.subject_id, gone.subject_label), gone.since, None, why)


def _entered_later(one: MendedThen) -> str:
    return _("{what}, entered on {day}").format(what=one.label, day=show_date(one.on))


def _why(content: Content, gone: Stood) -> str:
    """Say what a finding has turned into, where another one of the same record is mended in the same fields."""
    fields = set(rule_named(gone.rule).fields)
    for one in content.findings:
        if one.subject_id == gone.subject_id and fields.intersection(rule_named(one.rule).fields):
            return _("has become: {finding}").format(finding=rule_title(one.rule))
    return _("no longer so by the days of the records")


def _labels(content: Content, stood: list[Stood]) -> Mapping[UUID | None, str]:
    """Return what channels are called on the report's day."""
    wanted = {one.subject_id for one in stood if one.subject_type == Channel.__tablename__ and one.subject_id}
    found: dict[UUID | None, str] = {}
    for some in chunks(wanted):
        query = select(Channel.id, Channel.title, Channel.platform).where(Channel.id.in_(some))
        found |= {one: label_of(title, platform) for one, title, platform in content.session.execute(query)}
    return found
