"""A list entry with a number at its right edge; the name is cut before the number is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.theme import tabular, tokens

MARGIN = 12


class CountDelegate(QStyledItemDelegate):
    """Draws the text that a role gives in the room it needs on the right."""

    def __init__(self, role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._role = role

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the entry over its whole width, its name only up to the number."""
        count, whole = str(index.data(self._role) or ""), QRect(option.rect)
        room = option.fontMetrics.horizontalAdvance(count) + 2 * MARGIN
        self._paint_back(painter, option, index)
        option.rect = whole.adjusted(0, 0, -room, 0)
        option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        super().paint(painter, option, index)
        painter.save()
        painter.setFont(tabular(option.font))
        painter.setPen(tokens().muted)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(whole.adjusted(0, 0, -MARGIN, 0), side, count)
        painter.restore()

    def _paint_back(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw what lies behind the entry: selection, hover, the frame of the focus."""
        back = QStyleOptionViewItem(option)
        self.initStyleOption(back, index)
        back.text = ""
        back.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, back, painter, option.widget)
