"""The list of channels as it is known before the data layer is loaded: true rows to look at, until the page is there.

Rows can be looked at, scrolled and chosen; the page takes their place without moving them, and the chosen one with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from core import workstation
from core.fields import Field
from core.i18n import _
from core.inventory.channel_fields import FIELDS
from core.inventory.platforms import platforms
from core.storage.first_rows import FirstRows, Wanted, first_rows
from core.storage.view import View
from gui.channel_cells import COLUMNS, ChannelCells
from gui.field_cells import Listed
from gui.rows_view import FieldDelegate, RowsView
from gui.table_columns import TableColumns, order_kept
from gui.titled_model import Index, TitledModel
from gui.widgets.page_header import PageHeader
from gui.workspace import Workspace

LIST = "channel"
LIMIT = 64
MARGINS = (20, 104, 432, 0)  # Around the table, as long as it is not known where the page has placed it.


def look(path: Path, workspace: Workspace) -> FirstRows | None:
    """Read the first channels in the order that was left; on the database lane, before the registry is opened."""
    kept = workstation.remembered(f"table.{LIST}", {})
    sort, descending = order_kept(kept, FIELDS, COLUMNS)
    platforms()  # Their names are needed for painting; the catalogue is read here, not there.
    wanted = Wanted(LIST, FIELDS, View(sort=sort, descending=descending), LIMIT)
    return first_rows(path, wanted, workspace.today())


def remember_place(page: QWidget) -> None:
    """Keep where the page has its table, so that the rows of the next start stand there from the first."""
    table = page.findChild(QWidget, f"{LIST}-table")
    if isinstance(table, QWidget) and table.isVisible():
        corner, size = table.mapTo(page, table.rect().topLeft()), table.size()
        right, bottom = corner.x() + size.width(), corner.y() + size.height()
        workstation.remember("first-sight", [corner.x(), corner.y(), page.width() - right, page.height() - bottom])


class FirstModel(ChannelCells, TitledModel):
    """The first channels; those that follow are counted, but empty. It has no columns but those that are shown."""

    def __init__(self, first: FirstRows, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.fields, self.view = LIST, _shown_fields(), View()
        self.titles = [one.label for one in self.fields]
        self._first = first

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many channels there are."""
        return 0 if parent.isValid() else self._first.count

    def listed(self, row: int) -> Listed | None:
        """Return one of the first channels."""
        return self._first.listed[row] if row < len(self._first.listed) else None


class FirstSight(QWidget):
    """Stands where the page of the channels will."""

    def __init__(self, first: FirstRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first-sight")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PageHeader(_("Which channels do we have?"), self, search=_("Search channels")))
        column.addStretch(1)
        self.records = FirstModel(first, self)
        self.table = self._table()
        self._place = _kept_place()

    def chosen(self) -> UUID | None:
        """Return the channel that a person has put the cursor on meanwhile."""
        index = self.table.currentIndex()
        listed = self.records.listed(index.row()) if index.isValid() else None
        return listed["id"] if listed is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the table the place that the page will give it."""
        super().resizeEvent(event)
        left, top, right, bottom = self._place
        self.table.setGeometry(QRect(left, top, self.width() - left - right, self.height() - top - bottom))

    def _table(self) -> RowsView:
        table = RowsView(self)
        table.setAccessibleName(_("Channels"))
        table.setWordWrap(False)
        table.setItemDelegate(FieldDelegate(table))
        header = table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(48)
        header.setSectionsMovable(True)
        table.setModel(self.records)
        TableColumns(table, self.records, COLUMNS).hold()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        return table


def _shown_fields() -> tuple[Field, ...]:
    """Return the fields that were shown last, and the one that orders the rows."""
    kept = workstation.remembered(f"table.{LIST}", {})
    sort, _descending = order_kept(kept, FIELDS, COLUMNS)
    shown = set(kept.get("columns", ())) & {one.key for one in FIELDS} or set(COLUMNS)
    return tuple(one for one in FIELDS if one.key in shown or one.key == sort)


def _kept_place() -> tuple[int, int, int, int]:
    kept: Any = workstation.remembered("first-sight")
    match kept:
        case [int(left), int(top), int(right), int(bottom)]:
            return left, top, right, bottom
        case _:
            return MARGINS
