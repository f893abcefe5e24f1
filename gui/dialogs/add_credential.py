"""Taking a login into the registry: what it is, what it opens, where its secret is kept."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import BadInputError
from core.fields import Field, OneOf
from core.i18n import N_, _
from core.inventory.credentials import IN_KEYRINGS, NewCredential, add_credential
from core.model import CredentialKind, KeptIn
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.widgets.channel_picker import ChannelPicker
from gui.workspace import Workspace

_KIND = Field("kind", N_("Kind"), OneOf(CredentialKind), required=True)
_KEPT_IN = Field("kept_in", N_("Kept in"), OneOf(KeptIn), required=True)


class AddCredentialDialog(Decision):
    """A kind and a label are enough; the secret follows on the page of the login."""

    help_topic = "credentials#add"

    def __init__(
        self, workspace: Workspace, channels: Iterable[tuple[UUID, str]] = (), parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            channels: What it opens as far as that is known: ids and titles.
            parent: The window.
        """
        super().__init__(workspace, _("Which login do you want to add?"), _("Add login"), parent)
        opened = tuple(channels)
        self.kind = ChoiceEditor(_KIND, [(one, _(one.label)) for one in CredentialKind])
        self.kind.setObjectName("kind")
        self.label = named(QLineEdit(), "label")
        self.label.setText(_("Login of {channel}").format(channel=opened[0][1]) if opened else "")
        self.channels = ChannelPicker(workspace)
        self.channels.show_channels(opened)
        self.login_name = named(QLineEdit(), "login_name")
        self.kept_in = ChoiceEditor(_KEPT_IN, [(one, _(one.label)) for one in KeptIn])
        self.kept_in.setObjectName("kept_in")
        self.place = named(QLineEdit(), "place")
        self.holder = named(ReferenceBox(workspace, "person"), "holder")
        self._lay_out()
        self.kind.edited.connect(self._follow_kind)
        self.kept_in.edited.connect(self._show_what_is_asked)
        self._show_what_is_asked()
        self.label.setFocus()

    def decide(self) -> None:
        """Take the login in and show it."""
        try:
            told = NewCredential(
                kind=self.kind.value(),
                label=self.label.text(),
                channel_ids=self.channels.value(),
                login_name=self.login_name.text(),
                kept_in=self.kept_in.value(),
                place=self.place.text(),
                holder_id=self.holder.value(),
            )
        except BadInputError as error:
            self.refuse(error)
            return
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Add login"),
            lambda session: add_credential(session, told).id,
            self._added,
            failed=self.refuse,
            owner=self,
        )

    def _lay_out(self) -> None:
        self.ask(_("&Kind"), self.kind)
        self.ask(_("&Label"), self.label, _("What the team calls it: “Login of the town's page”."))
        self.ask(_("&Channels"), self.channels, _("One mailbox may stand behind several accounts."))
        self.ask(_("Login &name"), self.login_name, _("The name one signs in with. The password comes later."))
        self.ask(_("Kept &in"), self.kept_in)
        self._place_part = self.ask(_("&Place"), self.place)
        self._holder_part = self.ask(_("Kept &by"), self.holder)

    def _follow_kind(self) -> None:
        """A thing is no text: no keyring keeps it."""
        is_text = self.kind.value() in IN_KEYRINGS
        if is_text != (self.kept_in.value() is KeptIn.KEYRING):
            self.kept_in.show_value(KeptIn.KEYRING if is_text else KeptIn.DEVICE)
        self._show_what_is_asked()

    def _show_what_is_asked(self) -> None:
        elsewhere = self.kept_in.value() is not KeptIn.KEYRING
        self._place_part.setVisible(elsewhere)
        self._holder_part.setVisible(elsewhere)

    def _added(self, credential_id: UUID) -> None:
        self.accept()
        self.workspace.go("credentials", credential_id)
