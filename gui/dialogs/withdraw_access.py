"""An access was withdrawn on the platform: since which day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _
from core.inventory.accesses import withdraw_access
from core.inventory.editing import still_there
from core.model import Access
from core.storage.journal import acting
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.widgets import muted, named
from gui.workspace import Workspace

_DAY = Field("withdrawn_on", N_("Withdrawn on"), Day(), required=True)


class WithdrawAccessDialog(Decision):
    """Reminds that the access must be removed on the platform, and notes when that was done."""

    help_topic = "channels#accesses"

    def __init__(
        self, workspace: Workspace, access_ids: tuple[UUID, ...], holder: str, parent: QWidget | None = None
    ) -> None:
        question = (
            _("Is the access of {name} withdrawn?").format(name=holder) if holder else _("Is the access withdrawn?")
        )
        super().__init__(workspace, question, _("Note as withdrawn"), parent)
        self._access_ids = access_ids
        self._seen = self.decides_on(Access, access_ids)
        self.day = named(LineEditor(_DAY), "withdrawn_on")
        self.day.show_value(workspace.today())
        self.body.addWidget(
            muted(_("Remove the access on the platform first. This registry only notes that it has been done."))
        )
        self.ask(_("&Withdrawn on"), self.day)

    def decide(self) -> None:
        """Note the day."""
        try:
            day = self.day.value()
        except BadInputError as error:
            self.refuse(error)
            return
        accesses, seen = self._access_ids, self._seen

        def write(session: Any) -> None:
            for one in accesses:
                still_there(session, Access, one, seen.get(one))
                withdraw_access(session, one, day, acting(session))

        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Withdraw access"),
            write,
            lambda _none: self.accept(),
            failed=self.refuse,
            owner=self,
        )
