"""A secret that lies in an envelope, on a device or with another program was changed: when, and by whom."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.custody import rotating
from core.custody.credential_sheet import CredentialSheet
from core.errors import BadInputError
from core.fields import Day, Field, Reference
from core.i18n import N_, _
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.reference_box import ReferenceBox
from gui.widgets import muted, named
from gui.workspace import Workspace

_DAY = Field("rotated_on", N_("Changed on"), Day(), required=True)


class NoteChangeDialog(Decision):
    """Only notes it: the new secret goes where the old one was."""

    help_topic = "credentials#elsewhere"

    def __init__(self, workspace: Workspace, sheet: CredentialSheet, parent: QWidget | None = None) -> None:
        label = sheet.opened.listed["label"]
        question = _("When was the secret of “{label}” changed?").format(label=label)
        super().__init__(workspace, question, _("Note change"), parent)
        self._login = sheet.opened.id
        self.body.addWidget(muted(_("Put the new secret where the old one was, then note it here.")))
        self.day = named(LineEditor(_DAY), "rotated_on")
        self.day.show_value(workspace.today())
        self.person = named(ReferenceBox(workspace, Reference("person").table), "rotated_by")
        self.ask(_("&Changed on"), self.day)
        self.ask(_("&By"), self.person)
        self.day.setFocus()

    def decide(self) -> None:
        """Note the change."""
        try:
            on, by = self.day.value(), self.person.value()
        except BadInputError as error:
            self.refuse(error)
            return
        login, day = self._login, on or self.workspace.today()
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Note changed secret"),
            lambda session: rotating.note_rotation(session, login, day, by),
            lambda _revision: self.accept(),
            failed=self.refuse,
            owner=self,
        )
