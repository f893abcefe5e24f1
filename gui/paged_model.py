"""A long list for a table view: one number a row, in their order; pages are read as they come into sight.

Reading happens on the database lane. What is on screen stays there until what follows it has been read, so that
typing and undoing do not flicker.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Signal

from core.registry import Registry
from gui.tasks import Job
from gui.titled_model import Index, TitledModel
from gui.workspace import Workspace

PAGE = 32  # About as many rows as are in sight: what is read before a new order is shown.
T = TypeVar("T")
Order = Callable[[Any], "array[int]"]


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What one reading brought: the rows in their order, and the pages in sight."""

    rows: array[int]
    pages: dict[int, list[T]] = field(default_factory=dict)


class PagedModel(TitledModel, Generic[T]):
    """Reads rows and pages; models say how with `_order` and `_read_page`.

    Attributes:
        rows: The number of every row, in their order.

    Signals:
        loaded: The rows are there, their number may have changed.
    """

    loaded = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = array("q")
        self._workspace = workspace
        self._pages: dict[int, list[T]] = {}
        self._asked: set[int] = set()
        self._sitting = 0
        self._job: Job | None = None
        self._in_sight = (0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def reload(self) -> None:
        """Read the rows again, those in sight with them; what was asked before and has not come is not wanted."""
        if not self._workspace.is_open:
            return
        if self._job is not None:
            self._job.cancel()
        order, sight = self._order(), range(self._in_sight[0] // PAGE, self._in_sight[1] // PAGE + 1)
        self._job = self._workspace.read(lambda registry: self._read(registry, order, sight), self._take, owner=self)

    def clear(self) -> None:
        """Show nothing, because the registry is closed."""
        self._reset(array("q"), {})

    def set_in_sight(self, first: int, last: int) -> None:
        """Note which rows are in sight, so that they are read together with a new order."""
        self._in_sight = (max(first, 0), max(last, 0))

    def listed(self, row: int) -> T | None:
        """Return what is in a row if its page has been read, and ask for it if not."""
        number, place = divmod(row, PAGE)
        if number not in self._pages:
            self._ask(number)
            return None
        found = self._pages[number]
        return found[place] if place < len(found) else None

    def _order(self) -> Order:
        """Return what reads the rows in the order that is wanted now; it is run on the database lane."""
        raise NotImplementedError

    def _read_page(self, session: Any, rows: array[int], today: date) -> list[T]:
        """Read what is in some rows, on the database lane."""
        raise NotImplementedError

    def _read(self, registry: Registry, order: Order, sight: Sequence[int]) -> Read[T]:
        today = registry.today()
        with registry.reading() as session:
            rows = order(session)
            parts = {number: _part(rows, number) for number in sight}
            return Read(rows, {number: self._read_page(session, part, today) for number, part in parts.items() if part})

    def _take(self, read: Read[T]) -> None:
        self._job = None
        self._reset(read.rows, read.pages)
        self.loaded.emit()

    def _reset(self, rows: array[int], pages: dict[int, list[T]]) -> None:
        self._sitting += 1
        self.beginResetModel()
        self.rows, self._pages, self._asked = rows, pages, set()
        self.endResetModel()

    def _extend(self, rows: array[int]) -> None:
        """Add the rows that follow those that are there."""
        known = len(self.rows)
        self.beginInsertRows(QModelIndex(), known, len(rows) - 1)
        self.rows = rows
        self._pages.pop(known // PAGE, None)
        self.endInsertRows()

    def _ask(self, number: int) -> None:
        """Ask for a page once; it is shown when it comes, unless the order has changed meanwhile."""
        part, sitting = _part(self.rows, number), self._sitting
        if number in self._asked or not part or not self._workspace.is_open:
            return
        self._asked.add(number)

        def read(registry: Registry) -> list[T]:
            with registry.reading() as session:
                return self._read_page(session, part, registry.today())

        self._workspace.read(read, lambda found: self._put(number, found, sitting), owner=self)

    def _put(self, number: int, found: list[T], sitting: int) -> None:
        if sitting == self._sitting:
            self._pages[number] = found
            self._asked.discard(number)
            last = min((number + 1) * PAGE, len(self.rows)) - 1
            self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, self.columnCount() - 1))


def _part(rows: array[int], number: int) -> array[int]:
    return rows[number * PAGE : (number + 1) * PAGE]
