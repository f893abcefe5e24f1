"""The last sheet: rules and thresholds, what they stem from, the log's head, and the hash of all other sheets."""

from __future__ import annotations

from dataclasses import replace

from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book, altered_note
from core.exchange.report.craft.looks import HEADING, LABEL, NOTE, SECTION, SEVERITY, SUBTITLE, TEXT, VALUE
from core.exchange.report.craft.page import Row, write_page
from core.exchange.report.figures import Figures
from core.exchange.report.readers import Reader
from core.exchange.report.trend import NOT_REPORTED
from core.governance.rules import RULES, Rule
from core.i18n import _
from core.settings import Settings, thresholds_of

_WIDTHS = (36.0, 16.0, 28.0, 76.0)
_SEQ = replace(VALUE, format="0")


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet; it comes last, so that it can vouch for the others and say what they had to alter."""
    rows: list[Row] = [[(_("Proof"), HEADING)], [(content.subtitle, SUBTITLE)], [None], *_log(content), [None]]
    rows += _data(book)
    header = len(rows) + 2
    if content.order.reader is not Reader.PUBLIC:
        rows += [[None], *_rules(content)]
    rows += [[None], *([(note, NOTE)] for note in _notes(book, content))]
    page = write_page(book, _("Proof"), _WIDTHS, rows, content.printed)
    if content.order.reader is not Reader.PUBLIC:
        page.sheet.print_title_rows = f"{header}:{header}"  # The rules may go on overleaf.


def _log(content: Content) -> list[Row]:
    seq, digest = content.head
    rows: list[Row] = [
        _section(_("Audit log")),
        [(_("Newest entry"), LABEL), (seq, _SEQ)],
        [(_("Its hash"), LABEL), (digest, VALUE)],
        [(_("Program"), LABEL), (content.program, VALUE)],
    ]
    if content.order.corrects is not None:
        rows.append([(_("Last issued after entry"), LABEL), (content.order.corrects.head, _SEQ)])
    return rows


def _data(book: Book) -> list[Row]:
    """Vouch for the sheets before: whoever unpacks the workbook can work their hash out again."""
    count, digest = book.hash_of_sheets()
    how = _(
        "SHA-256 of the files xl/worksheets/sheet1.xml to sheet{count}.xml of this workbook as it was issued, one "
        "after the other: all sheets but this one."
    )
    return [
        _section(_("Data")),
        [(_("Hash of the data"), LABEL), (digest, VALUE)],
        [None, (how.format(count=count), NOTE)],
    ]


def _section(title: str) -> Row:
    return [(title, SECTION), *[("", SECTION)] * (len(_WIDTHS) - 1)]


def _rules(content: Content) -> list[Row]:
    stage = int(content.settings["rules.stage"])
    used = [rule for rule in RULES if rule.stage <= stage and rule.key not in NOT_REPORTED]
    header: Row = [(_(text), SECTION) for text in (_("Rule"), _("Severity"), _("Threshold"), _("Source"))]
    return [header, *(_rule(rule, content.settings) for rule in used)]


def _rule(rule: Rule, settings: Settings) -> Row:
    return [
        (_(rule.title), TEXT),
        (_(rule.severity.label), SEVERITY[rule.severity.value]),
        (threshold(rule.key, settings), TEXT),
        (_(rule.source), TEXT),
    ]


def threshold(rule: str, settings: Settings) -> str:
    """Say from when a rule speaks, as set in this registry."""
    told = [f"{settings[one.key]} {_(one.unit)}" for one in thresholds_of(rule)]
    return ", ".join(told) or _("at once")


def _notes(book: Book, content: Content) -> list[str]:
    notes = [_("The report shows what was valid on the day named above, as the registry knows it today.")]
    if content.order.reader is not Reader.PUBLIC:
        notes.append(_("Whether reports are overdue is shown by the program, not by the report itself."))
    if content.order.reader is Reader.COMMITTEE:
        notes.append(_("Functions stand in the place of names."))
    notes += book.notes
    if book.altered:
        notes.append(altered_note(book.altered))
    return notes
