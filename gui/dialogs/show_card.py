"""Showing a key card: as a code to scan from the screen, as a file, or on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.custody.identity.cards import Card
from core.i18n import _, show_instant
from gui.dialogs.decision import Decision
from gui.key_card_files import save_card
from gui.key_card_paper import card_code, card_sheet
from gui.key_card_words import whole_fingerprint
from gui.printing import can_print, print_on_paper
from gui.widgets import muted, named
from gui.workspace import Workspace

POINT = 3
"""Pixels of one point of the code on an ordinary screen: whole ones, so that it can be scanned from there."""


class ShowCardDialog(Decision):
    """Nothing on it is secret; the primary button saves the file."""

    help_topic = "key-cards#give"

    def __init__(self, workspace: Workspace, card: Card, parent: QWidget | None = None, *, own: bool = False) -> None:
        question = _("Your key card") if own else _("Key card of {name}").format(name=card.name)
        super().__init__(workspace, question, _("Save as a file..."), parent)
        self._card = card
        told = _("Give it to your colleagues: by mail, in a shared folder, or printed. Nothing in it is secret.")
        self.body.addWidget(muted(told))
        self.body.addLayout(self._shown())
        self.printing = named(QPushButton(_("Print...")), "print-card")
        self.printing.setAutoDefault(False)
        self.printing.clicked.connect(self.print_card)
        self.buttons.insertWidget(0, self.printing)
        self.back.setText(_("Close"))
        self.primary.setFocus()

    def decide(self) -> None:
        """Save the file; the card stays in sight."""
        save_card(self.workspace, self._card, self)

    def print_card(self) -> None:
        """Print the card, with the city's name on it."""
        if not can_print():
            self.messages.show_message(_("This computer knows no printer. Save the card as a file instead."))
            return
        self.workspace.read(lambda registry: str(registry.settings()["city.name"]), self._print, owner=self)

    def _print(self, city: str) -> None:
        print_on_paper(card_sheet(self._card, city), _("Key card"), self)

    def _shown(self) -> QHBoxLayout:
        code = named(QLabel(), "card-code")
        ratio = self.devicePixelRatioF()
        picture = QPixmap.fromImage(card_code(self._card, round(POINT * ratio)))
        picture.setDevicePixelRatio(ratio)
        code.setPixmap(picture)
        code.setAccessibleName(_("The key card as a code to scan"))
        fingerprint = named(QLabel(whole_fingerprint(self._card.fingerprint).replace("\n", " "), wordWrap=True))
        fingerprint.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        right = QVBoxLayout()
        right.setSpacing(4)
        made = _("Made on {instant}").format(instant=show_instant(self._card.created))
        for text in (self._card.name, self._card.device, made):
            line = QLabel(text, wordWrap=True)
            line.setTextFormat(Qt.TextFormat.PlainText)
            right.addWidget(line)
        right.addSpacing(8)
        right.addWidget(muted(_("Fingerprint")))
        right.addWidget(fingerprint)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
        both.addLayout(right, 1)
        return both
