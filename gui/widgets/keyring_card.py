"""One line above the logins: what has to be said of the keyring now, with the ways to go on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from core.i18n import _, ngettext
from gui.keyring_watch import KeyringNews, Standing
from gui.widgets import named
from gui.widgets.severity import severity_icon, severity_word

Way = tuple[str, str]
"""A key and the text of its button."""


class KeyringCard(QFrame):
    """Says one thing at a time, the gravest one; hidden while there is nothing to say."""

    def __init__(self, ways: Callable[[str], object], parent: QWidget | None = None) -> None:
        """Make the card.

        Args:
            ways: Is given the key of the button that was pressed.
            parent: The page.
        """
        super().__init__(parent)
        named(self, "keyring-card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ways = ways
        self._severity = "notice"
        self.sentence = named(QLabel(wordWrap=True), "keyring-sentence")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._picture = QLabel()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(8)
        line.addWidget(self._picture)
        line.addWidget(self.sentence, 1)
        line.addLayout(self._buttons)
        self.hide()

    def show_news(self, news: KeyringNews) -> None:
        """Say what there is to say."""
        sentence, ways = said(news)
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.sentence.setText(sentence)
        self._weigh("warning" if news.vanished is not None or news.missing else "notice")
        for key, text in ways:
            button = named(QPushButton(text), f"keyring-{key}")
            button.clicked.connect(lambda _checked=False, key=key: self._ways(key))
            self._buttons.addWidget(button)
        self.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _weigh(self, severity: str) -> None:
        """Show how serious it is."""
        self._severity = severity
        self._picture.setAccessibleName(severity_word(severity))
        self.setProperty("severity", severity)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw()

    def _draw(self) -> None:
        self._picture.setPixmap(severity_icon(self._severity).pixmap(20, 20))


def said(news: KeyringNews) -> tuple[str, list[Way]]:
    """Return the one sentence that matters most, and what can be done."""
    if news.vanished is not None:
        return (
            _("The keyring in which you kept secrets is gone or was emptied. What became of it?"),
            [
                ("restore", _("Bring the secrets back...")),
                ("back", _("It is back")),
                ("lost", _("It is lost")),
            ],
        )
    if news.newer:
        return (
            _("The keyring holds newer secrets than the registry knows of, after a backup was put back for example."),
            [("adopt", _("Take them over")), ("discard", _("They do not work: delete them"))],
        )
    if news.missing:
        count = news.missing
        sentence = ngettext("The keyring lacks {count} secret.", "The keyring lacks {count} secrets.", count)
        return sentence.format(count=count), [("restore", _("Bring back...")), ("compare", _("Compare again"))]
    match news.standing:
        case Standing.NONE:
            return " ".join(news.notes) or _("No keyring is answering."), [("look", _("Look again"))]
        case Standing.LOCKED:
            return _("The keyring is locked."), [("compare", _("Unlock"))]
        case Standing.OPEN if news.kept and not news.recovery_key:
            return (
                _("There is no recovery key yet. If this computer's profile dies, your secrets die with it."),
                [("key", _("Print a recovery key..."))],
            )
        case _:
            return " ".join(news.notes), []
