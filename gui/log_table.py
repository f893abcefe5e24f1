"""The log as a table: newest first, its columns chosen and remembered, its lines copied."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent

from core.i18n import _
from core.inventory.log_list import FIELDS, listed
from core.registry import Registry
from core.storage.log_view import read_actions
from gui.copying import copy_as_table
from gui.field_cells import cell_text
from gui.log_model import COLUMNS, LogModel
from gui.rows_view import RowsView
from gui.table_columns import TableColumns
from gui.widgets import named
from gui.workspace import Workspace


class LogTable(RowsView):
    """The lines of the log; their order is that of time."""

    def __init__(self, workspace: Workspace, model: LogModel) -> None:
        super().__init__()
        self._workspace, self._log = workspace, model
        named(self, "log-table")
        self.setAccessibleName(_("Log"))
        self.setModel(model)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(48)
        self.columns = TableColumns(self, model, COLUMNS)
        self.setSortingEnabled(False)
        header.setSortIndicatorShown(False)
        self._make_copying()
        self.verticalScrollBar().valueChanged.connect(self._note_sight)

    def copy(self) -> None:
        """Copy the selected lines as a table that Excel and Word understand."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        numbers = [self._log.rows[row] for row in rows if row < len(self._log.rows)]
        fields = [FIELDS[column] for column in self.columns.shown()]
        here = self._workspace.registry.store_id

        def read(registry: Registry) -> list[list[str]]:
            with registry.reading() as session:
                found = [listed(one, here) for one in read_actions(session, numbers)]
            return [
                [one.title for one in fields],
                *([cell_text(one, line[one.key]) for one in fields] for line in found),
            ]

        if numbers:
            self._workspace.read(read, copy_as_table, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Note what is in sight, once there is a model."""
        super().resizeEvent(event)
        if self.model() is not None:
            self._note_sight()

    def _make_copying(self) -> None:
        copying = QAction(_("Copy as table"), self, shortcut=QKeySequence(QKeySequence.StandardKey.Copy))
        copying.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copying.triggered.connect(self.copy)
        self.addAction(copying)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _note_sight(self, _at: Any = None) -> None:
        first, height = max(self.rowAt(0), 0), self.verticalHeader().defaultSectionSize()
        self._log.set_in_sight(first, first + self.viewport().height() // height + 1)
