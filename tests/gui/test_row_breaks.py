"""A table that is longer than a page: its rows stay whole, each page begins with its header."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPdfWriter, QTextDocument, QTextTable

from gui.printing import document_of, fit_to
from gui.row_breaks import keep_rows_whole

pytestmark = pytest.mark.usefixtures("qapp")
HEIGHT = 5_000.0


def laid_out(rows: int, above: str = "", text: str = "one<br>two", each: int = 3) -> QTextDocument:
    """Lay out a table in which the text of every third row takes two lines."""
    told = (text if row % each == 0 else "one" for row in range(rows))
    body = "".join(f"<tr><td>{row}</td><td>{text}</td></tr>" for row, text in enumerate(told))
    head = "<thead><tr><td>Number</td><td>Text</td></tr></thead>"
    document = document_of(f'{above}<table width="100%" cellpadding="3">{head}{body}</table>', {})
    writer = QPdfWriter("unused.pdf")
    writer.setResolution(600)
    fit_to(document, writer, QSizeF(6_000, HEIGHT))
    return document


def table_of(document: QTextDocument) -> QTextTable:
    return next(frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable))


def pages(document: QTextDocument) -> list[set[int]]:
    """Return on which pages the lines of each row stand."""
    table = table_of(document)
    layout, found = document.documentLayout(), []
    for row in range(1, table.rows()):
        block = table.cellAt(row, 1).firstCursorPosition().block()
        end, its = table.cellAt(row, 1).lastCursorPosition().block(), set[int]()
        while True:
            place = layout.blockBoundingRect(block)
            lines = [block.layout().lineAt(one) for one in range(block.layout().lineCount())]
            its |= {int((place.top() + line.y() + line.height() / 2) // HEIGHT) for line in lines}
            if block == end:
                break
            block = block.next()
        found.append(its)
    return found


@pytest.mark.parametrize("lines_above", range(8))
def test_no_row_is_torn_by_the_end_of_a_page(lines_above: int) -> None:
    found = pages(laid_out(200, "<p>above</p>" * lines_above))
    assert max(map(max, found)) >= 3
    assert [len(one) for one in found] == [1] * 200


@pytest.mark.parametrize("lines_above", range(8))
def test_no_row_is_torn_that_is_higher_than_what_stands_first_in_it(lines_above: int) -> None:
    found = pages(laid_out(80, "<p>above</p>" * lines_above, "one<br>two<br>three<br>four", each=1))
    assert [len(one) for one in found] == [1] * 80


@pytest.mark.parametrize("rows", range(15, 45))
def test_no_page_has_a_table_header_alone(rows: int) -> None:
    document = laid_out(rows, text="one")
    assert document.pageCount() == max(map(max, pages(document))) + 1


def test_every_page_is_filled() -> None:
    found = [min(one) for one in pages(laid_out(200))]
    on_each = [found.count(page) for page in range(max(found))]
    assert max(on_each) - min(on_each) <= 2


def test_a_table_that_fits_stays_as_it_is() -> None:
    document = laid_out(5)
    before = document.toHtml()
    keep_rows_whole(document, table_of(document), HEIGHT)
    assert document.toHtml() == before
