"""A table whose rows are one thing each: the cursor is a frame around the row, seen whenever the keys go there."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui import theme
from gui.field_cells import FieldCells
from gui.showing import is_figure


class RowsView(QTableView):
    """Rows without lines between columns, chosen as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(RowDelegate(self))
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.dense(self)
        columns.setHighlightSections(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the frame of the one that the keys act on."""
        super().paintEvent(event)
        index = self.currentIndex()
        if self.hasFocus() and index.isValid():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(theme.tokens().focus), 2))
            top, height = self.rowViewportPosition(index.row()), self.rowHeight(index.row())
            painter.drawRect(QRect(1, top + 1, self.viewport().width() - 2, height - 2))
            painter.end()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the frame at its new place, and no longer at the old one."""
        super().currentChanged(current, previous)
        self.viewport().update()


class RowDelegate(QStyledItemDelegate):
    """Draws a cell without a frame of its own; long texts end in an ellipsis."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Cut at the end, not in the middle."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave the focus to the row."""
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)


class FieldDelegate(RowDelegate):
    """Sets dates and numbers in digits of one width."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Choose the font by the column's kind."""
        super().initStyleOption(option, index)
        model = index.model()
        if isinstance(model, FieldCells) and is_figure(model.fields[index.column()]):
            option.font = theme.tabular(option.font)
