"""Switching the full log of uses on: under which agreement, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _, show_date
from core.protection.rights.uses_log import SWITCH_ON, switch_on
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.widgets import muted, named
from gui.workspace import Workspace

USUAL_DAYS = 28
_UNTIL = Field("until", N_("Until"), Day(), required=True)


class SwitchUsesLogDialog(Decision):
    """Neither the agreement nor the end can be left out; everybody sees that it is on."""

    help_topic = "privacy#uses"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Write down each use of a secret?"), _("Switch on"), parent)
        self.setObjectName("switch-uses-log-dialog")
        self.reference = named(QLineEdit(), "uses-log.reference")
        self.until = named(LineEditor(_UNTIL), "uses-log.until")
        self.until.show_value(workspace.today() + timedelta(days=USUAL_DAYS))
        told = _(
            "Who reads or uses a secret is then recorded with name and time. The staff council has a say in this. "
            "Everybody sees that the log is on; after its last day it switches itself off and is deleted."
        )
        self.body.addWidget(muted(told))
        self.ask(_("&Works agreement"), self.reference, _("Its reference, as it can be looked up."))
        self.ask(_("&Until"), self.until, _("The last day; half a year at most."))
        self.reference.setFocus()

    def decide(self) -> None:
        """Switch it on."""
        reference, today = self.reference.text(), self.workspace.today()
        try:
            until = self.until.value()
        except BadInputError as error:
            self.refuse(error)
            return

        def write(session: Any) -> None:
            switch_on(session, reference, until, today)

        self.primary.setEnabled(False)
        said = _("The full log of uses is on until {day}.").format(day=show_date(until))
        self.workspace.act(SWITCH_ON, write, lambda _none: self.accept(), said=said, failed=self.refuse, owner=self)
