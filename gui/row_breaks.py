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


def keep_rows_whole(document: QTextDocument, height: float) -> None:
    """Let a row that would be torn by the end of a page begin on the next one, below the table's header.

    Args:
        document: A document that is laid out in pages.
        height: How high a page is.
    """
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable) and frame.rows() > frame.format().toTableFormat().headerRowCount() + 1:
            _keep_rows(document, frame, height)


def _keep_rows(document: QTextDocument, table: QTextTable, height: float) -> None:
    """Work out all rows' places from their heights, then move those that are torn all at once: layouts take long."""
    heads = table.format().toTableFormat().headerRowCount()
    tops = [_top(document, table, row) for row in range(table.rows())]
    if int(tops[0] // height) == int(_bottom(document, table, table.rows() - 1) // height):
        return
    heights = [_height(document, table, row) for row in range(table.rows())]
    between = _between(tops, heights)
    head = sum(heights[:heads]) + between * (heads + 1)
    moved, place = list[tuple[int, float]](), tops[heads] % height
    for row in range(heads, table.rows()):
        if place + heights[row] + between > height and row > heads:
            moved.append((row - 1, height - place))
            place = head
        place += heights[row] + between
    scale, all_at_once = _dots_a_pixel(document), QTextCursor(document)
    all_at_once.beginEditBlock()
    for row, room in moved:
        _stretch(table, row, max(0.0, room - _CLOSE) / scale)
    all_at_once.endEditBlock()


def _between(tops: list[float], heights: list[float]) -> float:
    """Return how much more there is from one row to the next than the rows' text: what lies around it."""
    gaps = sorted(after - top - high for (top, after), high in zip(pairwise(tops), heights, strict=False))
    return max(0.0, gaps[len(gaps) // 2])


def _stretch(table: QTextTable, row: int, room: float) -> None:
    """Fill a page up below a row by so many pixels; its line would stand at the page's end, apart from the text."""
    for cell in _cells(table, row):
        style = cell.format().toTableCellFormat()
        style.setBottomBorder(0)
        cell.setFormat(style)
    strut = QTextBlockFormat()  # Padding or a margin would move the row itself.
    strut.setLineHeight(room, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    table.cellAt(row, 0).lastCursorPosition().insertBlock(strut)


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
    return max(sum(_lines(document, block) for block in _blocks(cell)) for cell in _cells(table, row))


def _lines(document: QTextDocument, block: QTextBlock) -> float:
    _place(document, block)  # Lets it be laid out.
    layout = block.layout()
    return sum(layout.lineAt(number).height() for number in range(layout.lineCount()))
