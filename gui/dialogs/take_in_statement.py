"""Taking in what the head of press, or the owner of a key, says of a card: that it is genuine, or revoked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QWidget

from core.custody.custodian import Custodian
from core.custody.identity.certifying import accept_certificate
from core.custody.identity.revoking import take_in_revocation
from core.custody.identity.statements import Said, Statement
from core.i18n import _, show_instant
from gui.dialogs.decision import Decision
from gui.key_card_words import whole_fingerprint
from gui.key_cards import this_instant
from gui.keyring import with_keyring
from gui.widgets import muted
from gui.workspace import Workspace


class TakeInStatementDialog(Decision):
    """Says what the file says and what follows from it; the core looks who signed it."""

    def __init__(self, workspace: Workspace, statement: Statement, parent: QWidget | None = None) -> None:
        question, verb, self.help_topic = _asked(statement)
        super().__init__(workspace, question, verb, parent)
        self._statement = statement
        card = statement.card
        told = _("Card of {name}, “{device}”, made on {instant}").format(
            name=card.name, device=card.device, instant=show_instant(card.created)
        )
        for text in (told, _follows(statement)):
            line = QLabel(text, wordWrap=True)
            line.setTextFormat(Qt.TextFormat.PlainText)
            self.body.addWidget(line)
        self.body.addWidget(muted(_("Fingerprint")))
        fingerprint = QLabel(whole_fingerprint(card.fingerprint))
        fingerprint.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.body.addWidget(fingerprint)

    def decide(self) -> None:
        """Take it in, if whoever signed it may say it."""
        self.primary.setEnabled(False)
        statement, now = self._statement, this_instant()

        def take_in(custodian: Custodian) -> None:
            if statement.said is Said.CERTIFIED:
                accept_certificate(custodian, statement, now)
            else:
                take_in_revocation(custodian, statement)

        with_keyring(self.workspace, take_in, lambda _none: self._taken_in(), failed=self.refuse, owner=self)

    def _taken_in(self) -> None:
        card = self._statement.card
        certified = self._statement.said is Said.CERTIFIED
        text = (
            _("Verified by the head of press: {name}, “{device}”.") if certified else _("Revoked: {name}, “{device}”.")
        )
        self.workspace.say(text.format(name=card.name, device=card.device))
        self.workspace.changed.emit(frozenset({"key_card", "key_verification"}))
        self.accept()


def _asked(statement: Statement) -> tuple[str, str, str]:
    """Return the question, the verb, and where the handbook tells of it."""
    name = statement.card.name
    if statement.said is Said.CERTIFIED:
        question = _("A certificate for the key card of {name}").format(name=name)
        return question, _("Accept"), "key-cards#certificates"
    return _("A key card of {name} was revoked").format(name=name), _("Take in"), "key-cards#revoke"


def _follows(statement: Statement) -> str:
    if statement.said is Said.CERTIFIED:
        return _(
            "The head of press says that this card is genuine. It counts for you if you have verified the card of the "
            "head of press yourself. You can then receive from {name} and seal to {name} without comparing words."
        ).format(name=statement.card.name)
    return _(
        "Nobody uses this card any more, for good, and what it certified does not count. If it is your own card on "
        "this computer, its keys are deleted here."
    )
