"""One file of an asset as a line: its picture, what there is to say of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.asset_pictures import AssetPictures
from gui.asset_words import Told
from gui.widgets import muted, named
from gui.widgets.asset_picture import AssetPicture, Shown
from gui.widgets.flow import Flow
from gui.widgets.lines import LineButton
from gui.widgets.told_line import ToldLine

PICTURE = QSize(72, 56)
BELOW_TOLD = 21
"""How far links below a line with a picture stand in, so that they begin where its words do."""


class AssetLine(QWidget):
    """Picture on the left; on the right the title, quiet lines, how it stands, and links."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a line is
        self,
        pictures: AssetPictures,
        shown: Shown,
        title: str,
        below: Sequence[str],
        told: Sequence[Told] = (),
        buttons: Sequence[LineButton] = (),
    ) -> None:
        """Make the line.

        Args:
            pictures: Where the picture comes from.
            shown: Which file it is.
            title: What it is called.
            below: What there is to say of it, a quiet line each.
            told: How it stands.
            buttons: What can be done with it.
        """
        super().__init__()
        picture = AssetPicture(pictures, PICTURE)
        picture.show_file(shown)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        head = QLabel(title, wordWrap=True)
        for label in (head, *(muted(one) for one in below if one)):
            label.setTextFormat(Qt.TextFormat.PlainText)
            texts.addWidget(label)
        for one in told:
            texts.addWidget(ToldLine(one.picture, one.colour, one.word))
        if buttons:
            texts.addWidget(links(buttons, title))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 8)
        line.setSpacing(12)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)


def links(buttons: Sequence[LineButton], about: str, *, indent: int = 0) -> QWidget:
    """Return a line of quiet buttons; those who do not see it hear what each is about."""
    whole = QWidget()
    row = Flow(whole)
    row.setContentsMargins(indent, 0, 0, 0)
    row.setSpacing(16)
    for one in buttons:
        button = named(QPushButton(one.label), one.name, link=True)
        button.setAccessibleDescription(about)
        button.clicked.connect(lambda _checked=False, one=one: one.act())
        row.addWidget(button)
    return whole
