"""The page of the channels: the list on the left, the chosen channel on the right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.fields import Field
from core.i18n import _
from core.inventory.channels import GONE_STATES
from core.inventory.lists import CHANNELS
from core.inventory.narrowing import Where, where
from core.inventory.quick_filters import FILTERS, filter_counts, filtered
from core.registry import Registry
from gui import theme
from gui.actions import action
from gui.icons import icon
from gui.pages.channel_bulk import SelectionBar
from gui.pages.channel_detail import ChannelDetail
from gui.pages.record_page import RecordPage
from gui.platform_icons import platform_icon_name
from gui.record_model import Listed, RecordModel, cell_text
from gui.record_table import RecordTable
from gui.view_bar import ViewBar
from gui.widgets.chips import ChipBar
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.severity import severity_icon
from gui.workspace import Workspace

COLUMNS = {"title": 168, "platform": 112, "unit": 108, "owner": 128, "findings": 96}


class ChannelModel(RecordModel):
    """The channels' rows, with the pictures that let trouble be seen at a glance."""

    def cell(self, one: Field, listed: Listed, role: int) -> Any:
        """Return what a cell shows; a missing owner is said, a channel that is over is quiet."""
        over = listed["state"] in GONE_STATES
        unowned = one.key == "owner" and not listed["owner"] and not over
        match role:
            case Qt.ItemDataRole.DisplayRole if unowned:
                return _("nobody")
            case Qt.ItemDataRole.ForegroundRole if unowned:
                return QColor(theme.tokens().severe)
            case Qt.ItemDataRole.ForegroundRole if over:
                return QColor(theme.tokens().muted)
            case Qt.ItemDataRole.DecorationRole if unowned:
                return severity_icon("severe")
            case Qt.ItemDataRole.DecorationRole if one.key == "platform":
                return icon(platform_icon_name(listed["platform"]), "muted")
            case Qt.ItemDataRole.DecorationRole if one.key == "findings" and listed["findings"]:
                return severity_icon(listed["findings"].value)
            case _:
                return super().cell(one, listed, role)


class ChannelsPage(RecordPage):
    """Which channels there are, and all about one of them."""

    key = "channels"
    detail: ChannelDetail

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Which channels do we have?")
        self.header = PageHeader(self.question, search=_("Search channels"))
        self.chips = ChipBar(FILTERS)
        self.table = RecordTable(workspace, ChannelModel(workspace, CHANNELS, self), COLUMNS)
        self.table.setAccessibleName(_("Channels"))
        self.detail = ChannelDetail(workspace)
        self._make_actions()
        self._make_empty()
        self._lay_out(above=[self.chips], below=[self.selection_bar])
        self._connect()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the list, the numbers of the filters and the chosen channel again."""
        if self.workspace.is_open:
            self.workspace.read(_count, self._show_counts, owner=self)
        super().refresh(tables)

    def show_field(self, record: UUID, field: str) -> None:
        """Put the cursor into a field of a channel; a channel that is in sight already stays in its list."""
        if self.table.chosen_id() != record:
            self.show_record(record)
        self.detail.edit_field(record, field)

    def show_where(self, meant: Where) -> None:
        """Show only the channels that are meant, under a filter that can be clicked away."""
        self.header.search.clear()
        self.views.leave()
        self.chips.choose_passing(meant.title)
        self.table.narrow(where(CHANNELS, meant.values, self.workspace.today()))

    def _make_actions(self) -> None:
        add = action(self, "add-channel", _("Add channel"), lambda: self.workspace.command("add_channel"))
        add.setToolTip(_("Add a channel by its address (Ctrl+N)"))
        self.header.add_primary(add)
        self.selection_bar = SelectionBar(self.workspace, self.table, self)
        self.views = ViewBar(self.workspace, self.table, self.header.search, self, self.chips)
        for link in self.views.links():
            self.chips.line.addWidget(link)
        self.confirming, *several = self.selection_bar.actions_to_show()
        only = action(self, "filter-by-value", _("Show only channels with this &value"), self._filter_by_value)
        self.table.addAction(only)
        self.menu_actions = [self.confirming, *self.detail.actions(), *several, only, self._choosing_columns()]

    def _make_empty(self) -> None:
        self.empty = EmptyState("broadcast", "", "")
        self._offer_ways_in(_("Add a channel by its address"), lambda: self.workspace.command("add_channel"))
        self.nothing = EmptyState("magnifying-glass", _("No channel matches"), _("Search for something else."))
        self.nothing.offer(_("Show all channels"), self._show_all)

    def _connect(self) -> None:
        super()._connect()
        self.chips.chosen.connect(self._filter)
        self.views.filtered.connect(self._filter)

    def _filter(self, key: str) -> None:
        today = self.workspace.today()

        def read(registry: Registry) -> Any:
            return filtered(key, today, registry.me())

        self.workspace.read(read, self.table.narrow, owner=self)

    def _filter_by_value(self) -> None:
        """Show only what has the value of the cell that the cursor is on."""
        index = self.table.currentIndex()
        listed = self.table.records.listed(index.row()) if index.isValid() else None
        if listed is not None:
            one = self.table.records.records.fields[index.column()]
            title = cell_text(one, listed[one.key]) or _("{field}: empty").format(field=one.title)
            self.show_where(Where(title, {one.key: listed[one.key]}))

    def _show_all(self) -> None:
        super()._show_all()
        self.chips.choose("all")
        self._filter("all")

    def _show_counts(self, counts: dict[str, int]) -> None:
        self.chips.show_counts(counts)
        self.empty.set_texts(
            _("No channels yet"),
            _("Here you see every official account of your city and who answers for it. Begin with the list you keep."),
        )
        self.whole.setCurrentWidget(self.splitter if counts["all"] else self.empty)

    def _show_whether_any(self) -> None:
        self.stack.setCurrentWidget(self.table if self.table.records.rows else self.nothing)


def _count(registry: Registry) -> dict[str, int]:
    me = registry.me()
    with registry.reading() as session:
        return filter_counts(session, registry.today(), me)
