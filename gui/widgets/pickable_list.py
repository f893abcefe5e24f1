"""A list of files to choose one from: a small picture, what it is called, and what one should know of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.i18n import _
from core.inventory.assets.choosing import Pickable
from gui.asset_pictures import pictures_of
from gui.asset_words import version_name
from gui.widgets import muted, named
from gui.widgets.asset_picture import Shown, paint_file
from gui.widgets.search_field import SearchField
from gui.workspace import Workspace

SIDE = 36
HEIGHT = 276
_PICKED = Qt.ItemDataRole.UserRole


class PickableList(QWidget):
    """A field to search in and the files that match; arrow keys in the field go through them.

    Signals:
        chosen: Another file is chosen (carries a Pickable, or None).
    """

    chosen = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures_of(workspace)
        self._all: Sequence[Pickable] = ()
        self.search = SearchField(_("Search the library"))
        self.list = named(QListWidget(), "pickable")
        self.list.setAccessibleName(_("Files of the library"))
        self.list.setIconSize(QSize(SIDE, SIDE))
        self.list.setUniformItemSizes(True)
        self.list.setFixedHeight(HEIGHT)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        self.nothing = muted(_("Nothing matches. Search for something else."))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setFixedHeight(HEIGHT)
        self.nothing.hide()
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.list.currentItemChanged.connect(lambda *_items: self.chosen.emit(self.value()))
        self._pictures.arrived.connect(self._draw)

    def show_files(self, files: Sequence[Pickable], chosen: UUID | None) -> None:
        """Offer files.

        Args:
            files: The files in their order.
            chosen: The version to begin with; the first one where it is not among them.
        """
        self._all = files
        self._narrow(chosen)

    def value(self) -> Pickable | None:
        """Return the chosen file."""
        item = self.list.currentItem()
        picked: Pickable | None = item.data(_PICKED) if item is not None else None
        return picked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the list while the cursor is in the search field."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if self.search.hasFocus() and Qt.Key(event.key()) in steps and self.list.count():
            row = self.list.currentRow() + steps[Qt.Key(event.key())]
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        else:
            super().keyPressEvent(event)

    def _narrow(self, chosen: UUID | None = None) -> None:
        before = self.value()
        wanted = chosen or (before.version_id if before is not None else None)
        text = self.search.text().strip().casefold()
        self.list.clear()
        for one in self._all:
            if text in one.title.casefold():
                self._add(one, current=one.version_id == wanted)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)
        missed = bool(self._all) and not self.list.count()
        self.list.setVisible(not missed)
        self.nothing.setVisible(missed)
        if not self.list.count():
            self.chosen.emit(None)

    def _add(self, one: Pickable, *, current: bool) -> None:
        item = QListWidgetItem(_line(one), self.list)
        item.setToolTip(_line(one))
        item.setData(_PICKED, one)
        item.setSizeHint(QSize(0, SIDE + 8))
        self._draw_item(item)
        if current:
            self.list.setCurrentItem(item)

    def _draw(self, sha256: str) -> None:
        for item in map(self.list.item, range(self.list.count())):
            if item.data(_PICKED).sha256 == sha256:
                self._draw_item(item)

    def _draw_item(self, item: QListWidgetItem) -> None:
        one: Pickable = item.data(_PICKED)
        ratio = self.devicePixelRatioF()
        square = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
        square.setDevicePixelRatio(ratio)
        square.fill(Qt.GlobalColor.transparent)
        painter = QPainter(square)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        file = Shown(one.sha256, one.media_type, one.kind, one.variant)
        paint_file(painter, QRect(0, 0, SIDE, SIDE), self._pictures, file, 2)
        painter.end()
        drawn = QIcon(square)
        drawn.addPixmap(square, QIcon.Mode.Selected)  # Qt would tint it.
        item.setIcon(drawn)


def _line(one: Pickable) -> str:
    told = [version_name(one.variant, one.number)]
    if one.derived_for:
        told.append(_("cut to size"))
    if not one.approved:
        told.append(_("not approved"))
    return f"{one.title}\n{', '.join(told)}"
