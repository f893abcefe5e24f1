"""The six words of two key cards in large letters, numbered, to be read out on the telephone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from core.custody.identity.words import HOW_MANY
from core.i18n import _
from gui.widgets import muted, named

ROWS = 3
LARGE = 15.0  # Points; read out over the edge of a handset.


class SixWords(QWidget):
    """Blank until words are shown; `forget` leaves nothing behind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        self.labels = [named(QLabel(), f"word-{place + 1}") for place in range(HOW_MANY)]
        for place, label in enumerate(self.labels):
            number = muted(str(place + 1), wrap=False)
            for one in (number, label):
                font = one.font()
                font.setPointSizeF(LARGE)
                one.setFont(font)
            row, column = place % ROWS, 2 * (place // ROWS)
            grid.addWidget(number, row, column)
            grid.addWidget(label, row, column + 1)
        for column in range(1, 2 * (HOW_MANY // ROWS), 2):
            grid.setColumnStretch(column, 1)

    def show_words(self, words: Sequence[str]) -> None:
        """Show the words, downwards in two columns."""
        for number, (label, word) in enumerate(zip(self.labels, words, strict=True), start=1):
            label.setText(word)
            label.setAccessibleName(_("Word {number}: {word}").format(number=number, word=word))

    def forget(self) -> None:
        """Show no words."""
        for label in self.labels:
            label.clear()
            label.setAccessibleName("")
