"""The rows of one list of records for a table view; the first ones of a long list are there before all others."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt

from core.i18n import _
from core.registry import Registry
from core.storage.record_list import RecordList
from core.storage.searching import View, ordered_rows, page
from gui.field_cells import FieldCells, Listed, cell_text
from gui.paged_model import Order, PagedModel, Read
from gui.showing import has_order
from gui.titled_model import Index
from gui.workspace import Workspace

__all__ = ["FIRST", "Listed", "RecordModel", "cell_text"]

FIRST = 256  # Rows that are read before all others of a long list.


class RecordModel(FieldCells, PagedModel[Listed | None]):
    """One list of records as a table; columns are the list's fields."""

    def __init__(self, workspace: Workspace, records: RecordList, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.records = records
        self.name, self.fields = records.name, records.fields
        self.titles = [one.label for one in records.fields]
        self.view = View()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row can be selected; nothing is edited in place."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a field; long texts are no order."""
        if 0 <= column < len(self.fields) and not has_order(self.fields[column]):
            return
        key = self.fields[column].key if 0 <= column < len(self.fields) else ""
        self.look(replace(self.view, sort=key, descending=order is Qt.SortOrder.DescendingOrder))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the names of the columns; those that can be no order say so."""
        if role != Qt.ItemDataRole.ToolTipRole or orientation is Qt.Orientation.Vertical:
            return super().headerData(section, orientation, role)
        known = 0 <= section < len(self.fields)
        ordered = not known or has_order(self.fields[section])
        return (
            super().headerData(section, orientation, role)
            if ordered
            else _("A list cannot be sorted by long texts. Search in them instead.")
        )

    def look(self, view: View) -> None:
        """Show the list in another way: searched, sorted or narrowed."""
        self.view = view
        self.reload()

    def record_id(self, row: int) -> UUID | None:
        """Return the id of the record in a row if its page has been read."""
        listed = self.listed(row)
        return listed["id"] if listed is not None else None

    def _order(self) -> Order:
        view = self.view
        return lambda session: ordered_rows(session.connection(), self.records, view, FIRST)

    def _read_page(self, session: Any, rows: array[int], today: date) -> list[Listed | None]:
        return page(session.connection(), self.records, rows, today)

    def _take(self, read: Read[Listed | None]) -> None:
        """Show what was read; where only contents have changed, the view keeps its place."""
        more = len(read.rows) == FIRST
        if read.rows == (self.rows[:FIRST] if more else self.rows):
            self._job = None
            self._renew(read.pages)
            self.loaded.emit()
        else:
            super()._take(read)
        if more:
            self._read_rest()

    def _renew(self, pages: dict[int, list[Listed | None]]) -> None:
        self._sitting += 1
        self._pages, self._asked = pages, set()
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, self.columnCount() - 1))

    def _read_rest(self) -> None:
        view = self.view

        def read(registry: Registry) -> array[int]:
            with registry.reading() as session:
                return ordered_rows(session.connection(), self.records, view)

        self._job = self._workspace.read(read, self._take_rest, owner=self)

    def _take_rest(self, rows: array[int]) -> None:
        self._job = None
        if rows == self.rows:
            return
        if rows[: len(self.rows)] == self.rows:
            self._extend(rows)
        else:
            self._reset(rows, {})
        self.loaded.emit()
