"""A line of widgets that goes on in the next line where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

LINE_SPACING = 8


class Flow(QLayout):
    """Lays out like a row; what follows a stretch stands at the right end, or in lines of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item; Qt calls it for `addWidget`."""
        self._items.append(item)

    def addStretch(self) -> None:
        """Push what follows to the right end."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, nothing beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than there is."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        height = max((item.sizeHint().height() for item in _shown(self._items)), default=0)
        return self._around(QSize(self._width(self._items), height))

    def minimumSize(self) -> QSize:
        """Return the room for the widest item alone."""
        sizes = [item.sizeHint() for item in _shown(self._items)]
        widest = max((size.width() for size in sizes), default=0)
        return self._around(QSize(widest, max((size.height() for size in sizes), default=0)))

    def _width(self, items: list[QLayoutItem]) -> int:
        """Return the room that some items take in one line."""
        widths = [item.sizeHint().width() for item in _shown(items)]
        return sum(widths) + self.spacing() * max(len(widths) - 1, 0)

    def _around(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Go through the items line by line; return the height that they take."""
        room = rect.marginsRemoved(self.contentsMargins())
        x, y, height = room.left(), room.top(), 0
        for place, item in enumerate(self._items):
            if item.spacerItem() is not None and (place == 0 or x > room.left()):
                start = room.right() + 1 - self._width(self._items[place + 1 :])
                x = start if start >= x else room.right() + 1 if place else x
            if item.widget() is None or item.isEmpty():
                continue
            size = item.sizeHint()
            if x > room.left() and x + size.width() > room.right() + 1:
                x, y, height = room.left(), y + height + LINE_SPACING, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, height = x + size.width() + self.spacing(), max(height, size.height())
        return y + height - rect.top() + self.contentsMargins().bottom()


def _shown(items: list[QLayoutItem]) -> list[QLayoutItem]:
    return [item for item in items if item.widget() is not None and not item.isEmpty()]
