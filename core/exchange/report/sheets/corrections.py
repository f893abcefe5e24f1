"""The sheet of the corrections: what a report made again says otherwise than the one that was issued last.

Changed key figures come first. The sheet is left out where nothing differs. What can differ is what was entered late,
or put right, with a day of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from core.exchange.report.content import Content, Order, read_content
from core.exchange.report.corrections import Correction, Facts, Value, differences
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import TEXT, Look, day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.figures import Figures
from core.exchange.report.sheets.facts import figures_label, read_facts
from core.i18n import _, show_date
from core.storage import chain
from core.storage.private_copy import Watch

if TYPE_CHECKING:
    from core.registry import Registry

_NUMBER = Look(line=TEXT.line, align="left", format="#,##0")


def read_issued(registry: Registry, order: Order, step: Watch, watch: Watch | None = None) -> Facts | None:
    """Read what a report said when it was issued last; None where it is not made again.

    It is read from the log, as of the report's day: what the registry knew with so many entries as the order names.

    Args:
        registry: The open registry.
        order: What report is wanted.
        step: Called after each channel that is read.
        watch: Called now and then, also while a query runs.
    """
    if order.corrects is None:
        return None
    number = order.corrects.head
    with registry.snapshot(as_of=order.day, known_on=number, watch=watch) as session:
        head = number, chain.hash_of(session, number) or chain.GENESIS
        return read_facts(read_content(session, replace(order, corrects=None), step, head=head))


def corrected(content: Content) -> Content:
    """Return the content with what it says otherwise than the report that was issued; changed key figures first."""
    if content.issued is None:
        return content
    facts, figures = read_facts(content), figures_label()
    places = [told.name for told in facts.values() if told.label == figures]
    found = differences(content.issued, facts)
    found.sort(key=lambda one: places.index(one.name) if one.label == figures else len(places))
    return replace(content, issued=None, corrections=tuple(found))


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet."""
    corrects = content.order.corrects
    if corrects is None or not content.corrections:
        return
    columns = (
        Column(_("Concerns"), widest=48, total="count"),
        Column(_("What"), widest=30),
        Column(_("In the report issued on {day}").format(day=show_date(corrects.on)), widest=40),
        Column(_("Now"), widest=40),
    )
    table = Table(_("Corrections"), content.subtitle, columns, (_row(one) for one in content.corrections))
    write_table(book, table, content.printed, content.step)


def _row(one: Correction) -> list[Any]:
    return [one.label, one.name, _cell(one, one.issued), _cell(one, one.now)]


def _cell(one: Correction, value: Value) -> Any:
    match value:
        case None if one.whole:
            return _("not in the report")
        case None | "":
            return None
        case int():
            return value, _NUMBER
        case date():
            return value, day_look()
        case _:
            return value
