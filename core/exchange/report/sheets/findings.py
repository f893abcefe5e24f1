"""The sheet of the findings: what is not in order, what of it is new, what is borne with, and what was mended how."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from core.exchange.report.content import NOT_REPORTED, Content
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.filling import Fill
from core.exchange.report.craft.looks import FILL_IN, SEVERITY, TEXT, day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.figures import Figures
from core.exchange.report.readers import Reader, subject_for
from core.exchange.report.reasons import reasons_for
from core.exchange.report.settled import Key, Settled, settled, stood_before
from core.exchange.report.sheets.numbers import counted_since
from core.governance.findings import FindingValue, evidence_sentence, rule_title
from core.governance.rules import RULES, rule_named
from core.governance.waivers import Waived, waived
from core.i18n import _, show_date
from core.model import Severity

_KNOWN = frozenset(rule.key for rule in RULES) - NOT_REPORTED
_UNFILLED = (None, None, None)


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet: what is open, gravest first, then what is waived, then what was mended in the quarter."""
    columns = (
        Column(_("Status"), total="count"),
        Column(_("Severity"), marks={_(one.label): SEVERITY[one.value] for one in Severity}),
        Column(_("Finding"), widest=24),
        Column(_("Concerns"), widest=28),
        Column(_("Evidence"), widest=50),
        Column(_("Since"), day_look()),
        Column(_("Until"), day_look()),
        Column(_("Reason or remedy"), widest=30),
        Column(_("Source"), widest=40),
        *_to_fill_in(content.order.day),
    )
    rows, subtitle = (_rows(content), content.subtitle) if content.looked else ([], counted_since())
    table = Table(_("Findings"), subtitle, columns, rows, fixed=4)
    write_table(book, table, content.printed, content.step)


def _to_fill_in(day: date) -> tuple[Column, ...]:
    """Return the columns in which departments answer."""
    answers = _("is being mended"), _("is mended"), _("stays as it is")
    told = _("What happens now? Please choose one of the answers.")
    settled = _("By when it is mended: a day, not before the day of which the report speaks.")
    return (
        Column(_("Reply"), FILL_IN, 18, fill=Fill(told, answers)),
        Column(_("Settled by"), replace(FILL_IN, format=day_look().format), 18, fill=Fill(settled, not_before=day)),
        Column(_("Remark"), FILL_IN, 24, fill=Fill(_("Remark for the press office"))),
    )


def _rows(content: Content) -> Iterator[list[Any]]:
    before = stood_before(content)
    yield from ([*_open(content, one, new=_is_new(content, one, before)), *_UNFILLED] for one in content.findings)
    day, told = content.order.day, reasons_for(content.session, content.order.reader)
    borne = (replace(one, reason=told(one.reason) or "") for one in waived(content.session, day) if one.rule in _KNOWN)
    yield from ([*_waived(content, one), *_UNFILLED] for one in borne)
    yield from ([*_settled(content, one), *_UNFILLED] for one in settled(content))


def _open(content: Content, finding: FindingValue, *, new: bool) -> list[Any]:
    named = content.order.reader is Reader.INTERNAL
    return [
        _("new") if new else _("open"),
        (_(finding.severity.label), SEVERITY[finding.severity.value]),
        rule_title(finding.rule),
        subject_for(content.order.reader, finding.subject_type, finding.subject_label),
        evidence_sentence(finding.rule, finding.evidence, with_names=named),
        _since(finding.since, content.order.day),
        None,
        None,
        _(rule_named(finding.rule).source),
    ]


def _is_new(content: Content, finding: FindingValue, before: Collection[Key] | None) -> bool:
    """Say whether a finding that is open has come up within the quarter, or was not open at the end of the one before.

    Where nobody looked then, what has stood since nobody knows is old.
    """
    if finding.since is not None and finding.since >= content.order.quarter.first_day:
        return True
    return before is not None and (finding.rule, finding.subject_id) not in before


def _waived(content: Content, one: Waived) -> list[Any]:
    subject = subject_for(content.order.reader, one.subject_type, one.subject_label)
    return _closed(_("waived"), one.rule, subject, (one.since, one.until), one.reason)


def _settled(content: Content, one: Settled) -> list[Any]:
    subject = subject_for(content.order.reader, rule_named(one.rule).subject_type, one.subject_label)
    status = _("mended") if one.on is not None else _("gone")
    return _closed(status, one.rule, subject, (one.since, one.on), one.told)


def _closed(status: str, rule: str, subject: str, days: tuple[date | None, date | None], told: str) -> list[Any]:
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
