"""A message above a page or in a dialog: what could not be done and what to do; stays until it is closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from core.i18n import _
from gui.widgets import named
from gui.widgets.severity import severity_icon, severity_word


class MessageBar(QFrame):
    """Hidden until `show_message`; picture and colour say how serious it is, the sentence says the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "message-bar")
        self._severity = "notice"
        self._picture = QLabel()
        self._sentence = named(QLabel(wordWrap=True), "message-text")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._close = named(QPushButton(_("Close")), "message-close", link=True)
        self._close.clicked.connect(self.clear)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(24, 8, 16, 8)
        self._line.setSpacing(8)
        self._line.addWidget(self._picture, 0)
        self._line.addWidget(self._sentence, 1)
        self._line.addWidget(self._close, 0)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def show_message(self, sentence: str, severity: str = "severe") -> None:
        """Show a translated sentence."""
        self._severity = severity
        self._sentence.setText(sentence)
        self._picture.setAccessibleName(severity_word(severity))
        self.setProperty("severity", severity)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw()
        self.show()

    def clear(self) -> None:
        """Take the message away."""
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(severity_icon(self._severity).pixmap(20, 20))
