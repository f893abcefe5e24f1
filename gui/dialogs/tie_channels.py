"""Which channels a login opens."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.custody.credential_sheet import CredentialSheet
from core.errors import BadInputError
from core.i18n import N_, _
from core.inventory.credentials import tie_channels
from core.inventory.editing import still_there
from core.model import Credential
from gui.dialogs.decision import Decision
from gui.widgets.channel_picker import ChannelPicker
from gui.workspace import Workspace


class TieChannelsDialog(Decision):
    """One mailbox may stand behind five accounts."""

    help_topic = "credentials#channels"

    def __init__(self, workspace: Workspace, sheet: CredentialSheet, parent: QWidget | None = None) -> None:
        question = _("Which channels does “{label}” open?").format(label=sheet.opened.listed["label"])
        super().__init__(workspace, question, _("Save"), parent)
        self._login = sheet.opened.id
        self.channels = ChannelPicker(workspace)
        self.channels.show_channels((one.id, one.title) for one in sheet.channels)
        self.ask(_("&Channels"), self.channels)
        self.channels.setFocus()

    def decide(self) -> None:
        """Tie the login to these channels and no others."""
        try:
            chosen = self.channels.value()
        except BadInputError as error:
            self.refuse(error)
            return
        login = self._login

        def write(session: Any) -> None:
            tie_channels(session, still_there(session, Credential, login), chosen)

        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Change channels of a login"), write, lambda _none: self.accept(), failed=self.refuse, owner=self
        )
