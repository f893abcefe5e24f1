"""What a person may ask for of their data: everything that is known, and that it is used no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.i18n import _, show_date
from core.inventory.editing import still_there
from core.inventory.person_sheet import PersonSheet
from core.model import Person
from core.protection.restriction import LIFT, RESTRICT, lift, restrict
from gui.actions import action
from gui.dialogs.extract_person import ExtractPersonDialog
from gui.widgets import named
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace


class PersonRights(QObject):
    """The actions for the chosen person, and a line that says that their data is restricted.

    Attributes:
        actions: For the menu of the page.
        banner: The line; hidden while nothing is restricted.
    """

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._workspace, self._page = workspace, page
        self._sheet: PersonSheet | None = None
        self.extracting = action(page, "extract", _("Write e&xtract..."), self._extract)
        self.restricting = action(page, "restrict", _("&Restrict data"), self._restrict)
        self.lifting = action(page, "lift-restriction", _("Lift &restriction"), self._lift)
        self.actions: list[QAction] = [self.extracting, self.restricting, self.lifting]
        self.banner = named(SeverityLabel("notice", sentences=True), "restricted")
        self.banner.hide()

    def show_person(self, sheet: PersonSheet) -> None:
        """Offer what can be done for a person, and say what holds for them."""
        self._sheet = sheet
        restricted = sheet.restricted_on
        self.extracting.setVisible(sheet.is_named)
        self.restricting.setVisible(sheet.is_named and restricted is None)
        self.lifting.setVisible(restricted is not None)
        self.banner.setVisible(restricted is not None)
        if restricted is not None:
            told = _(
                "Restricted since {day} (Art. 18 GDPR): the data is kept but not used. The person is not offered to be "
                "chosen, and lists for others leave them out."
            )
            self.banner.show_severity("notice", told.format(day=show_date(restricted)))

    def _extract(self) -> None:
        if self._sheet is not None:
            opened = self._sheet.opened
            ExtractPersonDialog(self._workspace, opened.id, str(opened.listed["name"]), self._page.window()).open()

    def _restrict(self) -> None:
        today = self._workspace.today()
        self._change(RESTRICT, lambda person: restrict(person, today))

    def _lift(self) -> None:
        self._change(LIFT, lift)

    def _change(self, label: str, change: Callable[[Person], None]) -> None:
        if self._sheet is None:
            return
        person_id = self._sheet.opened.id

        def write(session: Any) -> None:
            change(still_there(session, Person, person_id))

        self._workspace.act(label, write, owner=self)
