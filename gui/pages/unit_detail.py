"""One unit: where it stands, what hangs on it, its facts, what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from core.i18n import N_, _
from core.inventory.editing import still_there
from core.inventory.lists import UNITS
from core.inventory.unit_changes import end_unit, remove_unit, revive_unit, save_unit
from core.inventory.unit_sheet import UnitSheet, unit_sheet
from core.model import OrgUnit
from core.registry import Registry
from gui.actions import action
from gui.dialogs.add_unit import AddUnitDialog
from gui.dialogs.move_unit import MoveUnitDialog
from gui.history_column import HistoryColumn
from gui.pages.record_detail import Reading, RecordDetail
from gui.pages.unit_ties import UnitTies
from gui.record_form import RecordForm
from gui.widgets import muted, named
from gui.workspace import Workspace

SECTIONS = {N_("The unit"): ("code", "name", "kind", "parent", "active", "notes")}


class UnitDetail(RecordDetail[UnitSheet]):
    """The chosen unit, or a word that none is chosen."""

    key = "unit"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.facts = RecordForm(workspace, UNITS, N_("Change unit"), SECTIONS, write=save_unit)
        self.ties = UnitTies(workspace)
        self.history = HistoryColumn(workspace, UNITS)
        self._make_actions()
        self._place()
        self.ties.add_wanted.connect(self.add_below)
        self.clear()

    def actions(self) -> list[QAction]:
        """Return what can be done with the unit."""
        return [self.adding, self.moving, self.ending, self.reviving, self.removing]

    def add_below(self) -> None:
        """Ask for a unit that is part of this one."""
        if self._sheet is not None:
            opened = self._sheet.opened
            AddUnitDialog(self._workspace, (opened.id, _title(self._sheet)), self.window()).open()

    def ask_where(self) -> None:
        """Ask which unit this one is part of."""
        if self._sheet is not None:
            MoveUnitDialog(self._workspace, self._sheet, _title(self._sheet), self.window()).open()

    def _make_actions(self) -> None:
        self.adding = action(self, "add-sub-unit", _("Add &sub-unit..."), self.add_below)
        self.moving = action(self, "move-unit", _("&Move..."), self.ask_where, "Ctrl+M")
        self.ending = action(self, "end-unit", _("Note that it no longer &exists"), self._end)
        self.reviving = action(self, "revive-unit", _("Note that it &exists"), self._revive)
        self.removing = action(self, "remove-unit", _("&Remove"), self._remove)
        self.addAction(self.moving)

    def _end(self) -> None:
        self._change(N_("Unit no longer exists"), lambda _session, unit: end_unit(unit))

    def _revive(self) -> None:
        self._change(N_("Unit exists again"), lambda _session, unit: revive_unit(unit))

    def _remove(self) -> None:
        self._change(N_("Remove unit"), remove_unit)

    def _change(self, label: str, write: Callable[[Any, OrgUnit], None]) -> None:
        unit_id = self._record_id
        if unit_id is not None:
            self._workspace.act(label, lambda session: write(session, still_there(session, OrgUnit, unit_id)))

    def _place(self) -> None:
        tabs = ((self.ties, _("What hangs on it")), (self.facts, _("Facts")), (self.history, _("History")))
        self._lay_out(self._head(), tabs, _("Choose a unit on the left to see its channels and people."))

    def _head(self) -> QHBoxLayout:
        self._name = named(QLabel(wordWrap=True), "section-title")
        self._about = muted("")
        for label in (self._name, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._name)
        texts.addWidget(self._about)
        more = named(QPushButton(_("More")), "more")
        menu = QMenu(more)
        menu.addActions(self.actions())
        more.setMenu(menu)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(8)
        head.addLayout(texts, 1)
        head.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _read(self, registry: Registry, record_id: UUID) -> Reading[UnitSheet] | None:
        with registry.reading() as session:
            sheet = unit_sheet(session, record_id, registry.today())
            return Reading(sheet) if sheet is not None else None

    def _show_parts(self, read: Reading[UnitSheet]) -> None:
        sheet = read.sheet
        active = bool(sheet.opened.listed["active"])
        self._name.setText(_title(sheet))
        self._about.setText("\n".join(_about(sheet)))
        self.ending.setVisible(active)
        self.reviving.setVisible(not active)
        self.removing.setEnabled(sheet.is_bare)


def _title(sheet: UnitSheet) -> str:
    code, name = sheet.opened.listed["code"], sheet.opened.listed["name"]
    return f"{code} {name}" if code and code != name else str(name)


def _about(sheet: UnitSheet) -> list[str]:
    """Return what the unit is, and the way down to it from the top."""
    lines = [_(sheet.opened.listed["kind"].label)]
    if sheet.above:
        lines.append(" › ".join(one.title for one in sheet.above))
    if not sheet.opened.listed["active"]:
        open_ones = [one for one in sheet.channels if not one.over]
        lines.append(
            _("The unit no longer exists, but channels still hang on it.")
            if open_ones
            else _("The unit no longer exists.")
        )
    return lines
