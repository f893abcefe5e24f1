"""An access was withdrawn on the platform: since which day."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _
from core.inventory.accesses import withdraw_access
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.widgets import muted, named
from gui.workspace import Workspace

_DAY = Field("withdrawn_on", N_("Withdrawn on"), Day(), required=True)


class WithdrawAccessDialog(Decision):
    """Reminds that the access must be removed on the platform, and notes when that was done."""

    def __init__(
        self, workspace: Workspace, access_ids: tuple[UUID, ...], holder: str, parent: QWidget | None = None
    ) -> None:
        question = _("Is the access of {name} withdrawn?").format(name=holder)
        super().__init__(workspace, question, _("Note as withdrawn"), parent)
        self._access_ids = access_ids
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
        registry, accesses = self.workspace.registry, self._access_ids
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Withdraw access"),
            lambda session: [withdraw_access(session, one, day, registry.me()) for one in accesses] and None,
            lambda _none: self.accept(),
            failed=self.refuse,
            owner=self,
        )
