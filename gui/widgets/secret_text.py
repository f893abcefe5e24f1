"""A secret in letters that all have the same width; it goes on in the next line wherever the room ends.

The text cannot be selected: on X11 whatever is selected can be read by every program.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QWidget

from gui.theme import BODY_POINTS

NARROWEST = 16
"""Letters that have room in one line at least."""


class SecretText(QLabel):
    """A label that cuts nothing: few passwords have a blank where a line could end."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent, wordWrap=True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFont(plain_font(1.1))

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        margins = self.contentsMargins()
        lines = _broken(self.text(), self.font(), width - margins.left() - margins.right())
        return round(lines.boundingRect().height()) + margins.top() + margins.bottom()

    def minimumSizeHint(self) -> QSize:
        """Return the room for a few letters."""
        return self.sizeHint().boundedTo(QSize(self.fontMetrics().horizontalAdvance("0" * NARROWEST), 10_000))

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        return self.fontMetrics().size(0, self.text()).grownBy(self.contentsMargins())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text."""
        del event
        room = self.contentsRect()
        with QPainter(self) as painter:
            painter.setPen(self.palette().windowText().color())
            _broken(self.text(), self.font(), room.width()).draw(painter, QPointF(room.topLeft()))


def plain_font(scale: float) -> QFont:
    """Return the system's font of letters that have the same width, so much larger than the body's."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(BODY_POINTS * scale)
    return font


def _broken(text: str, font: QFont, width: int) -> QTextLayout:
    """Return a text in lines, which end between words where they can."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    lines, height = QTextLayout(text, font), 0.0
    lines.setTextOption(option)
    lines.beginLayout()
    while (line := lines.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, height))
        height += line.height()
    lines.endLayout()
    return lines
