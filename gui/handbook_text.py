"""How a page of the handbook looks: Markdown set in the fonts and colours of the theme, its headings made anchors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
)

from core.handbook import pictures_in
from gui import theme
from gui.theme import Tokens

MARGIN = 32
HEADINGS = {1: (16, 0, 8), 2: (13, 24, 4), 3: (10.5, 16, 2)}
"""By level: size in points, room above, room below."""
LINE_HEIGHT = 135.0
PICTURE_WIDTH = 600


def typeset(document: QTextDocument, text: str, anchors: tuple[str, ...]) -> None:
    """Fill a document with Markdown.

    Args:
        document: The document; its default font is the body's.
        text: The Markdown.
        anchors: The anchor of each heading in their order, empty where one has none.
    """
    feature, colours = QTextDocument.MarkdownFeature, theme.tokens()
    document.setMarkdown(text, feature.MarkdownDialectGitHub | feature.MarkdownNoHTML)
    for name, file in pictures_in(text).items():
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), _picture(file, colours))
    document.setDocumentMargin(MARGIN)
    document.setIndentWidth(24)
    names = iter(anchors)
    for block in _blocks(document):
        level = block.blockFormat().headingLevel()
        if level:
            _set_heading(block, level, next(names, ""), colours)
        elif block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence):
            _set_code(block, colours)
        else:
            _set_paragraph(block, colours)
    for table in _tables(document):
        _set_table(table, colours)


def _picture(file: Path, colours: Tokens) -> QImage:
    """Read a picture, make it as wide as the page has room, for screens of any density, and draw its edge."""
    picture = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    density = QGuiApplication.primaryScreen().devicePixelRatio()
    width = min(picture.width(), round(PICTURE_WIDTH * density))
    scaled = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    with QPainter(scaled) as painter:
        painter.setPen(QColor(colours.line))
        painter.drawRect(scaled.rect().adjusted(0, 0, -1, -1))
    scaled.setDevicePixelRatio(density)
    return scaled


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _set_heading(block: QTextBlock, level: int, anchor: str, colours: Tokens) -> None:
    size, above, below = HEADINGS[min(level, 3)]
    letters = QTextCharFormat()
    letters.setFontPointSize(size)
    letters.setFontWeight(QFont.Weight.DemiBold)
    letters.setForeground(QBrush(QColor(colours.text)))
    if anchor:
        letters.setAnchor(True)
        letters.setAnchorNames([anchor])
    cursor = QTextCursor(block)
    cursor.mergeBlockFormat(_room(above, below))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(letters)  # Not merged: the importer's own size would win.


def _set_paragraph(block: QTextBlock, colours: Tokens) -> None:
    in_list = block.textList() is not None
    shape = _room(0, 4 if in_list else 8)
    if any(_where(block, lambda one: one.isImageFormat())):  # Else the line would be higher than the picture.
        shape.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    _merge(block, QTextCharFormat(), shape)
    quiet = QTextCharFormat()
    quiet.setBackground(QBrush(QColor(colours.window)))
    for start, length in list(_where(block, lambda one: bool(one.fontFixedPitch()))):
        _merge_part(block, start, length, quiet)


def _set_code(block: QTextBlock, colours: Tokens) -> None:
    last = not block.next().blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
    shape = _room(0, 12 if last else 0)
    shape.setBackground(QBrush(QColor(colours.window)))
    shape.setLeftMargin(8)
    letters = QTextCharFormat()
    letters.setFontPointSize(9)
    _merge(block, letters, shape)


def _room(above: float, below: float) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setTopMargin(above)
    shape.setBottomMargin(below)
    shape.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return shape


def _where(block: QTextBlock, wanted: Callable[[QTextCharFormat], bool]) -> Iterator[tuple[int, int]]:
    """Go through the parts of a block that are set in a wanted way: where they begin, how long they are."""
    parts = block.begin()
    while not parts.atEnd():
        fragment = parts.fragment()
        if wanted(fragment.charFormat()):
            yield fragment.position(), fragment.length()
        parts += 1


def _merge(block: QTextBlock, letters: QTextCharFormat, shape: QTextBlockFormat) -> None:
    cursor = QTextCursor(block)
    cursor.mergeBlockFormat(shape)
    _merge_part(block, block.position(), block.length() - 1, letters)


def _merge_part(block: QTextBlock, start: int, length: int, letters: QTextCharFormat) -> None:
    cursor = QTextCursor(block)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(letters)


def _tables(document: QTextDocument) -> list[QTextTable]:
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _set_table(table: QTextTable, colours: Tokens) -> None:
    shape = table.format()
    shape.setBorder(0)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    shape.setCellSpacing(0)
    shape.setCellPadding(5)
    shape.setTopMargin(8)
    shape.setBottomMargin(16)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)
    for row in range(table.rows()):
        for column in range(table.columns()):
            _set_cell(table, row, column, colours)


def _set_cell(table: QTextTable, row: int, column: int, colours: Tokens) -> None:
    cell = table.cellAt(row, column)
    shape = QTextTableCellFormat(cell.format().toTableCellFormat())
    shape.setBottomBorder(1)
    shape.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBottomBorderBrush(QBrush(QColor(colours.line)))
    shape.setFontWeight(QFont.Weight.DemiBold if row == 0 else QFont.Weight.Normal)
    cell.setFormat(shape)
