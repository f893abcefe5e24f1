"""Where pages end within a table: between two rows, never within one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QGuiApplication,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
    QTextTableCell,
)

_CLOSE = 4.0
"""So much less than a page is filled up, in dots, that nothing goes over its edge."""


def keep_rows_whole(document: QTextDocument, table: QTextTable, height: float) -> None:
    """Let a row that would be torn by the end of a page begin on the next one, below the table's header.

    Args:
        document: A document that is laid out in pages.
        table: A table in it.
        height: How high a page is.
    """
    if table.rows() > table.format().toTableFormat().headerRowCount() + 1:
        _keep_rows(document, table, height)


def bottom_of_first_rows(document: QTextDocument, table: QTextTable, count: int) -> float:
    """Return where the first rows below a table's header end."""
    heads = table.format().toTableFormat().headerRowCount()
    return _bottom(document, table, min(heads + count, table.rows()) - 1)


def _keep_rows(document: QTextDocument, table: QTextTable, height: float) -> None:
    """Work out all rows' places from their heights, then move those that are torn all at once: layouts take long."""
    heads = table.format().toTableFormat().headerRowCount()
    tops = [_top(document, table, row) for row in range(table.rows())]
    end = document.documentLayout().frameBoundingRect(table).bottom()
    if int(tops[0] // height) == int(end // height):
        return
    heights = [_height(document, table, row) for row in range(table.rows())]
    between = _between(tops, heights)
    head = sum(heights[:heads]) + between * (heads + 1)
    moved, place = list[tuple[int, float]](), tops[heads] % height
    below = max(0.0, end - _bottom(document, table, table.rows() - 1))
    for row in range(heads, table.rows()):
        after = between if row < table.rows() - 1 else max(between, below)  # Else the header alone would go on.
        if place + heights[row] + after > height and row > heads:
            moved.append((row - 1, height - place))
            place = head
        place += heights[row] + between
    scale, all_at_once = _dots_a_pixel(document), QTextCursor(document)
    fullest = {row: max(_cells(table, row), key=lambda cell: _full(document, cell)) for row, _room in moved}
    all_at_once.beginEditBlock()
    for row, room in moved:
        _stretch(table, row, fullest[row], max(0.0, room - _CLOSE) / scale)
    all_at_once.endEditBlock()


def _between(tops: list[float], heights: list[float]) -> float:
    """Return how much more there is from one row to the next than the rows' text: what lies around it."""
    gaps = sorted(after - top - high for (top, after), high in zip(pairwise(tops), heights, strict=False))
    return max(0.0, gaps[len(gaps) // 2])


def _stretch(table: QTextTable, row: int, in_cell: QTextTableCell, room: float) -> None:
    """Fill a page up below a row's fullest cell by so many pixels; its line would stand at the page's end."""
    for cell in _cells(table, row):
        style = cell.format().toTableCellFormat()
        style.setBottomBorder(0)
        cell.setFormat(style)
    strut = QTextBlockFormat()  # Padding or a margin would move the row itself.
    strut.setLineHeight(room, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    in_cell.lastCursorPosition().insertBlock(strut)


def _dots_a_pixel(document: QTextDocument) -> float:
    """Return how large a pixel of the document's measures is on its device."""
    device, screen = document.documentLayout().paintDevice(), QGuiApplication.primaryScreen()
    return float(device.logicalDpiY() / screen.logicalDotsPerInchY()) if device is not None else 1.0


def _cells(table: QTextTable, row: int) -> Iterator[QTextTableCell]:
    column = 0
    while column < table.columns():
        cell = table.cellAt(row, column)
        yield cell
        column += max(1, cell.columnSpan())


def _blocks(cell: QTextTableCell) -> Iterator[QTextBlock]:
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    while block.isValid():
        yield block
        if block == last:
            return
        block = block.next()


def _place(document: QTextDocument, block: QTextBlock) -> QRectF:
    return document.documentLayout().blockBoundingRect(block)


def _top(document: QTextDocument, table: QTextTable, row: int) -> float:
    return min(_place(document, next(_blocks(cell))).top() for cell in _cells(table, row))


def _bottom(document: QTextDocument, table: QTextTable, row: int) -> float:
    return max(_place(document, block).bottom() for cell in _cells(table, row) for block in _blocks(cell))


def _height(document: QTextDocument, table: QTextTable, row: int) -> float:
    """Return how high a row's text is, by its lines: a row that is torn seems higher."""
    return max(_full(document, cell) for cell in _cells(table, row))


def _full(document: QTextDocument, cell: QTextTableCell) -> float:
    return sum(_lines(document, block) for block in _blocks(cell))


def _lines(document: QTextDocument, block: QTextBlock) -> float:
    _place(document, block)  # Lets it be laid out.
    layout = block.layout()
    return sum(layout.lineAt(number).height() for number in range(layout.lineCount()))
