"""The table of channels by assets: pictures in the heads of the columns and in the cells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from core.inventory.assets.appearance import Shown
from core.inventory.assets.gallery import Tile
from gui import theme
from gui.asset_matrix_model import USES, AssetMatrixModel
from gui.asset_pictures import AssetPictures
from gui.icons import row_icon
from gui.widgets import named
from gui.widgets.asset_picture import Shown as File
from gui.widgets.asset_picture import paint_file

COLUMN, ROW, HEAD, NAMES = 152, 48, 104, 248
SMALL, LARGE = 32, 48
GAP = 8
MARK = 16


class AssetMatrixView(QTableView):
    """One cell is chosen; the names of the channels stay in sight.

    Signals:
        opened: Somebody wants to go on with the chosen cell: Return, or a double click.
    """

    opened = Signal()

    def __init__(self, model: AssetMatrixModel, pictures: AssetPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "asset-matrix")
        self.setHorizontalHeader(_Heads(pictures, self))
        self.setModel(model)
        pictures.arrived.connect(self._draw_again)
        self.setItemDelegate(_Cells(pictures, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        rows.setFixedWidth(NAMES)
        rows.setHighlightSections(False)
        rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen cell in sight when the line below needs more room."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _draw_again(self) -> None:
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the chosen cell."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class _Heads(QHeaderView):
    """A picture above the asset's title."""

    def __init__(self, pictures: AssetPictures, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._pictures = pictures
        self.setDefaultSectionSize(COLUMN)
        self.setFixedHeight(HEAD)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Draw one head."""
        asset = self.model().headerData(logical_index, Qt.Orientation.Horizontal, USES)
        colours = theme.tokens()
        painter.save()
        painter.fillRect(rect, QColor(colours.surface))
        if isinstance(asset, Tile):
            picture = QRect(rect.left() + GAP, rect.top() + GAP, LARGE, LARGE)
            draw_thumb(painter, picture, self._pictures, asset)
            painter.setPen(QColor(colours.text))
            text = rect.adjusted(GAP, LARGE + 12, -GAP, -6)
            draw_words(painter, text, asset.title, Qt.AlignmentFlag.AlignTop)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours.line))
        painter.restore()


class _Cells(QStyledItemDelegate):
    """The version that is shown, in small, with the place and a mark where it has to be cleaned."""

    def __init__(self, pictures: AssetPictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of every cell."""
        del option, index
        return QSize(COLUMN, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours = theme.tokens()
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(colours.selection))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, QColor(colours.line))
        if index.data(USES):
            self._draw_uses(painter, room, index)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRect(room.adjusted(1, 1, -2, -2))
        painter.restore()

    def _draw_uses(self, painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        model, uses = index.model(), index.data(USES)
        assert isinstance(model, AssetMatrixModel)
        wrong = [one for one in uses if model.to_clean([one])]
        picture = QRect(room.left() + GAP, room.top() + (ROW - SMALL) // 2, SMALL, SMALL)
        draw_thumb(painter, picture, self._pictures, (wrong or uses)[0])
        text = room.adjusted(GAP + SMALL + GAP + MARK // 2, 0, -GAP // 2, 0)
        if wrong:
            self._draw_mark(painter, picture)
        painter.setPen(QColor(theme.tokens().text))
        draw_words(painter, text, str(index.data()), Qt.AlignmentFlag.AlignVCenter)

    def _draw_mark(self, painter: QPainter, picture: QRect) -> None:
        """Draw a triangle over the lower corner of a picture: it has to be cleaned; the sentence below says why."""
        place = QRect(0, 0, MARK, MARK)
        place.moveCenter(picture.bottomRight() - QPoint(1, 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().warning_tint))
        painter.drawEllipse(place.adjusted(-2, -2, 2, 2))
        row_icon("warning", "warning").paint(painter, place)


def draw_thumb(painter: QPainter, room: QRect, pictures: AssetPictures, one: Tile | Shown) -> None:
    """Draw a file's picture in a square, on the ground it is made for; a symbol where it has none."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_file(painter, room, pictures, File(one.sha256, one.media_type, one.kind, one.variant), 3)


def draw_words(painter: QPainter, room: QRect, text: str, where: Qt.AlignmentFlag) -> None:
    """Draw a text in at most two lines; what has no room is cut."""
    metrics = painter.fontMetrics()
    lines = two_lines(text, metrics.horizontalAdvance, room.width())
    shown = "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width()) for line in lines)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | where, shown)


def two_lines(text: str, width_of: Callable[[str], int], room: int) -> list[str]:
    """Break a title after the last word that has room; what follows is one line, to be cut at its end."""
    words = text.split()
    first = words[:1]
    while len(first) < len(words) and width_of(" ".join([*first, words[len(first)]])) <= room:
        first.append(words[len(first)])
    return [line for line in (" ".join(first), " ".join(words[len(first) :])) if line]
