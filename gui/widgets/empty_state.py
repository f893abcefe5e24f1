"""What stands where nothing is yet: what the place is for, and the one next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.icons import icon
from gui.widgets import muted, named


class EmptyState(QWidget):
    """A picture, a title, a sentence, a primary button and at most one quiet one."""

    def __init__(self, picture: str, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = picture
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = named(QLabel(title, alignment=Qt.AlignmentFlag.AlignCenter), "empty-title")
        self._sentence = muted(sentence)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setFixedWidth(440)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addStretch(2)
        self._column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addLayout(_middle(self._sentence))
        self._column.addSpacing(8)
        self._column.addStretch(3)
        self._draw()

    def set_texts(self, title: str, sentence: str, picture: str = "") -> None:
        """Say something else, for example that a filter matches nothing; with another picture where one is named."""
        self._name = picture or self._name
        self._draw()
        self._title.setText(title)
        self._sentence.setText(sentence)

    def offer(self, text: str, act: Callable[[], object], *, primary: bool = True) -> QPushButton:
        """Add a button for the next step, or a quiet one for the way out."""
        button = named(QPushButton(text), primary=primary, link=not primary)
        button.clicked.connect(lambda _checked: act())
        self._column.insertWidget(self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(icon(self._name, "muted").pixmap(40, 40))


def _middle(label: QLabel) -> QHBoxLayout:
    """Centre a text of several lines; an alignment would give it the height of fewer."""
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(label)
    line.addStretch(1)
    return line
