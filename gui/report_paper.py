"""The paper of a quarterly report: its sheets one after the other, on A4 pages that are wider than high."""

from __future__ import annotations

import html
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODeviceBase
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPageLayout, QPdfWriter, QTextDocument

from core.exchange.report.on_paper import Paper, read_paper
from core.exchange.report.paper_cells import PaperCell, PaperSheet
from core.exchange.report.paper_charts import PaperChart
from core.i18n import use_language
from gui.printing import DOTS_PER_INCH, document_of, print_pages
from gui.report_drawings import Drawings

_PAPER_CHARACTERS = 132.0
"""So many of a workbook's characters have room on a line; wider sheets are printed smaller, as spreadsheets do."""
_SMALLEST = 0.55
_TABLE_TEXT, _NUMBER_TEXT = 0.88, 0.73
"""Of the text's size in tables; numbers below charts are to have room on one page."""
_DIGIT = 0.5
"""How wide a digit is, of a font's size, in the fonts that a workbook's widths are meant for."""
_BESIDE_NUMBERS = 7
"""So many pixels keep numbers from the text of the next column."""
_NEW_PAGE = '<p style="margin: 0px; font-size: 1pt; page-break-before: always;">&nbsp;</p>'
_LEADING_ROWS = 2
"""A title, and a line below it: they stand above the table."""


def pdf_of(paper: Paper) -> bytes:
    """Return a report as a PDF; without a running window an application that needs no screen is started for it."""
    application = QGuiApplication.instance() or QGuiApplication(_words())
    try:
        buffer = QBuffer()
        buffer.open(QIODeviceBase.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(DOTS_PER_INCH)
        writer.setPageOrientation(QPageLayout.Orientation.Landscape)
        writer.setTitle(paper.title)
        writer.setCreator("Kanalregister")
        print_pages(document(paper), writer, paper.footer)
        return bytes(buffer.data().data())
    finally:
        del application


def print_apart(arguments: Sequence[str]) -> int:
    """Write the PDF of a report to standard output, in a process of its own: the arguments are its file and a language.

    Returns:
        The exit code.
    """
    workbook, language = arguments
    use_language(language)
    sys.stdout.buffer.write(pdf_of(read_paper(Path(workbook))))
    return 0


def document(paper: Paper) -> QTextDocument:
    """Lay a report out."""
    drawn = Drawings()
    body = "".join(_sheet(sheet, drawn, first=number == 0) for number, sheet in enumerate(paper.sheets))
    made = document_of(f"<html><body>{body}</body></html>", {})
    drawn.draw_in(made)
    return made


def _words() -> list[str]:
    """Return what Qt is started with; on Linux it would otherwise look for a screen."""
    return ["kanalregister", *(("-platform", "offscreen") if sys.platform.startswith("linux") else ())]


def _sheet(sheet: PaperSheet, drawn: Drawings, *, first: bool) -> str:
    scale = min(1.0, max(_SMALLEST, _PAPER_CHARACTERS / sum(sheet.widths)))
    leading = sheet.rows[:_LEADING_ROWS]
    title = "".join(_line(row[0], scale, new_page=not first and not place) for place, row in enumerate(leading) if row)
    if sheet.picture is not None:
        beside = f'<td align="right">{drawn.picture(sheet.picture)}</td>'
        title = f'<table width="100%"><tr><td>{title}</td>{beside}</tr></table>'
    note = f'<p style="font-size: {9 * scale:.1f}pt;">{html.escape(sheet.note)}</p>' if sheet.note else ""
    tabled = sheet.header is not None
    body = f"{_table(sheet, scale)}{_bands(sheet.charts, drawn)}" if tabled else _page(sheet, scale, drawn)
    return f"{title}{body}{note}"


def _page(sheet: PaperSheet, scale: float, drawn: Drawings) -> str:
    """Lay out a sheet that is a page to read; what stands below charts begins a page of its own."""
    shares = _shares(sheet)
    place = sheet.charts[0].before if sheet.charts else len(sheet.rows)
    above, below = sheet.rows[_LEADING_ROWS:place], sheet.rows[place:]
    made = _plain_table(above, shares, scale * _table_text()) + _bands(sheet.charts, drawn)
    return made + (f"{_NEW_PAGE}{_plain_table(below, shares, scale * _NUMBER_TEXT)}" if below else "")


def _bands(charts: Iterable[PaperChart], drawn: Drawings) -> str:
    """Put charts side by side that stand so in the workbook."""
    bands = [list(band) for _row, band in groupby(charts, attrgetter("row"))]
    rows = ("".join(f"<td>{drawn.chart(one, len(band))}</td>" for one in band) for band in bands)
    return "".join(f'<table width="100%" cellspacing="0"><tr>{row}</tr></table>' for row in rows)


def _table_text() -> float:
    """Return how large tables are written: smaller in a font of wide letters, so that the columns hold their words."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(100)
    digit = QFontMetricsF(font).horizontalAdvance("0") / 100
    return min(_TABLE_TEXT, _DIGIT / digit) if digit else _TABLE_TEXT


def _shares(sheet: PaperSheet) -> list[float]:
    whole = sum(sheet.widths)
    return [100 * width / whole for width in sheet.widths]


def _line(cell: PaperCell, scale: float, *, new_page: bool) -> str:
    # Below the page's edge, or the dots of an umlaut would be printed on the page before.
    before = "margin-top: 4px; page-break-before: always;" if new_page else "margin-top: 0px;"
    return f'<p style="margin-bottom: 3px; {before}{_font(cell, max(scale, 0.8))}">{_told(cell)}</p>'


def _table(sheet: PaperSheet, scale: float) -> str:
    rows = sheet.rows[_LEADING_ROWS:]
    cut = sheet.header + 1 - _LEADING_ROWS if sheet.header is not None else 0
    shares = _shares(sheet)
    scale *= _table_text()
    head = f"<thead>{_rows(rows[cut - 1 : cut], shares, scale)}</thead>" if cut else ""
    before = f"{_plain_table(rows[: cut - 1], shares, scale)}" if cut > 1 else ""
    return f"{before}{_opened(scale)}{head}{_rows(rows[cut:], shares, scale)}</table>"


def _plain_table(rows: Sequence[Sequence[PaperCell]], shares: Sequence[float], scale: float) -> str:
    return f"{_opened(scale)}{_rows(rows, shares, scale)}</table>"


def _opened(scale: float) -> str:
    return f'<table width="100%" cellspacing="0" cellpadding="{3 * scale:.1f}" style="margin-top: 4px;">'


def _rows(rows: Iterable[Sequence[PaperCell]], shares: Sequence[float], scale: float) -> str:
    return "".join(f"<tr>{_cells(row, shares, scale)}</tr>" for row in rows)


def _cells(row: Sequence[PaperCell], shares: Sequence[float], scale: float) -> str:
    made, place = [], 0
    for cell in row:
        width = sum(shares[place : place + cell.span])
        place += cell.span
        look = f"{_font(cell, scale)}{_ground(cell)}"
        side = ' align="right"' if cell.right else ""
        look += f" padding-right: {_BESIDE_NUMBERS * scale:.1f}px;" if cell.right else ""
        made.append(f'<td width="{width:.2f}%" colspan="{cell.span}"{side} style="{look}">{_told(cell)}</td>')
    return "".join(made)


def _font(cell: PaperCell, scale: float) -> str:
    weight = " font-weight: 600;" if cell.bold else ""
    return f"font-size: {cell.size * scale:.1f}pt; color: #{cell.colour};{weight}"


def _ground(cell: PaperCell) -> str:
    fill = f" background-color: #{cell.fill};" if cell.fill else ""
    return f"{fill} border-bottom: 1px solid #{cell.line};" if cell.line else fill


def _told(cell: PaperCell) -> str:
    """Return a cell's text; Qt loses the place after a bare cell."""
    return html.escape(cell.text).replace("\n", "<br>") or "&nbsp;"
