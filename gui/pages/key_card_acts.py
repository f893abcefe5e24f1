"""What the page of the key cards does with the chosen card: an action each, with the dialog it opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from core.custody.custodian import Custodian
from core.custody.identity.cards import Card
from core.custody.identity.certifying import certify
from core.custody.identity.listing import CardRow
from core.custody.identity.statements import Said, Statement, read_statement
from core.i18n import _
from gui.actions import action
from gui.dialogs.renew_card import RenewCardDialog
from gui.dialogs.revoke_card import RevokeCardDialog
from gui.dialogs.show_card import ShowCardDialog
from gui.dialogs.take_in_statement import TakeInStatementDialog
from gui.dialogs.verify_card import VerifyCardDialog
from gui.key_card_files import save_card, save_statement
from gui.key_cards import CardsRead, this_instant, ways
from gui.keyring import with_keyring
from gui.workspace import Workspace


class KeyCardActs(QObject):
    """The actions of one page; enabled as the chosen card allows.

    Attributes:
        actions: In the order in which they are offered.
    """

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._workspace, self._page = workspace, page
        self._read = CardsRead()
        self._row: CardRow | None = None
        made = (
            ("verify-card", _("&Verify..."), self.verify, "Ctrl+Shift+V"),
            ("accept-certificate", _("Accept the certi&ficate..."), self.accept, ""),
            ("save-card", _("&Save as a file..."), self.save, ""),
            ("show-card", _("Sho&w and print..."), self.show, ""),
            ("certify-card", _("C&ertify..."), self.certify, ""),
            ("renew-card", _("Re&new..."), self.renew, ""),
            ("revoke-card", _("Revo&ke..."), self.revoke, ""),
            ("save-revocation", _("Save the rev&ocation..."), self.save_revocation, ""),
        )
        self.actions = [action(page, name, text, act, keys) for name, text, act, keys in made]
        self.show_card(self._read, None)

    def show_card(self, read: CardsRead, row: CardRow | None) -> None:
        """Allow what can be done with a card."""
        self._read, self._row = read, row
        able = ways(read, row) if row is not None else frozenset[str]()
        for one in self.actions:
            one.setEnabled(one.objectName() in able)

    def verify(self) -> None:
        """Compare words with the person of the card."""
        if (card := self._card()) is not None:
            self._open(VerifyCardDialog(self._workspace, card, self._page.window()))

    def accept(self) -> None:
        """Take in the certificate that the registry keeps of the card."""
        statement = self._read.certificates.get(self._row.fingerprint) if self._row is not None else None
        if statement is not None:
            self._open(TakeInStatementDialog(self._workspace, statement, self._page.window()))

    def save(self) -> None:
        """Save the card as a file."""
        if (card := self._card()) is not None:
            save_card(self._workspace, card, self._page.window())

    def show(self) -> None:
        """Show the card as a code to scan, and print it."""
        card, row = self._card(), self._row
        if card is not None and row is not None:
            own = row.fingerprint == self._read.own
            self._open(ShowCardDialog(self._workspace, card, self._page.window(), own=own))

    def certify(self) -> None:
        """Certify the card as head of press, then save the certificate."""
        if (card := self._card()) is not None:
            now = this_instant()
            self._with_keyring(
                lambda custodian: certify(custodian, card, now),
                lambda statement: save_statement(self._workspace, statement, self._page.window()),
            )

    def renew(self) -> None:
        """Ask whether this computer is to have new keys."""
        self._open(RenewCardDialog(self._workspace, self._page.window()))

    def revoke(self) -> None:
        """Ask whether the card is to be revoked."""
        if (card := self._card()) is not None:
            own = card.fingerprint == self._read.own
            self._open(RevokeCardDialog(self._workspace, card, self._page.window(), own=own))

    def save_revocation(self) -> None:
        """Save the statement by which the card was revoked."""
        listed = self._read.cards.get(self._row.fingerprint) if self._row is not None else None
        if listed is not None and listed.revocation is not None:
            statement: Statement = read_statement(listed.revocation.encode(), Said.REVOKED)
            save_statement(self._workspace, statement, self._page.window())

    def _card(self) -> Card | None:
        return self._read.card(self._row) if self._row is not None else None

    def _open(self, dialog: QDialog) -> None:
        dialog.open()

    def _with_keyring(self, work: Callable[[Custodian], Any], then: Callable[[Any], None]) -> None:
        with_keyring(self._workspace, work, then, owner=self)
