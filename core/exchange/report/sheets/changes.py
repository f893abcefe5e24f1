"""The sheet of the changes: what was opened, closed, renamed or given to somebody else within the quarter.

The public does not get it. The committee reads functions in the place of names.
"""

from __future__ import annotations

from typing import Any

from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.events import Event, read_events
from core.exchange.report.figures import Figures
from core.i18n import _


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet, first things first; how late something was entered only where anything was."""
    events = read_events(content)
    late = any(event.entered is not None for event in events)
    columns = (
        Column(_("Day"), day_look()),
        Column(_("What"), total="count"),
        Column(_("Channel"), widest=40),
        Column(_("Platform")),
        Column(_("Before"), widest=40),
        Column(_("Since then"), widest=40),
        *([Column(_("Entered later on"), day_look())] if late else []),
    )
    rows = ([*_row(event), *([event.entered] if late else [])] for event in events)
    table = Table(_("Changes"), content.subtitle, columns, rows, fixed=3)
    write_table(book, table, content.printed, content.step)


def _row(event: Event) -> list[Any]:
    what = _(event.what.label)
    return [event.told, what, event.channel or None, event.platform or None, event.old or None, event.new or None]
