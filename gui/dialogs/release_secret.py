"""Deleting a secret from this keyring, with a word on who is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from core.custody import keeping
from core.custody.credential_sheet import CredentialSheet
from core.i18n import _
from gui.dialogs.decision import Decision
from gui.keyring import with_keyring
from gui.widgets import muted
from gui.workspace import Workspace


class ReleaseSecretDialog(Decision):
    """Cannot be undone, so it asks."""

    help_topic = "credentials#release"

    def __init__(self, workspace: Workspace, sheet: CredentialSheet, parent: QWidget | None = None) -> None:
        self._label = sheet.opened.listed["label"]
        question = _("Delete the secret of “{label}” from your keyring?").format(label=self._label)
        super().__init__(workspace, question, _("Delete from keyring"), parent)
        self._login = sheet.opened.id
        consequence = QLabel(_consequence(sheet), wordWrap=True)
        consequence.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(consequence)
        self.body.addWidget(muted(_("It is recorded that you knew it: when you lose access, it has to be changed.")))
        self.back.setFocus()

    def decide(self) -> None:
        """Delete it and record that."""
        login = self._login
        self.primary.setEnabled(False)
        with_keyring(
            self.workspace,
            lambda custodian: keeping.release(custodian, login),
            lambda _none: self._released(),
            failed=self.refuse,
            owner=self,
        )

    def _released(self) -> None:
        self.workspace.say(_("“{label}”: deleted from your keyring.").format(label=self._label))
        self.accept()


def _consequence(sheet: CredentialSheet) -> str:
    """Say who is left with the secret."""
    names = "; ".join(sorted({one.person for one in sheet.others}))
    if names:
        return _("It stays with {people}.").format(people=names)
    if sheet.sealed:
        return _("Nobody else holds it; only an envelope of the escrow will bring it back.")
    return _("Nobody else holds it, and no envelope does: only a reset on the platform will let you in.")
