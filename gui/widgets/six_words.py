"""The six words of two key cards in large letters, numbered, to be read out on the telephone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from core.i18n import _
from gui.widgets import muted, named

COLUMNS = 2
LARGE = 15.0  # Points; read out over the edge of a handset.


class SixWords(QWidget):
    """Empty until words are shown; `forget` leaves nothing behind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 8)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(12)
        self.labels: list[QLabel] = []

    def show_words(self, words: Sequence[str]) -> None:
        """Show the words, downwards in two columns."""
        self.forget()
        rows = -(-len(words) // COLUMNS)
        for place, word in enumerate(words):
            label = named(QLabel(word), f"word-{place + 1}")
            label.setAccessibleName(_("Word {number}: {word}").format(number=place + 1, word=word))
            font = label.font()
            font.setPointSizeF(LARGE)
            label.setFont(font)
            number = muted(str(place + 1), wrap=False)
            number.setFont(font)
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(number)
            line.addWidget(label, 1)
            self._grid.addLayout(line, place % rows, place // rows)
            self.labels += [number, label]

    def forget(self) -> None:
        """Show no words."""
        for label in self.labels:
            label.clear()
            label.hide()
            label.deleteLater()
        self.labels = []
        while self._grid.takeAt(0) is not None:
            pass
