"""The paper of the documents on data protection: every page has something on it, and tables have their lines."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QBuffer, QIODeviceBase, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument, QTextTable

from core.protection.documents.making import make_documents
from core.protection.paper import sheet, table
from core.settings import Settings
from gui.printing import DOTS_PER_INCH, document_of, fit_to
from gui.protection_paper import pdf_of

DOCUMENTS = make_documents(Settings({"city.name": "Stadt Musterbach"}), date(2026, 11, 23))


def _laid_out(html: str, room: float) -> tuple[QTextDocument, float]:
    buffer = QBuffer()
    buffer.open(QIODeviceBase.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 16, 18, 14), QPageLayout.Unit.Millimeter)
    document = document_of(html, {})
    height = writer.height() * room
    fit_to(document, writer, QSizeF(writer.width(), height))
    return document, height


@pytest.mark.parametrize("room", [0.97, 0.9, 0.83, 0.76])
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: f"{one.language}-{one.key}")
def test_no_page_is_left_empty_however_high_it_is(qapp, document, room):
    paper, height = _laid_out(sheet(document.title, document.body, document.language), room)
    layout, pages, block = paper.documentLayout(), set(), paper.begin()
    while block.isValid():
        if block.text().strip():
            place = layout.blockBoundingRect(block)
            pages |= set(range(int(place.top() // height), int((place.bottom() - 1) // height) + 1))
        block = block.next()
    assert pages == set(range(paper.pageCount()))


def test_tables_have_lines_between_their_rows(qapp):
    paper, _height = _laid_out(sheet("A", DOCUMENTS[3].body, "de"), 0.97)
    tables = [one for one in paper.rootFrame().childFrames() if isinstance(one, QTextTable)]
    assert tables
    for one in tables:
        cell = one.cellAt(one.rows() - 1, 0).format().toTableCellFormat()
        assert cell.bottomBorder() > 0


def test_it_becomes_a_pdf_of_its_title(qapp):
    document = DOCUMENTS[0]
    made = pdf_of(sheet(document.title, document.body, document.language), document.title, document.footer)
    assert made.startswith(b"%PDF")


def test_a_heading_with_its_text_and_table_is_not_torn_where_all_has_room_on_one_page(qapp):
    """The table moved with the line above it; then the heading moved, and the line had a page to itself."""
    above = "".join(f"<p>Zeile {number}</p>" for number in range(38))
    rows = [[f"Datum {number}", "Frist"] for number in range(9)]
    body = f"{above}<h2>Wozu</h2><p>Erster Absatz</p><p>Zweiter Absatz</p>{table(['Was', 'Wann'], rows)}<p>Ende</p>"
    for number in range(6):  # Wherever the page ends.
        paper, height = _laid_out(sheet("A", body.replace("<p>Zeile 0</p>", "<p>Zeile</p>" * number), "de"), 0.97)
        layout, block, pages = paper.documentLayout(), paper.begin(), dict[str, int]()
        while block.isValid():
            pages[block.text()] = int(layout.blockBoundingRect(block).top() // height)
            block = block.next()
        assert pages["Zweiter Absatz"] == pages["Was"] == pages["Datum 8"]
        assert paper.pageCount() <= 2, number


@pytest.mark.parametrize("lines", range(50, 70))
def test_no_heading_stands_alone_at_the_foot_of_a_page(qapp, lines):
    body = "<p>Zeile</p>" * lines + "<h2>Sicherungen</h2><p>" + "Sie werden neu geschrieben. " * 40 + "</p>"
    paper, height = _laid_out(sheet("A", body, "de"), 0.97)
    layout, heading = paper.documentLayout(), paper.lastBlock().previous()
    text = heading.next()
    second = layout.blockBoundingRect(text).top() + text.layout().lineAt(1).y()
    assert int(layout.blockBoundingRect(heading).top() // height) == int(second // height)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: f"{one.language}-{one.key}")
def test_no_page_but_the_last_is_left_half_empty(qapp, document):
    paper, height = _laid_out(sheet(document.title, document.body, document.language), 0.97)
    layout, filled, block = paper.documentLayout(), dict[int, float](), paper.begin()
    while block.isValid():
        lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
        for end in (layout.blockBoundingRect(block).top() + line.y() + line.height() for line in lines):
            page = int((end - 1) // height)
            filled[page] = max(filled.get(page, 0), (end - page * height) / height)
        block = block.next()
    assert min([filled[page] for page in range(paper.pageCount() - 1)], default=1) > 0.6
