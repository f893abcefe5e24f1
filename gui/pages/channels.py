"""The page of the channels: the list on the left, the chosen channel on the right."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.governance.finding_lists import by_person
from core.i18n import _
from core.inventory.lists import CHANNELS
from core.inventory.quick_filters import FILTERS, ONES_OWN
from gui.actions import action
from gui.channel_cells import COLUMNS, ChannelCells
from gui.pages.channel_bulk import SelectionBar
from gui.pages.channel_detail import ChannelDetail
from gui.pages.record_page import RecordPage
from gui.record_model import RecordModel
from gui.record_table import RecordTable
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.workspace import Workspace

__all__ = ["COLUMNS", "ChannelModel", "ChannelsPage"]


class ChannelModel(ChannelCells, RecordModel):
    """The channels' rows."""


class ChannelsPage(RecordPage):
    """Which channels there are, and all about one of them."""

    key = "channels"
    filters = FILTERS
    detail: ChannelDetail

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Which channels do we have?")
        self.header = PageHeader(self.question, search=_("Search channels"))
        self.table = RecordTable(workspace, ChannelModel(workspace, CHANNELS, self), COLUMNS)
        self.table.setAccessibleName(_("Channels"))
        self.detail = ChannelDetail(workspace)
        self._make_filters()
        self._make_actions()
        self._make_empty()
        self._lay_out(below=[self.selection_bar])
        self._connect()

    def show_field(self, record: UUID, field: str) -> None:
        """Put the cursor into a field of a channel; a channel that is in sight already stays in its list."""
        if self.table.chosen_id() != record:
            self.show_record(record)
        self.detail.edit_field(record, field)

    def _make_actions(self) -> None:
        add = action(self, "add-channel", _("Add channel"), lambda: self.workspace.command("add_channel"))
        add.setToolTip(_("Add a channel by its address (Ctrl+N)"))
        self.header.add_primary(add)
        self.selection_bar = SelectionBar(self.workspace, self.table, self, self._is_counted)
        self.confirming, *several = self.selection_bar.actions_to_show()
        self.menu_actions = [self.confirming, *self.detail.actions(), *several, *self._list_actions()]

    def _is_counted(self) -> bool:
        """Say whether the list may tell how many channels it holds: nothing is counted by person."""
        meant = self.chips.passing
        return self.chips.key not in ONES_OWN and not by_person(meant.values if meant is not None else None)

    def _make_empty(self) -> None:
        self.empty = EmptyState("broadcast", "", "")
        self._offer_ways_in(_("Add a channel by its address"), lambda: self.workspace.command("add_channel"))
        self.nothing = EmptyState("magnifying-glass", _("No channel matches"), _("Search for something else."))
        self.nothing.offer(_("Show all channels"), self._show_all)

    def _show_counts(self, counts: dict[str, int]) -> None:
        super()._show_counts(counts)
        self.empty.set_texts(
            _("No channels yet"),
            _("Here you see every official account of your city and who answers for it. Begin with the list you keep."),
        )
