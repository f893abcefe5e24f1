"""A technical fact that hardly anybody needs, behind a quiet button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from gui.widgets import muted, named


class MoreText(QWidget):
    """Folded away at first; the button says what it will do."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text: QLabel = named(muted(text), "more-text")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = named(QPushButton(), "more", link=True)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self.show_text(shown=self.text.isHidden()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        self.show_text(shown=False)

    def show_text(self, *, shown: bool) -> None:
        """Show the text, or fold it away."""
        self.text.setVisible(shown)
        self.button.setText(_("Less") if shown else _("More"))
