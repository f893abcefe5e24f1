"""A line that says how something stands: a picture, the words that say the same, and quiet lines below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.icons import icon
from gui.widgets import muted

PICTURE = 16


class ToldLine(QWidget):
    """Picture and words of one thing; the words say it all, the picture only helps the eye."""

    def __init__(  # noqa: PLR0913 - what a line is
        self,
        picture: str,
        colour: str,
        text: str,
        below: Sequence[str] = (),
        *,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make the line.

        Args:
            picture: Its name in the Phosphor set.
            colour: The name of a colour token.
            text: What there is to say.
            below: What else there is to say, a line each.
            quiet: Whether it is over, or not yet.
            parent: Where it stands.
        """
        super().__init__(parent)
        self._look = (picture, colour)
        self._picture = QLabel()
        self._picture.setFixedWidth(PICTURE)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._picture, 0, 0, Qt.AlignmentFlag.AlignTop)
        first = muted(text) if quiet else QLabel(text, wordWrap=True)
        for row, label in enumerate((first, *(muted(one) for one in below if one))):
            label.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, row, 1)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(icon(*self._look).pixmap(PICTURE, PICTURE))
