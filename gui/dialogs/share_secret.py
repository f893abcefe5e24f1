"""How a second person comes to keep a secret: at a workstation of their own, never by mail or on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.i18n import _
from gui.dialogs.decision import Decision
from gui.widgets import muted
from gui.workspace import Workspace


class ShareSecretDialog(Decision):
    """Says what two people do; the registry notes it when the second one has done it."""

    help_topic = "credentials#custody"

    def __init__(self, workspace: Workspace, label: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Who else keeps “{label}”?").format(label=label), _("Show the login"), parent)
        steps = (
            _("A deputy keeps a copy in the keyring of their own workstation, so that one illness locks nobody out."),
            _("1. Open the registry at the deputy's workstation, page Logins, this login."),
            _("2. Choose “More”, “Keep a copy here...” and type the secret. Tell it face to face, never by mail."),
            _("As soon as the copy is there, the deputy stands under “Held by” and this finding is gone."),
        )
        for step in steps:
            self.body.addWidget(muted(step))
        self.back.setText(_("Close"))

    def decide(self) -> None:
        """Go to the login."""
        self.accept()
