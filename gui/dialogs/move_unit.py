"""Making a unit part of another one."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.i18n import N_, _
from core.inventory.candidates import Candidate
from core.inventory.editing import still_there
from core.inventory.unit_changes import move_unit
from core.inventory.unit_sheet import UnitSheet
from core.model import OrgUnit
from gui.dialogs.decision import Decision
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.workspace import Workspace


class MoveUnitDialog(Decision):
    """Its channels, people and sub-units move with it."""

    help_topic = "units#move"

    def __init__(self, workspace: Workspace, sheet: UnitSheet, title: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("What is “{unit}” part of?").format(unit=title), _("Move"), parent)
        self._unit_id, self._version = sheet.opened.id, sheet.opened.version
        self.above = named(ReferenceBox(workspace, "org_unit"), "parent")
        if sheet.above:
            last = sheet.above[-1]
            self.above.show_candidate(Candidate(last.id, last.title, last.title))
        self.ask(
            _("&Part of"),
            self.above,
            _("Leave it empty for a unit at the top. Its channels, people and sub-units move with it."),
        )
        self.above.setFocus()
        self.above.selectAll()

    def decide(self) -> None:
        """Move the unit."""
        try:
            parent_id = self.above.value()
        except BadInputError as error:
            self.refuse(error)
            return
        unit_id, version = self._unit_id, self._version

        def write(session: Any) -> None:
            move_unit(session, still_there(session, OrgUnit, unit_id, version), parent_id)

        self.primary.setEnabled(False)
        self.workspace.act(N_("Move unit"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)
