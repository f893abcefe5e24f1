"""The page of the log: every action, newest first; what one of them changed, and undoing it, on the right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core import workstation
from core.i18n import _
from core.registry import Registry
from gui.actions import action
from gui.log_model import WHAT, WHEN, WHO, LogModel
from gui.pages import Page
from gui.pages.log_detail import LogDetail
from gui.pages.log_filters import LogFilters
from gui.rows_view import RowsView
from gui.widgets import named
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.workspace import Workspace

SPLIT = "split.log"


class LogPage(Page):
    """Who changed what, and when."""

    help_topic = "log"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Who changed what, and when?")
        self.header = PageHeader(self.question)
        self.filters = LogFilters(workspace)
        self.model = LogModel(workspace, self)
        self.table = LogTable(self.model)
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

    def _lay_out(self) -> None:
        verifying = action(self, "verify-log", _("Verify log"), lambda: self.workspace.command("verify_log"))
        verifying.setToolTip(_("Check that nothing in the log was altered or removed"))
        self.header.add_button(verifying)
        self.menu_actions = [self.detail.undoing, verifying]
        self.nothing = EmptyState("magnifying-glass", _("No entry matches"), _("Choose another person or other days."))
        self.nothing.offer(_("Show everything"), self.filters.clear)
        self.nothing.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)
        self.stack = QStackedWidget()
        self.stack.setContentsMargins(20, 0, 0, 0)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        self.splitter = named(QSplitter(), "log-split")
        self.splitter.addWidget(self.stack)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes(workstation.remembered(SPLIT, [616, 464]))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.filters)
        page.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._look)
        self.model.loaded.connect(self._stay)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.detail.record_wanted.connect(self.filters.show_record)
        self.splitter.splitterMoved.connect(lambda: workstation.remember(SPLIT, self.splitter.sizes()))

    def _look(self) -> None:
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


class LogTable(RowsView):
    """The lines of the log."""

    def __init__(self, model: LogModel) -> None:
        super().__init__()
        named(self, "log-table")
        self.setAccessibleName(_("Log"))
        self.setModel(model)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(48)
        header.resizeSection(WHEN, 152)
        header.resizeSection(WHO, 160)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.verticalScrollBar().valueChanged.connect(self._note_sight)

    def resizeEvent(self, event: Any) -> None:
        """Note what is in sight."""
        super().resizeEvent(event)
        self._note_sight()

    def _note_sight(self) -> None:
        model = self.model()
        if isinstance(model, LogModel):
            first, height = max(self.rowAt(0), 0), self.verticalHeader().defaultSectionSize()
            model.set_in_sight(first, first + self.viewport().height() // height + 1)
