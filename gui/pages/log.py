"""The page of the log: every action, newest first; what one of them changed, and undoing it, on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.i18n import _
from core.registry import Registry
from gui.actions import action
from gui.log_model import LogModel
from gui.log_table import LogTable
from gui.pages import Page
from gui.pages.log_detail import LogDetail
from gui.pages.log_filters import LogFilters
from gui.saved_views import SavedView
from gui.view_bar import ViewBar
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.split import Split
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.inventory.log_list import LogExport


class LogPage(Page):
    """Who changed what, and when."""

    help_topic = "log"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Who changed what, and when?")
        self.header = PageHeader(self.question)
        self.filters = LogFilters(workspace)
        self.model = LogModel(workspace, self)
        self.table = LogTable(workspace, self.model)
        self.views = ViewBar(workspace, self, self, alone=True)
        self.detail = LogDetail(workspace)
        self._number: int | None = None
        self._lay_out()
        self._connect()

    def open_registry(self, registry: Registry) -> None:
        """Show the registry's log."""
        del registry
        self.refresh(frozenset())

    def close_registry(self) -> None:
        """Show nothing."""
        self._number = None
        self.filters.clear()
        self.model.clear()
        self.detail.clear()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the lines and the chosen action again."""
        if self.workspace.is_open and tables != {"finding"}:
            self.model.reload()
            self.detail.refresh()

    def focus_search(self) -> None:
        """Put the cursor into the field that finds a record."""
        self.filters.record.setFocus()
        self.filters.record.selectAll()

    def show_record(self, record: UUID) -> None:
        """Show only what concerns a record; its name is looked up."""
        self.filters.clear()
        self.filters.find_record(record)

    @property
    def list_name(self) -> str:
        """The name under which views of the log are kept."""
        return "action"

    def view_now(self, name: str) -> SavedView:
        """Return how the log is looked at now, under a name."""
        return SavedView(name, columns=self.table.columns.arrangement(), where=self.filters.kept())

    def look(self, view: SavedView) -> None:
        """Show the log as it was when a view was saved."""
        self.table.columns.arrange(view.columns)
        self.filters.recall(view.where)

    def choose_columns(self) -> object:
        """Offer the columns to choose from."""
        return self.table.columns.choose()

    def exportable(self) -> LogExport:
        """Return the log as it is shown."""
        from core.inventory.log_list import FIELDS, LogExport

        keys = tuple(FIELDS[column].key for column in self.table.columns.shown())
        return LogExport(self.model.filter, keys, _("Log"), self.workspace.registry.store_id)

    def _filter_by_value(self) -> None:
        """Show only what has the value of the cell that the cursor is on."""
        index = self.table.currentIndex()
        done = self.model.action(index.row()) if index.isValid() else None
        if done is None:
            return
        match self.model.fields[index.column()].key:
            case "when":
                self.filters.show_day(done.at.astimezone().date())
            case "who" if done.actor_id is not None:
                self.filters.show_person(done.actor_id, done.actor)
            case "what":
                self.filters.show_kind(done.kind)

    def _lay_out(self) -> None:
        verifying = action(self, "verify-log", _("Verify log"), lambda: self.workspace.command("verify_log"))
        verifying.setToolTip(_("Check that nothing in the log was altered or removed"))
        self.header.add_button(verifying)
        only = action(self, "filter-by-value", _("Show only what has this &value"), self._filter_by_value)
        columns = action(self, "choose-columns", _("Choose c&olumns..."), self.choose_columns)
        self.table.addAction(only)
        self.menu_actions = [self.detail.undoing, verifying, only, columns]
        self.nothing = EmptyState("magnifying-glass", _("No entry matches"), _("Choose another person or other days."))
        self.nothing.offer(_("Show everything"), self.filters.clear)
        self.nothing.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)
        self.stack = QStackedWidget()
        self.stack.setContentsMargins(20, 0, 0, 0)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        self.splitter = Split("log", (self.stack, self.detail), (616, 464), (1, 1))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.filters)
        page.addWidget(self.views)
        page.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._look)
        self.model.loaded.connect(self._stay)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.detail.record_wanted.connect(self.filters.show_record)

    def _look(self) -> None:
        """Show what the filter wants; a saved view that wants something else is no longer in force."""
        self.views.leave()
        self.model.look(self.filters.filter)

    def _stay(self) -> None:
        """Keep the cursor on its action when lines come or go; it goes to the newest one where that is gone."""
        self.stack.setCurrentWidget(self.table if self.model.rows else self.nothing)
        wanted = self.model.row_of(self._number) if self._number is not None else None
        row = wanted if wanted is not None else 0
        if self.model.rows:
            index = self.model.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, flags)
            if wanted is not None:
                self.table.scrollTo(index)
        self._choose()

    def _choose(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.rows):
            self._number = self.model.rows[row]
            self.detail.show_action(self._number, self.filters.filter.record_id)
        elif not self.model.rows:
            self.detail.clear()
