"""One line above the library: that files are missing or damaged, what that means, and how to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from core.i18n import _, ngettext
from gui.widgets import named
from gui.widgets.severity import severity_icon, severity_word


class AssetTroubleCard(QFrame):
    """Hidden while every file is whole."""

    def __init__(self, ways: Callable[[str], object], parent: QWidget | None = None) -> None:
        """Make the card.

        Args:
            ways: Is given "show" or "check" when one of the buttons is pressed.
            parent: The page.
        """
        super().__init__(parent)
        named(self, "asset-trouble-card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sentence = named(QLabel(wordWrap=True), "asset-trouble")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._picture = QLabel()
        self._picture.setAccessibleName(severity_word("severe"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(8)
        line.addWidget(self._picture)
        line.addWidget(self.sentence, 1)
        for key, text in (("show", _("Show them")), ("check", _("Check again"))):
            button = named(QPushButton(text), f"trouble-{key}")
            button.clicked.connect(lambda _checked=False, key=key: ways(key))
            line.addWidget(button)
        self._draw()
        self.hide()

    def show_troubles(self, troubles: Mapping[str, str]) -> None:
        """Say how many files are missing or damaged; with none, nothing is shown."""
        number = len(troubles)
        what = ngettext(
            "{count} file of the library is missing or damaged.",
            "{count} files of the library are missing or damaged.",
            number,
        ).format(count=number)
        self.sentence.setText(_("{what} Restore a backup, or add the same files again.").format(what=what))
        self.setVisible(bool(number))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(severity_icon("severe").pixmap(20, 20))
