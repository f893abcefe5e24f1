"""Channels are approved: since which day, and by which decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _
from core.inventory import bulk
from core.inventory.editing import refuse_if_changed
from core.model import Channel
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.widgets import named
from gui.workspace import Workspace

_ON = Field("approved_on", N_("Approved on"), Day(), required=True)
_UNDER = Field("approved_under", N_("Approved under"))


class ApproveDialog(Decision):
    """Notes the decision by which channels may speak for the city."""

    help_topic = "findings#rule-not-approved"

    def __init__(self, workspace: Workspace, ids: Sequence[UUID], title: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _question(title, len(ids)), _("Approve"), parent)
        self._ids = tuple(ids)
        self._seen = self.decides_on(Channel, self._ids)
        self.on = named(LineEditor(_ON), "approved_on")
        self.on.show_value(workspace.today())
        self.under = named(LineEditor(_UNDER), "approved_under")
        self.ask(_("Approved &on"), self.on)
        self.ask(
            _("&Under which decision"),
            self.under,
            _("The number or name of the decision; write “Existing stock” for what was there before the rules."),
        )
        self.under.setFocus()

    def decide(self) -> None:
        """Note the approval."""
        try:
            on, under = self.on.value(), self.under.value()
        except BadInputError as error:
            self.refuse(error)
            return
        ids, seen, today = self._ids, self._seen, self.workspace.today()

        def write(session: Any) -> None:
            refuse_if_changed(session, Channel, seen)
            bulk.approve(session, ids, on, under, today=today)

        self.primary.setEnabled(False)
        self.workspace.act(N_("Approve channel"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)


def _question(title: str, number: int) -> str:
    if number == 1:
        return _("Is “{channel}” approved?").format(channel=title)
    return _("Are the selected channels approved?")
