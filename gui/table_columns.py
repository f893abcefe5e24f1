"""The columns of a record table: which are shown, in which order and width, and what orders the rows; remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from core import workstation
from core.fields import Field
from core.i18n import _
from gui.field_cells import FieldCells
from gui.showing import has_order

KEEP_AFTER = 500  # Milliseconds: dragging a border writes the choice once, not with every pixel.
NARROW, WIDE = 112, 136


class TableColumns(QObject):
    """The columns of one table, chosen by the user at this workstation."""

    def __init__(self, table: QTableView, model: FieldCells, first: Mapping[str, int]) -> None:
        """Show the columns as they were left, or the given ones.

        Args:
            table: The table, its model set.
            model: That model.
            first: The columns shown as long as nothing was chosen: their keys and widths; the first orders the rows.
        """
        super().__init__(table)
        self._table, self._model, self._first = table, model, dict(first)
        self._header: QHeaderView = table.horizontalHeader()
        self._memory = f"table.{model.name}"
        self._keeping = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._keeping.timeout.connect(self.keep)
        self._restore()
        self._header.sortIndicatorChanged.connect(self._keep_order)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(lambda at: self.choose(self._header.mapToGlobal(at)))
        for signal in (self._header.sectionResized, self._header.sectionMoved, self._header.sortIndicatorChanged):
            signal.connect(self._changed)

    def shown(self) -> list[int]:
        """Return the columns that are shown, from left to right."""
        order = [self._header.logicalIndex(place) for place in range(self._header.count())]
        return [column for column in order if not self._table.isColumnHidden(column)]

    def actions(self) -> list[QAction]:
        """Return one action a column, checked where it is shown."""
        made = []
        for column, one in enumerate(self._model.fields):
            action = QAction(one.title, self, checkable=True, checked=not self._table.isColumnHidden(column))
            action.setObjectName(f"column-{one.key}")
            action.toggled.connect(lambda on, column=column: self.show(column, on=on))
            made.append(action)
        return made

    def choose(self, at: QPoint | None = None) -> QMenu:
        """Offer the columns to choose from."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.addSeparator()
        menu.addAction(_("Columns as at first"), self.reset)
        menu.popup(at or self._table.mapToGlobal(QPoint(8, 8)))
        return menu

    def show(self, column: int, *, on: bool) -> None:
        """Show a column at the right end, or hide it; the last one stays."""
        if not on and len(self.shown()) == 1:
            return
        if on:
            self._header.moveSection(self._header.visualIndex(column), len(self.shown()))
        self._table.setColumnHidden(column, not on)
        if on:
            self._header.resizeSection(column, self._width(self._model.fields[column].key))
        self._changed()

    def reset(self) -> None:
        """Show the first columns again."""
        self._arrange(list(self._first), {})
        self._changed()

    def hold(self) -> None:
        """Let the columns stay as they are."""
        self._header.setSectionsMovable(False)
        self._header.setSectionsClickable(False)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._keeping.stop()
        self._keeping.timeout.disconnect()

    def keep(self) -> None:
        """Remember the choice at this workstation."""
        workstation.remember(self._memory, self.arrangement())

    def arrangement(self) -> dict[str, Any]:
        """Return the choice: columns from left to right, their widths, and what orders the rows."""
        keys = [self._model.fields[column].key for column in self.shown()]
        widths = {key: self._table.columnWidth(self._model.column(key)) for key in keys}
        view = self._model.view
        return {"columns": keys, "widths": widths, "sort": view.sort, "descending": view.descending}

    def arrange(self, kept: Mapping[str, Any]) -> None:
        """Show the columns of a choice that was kept; what the list no longer has is left out."""
        known = {one.key for one in self._model.fields}
        keys = [key for key in kept.get("columns", ()) if key in known] or list(self._first)
        self._arrange(keys, kept.get("widths", {}))
        sort, descending = order_kept(kept, self._model.fields, self._first)
        self._model.view = replace(self._model.view, sort=sort, descending=descending)
        self._point_at(sort, descending=descending)

    def _changed(self) -> None:
        self._keeping.start()

    def _keep_order(self, column: int) -> None:
        """Point again at what orders the rows, where a column was clicked that can be no order."""
        if (
            self._model.view.sort
            and 0 <= column < len(self._model.fields)
            and not has_order(self._model.fields[column])
        ):
            self._point_at(self._model.view.sort, descending=self._model.view.descending)

    def _point_at(self, sort: str, *, descending: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(self._model.column(sort), order)

    def _restore(self) -> None:
        self.arrange(workstation.remembered(self._memory, {}))
        self._table.setSortingEnabled(True)

    def _arrange(self, keys: Sequence[str], widths: Mapping[str, int]) -> None:
        for column, one in enumerate(self._model.fields):
            self._table.setColumnHidden(column, one.key not in keys)
        for place, key in enumerate(keys):
            column = self._model.column(key)
            self._header.moveSection(self._header.visualIndex(column), place)
            self._header.resizeSection(column, int(widths.get(key, self._width(key))))

    def _width(self, key: str) -> int:
        """Return room for the title and for a value of ordinary length."""
        column = self._model.column(key)
        if key in self._first:
            return self._first[key]
        title = self._table.fontMetrics().horizontalAdvance(self._model.fields[column].title) + 40
        return max(title, NARROW if column in self._model.figures() else WIDE)


def order_kept(kept: Mapping[str, Any], fields: Sequence[Field], first: Mapping[str, int]) -> tuple[str, bool]:
    """Return what orders the rows in a choice that was kept, and whether from the end.

    Args:
        kept: The choice.
        fields: The list's fields.
        first: The columns shown as long as nothing was chosen.
    """
    known = {one.key for one in fields if has_order(one)}
    sort = str(kept.get("sort") if kept.get("sort") in known else next(iter(first)))
    return sort, bool(kept.get("descending"))
