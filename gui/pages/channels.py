"""The page of the channels: the list on the left, the chosen channel on the right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core import workstation
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
from gui.pages import Page
from gui.pages.channel_bulk import SelectionBar
from gui.pages.channel_detail import ChannelDetail
from gui.platform_icons import platform_icon_name
from gui.record_model import Listed, RecordModel, cell_text
from gui.record_table import RecordTable
from gui.view_bar import ViewBar
from gui.widgets import named
from gui.widgets.chips import ChipBar
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.severity import severity_icon
from gui.workspace import Workspace

COLUMNS = {"title": 168, "platform": 112, "unit": 108, "owner": 128, "findings": 96}
SPLIT = "split.channels"


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


class ChannelsPage(Page):
    """Which channels there are, and all about one of them."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Which channels do we have?")
        self.header = PageHeader(self.question, search=_("Search channels"))
        self.chips = ChipBar(FILTERS)
        self.table = RecordTable(workspace, ChannelModel(workspace, CHANNELS, self), COLUMNS)
        self.table.setAccessibleName(_("Channels"))
        self.detail = ChannelDetail(workspace)
        self._make_actions()
        self._lay_out()
        self._connect()

    def open_registry(self, registry: Registry) -> None:
        """Show the registry's channels."""
        del registry
        self.table.choose_first = True
        self.refresh(frozenset())

    def close_registry(self) -> None:
        """Show nothing."""
        self.table.records.clear()
        self.detail.clear()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the list, the numbers of the filters and the chosen channel again."""
        del tables
        if self.workspace.is_open:
            self.workspace.read(_count, self._show_counts, owner=self)
            self.table.records.reload()
            self.detail.refresh()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.header.search.setFocus()
        self.header.search.selectAll()

    def show_record(self, record: UUID) -> None:
        """Put the cursor on a channel; a filter that would hide it is lifted."""
        self._show_all()
        self.table.choose(record)

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
        columns = action(self, "choose-columns", _("Choose c&olumns..."), self.table.columns.choose)
        self.confirming, *several = self.selection_bar.actions_to_show()
        only = action(self, "filter-by-value", _("Show only channels with this &value"), self._filter_by_value)
        self.table.addAction(only)
        self.menu_actions = [self.confirming, *self.detail.actions(), *several, only, columns]

    def _lay_out(self) -> None:
        for link in self.views.links():
            self.chips.line.addWidget(link)
        self.empty = EmptyState("broadcast", "", "")
        self.empty.offer(_("Import your list"), lambda: self.workspace.command("import_list"))
        self.empty.offer(
            _("Add a channel by its address"), lambda: self.workspace.command("add_channel"), primary=False
        )
        self.empty.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)
        self.nothing = EmptyState("magnifying-glass", _("No channel matches"), _("Search for something else."))
        self.nothing.offer(_("Show all channels"), self._show_all)
        self.stack = QStackedWidget()
        self.stack.setContentsMargins(20, 0, 0, 0)
        for part in (self.table, self.nothing):
            self.stack.addWidget(part)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chips)
        column.addWidget(self.views)
        column.addWidget(self.stack, 1)
        column.addWidget(self.selection_bar)
        self.splitter = named(QSplitter(), "channels-split")
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes(workstation.remembered(SPLIT, [640, 420]))
        self.whole = QStackedWidget()
        self.whole.addWidget(self.splitter)
        self.whole.addWidget(self.empty)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.whole, 1)

    def _connect(self) -> None:
        self.header.searched.connect(self.table.search)
        self.header.search.returnPressed.connect(self.table.enter)
        self.chips.chosen.connect(self._filter)
        self.views.filtered.connect(self._filter)
        self.table.chosen.connect(self.detail.show_channel)
        self.table.records.loaded.connect(self._show_whether_any)
        self.splitter.splitterMoved.connect(lambda: workstation.remember(SPLIT, self.splitter.sizes()))

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
        self.views.leave()
        self.header.search.clear()
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
