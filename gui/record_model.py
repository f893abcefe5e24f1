"""The rows of one list for a table view: row numbers only, in their order; pages are read as they come into sight.

Reading happens on the database lane. What is on screen stays there until what follows it has been read, so that
typing and undoing do not flicker.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.fields import Field
from core.inventory.showing import shown
from core.registry import Registry
from core.storage.record_list import RecordList
from core.storage.searching import View, ordered_rows, page
from gui.showing import is_figure
from gui.tasks import Job
from gui.workspace import Workspace

PAGE = 64
FIRST = 256  # Rows that are read before all others of a long list.
Index = QModelIndex | QPersistentModelIndex
Listed = Mapping[str, Any]


@dataclass(slots=True)
class _Read:
    """What one reading brought: rows in their order, whether more follow, and the pages in sight."""

    rows: array[int]
    more: bool
    pages: dict[int, list[Listed | None]] = field(default_factory=dict)


class RecordModel(QAbstractTableModel):
    """One list of records as a table; columns are the list's fields.

    Signals:
        loaded: The rows in their order are there (first ones or all), their number may have changed.
    """

    loaded = Signal()

    def __init__(self, workspace: Workspace, records: RecordList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.records = records
        self.view = View()
        self.rows = array("q")
        self._workspace = workspace
        self._pages: dict[int, list[Listed | None]] = {}
        self._asked: set[int] = set()
        self._job: Job | None = None
        self._in_sight = (0, 0)
        self._sitting = 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows are in the list."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many fields the list has."""
        return 0 if parent.isValid() else len(self.records.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; nothing until its page has been read."""
        if not index.isValid():
            return None
        one = self.records.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        listed = self.listed(index.row())
        return None if listed is None else self.cell(one, listed, role)

    def cell(self, one: Field, listed: Listed, role: int) -> Any:
        """Return what a cell shows of a record that has been read; pages add pictures and words of their own."""
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(one, listed[one.key]).replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell_text(one, listed[one.key]) or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a field's name, and its help as the tooltip."""
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.records.fields):
            return None
        one = self.records.fields[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one.title
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row can be selected; nothing is edited in place."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a field."""
        key = self.records.fields[column].key if 0 <= column < len(self.records.fields) else ""
        self.look(replace(self.view, sort=key, descending=order is Qt.SortOrder.DescendingOrder))

    def look(self, view: View) -> None:
        """Show the list in another way: searched, sorted or narrowed."""
        self.view = view
        self.reload()

    def reload(self) -> None:
        """Read the rows again; what was asked before and has not come is no longer wanted."""
        if not self._workspace.is_open:
            return
        if self._job is not None:
            self._job.cancel()
        view, sight = self.view, range(self._in_sight[0] // PAGE, self._in_sight[1] // PAGE + 1)
        self._job = self._workspace.read(lambda registry: self._read(registry, view, sight), self._take, owner=self)

    def clear(self) -> None:
        """Show nothing, because the registry is closed."""
        self._sitting += 1
        self.beginResetModel()
        self.rows, self._pages, self._asked = array("q"), {}, set()
        self.endResetModel()

    def set_in_sight(self, first: int, last: int) -> None:
        """Note which rows are in sight, so that they are read together with a new order."""
        self._in_sight = (max(first, 0), max(last, 0))

    def listed(self, row: int) -> Listed | None:
        """Return the record in a row if its page has been read, and ask for it if not."""
        number, place = divmod(row, PAGE)
        if number not in self._pages:
            self._ask(number)
            return None
        found = self._pages[number]
        return found[place] if place < len(found) else None

    def record_id(self, row: int) -> UUID | None:
        """Return the id of the record in a row if its page has been read."""
        listed = self.listed(row)
        return listed["id"] if listed is not None else None

    def column(self, key: str) -> int:
        """Return the place of a field."""
        return next(place for place, one in enumerate(self.records.fields) if one.key == key)

    def figures(self) -> list[int]:
        """Return the columns that hold dates and numbers."""
        return [place for place, one in enumerate(self.records.fields) if is_figure(one)]

    def _read(self, registry: Registry, view: View, sight: Sequence[int]) -> _Read:
        """Read the order and the pages in sight, on the database lane."""
        with registry.reading() as session:
            connection = session.connection()
            rows = ordered_rows(connection, self.records, view, FIRST)
            more = len(rows) == FIRST
            pages = {
                n: page(connection, self.records, part, registry.today()) for n in sight if (part := _part(rows, n))
            }
        return _Read(rows, more, pages)

    def _take(self, read: _Read) -> None:
        """Show what was read; where only contents have changed, the view keeps its place."""
        self._job = None
        self._sitting += 1
        if read.more and self.rows[:FIRST] == read.rows:
            read.rows = self.rows
        if read.rows == self.rows:
            self._pages, self._asked = dict(read.pages), set()
            if self.rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, self.columnCount() - 1))
        else:
            self.beginResetModel()
            self.rows, self._pages, self._asked = read.rows, dict(read.pages), set()
            self.endResetModel()
        self.loaded.emit()
        if read.more:
            self._read_rest()

    def _read_rest(self) -> None:
        view = self.view

        def read(registry: Registry) -> array[int]:
            with registry.reading() as session:
                return ordered_rows(session.connection(), self.records, view)

        self._job = self._workspace.read(read, self._take_rest, owner=self)

    def _take_rest(self, rows: array[int]) -> None:
        self._job = None
        known = len(self.rows)
        if rows == self.rows:
            return
        if rows[:known] == self.rows:
            self.beginInsertRows(QModelIndex(), known, len(rows) - 1)
            self.rows = rows
            self._pages.pop(known // PAGE, None)
            self.endInsertRows()
        else:
            self._sitting += 1
            self.beginResetModel()
            self.rows, self._pages, self._asked = rows, {}, set()
            self.endResetModel()
        self.loaded.emit()

    def _ask(self, number: int) -> None:
        """Ask for a page once; it is shown when it comes, unless the order has changed meanwhile."""
        part = _part(self.rows, number)
        if number in self._asked or not part or not self._workspace.is_open:
            return
        self._asked.add(number)
        sitting = self._sitting

        def read(registry: Registry) -> list[Listed | None]:
            with registry.reading() as session:
                return page(session.connection(), self.records, part, registry.today())

        def take(found: list[Listed | None]) -> None:
            if sitting == self._sitting:
                self._pages[number] = found
                self._asked.discard(number)
                last = min((number + 1) * PAGE, len(self.rows)) - 1
                self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, self.columnCount() - 1))

        self._workspace.read(read, take, owner=self)


def cell_text(one: Field, value: Any) -> str:
    """Return a value as a table shows it: what is not known stays empty there."""
    return "" if value is None else shown(one, value)


def _part(rows: array[int], number: int) -> array[int]:
    return rows[number * PAGE : (number + 1) * PAGE]
