"""Correcting the address of a channel; the former name of the account is kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from core.i18n import N_, _
from core.inventory.channels import change_address
from core.inventory.editing import still_there
from core.inventory.recognising import recognise
from core.model import Channel
from gui.dialogs.decision import Decision
from gui.widgets import muted, named
from gui.widgets.recognised_card import RecognisedCard
from gui.workspace import Workspace


class ChangeAddressDialog(Decision):
    """Paste the address as it is now."""

    help_topic = "channels#address"

    def __init__(self, workspace: Workspace, channel_id: UUID, title: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("What is the address of “{channel}”?").format(channel=title), _("Save"), parent)
        self._channel_id = channel_id
        self._seen = self.decides_on(Channel, (channel_id,))
        self.address = named(QLineEdit(placeholderText="facebook.com/stadtmoers"), "url_as_entered")
        self.recognised = RecognisedCard()
        self.ask(_("&Address of the account"), self.address, _("Paste it from the address bar of your browser."))
        self.body.addWidget(self.recognised)
        self.body.addWidget(muted(_("If the account has another name now, the former one is kept.")))
        self.address.textChanged.connect(self._recognise)
        self._recognise()
        self.address.setFocus()

    def decide(self) -> None:
        """Give the channel the address."""
        channel_id, text, today, seen = self._channel_id, self.address.text(), self.workspace.today(), self._seen

        def write(session: Any) -> None:
            channel = still_there(session, Channel, channel_id, seen.get(channel_id))
            change_address(session, channel, text, today=today)

        self.primary.setEnabled(False)
        self.workspace.act(N_("Correct address"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)

    def _recognise(self) -> None:
        found = recognise(self.address.text())
        self.recognised.show_recognised(found)
        self.primary.setEnabled(bool(self.address.text().strip()))
