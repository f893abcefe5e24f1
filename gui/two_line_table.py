"""A table of few rows with two lines each, whose first column takes the room that the others leave."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from gui.rows_view import RowsView

TWO_LINES = 48


class TwoLineTable(RowsView):
    """One row is chosen at a time; where the room does not do, the table scrolls."""

    def __init__(self, model: QAbstractItemModel, widths: Mapping[int, int], narrowest: int) -> None:
        """Make the table.

        Args:
            model: The rows.
            widths: The width of each column but the first, in pixels.
            narrowest: The least width of the first.
        """
        super().__init__()
        self._narrowest, self._others = narrowest, sum(widths.values())
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().setDefaultSectionSize(TWO_LINES)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in widths.items():
            header.resizeSection(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the first column the room that the others leave."""
        super().resizeEvent(event)
        self.setColumnWidth(0, max(self.viewport().width() - self._others, self._narrowest))
