"""A message above a page or in a dialog: what could not be done and what to do; stays until it is closed."""

from __future__ import annotations

from collections.abc import Callable

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
        self._way_out: tuple[str, Callable[[], object]] | None = None
        self._act = named(QPushButton(), "message-act")
        self._act.clicked.connect(self._go_out)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(24, 8, 16, 8)
        self._line.setSpacing(8)
        self._line.addWidget(self._picture, 0)
        self._line.addWidget(self._sentence, 1)
        self._line.addWidget(self._act, 0)
        self._line.addWidget(self._close, 0)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def show_message(
        self,
        sentence: str,
        severity: str = "severe",
        way_out: tuple[str, Callable[[], object]] | None = None,
        *,
        closable: bool = True,
    ) -> None:
        """Show a translated sentence.

        Args:
            sentence: What happened, what it means, what to do.
            severity: "severe", "warning", "notice" or "good".
            way_out: A button's text and what it does.
            closable: Whether the message can be closed by itself; in a dialog that has nothing more to say it cannot.
        """
        self._close.setVisible(closable)
        self._way_out = way_out
        self._act.setVisible(way_out is not None)
        self._act.setText(way_out[0] if way_out else "")
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

    def _go_out(self) -> None:
        if self._way_out is not None:
            self.hide()
            self._way_out[1]()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(severity_icon(self._severity).pixmap(20, 20))
