"""The lines of the log for a table view: one number an action; pages are read as they come into sight."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from core.i18n import N_, _, show_instant
from core.registry import Registry
from core.storage.log_view import LogFilter, LoggedAction, action_numbers, read_actions
from gui import theme
from gui.tasks import Job
from gui.workspace import Workspace

PAGE = 64
TITLES = (N_("When"), N_("What"), N_("Who"))
WHEN, WHAT, WHO = range(3)
Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class _Read:
    numbers: array[int]
    pages: dict[int, list[LoggedAction]] = field(default_factory=dict)


class LogModel(QAbstractTableModel):
    """The actions of the log, newest first.

    Signals:
        loaded: The lines are there, their number may have changed.
    """

    loaded = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.filter = LogFilter()
        self.numbers = array("q")
        self._pages: dict[int, list[LoggedAction]] = {}
        self._asked: set[int] = set()
        self._sitting = 0
        self._job: Job | None = None
        self._in_sight = (0, PAGE)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many actions there are."""
        return 0 if parent.isValid() else len(self.numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the names of the columns."""
        if orientation is Qt.Orientation.Vertical:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _(TITLES[section])
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; nothing until its page has been read."""
        action = self.action(index.row()) if index.isValid() else None
        if action is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(action, index.column())
            case Qt.ItemDataRole.ForegroundRole if action.undone:
                return QColor(theme.tokens().muted)
            case Qt.ItemDataRole.AccessibleDescriptionRole if action.undone:
                return _("undone")
        return None

    def look(self, wanted: LogFilter) -> None:
        """Show other actions."""
        self.filter = wanted
        self.reload()

    def reload(self) -> None:
        """Read the lines again, those in sight with them, so that nothing flickers."""
        if not self._workspace.is_open:
            return
        if self._job is not None:
            self._job.cancel()
        wanted, sight = self.filter, range(self._in_sight[0] // PAGE, self._in_sight[1] // PAGE + 1)
        self._job = self._workspace.read(lambda registry: _read(registry, wanted, sight), self._take, owner=self)

    def clear(self) -> None:
        """Show nothing, because the registry is closed."""
        self._take(_Read(array("q")), tell=False)

    def set_in_sight(self, first: int, last: int) -> None:
        """Note which lines are in sight."""
        self._in_sight = (max(first, 0), max(last, 0))

    def action(self, row: int) -> LoggedAction | None:
        """Return the action of a line if its page has been read, and ask for it if not."""
        number, place = divmod(row, PAGE)
        if number not in self._pages:
            self._ask(number)
            return None
        found = self._pages[number]
        return found[place] if place < len(found) else None

    def row_of(self, number: int) -> int | None:
        """Return the line of the action with this number."""
        try:
            return self.numbers.index(number)
        except ValueError:
            return None

    def _text(self, action: LoggedAction, column: int) -> str:
        match column:
            case 0:
                return show_instant(action.at)
            case 1 if action.undone:
                return _("{action} (undone)").format(action=action.label)
            case 1:
                return action.label
            case _:
                return who(action, self._workspace.registry.store_id) if self._workspace.is_open else ""

    def _take(self, read: _Read, *, tell: bool = True) -> None:
        self._job = None
        self._sitting += 1
        self.beginResetModel()
        self.numbers, self._pages, self._asked = read.numbers, read.pages, set()
        self.endResetModel()
        if tell:
            self.loaded.emit()

    def _ask(self, page: int) -> None:
        if page in self._asked or not self._workspace.is_open:
            return
        self._asked.add(page)
        numbers, sitting = self.numbers[page * PAGE : (page + 1) * PAGE], self._sitting

        def read(registry: Registry) -> list[LoggedAction]:
            with registry.reading() as session:
                return read_actions(session, numbers)

        self._workspace.read(read, lambda found: self._put(page, found, sitting), owner=self)

    def _put(self, page: int, found: list[LoggedAction], sitting: int) -> None:
        if sitting == self._sitting:
            self._pages[page] = found
            last = min((page + 1) * PAGE, len(self.numbers)) - 1
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(TITLES) - 1))


def _read(registry: Registry, wanted: LogFilter, sight: Sequence[int]) -> _Read:
    with registry.reading() as session:
        numbers = action_numbers(session, wanted)
        parts = {page: numbers[page * PAGE : (page + 1) * PAGE] for page in sight}
        return _Read(numbers, {page: read_actions(session, part) for page, part in parts.items() if part})


def who(action: LoggedAction, here: UUID) -> str:
    """Return who did something; where nobody was bound to the account, at which workstation it was done.

    Args:
        action: The line of the log.
        here: The store of this workstation's user.
    """
    if action.actor:
        return action.actor
    if action.store_id is None:
        return _("unknown")
    return _("this workstation") if action.store_id == here else _("workstation {code}").format(code=code(action))


def code(action: LoggedAction) -> str:
    """Return the beginning of the random name of the workstation's store, enough to tell a few apart."""
    return action.store_id.hex[:6] if action.store_id is not None else ""
