"""A page of one list: the list on the left, the chosen record on the right; what is in the list its page says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.i18n import _
from core.inventory.narrowing import Where, kept, recalled, where
from core.inventory.quick_filters import filter_counts, filtered
from core.registry import Registry
from gui.actions import action
from gui.pages import Page
from gui.pages.record_detail import RecordDetail
from gui.record_model import cell_text
from gui.record_table import RecordTable
from gui.saved_views import SavedView
from gui.view_bar import ViewBar
from gui.widgets.chips import ChipBar
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.split import Split

if TYPE_CHECKING:
    from core.exchange.exporting import Export


class RecordPage(Page):
    """The part that is the same for every list; a page makes its pieces, then calls `_lay_out` and `_connect`.

    Attributes:
        key: The list's name in the program: what is kept of its page on this workstation is kept under it.
        filters: Its quick filters by key, the first of them shows all.
        chips: The line of quick filters.
        header: The question, the search field and the primary button.
        table: The list.
        detail: The chosen record.
        views: The saved views of the list.
        empty: What stands in place of all as long as the list has no record.
        nothing: What stands in place of the table when no record matches.
    """

    key: str = ""
    filters: Mapping[str, str]
    chips: ChipBar
    header: PageHeader
    table: RecordTable
    detail: RecordDetail[Any]
    views: ViewBar
    empty: EmptyState
    nothing: EmptyState

    def open_registry(self, registry: Registry) -> None:
        """Show the registry's records."""
        del registry
        self.table.choose_first = True
        self.refresh(frozenset())

    def close_registry(self) -> None:
        """Show nothing."""
        self.table.records.clear()
        self.detail.clear()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the list and the chosen record again."""
        del tables
        if self.workspace.is_open:
            self.workspace.read(self._count, self._show_counts, owner=self)
            self.table.records.reload()
            self.detail.refresh()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.header.search.setFocus()
        self.header.search.selectAll()

    def show_record(self, record: UUID) -> None:
        """Put the cursor on a record; a view or a filter that would hide it is lifted."""
        self._show_all()
        self.table.choose(record)

    def show_where(self, meant: Where) -> None:
        """Show only the records that are meant, under a filter that can be clicked away."""
        self.header.search.clear()
        self.views.leave()
        self._narrow(meant)

    @property
    def list_name(self) -> str:
        """The name under which views of the list are kept."""
        return self.table.records.records.name

    def view_now(self, name: str) -> SavedView:
        """Return how the list is looked at now, under a name."""
        meant, columns = self.chips.passing, self.table.columns.arrangement()
        narrowed = kept(meant, self.workspace.today()) if meant is not None else {}
        return SavedView(name, self.header.search.text(), self.chips.key, columns, narrowed)

    def look(self, view: SavedView) -> None:
        """Show the list as it was when a view was saved."""
        self.table.columns.arrange(view.columns)
        self.header.search.setText(view.search)
        self.table.search(view.search)
        meant = recalled(self.table.records.records, view.where, self.workspace.today())
        if meant is not None:
            self._narrow(meant)
        else:
            self._choose_filter(view.filter if view.filter in self.filters else "all")

    def choose_columns(self) -> object:
        """Offer the columns to choose from."""
        return self.table.columns.choose()

    def exportable(self) -> Export:
        """Return the list as it is shown."""
        from core.exchange.exporting import Export

        records, shown = self.table.records.records, self.table.columns.shown()
        keys = tuple(records.fields[column].key for column in shown)
        return Export(records, keys, self.table.records.view, self.table.accessibleName())

    def _narrow(self, meant: Where) -> None:
        self.chips.choose_passing(meant.title, meant)
        self.table.narrow(where(self.table.records.records, meant.values, self.workspace.today()))

    def _choose_filter(self, key: str) -> None:
        self.chips.choose(key)
        self._filter(key)

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

    def _count(self, registry: Registry) -> dict[str, int]:
        me = registry.me()
        with registry.reading() as session:
            return filter_counts(session, registry.today(), me, self.filters)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self.chips.show_counts(counts)
        self.whole.setCurrentWidget(self.splitter if counts["all"] else self.empty)

    def _show_all(self) -> None:
        self.views.leave()
        self.header.search.clear()
        self._choose_filter("all")

    def _make_filters(self) -> None:
        """Make the line of quick filters with the saved views beside them; the table and the header are there."""
        self.chips = ChipBar(self.filters)
        self.views = ViewBar(self.workspace, self, self)
        for link in self.views.links():
            self.chips.line.addWidget(link)

    def _list_actions(self) -> list[QAction]:
        """Return what can be done with every list."""
        only = action(self, "filter-by-value", _("Show only what has this &value"), self._filter_by_value)
        self.table.addAction(only)
        return [only, action(self, "choose-columns", _("Choose c&olumns..."), self.choose_columns)]

    def _offer_ways_in(self, text: str, add: Callable[[], object]) -> None:
        """Offer on the empty page to import a list, to add one record, or to read on."""
        self.empty.offer(_("Import your list"), lambda: self.workspace.command("import_list"))
        self.empty.offer(text, add, primary=False)
        self.empty.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)

    def _lay_out(self, below: Sequence[QWidget] = (), above: Sequence[QWidget] = ()) -> None:
        """Place the pieces.

        Args:
            below: What stands below the list.
            above: What stands above list and detail, under the header.
        """
        self.stack = QStackedWidget()
        self.stack.setContentsMargins(20, 0, 0, 0)
        for part in (self.table, self.nothing):
            self.stack.addWidget(part)
        left = self._left([self.chips, self.views], below)
        self.splitter = Split(self.key, (left, self.detail), (690, 400), (3, 2))
        self.whole = QStackedWidget()
        self.whole.addWidget(self.splitter)
        self.whole.addWidget(self.empty)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        for widget in above:
            page.addWidget(widget)
        page.addWidget(self.whole, 1)

    def _left(self, above: Sequence[QWidget], below: Sequence[QWidget]) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in above:
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        for part in below:
            column.addWidget(part)
        return left

    def _connect(self) -> None:
        self.header.searched.connect(self.table.search)
        self.header.search.returnPressed.connect(self.table.enter)
        self.header.search.textEdited.connect(lambda _text: self.views.leave())
        self.chips.chosen.connect(lambda _key: self.views.leave())
        self.chips.chosen.connect(self._filter)
        self.table.chosen.connect(self.detail.show_record)
        self.table.records.loaded.connect(self._show_whether_any)
        self.table.records.loaded.connect(self.rows_came)

    def _show_whether_any(self) -> None:
        self.stack.setCurrentWidget(self.table if self.table.records.rows else self.nothing)
