"""The sheet of the findings: what is not in order, how we know, since when, and which rule says so."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import SEVERITY, TEXT, day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.figures import Figures
from core.exchange.report.readers import Reader
from core.governance.findings import FindingValue, evidence_sentence, rule_title
from core.governance.rules import rule_named
from core.i18n import _, show_date


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet, gravest findings first."""
    columns = (
        Column(_("Severity")),
        Column(_("Finding"), widest=30),
        Column(_("Concerns"), widest=36),
        Column(_("Evidence"), widest=64),
        Column(_("Since"), day_look()),
        Column(_("Source"), widest=36),
    )
    rows = (_row(content, finding) for finding in content.findings)
    table = Table(_("Findings"), content.subtitle, columns, rows, fixed=3)
    write_table(book, table, content.printed, content.step)


def _row(content: Content, finding: FindingValue) -> list[Any]:
    named = content.order.reader is Reader.INTERNAL
    return [
        (_(finding.severity.label), SEVERITY[finding.severity.value]),
        rule_title(finding.rule),
        finding.subject_label,
        evidence_sentence(finding.rule, finding.evidence, with_names=named),
        _since(finding.since, content.order.day),
        _(rule_named(finding.rule).source),
    ]


def _since(since: date | None, day: date) -> Any:
    """Return since when a finding stands; what was recorded only after the day of the report says so."""
    if since is None or since <= day:
        return since
    return (_("{day} (recorded later)").format(day=show_date(since)), TEXT)
