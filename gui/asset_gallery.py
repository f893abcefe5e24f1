"""The gallery: assets as tiles with their pictures; it scrolls without waiting for any of them."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.i18n import _
from core.inventory.assets.gallery import Tile
from gui import theme
from gui.asset_pictures import AssetPictures
from gui.asset_tiles import TILE, TilesModel
from gui.asset_words import about, standings
from gui.icons import icon
from gui.widgets import named
from gui.widgets.asset_picture import Shown, paint_file

TILE_SIZE = QSize(164, 212)
PICTURE = QSize(148, 116)
MARGIN = 8
SMALL = 16
RADIUS = 6
LINES = 4
"""Of words below a picture: one or two of the title, and what has to be said of the asset first."""

_Index = QModelIndex | QPersistentModelIndex


class AssetGallery(QListView):
    """The tiles; one is chosen at a time.

    Signals:
        chosen: The id of the asset at the cursor, None where there is none.
        entered: Enter was pressed on a tile: its detail is wanted.
        drag_wanted: The id of an asset that is being dragged out.
    """

    chosen = Signal(object)
    entered = Signal()
    drag_wanted = Signal(object)

    def __init__(self, model: TilesModel, pictures: AssetPictures) -> None:
        super().__init__()
        named(self, "asset-gallery")
        self.setAccessibleName(_("Library"))
        self.tiles, self._pictures = model, pictures
        self.menu: QMenu | None = None
        self.setModel(model)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(TILE_SIZE)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionRectVisible(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setItemDelegate(TileDelegate(pictures, self))
        self.verticalScrollBar().setSingleStep(TILE_SIZE.height() // 4)
        self.selectionModel().currentChanged.connect(lambda *_rows: self.chosen.emit(self.at_cursor()))
        pictures.arrived.connect(self._draw_file)
        pictures.damaged.connect(self._draw_file)

    def at_cursor(self) -> UUID | None:
        """Return the asset at the cursor."""
        tile = self.tiles.tile(self.currentIndex())
        return tile.id if tile is not None else None

    def choose(self, asset_id: UUID | None) -> bool:
        """Put the cursor on an asset and bring it into sight; say whether it is shown."""
        row = self.tiles.row_of(asset_id)
        if row is not None:
            self.setCurrentIndex(self.tiles.index(row))
            self.scrollTo(self.tiles.index(row))
        return row is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the detail by Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the tile, at the pointer or, by the menu key, at the cursor."""
        if self.menu is None or not self.currentIndex().isValid():
            return
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu.popup(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center()))
        elif self.indexAt(event.pos()).isValid():
            self.menu.popup(event.globalPos())

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 - Qt's own name
        """Ask for the file; the drag begins once it has been read."""
        del supportedActions
        self.drag_wanted.emit(self.at_cursor())

    def _draw_file(self, sha256: str) -> None:
        """Draw the tiles in sight that show a file."""
        top, bottom = self.indexAt(QPoint(MARGIN, MARGIN)), self.viewport().rect()
        for row in range(max(0, top.row()), self.tiles.rowCount()):
            index = self.tiles.index(row)
            if not self.visualRect(index).intersects(bottom):
                break
            if self.tiles.tiles[row].sha256 == sha256:
                self.update(index)


class TileDelegate(QStyledItemDelegate):
    """Draws a tile: the picture on a quiet ground, the title, and below it how the asset stands."""

    def __init__(self, pictures: AssetPictures, view: QListView) -> None:
        super().__init__(view)
        self._pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size that all tiles have."""
        del option, index
        return TILE_SIZE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one tile."""
        tile = index.data(TILE)
        model = index.model()
        assert isinstance(model, TilesModel)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRect(option.rect.topLeft(), TILE_SIZE).adjusted(2, 2, -2, -2)
        self._paint_ground(painter, option, whole)
        room = QRect(whole.left() + MARGIN - 2, whole.top() + MARGIN - 2, PICTURE.width(), PICTURE.height())
        shown = Shown(tile.sha256, tile.media_type, tile.kind, tile.variant)
        paint_file(painter, room, self._pictures, shown, MARGIN)
        self._paint_words(painter, option, room, tile, model.trouble_of(tile))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, whole: QRect) -> None:
        colours, state = theme.tokens(), option.state
        ground = None
        if state & QStyle.StateFlag.State_Selected:
            ground = colours.selection
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = colours.hover
        painter.setPen(Qt.PenStyle.NoPen)
        if ground is not None:
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(whole, RADIUS, RADIUS)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, tile: Tile, trouble: str
    ) -> None:
        colours, told, metrics = theme.tokens(), standings(tile, trouble)[: LINES - 1], option.fontMetrics
        line = QRect(room.left(), room.bottom() + 6, room.width(), metrics.height())
        painter.setPen(QColor(colours.muted if tile.retired else colours.text))
        for words in _title_lines(tile.title, metrics, line.width(), min(LINES - len(told), 2)):
            painter.drawText(line, 0, words)
            line.translate(0, metrics.height())
        line.translate(0, 2)
        for one in told:
            painter.drawPixmap(line.left(), line.top(), icon(one.picture, one.colour).pixmap(SMALL, SMALL))
            _draw_line(painter, line.adjusted(SMALL + 4, 0, 0, 0), one.word, getattr(colours, one.colour))
            line.translate(0, max(metrics.height(), SMALL) + 2)
        if not told:
            _draw_line(painter, line, about(tile), colours.muted)


def _draw_line(painter: QPainter, room: QRect, words: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    painter.drawText(room, 0, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width()))


def _title_lines(title: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """Return a title in one or two lines, broken between words, the last one cut where it does not do."""
    if metrics.horizontalAdvance(title) <= width:
        return [title]
    words, first = title.split(" ") if most > 1 else [], ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return [metrics.elidedText(title, Qt.TextElideMode.ElideRight, width)]
    return [first, metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)]
