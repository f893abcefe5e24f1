"""The last sheet: which rules with which thresholds, what they stem from, and the log's head at that moment."""

from __future__ import annotations

from core.exchange.report.content import NOT_REPORTED, Content
from core.exchange.report.craft.book import Book, altered_note
from core.exchange.report.craft.looks import HEADING, LABEL, NOTE, SECTION, SEVERITY, SUBTITLE, TEXT, VALUE
from core.exchange.report.craft.page import Row, write_page
from core.exchange.report.figures import Figures
from core.exchange.report.readers import Reader
from core.governance.rules import RULES, Rule
from core.i18n import _
from core.settings import Settings, thresholds_of

_WIDTHS = (30.0, 16.0, 40.0, 70.0)


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet; it comes last, so that it can say what the others had to alter."""
    rows: list[Row] = [[(_("Proof"), HEADING)], [(content.subtitle, SUBTITLE)], [None], *_log(content)]
    if content.order.reader is not Reader.PUBLIC:
        rows += [[None], *_rules(content)]
    rows += [[None], *([(note, NOTE)] for note in _notes(book, content))]
    write_page(book, _("Proof"), _WIDTHS, rows, content.printed)


def _log(content: Content) -> list[Row]:
    seq, digest = content.head
    return [
        [(_("Audit log"), SECTION), ("", SECTION), ("", SECTION), ("", SECTION)],
        [(_("Newest entry"), LABEL), (seq, VALUE)],
        [(_("Its hash"), LABEL), (digest, VALUE)],
        [(_("Program"), LABEL), (content.program, VALUE)],
    ]


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
    if book.altered:
        notes.append(altered_note(book.altered))
    return notes
