"""Revoking a key card for good, with what follows; a lost computer gives its secrets up, too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from core.custody.custodian import Custodian
from core.custody.identity.cards import Card
from core.custody.identity.revoking import revoke
from core.custody.identity.statements import Statement
from core.custody.lost_computers import give_up_computer
from core.i18n import _
from gui.dialogs.decision import Decision
from gui.key_card_files import save_statement
from gui.key_cards import this_instant
from gui.keyring import with_keyring
from gui.widgets import muted, named
from gui.widgets.wrapped_check import WrappedCheck
from gui.workspace import Workspace


class RevokeCardDialog(Decision):
    """Cannot be undone, so it asks; afterwards it offers the statement for other copies of the registry."""

    help_topic = "key-cards#revoke"

    def __init__(self, workspace: Workspace, card: Card, parent: QWidget | None = None, *, own: bool = False) -> None:
        question = _("Revoke the key card of {name}, “{device}”?").format(name=card.name, device=card.device)
        super().__init__(workspace, question, _("Revoke for good"), parent)
        self._card, self._own = card, own
        self._statement: Statement | None = None
        self.follows = QLabel(_own_follows() if own else _follows(card), wordWrap=True)
        self.follows.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(self.follows)
        self.lost = WrappedCheck(
            _("The computer is lost or stolen: what its keyring kept counts as known and is to be changed."), "lost"
        )
        self.lost.setVisible(not own)
        self.body.addWidget(self.lost)
        self.hint = muted(_("Without this tick, its keyring stays as it is: for a computer that is only replaced."))
        self.hint.setVisible(not own)
        self.body.addWidget(self.hint)
        self.outcome = named(QLabel(wordWrap=True), "outcome")
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.hide()
        self.body.addWidget(self.outcome)
        self.back.setFocus()

    def decide(self) -> None:
        """Revoke it, or save the statement once that is done."""
        if self._statement is not None:
            save_statement(self.workspace, self._statement, self)
            return
        self.primary.setEnabled(False)
        card, lost, now = self._card, self.lost.box.isChecked() and not self._own, this_instant()

        def work(custodian: Custodian) -> tuple[Statement, int]:
            statement = revoke(custodian, card, now)
            return statement, give_up_computer(custodian, card.store) if lost else 0

        with_keyring(self.workspace, work, lambda done: self.show_revoked(*done), failed=self.refuse, owner=self)

    def show_revoked(self, statement: Statement, given_up: int) -> None:
        """Say that it is revoked, and offer the file."""
        self._statement = statement
        for part in (self.follows, self.lost, self.hint):
            part.hide()
        self.outcome.setText("\n\n".join(_told(given_up, own=self._own)))
        self.outcome.show()
        self.primary.setText(_("Save as a file..."))
        self.primary.setEnabled(True)
        self.back.setText(_("Close"))
        self.back.setFocus()
        self.workspace.changed.emit(frozenset({"key_card"}))


def _own_follows() -> str:
    return _(
        "The keys of this computer are deleted from your keyring. Nobody seals anything to this card any more, and "
        "what was sealed to it and is not opened yet is lost for you. Your logins stay in the keyring. For the next "
        "handover you make a new card, and your colleagues verify it."
    )


def _follows(card: Card) -> str:
    return _(
        "Nobody seals anything to this card any more, and what it certified does not count any more. {name} needs a "
        "new card on that computer, and colleagues verify it."
    ).format(name=card.name)


def _told(given_up: int, *, own: bool) -> list[str]:
    told = [_("The card is revoked. Whoever works with this registry sees it at once.")]
    if given_up:
        told.append(
            _("The keyring of that computer counts as lost. What is to be changed now stands among the findings.")
        )
    if own:
        told.append(_("The keys are deleted from this keyring."))
    told.append(_("Save the revocation as a file for colleagues with another copy of the registry, and send it."))
    return told
