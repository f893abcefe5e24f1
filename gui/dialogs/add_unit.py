"""Taking an organisation unit into the registry."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import BadInputError
from core.fields import Field, OneOf
from core.i18n import N_, _
from core.inventory.candidates import Candidate
from core.inventory.units import add_unit
from core.model import UnitKind
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.workspace import Workspace

_KIND = Field("kind", N_("Kind"), OneOf(UnitKind), required=True)


class AddUnitDialog(Decision):
    """A name is enough; the code before it is recognised."""

    help_topic = "units#add"

    def __init__(
        self, workspace: Workspace, above: tuple[UUID, str] | None = None, parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            above: The unit of which the new one is a part, if that is known: its id and its title.
            parent: The window.
        """
        super().__init__(workspace, _("Which unit do you want to add?"), _("Add unit"), parent)
        self.name = named(QLineEdit(placeholderText="FD 3.5 Internetredaktion"), "name")
        self.kind = ChoiceEditor(_KIND, [(one, _(one.label)) for one in UnitKind])
        self.kind.setObjectName("kind")
        self.above = named(ReferenceBox(workspace, "org_unit"), "parent")
        self.ask(_("&Name of the unit"), self.name, _("With its short name in front if it has one."))
        self.ask(_("&Kind"), self.kind)
        self.ask(_("&Part of"), self.above)
        if above is not None:
            self.above.show_candidate(Candidate(above[0], above[1], above[1]))
        self.name.setFocus()

    def decide(self) -> None:
        """Take the unit in and show it."""
        try:
            parent_id = self.above.value()
        except BadInputError as error:
            self.refuse(error)
            return
        name, kind = self.name.text(), self.kind.value()
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Add unit"),
            lambda session: add_unit(session, name, kind=kind, parent_id=parent_id).id,
            self._added,
            failed=self.refuse,
            owner=self,
        )

    def _added(self, unit_id: UUID) -> None:
        self.accept()
        self.workspace.go("units", unit_id)
