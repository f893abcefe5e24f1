"""Why several people use one login."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.fields import Field, LongText
from core.i18n import N_, _
from core.inventory.accesses import give_reason
from gui.dialogs.decision import Decision
from gui.editors import LongTextEditor
from gui.widgets import named
from gui.workspace import Workspace

_REASON = Field("reason", N_("Reason"), LongText())


class EnterReasonDialog(Decision):
    """Notes why a login is shared; the same reason for all that are meant."""

    help_topic = "channels#accesses"

    def __init__(
        self, workspace: Workspace, access_ids: tuple[UUID, ...], title: str, parent: QWidget | None = None
    ) -> None:
        several = _("Why are the logins of the selected channels shared?")
        question = _("Why is the login of “{channel}” shared?").format(channel=title) if title else several
        super().__init__(workspace, question, _("Save"), parent)
        self._access_ids = access_ids
        self.reason = named(LongTextEditor(_REASON), "reason")
        self.ask(_("&Reason"), self.reason, _("For example: the platform knows only one login for each account."))
        self.reason.setFocus()

    def decide(self) -> None:
        """Note the reason."""
        accesses, reason = self._access_ids, self.reason.value() or ""

        def write(session: Any) -> None:
            for one in accesses:
                give_reason(session, one, reason)

        self.primary.setEnabled(False)
        self.workspace.act(N_("Enter reason"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)
