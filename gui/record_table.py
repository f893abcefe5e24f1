"""One table for every record, made from its fields: sorted, filtered and copied alike, its columns remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QWidget,
)

from core.i18n import _
from core.registry import Registry
from core.storage.searching import page, record_ids, row_of
from gui.copying import copy_as_table
from gui.record_model import RecordModel, cell_text
from gui.rows_view import FieldDelegate, RowsView
from gui.table_columns import TableColumns
from gui.workspace import Workspace


class RecordTable(RowsView):
    """A list of records; keeps its selection by record when rows come, go and move.

    `choose_first` puts the cursor on the first row once, when the rows of a registry have come.

    Signals:
        chosen: The id of the record that the cursor is on, or None.
        selected: How many rows are selected.
    """

    chosen = Signal(object)
    selected = Signal(int)

    def __init__(
        self, workspace: Workspace, model: RecordModel, columns: Mapping[str, int], parent: QWidget | None = None
    ) -> None:
        """Make the table.

        Args:
            workspace: The open registry.
            model: The rows.
            columns: The columns that are shown at first, in their order, with their widths; the first orders the rows.
            parent: The page.
        """
        self.records = model  # The table asks for it while it is made.
        super().__init__(parent)
        self._workspace = workspace
        self._wanted: UUID | None = None
        self._kept: tuple[int | None, frozenset[int]] = (None, frozenset())
        self._gone: tuple[int | None, frozenset[int]] = (
            self._kept
        )  # Selected rows that left the list; they are selected again when they come back.
        self._chosen: UUID | None = None
        self.choose_first = True
        self.setObjectName(f"{model.records.name}-table")
        self._lay_out()
        self.setModel(model)
        self.columns = TableColumns(self, model, columns)
        self._connect()

    def search(self, text: str) -> None:
        """Show only what matches."""
        self.records.look(replace(self.records.view, search=text))

    def narrow(self, only: Any) -> None:
        """Show only the records whose ids a query gives, or all."""
        self.records.look(replace(self.records.view, only=only))

    def choose(self, record: UUID) -> None:
        """Put the cursor on a record, now or when its row has come."""
        self._wanted = record
        self._find(record)

    def enter(self) -> None:
        """Let the keys go to the table, on the first row if there is no other."""
        self.setFocus()
        if not self.currentIndex().isValid() and self.records.rows:
            self.selectRow(0)

    def chosen_id(self) -> UUID | None:
        """Return the record that the cursor is on."""
        return self._chosen

    def selected_rows(self) -> list[int]:
        """Return the numbers of the selected rows as the cache knows them, from top to bottom."""
        return [self.records.rows[index] for index in sorted(_selected(self.selectionModel()))]

    def with_selected_ids(self, then: Any) -> None:
        """Hand the ids of all selected records to `then`; rows far out of sight are looked up first."""
        rows = self.selected_rows()

        def read(registry: Registry) -> list[UUID]:
            with registry.reading() as session:
                found = record_ids(session.connection(), self.records.records, rows)
            return [found[row] for row in rows if row in found]

        self._workspace.read(read, then, owner=self)

    def copy(self) -> None:
        """Copy the selected rows as a table that Excel and Word understand."""
        rows, shown_columns = self.selected_rows(), self.columns.shown()
        fields = [self.records.records.fields[column] for column in shown_columns]

        def read(registry: Registry) -> list[list[str]]:
            with registry.reading() as session:
                listed = page(session.connection(), self.records.records, rows, registry.today())
            return [
                [one.title for one in fields],
                *([cell_text(one, row[one.key]) for one in fields] for row in listed if row),
            ]

        if rows:
            self._workspace.read(read, copy_as_table, owner=self)

    def resizeEvent(self, event: Any) -> None:
        """Note what is in sight."""
        super().resizeEvent(event)
        self._note_sight()

    def changeEvent(self, event: QEvent) -> None:
        """Draw pictures anew in another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()

    def _lay_out(self) -> None:
        self.setWordWrap(False)
        self.setItemDelegate(FieldDelegate(self))
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setStretchLastSection(True)
        columns.setMinimumSectionSize(48)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        self.records.modelAboutToBeReset.connect(self._keep_selection)
        self.records.loaded.connect(self._restore_selection)
        self.records.dataChanged.connect(self._tell_chosen)
        self.verticalScrollBar().valueChanged.connect(self._note_sight)
        self.selectionModel().selectionChanged.connect(self._tell_selected)
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        copying = QAction(_("Copy as table"), self, shortcut=QKeySequence(QKeySequence.StandardKey.Copy))
        copying.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copying.triggered.connect(self.copy)
        self.addAction(copying)

    def _keep_selection(self) -> None:
        rows, current = self.records.rows, self.currentIndex().row()
        chosen = frozenset(rows[row] for row in _selected(self.selectionModel()) if row < len(rows))
        if chosen or 0 <= current < len(rows):
            self._kept = (rows[current] if 0 <= current < len(rows) else None, chosen)

    def _restore_selection(self) -> None:
        """Select again what was selected; what left the list is selected when it comes back, as after an undo."""
        self._note_sight()
        kept, gone = self._kept, self._gone
        self._kept, self._gone = (None, frozenset()), (None, frozenset())
        if kept[1] or gone[1]:
            present = frozenset(self.records.rows)
            if gone[1] & present:
                kept = gone
            if kept[1] - present:
                self._gone = kept
            elif gone[1] - present:
                self._gone = gone
        current, chosen = kept
        if chosen or current is not None:
            still_gone = self._gone
            self._select([place for place, row in enumerate(self.records.rows) if row in chosen], current)
            self._gone = still_gone
        if self._wanted is not None:
            self._find(self._wanted)
        elif self.choose_first and self.records.rows and not self.currentIndex().isValid():
            self.choose_first = False
            self.selectRow(0)
        self._tell_chosen()

    def _select(self, places: Sequence[int], current: int | None) -> None:
        picked, last = QItemSelection(), self.records.columnCount() - 1
        for place in places:
            picked.select(self.records.index(place, 0), self.records.index(place, last))
        model = self.selectionModel()
        model.select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current is not None and current in self.records.rows:
            column = self.columns.shown()[0]
            index = self.records.index(self.records.rows.index(current), column)
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _find(self, record: UUID) -> None:
        """Look up the row of a record and put the cursor there; it waits if the row is not in the list yet."""
        if not self._workspace.is_open:
            return

        def read(registry: Registry) -> int | None:
            with registry.reading() as session:
                return row_of(session.connection(), self.records.records, record)

        self._workspace.read(read, self._go_to, owner=self)

    def _go_to(self, row: int | None) -> None:
        if row is not None and self._wanted is not None and row in self.records.rows:
            self._wanted = None
            index = self.records.index(self.records.rows.index(row), self.columns.shown()[0])
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            )
            self.scrollTo(index)

    def _tell_selected(self) -> None:
        self._gone = (None, frozenset())  # Something else was selected since.
        self.selected.emit(len(_selected(self.selectionModel())))

    def _tell_chosen(self) -> None:
        index = self.currentIndex()
        found = self.records.record_id(index.row()) if index.isValid() else None
        if index.isValid() and found is None:
            return  # Its page is on the way; the record is told when it has come.
        if found != self._chosen:
            self._chosen = found
            self.chosen.emit(found)

    def _note_sight(self) -> None:
        height = self.verticalHeader().defaultSectionSize()
        first = self.rowAt(0)
        self.records.set_in_sight(max(first, 0), max(first, 0) + self.viewport().height() // height + 1)


def _selected(model: QItemSelectionModel) -> set[int]:
    """Return the selected rows without making an index for each of their cells."""
    selection = model.selection()
    parts = [selection.at(number) for number in range(selection.count())]
    return {row for part in parts for row in range(part.top(), part.bottom() + 1)}
