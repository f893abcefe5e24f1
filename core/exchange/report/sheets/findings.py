"""The sheet of the findings: what is not in order, what of it is new, what is borne with, and what was mended how."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from core.exchange.report.content import NOT_REPORTED, Content
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import SEVERITY, TEXT, day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.figures import Figures
from core.exchange.report.readers import Reader
from core.governance.findings import FindingValue, evidence_sentence, rule_title
from core.governance.mended import MendedThen, mended_within
from core.governance.rules import RULES, rule_named
from core.governance.waivers import Waived, waived
from core.i18n import _, show_date

_KNOWN = frozenset(rule.key for rule in RULES) - NOT_REPORTED


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet: what is open, gravest first, then what is waived, then what was mended in the quarter."""
    columns = (
        Column(_("Status")),
        Column(_("Severity")),
        Column(_("Finding"), widest=30),
        Column(_("Concerns"), widest=36),
        Column(_("Evidence"), widest=64),
        Column(_("Since"), day_look()),
        Column(_("Until"), day_look()),
        Column(_("Reason or remedy"), widest=40),
        Column(_("Source"), widest=36),
    )
    table = Table(_("Findings"), content.subtitle, columns, _rows(content), fixed=4)
    write_table(book, table, content.printed, content.step)


def _rows(content: Content) -> Iterator[list[Any]]:
    yield from (_open(content, finding) for finding in content.findings)
    day = content.order.day
    yield from (_waived(one) for one in waived(content.session, day) if one.rule in _KNOWN)
    mended = mended_within(content.session, content.order.quarter.first_day, day)
    yield from (_mended(one) for one in mended if one.rule in _KNOWN)


def _open(content: Content, finding: FindingValue) -> list[Any]:
    named = content.order.reader is Reader.INTERNAL
    return [
        _("new") if is_new(content, finding) else _("open"),
        (_(finding.severity.label), SEVERITY[finding.severity.value]),
        rule_title(finding.rule),
        finding.subject_label,
        evidence_sentence(finding.rule, finding.evidence, with_names=named),
        _since(finding.since, content.order.day),
        None,
        None,
        _(rule_named(finding.rule).source),
    ]


def is_new(content: Content, finding: FindingValue) -> bool:
    """Say whether a finding that is open has come up within the quarter; what has stood since nobody knows is old."""
    return finding.since is not None and finding.since >= content.order.quarter.first_day


def _waived(one: Waived) -> list[Any]:
    return _closed(_("waived"), one.rule, one.subject_label, (one.since, one.until), one.reason)


def _mended(one: MendedThen) -> list[Any]:
    return _closed(_("mended"), one.rule, one.subject_label, (one.since, one.on), one.label)


def _closed(status: str, rule: str, subject: str, days: tuple[date | None, date], told: str) -> list[Any]:
    severity = rule_named(rule).severity
    look = SEVERITY[severity.value]
    return [
        status,
        (_(severity.label), look),
        rule_title(rule),
        subject,
        None,
        *days,
        told,
        _(rule_named(rule).source),
    ]


def _since(since: date | None, day: date) -> Any:
    """Return since when a finding stands; what was recorded only after the day of the report says so."""
    if since is None or since <= day:
        return since
    return (_("{day} (recorded later)").format(day=show_date(since)), TEXT)
