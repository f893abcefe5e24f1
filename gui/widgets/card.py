"""A large button: a picture, a title, a sentence that says what happens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.icons import icon
from gui.widgets import muted, named

WIDTH = 248
HEIGHT = 200


class Card(QPushButton):
    """One way to go on among few."""

    def __init__(self, name: str, picture: str, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, card=True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name = picture
        self._picture = QLabel()
        head = named(QLabel(title, wordWrap=True), "section-title")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        for part in (self._picture, head, muted(sentence)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        column.addStretch(1)
        self._draw()

    def sizeHint(self) -> QSize:
        """Return the size at which three cards stand side by side."""
        return QSize(WIDTH, HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(icon(self._name, "link").pixmap(32, 32))
