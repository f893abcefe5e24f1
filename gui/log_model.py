"""The lines of the log for a table view: one number an action; pages are read as they come into sight."""

from __future__ import annotations

from array import array
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from core.i18n import N_, _, show_instant
from core.storage.log_view import LogFilter, LoggedAction, action_numbers, read_actions
from gui import theme
from gui.paged_model import PAGE, Order, PagedModel
from gui.titled_model import Index
from gui.workspace import Workspace

TITLES = (N_("When"), N_("What"), N_("Who"))
WHEN, WHAT, WHO = range(3)


class LogModel(PagedModel[LoggedAction]):
    """The actions of the log, newest first; a row's number is that of the action."""

    titles = TITLES

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.filter = LogFilter()
        self.set_in_sight(0, PAGE)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; nothing until its page has been read."""
        action = self.listed(index.row()) if index.isValid() else None
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

    def row_of(self, number: int) -> int | None:
        """Return the line of the action with this number."""
        try:
            return self.rows.index(number)
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

    def _order(self) -> Order:
        wanted = self.filter
        return lambda session: action_numbers(session, wanted)

    def _read_page(self, session: Any, rows: array[int], today: date) -> list[LoggedAction]:
        del today
        return read_actions(session, rows)


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
