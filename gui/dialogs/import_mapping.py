"""What each column of a list was taken for, with a box at each to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.i18n import _
from gui.widgets import named

if TYPE_CHECKING:
    from core.exchange.importing.proposal import ColumnMap

BOX_WIDTH = 200
HEIGHT = 88


class FieldBox(QComboBox):
    """The fields a column can hold; turning the wheel over it scrolls the row of boxes instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(20)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around the box."""
        event.ignore()


class MappingRow(QScrollArea):
    """The columns of the list side by side.

    Signals:
        mapped: A column's place and the key of the field the user chose, "" for none.
    """

    mapped = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "mapping")
        self.setFixedHeight(HEIGHT)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.boxes: dict[int, FieldBox] = {}
        self._headers: tuple[tuple[int, str], ...] = ()

    def show_columns(self, columns: tuple[ColumnMap, ...]) -> None:
        """Show how the columns are mapped; the boxes stay where the list has the same columns as before."""
        headers = tuple((column.column, column.header) for column in columns)
        if headers != self._headers:
            self._headers = headers
            self._build(columns)
        for column in columns:
            box = self.boxes[column.column]
            box.setCurrentIndex(max(0, box.findData(column.field or "")))

    def _build(self, columns: tuple[ColumnMap, ...]) -> None:
        self.boxes = {}
        inside = QWidget()
        line = QHBoxLayout(inside)
        line.setContentsMargins(24, 0, 24, 8)
        line.setSpacing(16)
        choices = _choices()
        for column in columns:
            line.addLayout(self._column(column, choices))
        line.addStretch(1)
        self.setWidget(inside)

    def _column(self, column: ColumnMap, choices: list[tuple[str, str]]) -> QVBoxLayout:
        box = named(FieldBox(), f"map-{column.column}")
        box.setFixedWidth(BOX_WIDTH)
        box.setAccessibleName(_("Column “{header}” holds").format(header=column.header))
        for key, title in choices:
            box.addItem(title, key)
        box.insertSeparator(1)
        box.activated.connect(lambda _row: self.mapped.emit(column.column, str(box.currentData() or "")))
        self.boxes[column.column] = box
        header = QLabel(box.fontMetrics().elidedText(column.header, Qt.TextElideMode.ElideRight, BOX_WIDTH))
        header.setTextFormat(Qt.TextFormat.PlainText)
        header.setToolTip(column.header)
        made = QVBoxLayout()
        made.setSpacing(4)
        made.addWidget(header)
        made.addWidget(box)
        return made


def _choices() -> list[tuple[str, str]]:
    """Return (key, title) of all that a column can hold, "not imported" first."""
    from core.exchange.importing.importable import FIELDS, PLATFORM_PREFIX, title_of
    from core.inventory.platforms import platforms

    wide = [f"{PLATFORM_PREFIX}{key}" for key in platforms()]
    return [("", _("Not imported")), *((field.key, field.title) for field in FIELDS), *((k, title_of(k)) for k in wide)]
