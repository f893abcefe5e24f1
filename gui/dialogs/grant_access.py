"""Somebody was given access to channels on the platform: who, by what means, in which role."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field, OneOf
from core.i18n import N_, _
from core.inventory.accesses import Grant, grant_access
from core.inventory.editing import still_there
from core.model import AccessKind, Channel, PlatformRole
from core.storage.journal import acting
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.reference_box import ReferenceBox
from gui.widgets import muted, named
from gui.workspace import Workspace

_HOLDER = Field("holder", N_("Agency or tool"))
_KIND = Field("kind", N_("Kind"), OneOf(AccessKind), required=True)
_ROLE = Field("platform_role", N_("Role on the platform"), OneOf(PlatformRole))
_REASON = Field("reason", N_("Reason"))
_DAY = Field("granted_on", N_("Granted on"), Day())


class GrantAccessDialog(Decision):
    """Reminds that the access is given on the platform, and notes who has it."""

    help_topic = "channels#accesses"

    def __init__(
        self, workspace: Workspace, channel_ids: tuple[UUID, ...], title: str, parent: QWidget | None = None
    ) -> None:
        several = _("Who gets into the selected channels?")
        question = _("Who gets into “{channel}”?").format(channel=title) if title else several
        super().__init__(workspace, question, _("Enter access"), parent)
        self._channel_ids = channel_ids
        self._seen = self.decides_on(Channel, channel_ids)
        self._make_editors()
        self._lay_out()
        self.kind.edited.connect(self._show_what_is_asked)
        self._show_what_is_asked()
        self.person.setFocus()

    def decide(self) -> None:
        """Note the access."""
        try:
            given, on = self._given(), self.day.value()
        except BadInputError as error:
            self.refuse(error)
            return
        channels, seen = self._channel_ids, self._seen

        def write(session: Any) -> None:
            for one in channels:
                still_there(session, Channel, one, seen.get(one))
                grant_access(session, one, given, on, acting(session))

        self.primary.setEnabled(False)
        self.workspace.act(N_("Grant access"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)

    def _given(self) -> Grant:
        kind = self.kind.value()
        return Grant(
            self.person.value(),
            self.holder.value(),
            kind,
            None if kind is AccessKind.SHARED_LOGIN else self.role.value(),
            reason=self.reason.value() if kind is AccessKind.SHARED_LOGIN else None,
        )

    def _make_editors(self) -> None:
        self.person = named(ReferenceBox(self.workspace, "person"), "person")
        self.holder = named(LineEditor(_HOLDER), "holder")
        self.kind = named(ChoiceEditor(_KIND, [(one, _(one.label)) for one in AccessKind]), "kind")
        self.kind.show_value(AccessKind.PLATFORM_ROLE)
        roles = [(None, "–"), *((one, _(one.label)) for one in PlatformRole)]
        self.role = named(ChoiceEditor(_ROLE, roles), "platform_role")
        self.role.show_value(PlatformRole.ADMIN)
        self.reason = named(LineEditor(_REASON), "reason")
        self.day = named(LineEditor(_DAY), "granted_on")
        self.day.show_value(self.workspace.today())

    def _lay_out(self) -> None:
        self.body.addWidget(
            muted(_("Give the access on the platform first. This registry only notes that it has been done."))
        )
        self.ask(_("&Person"), self.person)
        self.ask(_("&Agency or tool"), self.holder, _("Only if it is nobody of the city."))
        self.ask(_("&Kind"), self.kind)
        self._role_part = self.ask(_("&Role on the platform"), self.role)
        self._reason_part = self.ask(_("R&eason"), self.reason, _("Why the login has to be shared (BSI ORP.4)."))
        self.ask(_("&Granted on"), self.day)

    def _show_what_is_asked(self) -> None:
        shared = self.kind.value() is AccessKind.SHARED_LOGIN
        self._role_part.setVisible(not shared)
        self._reason_part.setVisible(shared)
