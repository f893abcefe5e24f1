"""A box to tick whose words may need several lines, which Qt's own cannot do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.widgets import muted, named


class WrappedCheck(QWidget):
    """The box itself is `box`; a click on the words ticks it, too."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None, *, why: str = "") -> None:
        """Make the box.

        Args:
            text: What is ticked.
            name: The name of the box.
            parent: Where it stands.
            why: A quiet sentence below, for what does not go without saying.
        """
        super().__init__(parent)
        self.box = named(QCheckBox(), name, wordless=True)
        self.box.setAccessibleName(text)
        self.box.setAccessibleDescription(why)
        self._words = QLabel(text, wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.installEventFilter(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)  # As much as beside a box that brings its words along; the ring must not touch them.
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._words)
        if why:
            words.addWidget(muted(why))
        line.addLayout(words, 1)
        self.setFocusProxy(self.box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick the box when its words are clicked."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            self.box.toggle()
            return True
        return super().eventFilter(watched, event)
