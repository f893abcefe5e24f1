"""Who takes over from somebody who leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.i18n import N_, _
from core.inventory.editing import still_there
from core.inventory.people import set_successor
from core.model import Person
from gui.dialogs.decision import Decision
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.workspace import Workspace


class SetSuccessorDialog(Decision):
    """Choose somebody of the registry."""

    help_topic = "people#leaving"

    def __init__(self, workspace: Workspace, person_id: UUID, name: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Who takes over from {name}?").format(name=name), _("Save"), parent)
        self._person_id = person_id
        self._seen = self.decides_on(Person, (person_id,))
        self.successor = named(ReferenceBox(workspace, "person"), "successor")
        self.ask(_("&Successor"), self.successor)
        self.successor.setFocus()

    def decide(self) -> None:
        """Note the successor."""
        try:
            successor_id = self.successor.value()
        except BadInputError as error:
            self.refuse(error)
            return
        person_id, seen = self._person_id, self._seen

        def write(session: Any) -> None:
            set_successor(still_there(session, Person, person_id, seen.get(person_id)), successor_id)

        self.primary.setEnabled(False)
        self.workspace.act(N_("Enter successor"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)
