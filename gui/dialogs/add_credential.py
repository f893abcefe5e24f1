"""Taking a login into the registry: what it is, what it opens, where its secret is kept.

What was entered when the dialog is left stays for the next time, as long as the program runs; no secret is among it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import BadInputError
from core.fields import Field, OneOf
from core.i18n import N_, _
from core.inventory.credentials import FIELDS, IN_KEYRINGS, NewCredential, add_credential
from core.model import CredentialKind, KeptIn
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.widgets.channel_picker import ChannelPicker
from gui.workspace import Workspace

_KIND = Field("kind", N_("Kind"), OneOf(CredentialKind), required=True)
_KEPT_IN = Field("kept_in", N_("Kept in"), OneOf(KeptIn), required=True)
_KNOWN = {one.key: one for one in FIELDS}
_DRAFTS: WeakKeyDictionary[Workspace, dict[tuple[Any, ...], tuple[Any, ...]]] = WeakKeyDictionary()
"""What was entered and neither added nor thrown away, by registry and by the channels that the dialog began with."""


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
        self.recovery_mail = named(LineEditor(_KNOWN["recovery_mail"]), "recovery_mail")
        is_office = [(None, _("unknown")), (True, _("yes")), (False, _("no"))]
        self.of_office = ChoiceEditor(_KNOWN["recovery_of_office"], is_office)
        self._drafts, self._draft_key = _DRAFTS.setdefault(workspace, {}), (workspace.registry.id, opened)
        self._lay_out()
        self.kind.edited.connect(self._follow_kind)
        self.kept_in.edited.connect(self._show_what_is_asked)
        self._show_what_is_asked()
        self._empty = self._draft()
        self._show_kept()
        self.label.setFocus()

    def reject(self) -> None:
        """Close; what was entered is there again the next time."""
        if (draft := self._draft()) != self._empty:
            self._drafts[self._draft_key] = draft
            self.workspace.say(_("What you entered is kept, and is there again when you add a login."))
        else:
            self._drafts.pop(self._draft_key, None)
        super().reject()

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
                recovery_mail=self.recovery_mail.value() if self._is_text() else None,
                recovery_of_office=self.of_office.value() if self._is_text() else None,
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
        asked = _("Where the platform sends a new password; leave it empty if you do not know.")
        self._recovery_parts = (
            self.ask(_("&Recovery address"), self.recovery_mail, asked),
            self.ask(_("Does the recovery address belong to the &office?"), self.of_office),
        )

    def _is_text(self) -> bool:
        return self.kind.value() in IN_KEYRINGS

    def _draft(self) -> tuple[Any, ...]:
        lines = tuple(one.text() for one in (self.label, self.login_name, self.place))
        return lines, self.channels.chosen(), self.channels.box.draft(), tuple(one.draft() for one in self._editors())

    def _editors(self) -> tuple[Any, ...]:
        return self.kind, self.kept_in, self.holder, self.recovery_mail, self.of_office

    def _show_kept(self) -> None:
        """Show what was entered before, and offer to begin empty."""
        if (kept := self._drafts.get(self._draft_key)) is not None:
            self._show_draft(kept)
            begin = (_("Begin empty"), self._begin_empty)
            self.messages.show_message(_("What you entered before is here again."), "notice", begin)

    def _show_draft(self, draft: tuple[Any, ...]) -> None:
        lines, channels, typed, others = draft
        for field, text in zip((self.label, self.login_name, self.place), lines, strict=True):
            field.setText(text)
        self.channels.show_channels(channels)
        self.channels.box.show_draft(typed)
        for editor, one in zip(self._editors(), others, strict=True):
            editor.show_draft(one)
        self._show_what_is_asked()

    def _begin_empty(self) -> None:
        self._show_draft(self._empty)
        self._drafts.pop(self._draft_key, None)
        self.messages.clear()
        self.label.setFocus()

    def _follow_kind(self) -> None:
        """A thing is no text: no keyring keeps it."""
        is_text = self._is_text()
        if is_text != (self.kept_in.value() is KeptIn.KEYRING):
            self.kept_in.show_value(KeptIn.KEYRING if is_text else KeptIn.DEVICE)
        self._show_what_is_asked()

    def _show_what_is_asked(self) -> None:
        elsewhere = self.kept_in.value() is not KeptIn.KEYRING
        self._place_part.setVisible(elsewhere)
        self._holder_part.setVisible(elsewhere)
        for part in self._recovery_parts:
            part.setVisible(self._is_text())

    def _added(self, credential_id: UUID) -> None:
        self._drafts.pop(self._draft_key, None)
        self.accept()
        self.workspace.go("credentials", credential_id)
