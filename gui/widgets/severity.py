"""How serious something is, said three ways at once: a picture, a word and a colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from core.i18n import N_, _
from gui.icons import icon


@dataclass(frozen=True, slots=True)
class Severity:
    """One degree, or "good" for the absence of all; its key also names the colour tokens."""

    key: str
    label: str
    picture: str


SEVERITIES = {
    one.key: one
    for one in (
        Severity("severe", N_("Severe"), "warning-octagon"),
        Severity("warning", N_("Warning"), "warning"),
        Severity("notice", N_("Notice"), "info"),
        Severity("good", N_("In order"), "check-circle"),
    )
}


def severity_icon(key: str) -> QIcon:
    """Return the picture of a severity in its own colour."""
    return icon(SEVERITIES[key].picture, key)


def severity_word(key: str) -> str:
    """Return the translated word of a severity."""
    return _(SEVERITIES[key].label)


class SeverityLabel(QWidget):
    """Picture, word and colour of one severity; the word may be replaced by a text that says more."""

    def __init__(
        self, severity: str, text: str = "", parent: QWidget | None = None, *, sentences: bool = False
    ) -> None:
        """Make the label.

        Args:
            severity: A key of SEVERITIES.
            text: Replaces the severity's own word.
            parent: Where it stands.
            sentences: Whether the text is long and takes several lines.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if not sentences:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._picture = QLabel()
        self._word = QLabel(wordWrap=sentences)
        self._word.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 8, 2)
        line.setSpacing(4)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop if sentences else Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._word, 1)
        self.show_severity(severity, text)

    def show_severity(self, severity: str, text: str = "") -> None:
        """Show another severity, or another text for it."""
        self._severity = severity
        self._word.setText(text or severity_word(severity))
        self.setProperty("severity", severity)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(severity_icon(self._severity).pixmap(16, 16))
