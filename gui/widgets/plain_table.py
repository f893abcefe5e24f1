"""A table as it looks everywhere: no grid, whole rows, one selected, rows of one height."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui import theme
from gui.rows_view import RowsView
from gui.widgets import named


def plain_table(model: QAbstractItemModel, name: str, title: str, widths: Sequence[int]) -> QTableView:
    """Make the view of a small model.

    Args:
        model: What it shows.
        name: Its objectName.
        title: Translated name for assistive technology.
        widths: Of all columns but the last, which takes the rest.
    """
    table = named(RowsView(), name)
    table.setAccessibleName(title)
    table.setModel(model)
    table.setWordWrap(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    theme.dense(table)
    header = table.horizontalHeader()
    header.setStretchLastSection(True)
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for place, width in enumerate(widths):
        table.setColumnWidth(place, width)
    return table
