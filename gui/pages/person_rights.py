"""What becomes of a person's data: an extract of all that is known, that it is used no more, or kept for a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.i18n import _, show_date
from core.inventory.editing import still_there
from core.inventory.person_sheet import PersonSheet
from core.model import Person
from core.protection.rights.holds import END, end_hold, holds_of
from core.protection.rights.restriction import LIFT, lift
from gui.actions import action
from gui.dialogs.extract_person import ExtractPersonDialog
from gui.dialogs.hold_data import HoldDataDialog
from gui.dialogs.restrict_data import RestrictDataDialog
from gui.widgets import named
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Held:
    """What keeps somebody's data for a running case."""

    reason: str
    until: date


def held_of(session: Any, person_id: UUID, today: date) -> Held | None:
    """Return what keeps a person's data today, None where nothing does; of several what keeps it longest."""
    running = sorted(holds_of(session, person_id, today), key=lambda one: one.until)
    return Held(running[-1].reason, running[-1].until) if running else None


class PersonRights(QObject):
    """The actions for the chosen person, and lines that say what holds for their data.

    Attributes:
        actions: For the menu of the page.
        banner: That the data is restricted; hidden while it is not.
        keeping: That a running case keeps the data; hidden while none does.
        erased: That the data was erased; hidden where it was not.
        lines: All of them, for the head of the page.
    """

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._workspace, self._page = workspace, page
        self._sheet: PersonSheet | None = None
        self._held: Held | None = None
        self.extracting = action(page, "extract", _("Write e&xtract..."), self._extract)
        self.restricting = action(page, "restrict", _("&Restrict data..."), self._restrict)
        self.lifting = action(page, "lift-restriction", _("Lift &restriction"), self._lift)
        self.holding = action(page, "hold-data", _("Keep for a running &case..."), self._hold)
        self.ending = action(page, "end-hold", _("E&nd keeping for a case"), self._end)
        self.actions: list[QAction] = [self.extracting, self.restricting, self.lifting, self.holding, self.ending]
        self.banner, self.keeping, self.erased = self.lines = tuple(
            named(SeverityLabel("notice", sentences=True), name) for name in ("restricted", "held", "erased")
        )
        for line in self.lines:
            line.hide()

    def show_person(self, sheet: PersonSheet, held: Held | None = None) -> None:
        """Offer what can be done for a person, and say what holds for them."""
        self._sheet, self._held = sheet, held
        self._show_restriction(sheet)
        self.holding.setVisible(sheet.is_named)
        self.ending.setVisible(held is not None)
        self.keeping.setVisible(held is not None)
        if held is not None:
            told = _("Kept for a running case until {day}: {reason}")
            self.keeping.show_severity("notice", told.format(day=show_date(held.until), reason=held.reason))
        self.erased.setVisible(sheet.erased_on is not None)
        if sheet.erased_on is not None:
            told = _("Erased on {day}: what named this person is gone, the function stays.")
            self.erased.show_severity("notice", told.format(day=show_date(sheet.erased_on)))

    def _show_restriction(self, sheet: PersonSheet) -> None:
        restricted = sheet.restricted_on
        self.extracting.setVisible(sheet.is_named)
        self.restricting.setVisible(sheet.is_named and restricted is None)
        self.lifting.setVisible(restricted is not None)
        self.banner.setVisible(restricted is not None)
        if restricted is not None:
            told = _(
                "Restricted since {day} (Art. 18 GDPR): the data is kept but not used. The person is not offered to be "
                "chosen, and new reports name them by their function."
            )
            self.banner.show_severity("notice", told.format(day=show_date(restricted)))

    def _extract(self) -> None:
        if self._sheet is not None:
            opened = self._sheet.opened
            ExtractPersonDialog(self._workspace, opened.id, str(opened.listed["name"]), self._page.window()).open()

    def _hold(self) -> None:
        if self._sheet is not None:
            opened = self._sheet.opened
            dialog = HoldDataDialog(self._workspace, opened.id, str(opened.listed["name"]), self._page.window())
            if self._held is not None:
                dialog.show_hold(self._held.reason, self._held.until)
            dialog.open()

    def _end(self) -> None:
        if self._sheet is not None:
            person_id, today = self._sheet.opened.id, self._workspace.today()
            said = _("The hold has ended.")
            self._workspace.act(END, lambda session: end_hold(session, person_id, today), said=said, owner=self)

    def _restrict(self) -> None:
        if self._sheet is not None:
            opened = self._sheet.opened
            RestrictDataDialog(self._workspace, opened.id, str(opened.listed["name"]), self._page.window()).open()

    def _lift(self) -> None:
        self._change(LIFT, lift)

    def _change(self, label: str, change: Callable[[Person], None]) -> None:
        if self._sheet is None:
            return
        person_id = self._sheet.opened.id

        def write(session: Any) -> None:
            change(still_there(session, Person, person_id))

        self._workspace.act(label, write, owner=self)
