"""The column on the left: which registry is open, and the pages in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.i18n import _
from gui.icons import icon
from gui.pages import IN_NAVIGATION, place_in_navigation, shortcut_of
from gui.widgets import named

WIDTH = 184
ARMS_SIDE = 24


class Navigation(QWidget):
    """The pages as a list; choosing one with mouse or arrow keys shows it.

    Signals:
        chosen: The key of a page.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pictured = False
        self._marked = ""
        self.arms = named(QLabel(), "coat-of-arms")
        self.arms.hide()
        self.place = named(QLabel(), "registry-name")
        self.list = named(QListWidget(), "navigation")
        self.list.setAccessibleName(_("Pages"))
        self.list.setIconSize(QSize(20, 20))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for entry in IN_NAVIGATION:
            item = QListWidgetItem(_(entry.label), self.list)
            item.setData(Qt.ItemDataRole.UserRole, entry.key)
            number = shortcut_of(entry).removeprefix("Ctrl+")
            item.setToolTip(_("{question} (Ctrl+{number})").format(question=_(entry.question), number=number))
        self.list.currentItemChanged.connect(self._choose)
        self.list.itemClicked.connect(self._choose)  # From a page behind this one back to this one.
        self.list.itemActivated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.list, 1)

    def show_place(self, city: str) -> None:
        """Name the registry that is open."""
        for row, entry in enumerate(IN_NAVIGATION):
            self.list.item(row).setText(_(entry.label))  # The city may have words of its own.
        self.place.setText(city)
        self.place.setToolTip(city)

    def show_arms(self, png: bytes | None) -> None:
        """Show the city's coat of arms beside its name, as small as the name is high; none without a picture."""
        picture = QPixmap()
        shown = png is not None and picture.loadFromData(png, "PNG")
        self.arms.setVisible(shown)
        if shown:
            ratio = self.devicePixelRatioF()
            side = round(ARMS_SIDE * ratio)
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            small = picture.scaled(side, side, kept, smooth)
            small.setDevicePixelRatio(ratio)
            self.arms.setPixmap(small)
            self.arms.setAccessibleName(_("Coat of arms"))

    def mark(self, key: str) -> None:
        """Show which page is in sight, or behind which one it stands."""
        self._marked = key
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(place_in_navigation(key))

    def draw_pictures(self) -> None:
        """Give the words their pictures; called once the shell has been painted, and when the theme changes."""
        self._pictured = True
        for row, entry in enumerate(IN_NAVIGATION):
            self.list.item(row).setIcon(icon(entry.icon))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange and self._pictured:
            self.draw_pictures()
        super().changeEvent(event)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(18, 16, 8, 4)
        head.setSpacing(8)
        head.addWidget(self.arms)
        head.addWidget(self.place, 1)
        return head

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(Qt.ItemDataRole.UserRole) != self._marked:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
