"""The page of the people: the list on the left, the chosen person with all that hangs on them on the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.fields import Field
from core.i18n import _
from core.inventory.lists import PEOPLE
from core.inventory.quick_filters import PEOPLE_FILTERS
from core.model import PersonState
from gui import theme
from gui.actions import action
from gui.dialogs.add_person import AddPersonDialog
from gui.pages.person_detail import PersonDetail
from gui.pages.record_page import RecordPage
from gui.record_model import Listed, RecordModel
from gui.record_table import RecordTable
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.severity import severity_icon
from gui.workspace import Workspace

COLUMNS = {"family_name": 136, "given_name": 96, "function": 160, "unit": 120, "state": 148}

_MARKED = frozenset({"state", "data_state"})


class PeopleModel(RecordModel):
    """The people's rows; who has left is quiet; who is leaving, or whose data is restricted or kept, is marked."""

    def cell(self, one: Field, listed: Listed, role: int) -> Any:
        """Return what a cell shows."""
        match role, listed["state"]:
            case Qt.ItemDataRole.ForegroundRole, PersonState.LEFT:
                return QColor(theme.tokens().muted)
            case Qt.ItemDataRole.DecorationRole, PersonState.LEAVING if one.key == "state":
                return severity_icon("warning")
            case Qt.ItemDataRole.DecorationRole, _ if one.key in _MARKED and listed["data_state"] is not None:
                return severity_icon("notice")
            case Qt.ItemDataRole.DisplayRole, _ if one.key == "state" and listed["data_state"] is not None:
                return ", ".join(_(told.label) for told in (listed["state"], listed["data_state"]))
            case _:
                return super().cell(one, listed, role)


class PeoplePage(RecordPage):
    """Who works on the channels, and what hangs on each of them."""

    key = "people"
    filters = PEOPLE_FILTERS
    detail: PersonDetail

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Who works on our channels?")
        self.header = PageHeader(self.question, search=_("Search people"))
        self.table = RecordTable(workspace, PeopleModel(workspace, PEOPLE, self), COLUMNS)
        self.table.setAccessibleName(_("People"))
        self.detail = PersonDetail(workspace)
        self._make_filters()
        self._make_actions()
        self._make_empty()
        self._lay_out()
        self._connect()

    def _make_actions(self) -> None:
        adding = action(self, "add-person", _("Add person"), self._add)
        adding.setToolTip(_("Take in somebody who works on a channel"))
        self.header.add_primary(adding)
        self.menu_actions = [adding, *self.detail.actions(), *self._list_actions()]

    def _make_empty(self) -> None:
        self.empty = EmptyState(
            "users",
            _("Nobody here yet"),
            _("Here you see who answers for channels, who stands in and who is leaving. A list brings its people."),
        )
        self._offer_ways_in(_("Add a person"), self._add)
        self.nothing = EmptyState("magnifying-glass", _("Nobody matches"), _("Search for something else."))
        self.nothing.offer(_("Show all people"), self._show_all)

    def _add(self) -> None:
        AddPersonDialog(self.workspace, self.window()).open()
