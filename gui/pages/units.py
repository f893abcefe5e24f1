"""The page of the units: the list on the left, the chosen unit with all that hangs on it on the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.fields import Field
from core.i18n import _
from core.inventory.lists import UNITS
from core.inventory.quick_filters import UNIT_FILTERS
from gui import theme
from gui.actions import action
from gui.dialogs.add_unit import AddUnitDialog
from gui.pages.record_page import RecordPage
from gui.pages.unit_detail import UnitDetail
from gui.record_model import Listed, RecordModel
from gui.record_table import RecordTable
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.workspace import Workspace

COLUMNS = {"code": 72, "name": 208, "kind": 184, "parent": 160}


class UnitModel(RecordModel):
    """The units' rows; what no longer exists is quiet, and says so."""

    def cell(self, one: Field, listed: Listed, role: int) -> Any:
        """Return what a cell shows."""
        match role:
            case Qt.ItemDataRole.ForegroundRole if not listed["active"]:
                return QColor(theme.tokens().muted)
            case Qt.ItemDataRole.DisplayRole if one.key == "name" and not listed["active"]:
                return _("{name} (no longer exists)").format(name=listed["name"])
            case _:
                return super().cell(one, listed, role)


class UnitsPage(RecordPage):
    """How the administration is made up, as far as channels and people hang on it."""

    key = "units"
    filters = UNIT_FILTERS
    help_topic = "units"
    detail: UnitDetail

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Which units run our channels?")
        self.header = PageHeader(self.question, search=_("Search units"))
        self.table = RecordTable(workspace, UnitModel(workspace, UNITS, self), COLUMNS)
        self.table.setAccessibleName(_("Units"))
        self.detail = UnitDetail(workspace)
        self._make_filters()
        self._make_actions()
        self._make_empty()
        self._lay_out()
        self._connect()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the list and the chosen unit again, unless only findings have changed."""
        if tables != {"finding"}:
            super().refresh(tables)

    def _make_actions(self) -> None:
        adding = action(self, "add-unit", _("Add unit"), self._add)
        adding.setToolTip(_("Take in a department, an office or a municipal company"))
        self.header.add_primary(adding)
        self.menu_actions = [adding, *self.detail.actions(), *self._list_actions()]

    def _make_empty(self) -> None:
        self.empty = EmptyState(
            "tree-structure",
            _("No units yet"),
            _("Here you see which department runs which channel and who works there. A list brings its units."),
        )
        self._offer_ways_in(_("Add a unit"), self._add)
        self.nothing = EmptyState("magnifying-glass", _("No unit matches"), _("Search for something else."))
        self.nothing.offer(_("Show all units"), self._show_all)

    def _add(self) -> None:
        AddUnitDialog(self.workspace, None, self.window()).open()
