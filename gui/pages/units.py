"""The page of the units: the list on the left, the chosen unit with all that hangs on it on the right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core import workstation
from core.fields import Field
from core.i18n import _
from core.inventory.lists import UNITS
from core.registry import Registry
from gui import theme
from gui.actions import action
from gui.dialogs.add_unit import AddUnitDialog
from gui.pages import Page
from gui.pages.unit_detail import UnitDetail
from gui.record_model import Listed, RecordModel
from gui.record_table import RecordTable
from gui.view_bar import ViewBar
from gui.widgets import named
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.workspace import Workspace

COLUMNS = {"code": 72, "name": 208, "kind": 184, "parent": 160}
SPLIT = "split.units"


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


class UnitsPage(Page):
    """How the administration is made up, as far as channels and people hang on it."""

    help_topic = "units"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Which units run our channels?")
        self.header = PageHeader(self.question, search=_("Search units"))
        self.table = RecordTable(workspace, UnitModel(workspace, UNITS, self), COLUMNS)
        self.table.setAccessibleName(_("Units"))
        self.detail = UnitDetail(workspace)
        self.views = ViewBar(workspace, self.table, self.header.search, self)
        self._make_actions()
        self._lay_out()
        self._connect()

    def open_registry(self, registry: Registry) -> None:
        """Show the registry's units."""
        del registry
        self.table.choose_first = True
        self.refresh(frozenset())

    def close_registry(self) -> None:
        """Show nothing."""
        self.table.records.clear()
        self.detail.clear()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the list and the chosen unit again."""
        if self.workspace.is_open and tables != {"finding"}:
            self.table.records.reload()
            self.detail.refresh()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.header.search.setFocus()
        self.header.search.selectAll()

    def show_record(self, record: UUID) -> None:
        """Put the cursor on a unit."""
        self.views.leave()
        self.header.search.clear()
        self.table.choose(record)

    def _make_actions(self) -> None:
        adding = action(self, "add-unit", _("Add unit"), self._add)
        adding.setToolTip(_("Take in a department, an office or a municipal company"))
        self.header.add_primary(adding)
        columns = action(self, "choose-columns", _("Choose c&olumns..."), self.table.columns.choose)
        self.menu_actions = [adding, *self.detail.actions(), columns]

    def _lay_out(self) -> None:
        self.empty = EmptyState(
            "tree-structure",
            _("No units yet"),
            _("Here you see which department runs which channel and who works there. A list brings its units."),
        )
        self.empty.offer(_("Import your list"), lambda: self.workspace.command("import_list"))
        self.empty.offer(_("Add a unit"), self._add, primary=False)
        self.empty.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)
        self.nothing = EmptyState("magnifying-glass", _("No unit matches"), _("Search for something else."))
        self.nothing.offer(_("Show all units"), self.header.search.clear)
        self.stack = QStackedWidget()
        self.stack.setContentsMargins(20, 0, 0, 0)
        for part in (self.table, self.nothing):
            self.stack.addWidget(part)
        self.splitter = named(QSplitter(), "units-split")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.views)
        column.addWidget(self.stack, 1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes(workstation.remembered(SPLIT, [640, 420]))
        self.whole = QStackedWidget()
        self.whole.addWidget(self.splitter)
        self.whole.addWidget(self.empty)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.whole, 1)

    def _connect(self) -> None:
        self.header.searched.connect(self.table.search)
        self.header.search.returnPressed.connect(self.table.enter)
        self.table.chosen.connect(self.detail.show_unit)
        self.table.records.loaded.connect(self._show_whether_any)
        self.splitter.splitterMoved.connect(lambda: workstation.remember(SPLIT, self.splitter.sizes()))

    def _show_whether_any(self) -> None:
        searching = bool(self.header.search.text().strip())
        found = bool(self.table.records.rows)
        self.stack.setCurrentWidget(self.table if found else self.nothing)
        self.whole.setCurrentWidget(self.splitter if found or searching else self.empty)

    def _add(self) -> None:
        AddUnitDialog(self.workspace, None, self.window()).open()
