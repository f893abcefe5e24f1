"""The lines of the log for a table view: one number an action; pages are read as they come into sight."""

from __future__ import annotations

from array import array
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from core.fields import Field
from core.i18n import _
from core.inventory.log_list import FIELDS, listed
from core.storage.log_view import LogFilter, LoggedAction, action_numbers, read_actions
from core.storage.view import View
from gui import theme
from gui.field_cells import FieldCells, Listed
from gui.paged_model import PAGE, Order, PagedModel
from gui.workspace import Workspace

COLUMNS = {"when": 144, "what": 272, "who": 144}


class LogModel(FieldCells, PagedModel[Listed]):
    """The actions of the log, newest first; a row's number is that of the action."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.name, self.fields, self.view = "action", FIELDS, View()
        self.titles = [one.label for one in FIELDS]
        self.filter = LogFilter()
        self.set_in_sight(0, PAGE)

    def cell(self, one: Field, listed: Listed, role: int) -> Any:
        """Return what a cell shows; what has been undone is quiet, and says so."""
        undone = listed["action"].undone
        match role:
            case Qt.ItemDataRole.ForegroundRole if undone:
                return QColor(theme.tokens().muted)
            case Qt.ItemDataRole.AccessibleDescriptionRole if undone:
                return _("undone")
            case _:
                return super().cell(one, listed, role)

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

    def action(self, row: int) -> LoggedAction | None:
        """Return the action in a line if its page has been read."""
        found = self.listed(row)
        return found["action"] if found is not None else None

    def _order(self) -> Order:
        wanted = self.filter
        return lambda session: action_numbers(session, wanted)

    def _read_page(self, session: Any, rows: array[int], today: date) -> list[Listed]:
        del today
        here = self._workspace.registry.store_id
        return [listed(one, here) for one in read_actions(session, rows)]
