"""Putting the secret that is in force on the platform into this keyring."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.custody import keeping
from core.custody.credential_sheet import CredentialSheet
from core.custody.custodian import Custodian
from core.errors import RegistryError
from core.i18n import _
from gui.dialogs.decision import Decision
from gui.keyring import with_keyring
from gui.tasks import Job
from gui.widgets import muted
from gui.widgets.new_secret import NewSecret
from gui.workspace import Workspace


class StoreSecretDialog(Decision):
    """The secret goes into the keyring of this computer account and nowhere else."""

    help_topic = "credentials#store"

    def __init__(
        self, workspace: Workspace, sheet: CredentialSheet, *, copy: bool = False, parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            sheet: The login.
            copy: Whether a copy of the secret in force is meant; otherwise it is a new one.
            parent: The window.
        """
        label = sheet.opened.listed["label"]
        question = _("What is the secret of “{label}”?").format(label=label)
        super().__init__(workspace, question, _("Put into keyring"), parent)
        self._login, self._label, self._copy = sheet.opened.id, label, copy
        self._job: Job | None = None
        self.secret = NewSecret()
        if copy:
            about = _("You know the secret in force already. Your keyring keeps a copy of your own from now on.")
        elif sheet.revision:
            about = _("This one replaces the secret stored before, which stays until the new one is known to work.")
        else:
            about = _("Type what is in force on the platform. It goes into your keyring, never into the registry.")
        self.body.addWidget(muted(about))
        self.body.addWidget(self.secret)
        self.secret.edited.connect(self._enable)
        self._enable()
        self.secret.setFocus()

    def decide(self) -> None:
        """Put the secret into the keyring."""
        login, secret, copy = self._login, self.secret.value(), self._copy

        def keep(custodian: Custodian) -> int:
            store = keeping.keep_copy if copy else keeping.store_secret
            return store(custodian, login, secret)

        self.primary.setEnabled(False)
        self._job = with_keyring(self.workspace, keep, self._kept, failed=self._refused, owner=self)

    def done(self, outcome: int) -> None:
        """Forget what was typed, and wait for the keyring no longer."""
        if self._job is not None and not outcome:
            self._job.cancel()
        self.secret.clear()
        super().done(outcome)

    def _kept(self, _revision: int) -> None:
        self.workspace.say(_("“{label}”: the secret is in your keyring.").format(label=self._label))
        self._job = None
        self.accept()

    def _refused(self, error: RegistryError) -> None:
        self._job = None
        self.refuse(error)

    def _enable(self) -> None:
        self.primary.setEnabled(bool(self.secret.value()))
