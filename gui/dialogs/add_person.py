"""Taking a person or an office into the registry."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import BadInputError
from core.fields import Field, Mail
from core.i18n import N_, _
from core.inventory.people import add_person
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.workspace import Workspace

_MAIL = Field("email", N_("Office e-mail"), Mail())


class AddPersonDialog(Decision):
    """A name is enough; the rest can be added later."""

    help_topic = "people#add"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Who is to be taken in?"), _("Add person"), parent)
        self.name = named(QLineEdit(placeholderText="Erika Mustermann"), "name")
        self.function = named(QLineEdit(), "function")
        self.email = named(LineEditor(_MAIL), "email")
        self.unit = named(ReferenceBox(workspace, "org_unit"), "unit")
        self.ask(_("&Name of the person or office"), self.name)
        self.ask(_("&Function"), self.function)
        self.ask(_("Office &e-mail"), self.email)
        self.ask(_("&Unit"), self.unit)
        self.name.setFocus()

    def decide(self) -> None:
        """Take the person in and show them."""
        try:
            email, unit_id = self.email.value(), self.unit.value()
        except BadInputError as error:
            self.refuse(error)
            return
        name, function = self.name.text(), self.function.text().strip() or None
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Add person"),
            lambda session: add_person(session, name, unit_id=unit_id, function=function, email=email).id,
            self._added,
            failed=self.refuse,
            owner=self,
        )

    def _added(self, person_id: UUID) -> None:
        self.accept()
        self.workspace.go("people", person_id)
