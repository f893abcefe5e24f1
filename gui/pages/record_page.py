"""A page of one list: the list on the left, the chosen record on the right; what is in the list its page says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core import workstation
from core.i18n import _
from core.registry import Registry
from gui.actions import action
from gui.pages import Page
from gui.pages.record_detail import RecordDetail
from gui.record_table import RecordTable
from gui.view_bar import ViewBar
from gui.widgets import named
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader


class RecordPage(Page):
    """The part that is the same for every list; a page makes its pieces, then calls `_lay_out` and `_connect`.

    Attributes:
        key: The list's name in the program: what is kept of its page on this workstation is kept under it.
        header: The question, the search field and the primary button.
        table: The list.
        detail: The chosen record.
        views: The saved views of the list.
        empty: What stands in place of all as long as the list has no record.
        nothing: What stands in place of the table when no record matches.
    """

    key: str = ""
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

    def _show_all(self) -> None:
        self.views.leave()
        self.header.search.clear()

    def _choosing_columns(self) -> QAction:
        return action(self, "choose-columns", _("Choose c&olumns..."), self.table.columns.choose)

    def _offer_ways_in(self, text: str, add: Callable[[], object]) -> None:
        """Offer on the empty page to import a list, to add one record, or to read on."""
        self.empty.offer(_("Import your list"), lambda: self.workspace.command("import_list"))
        self.empty.offer(text, add, primary=False)
        self.empty.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)

    def _lay_out(self, above: Sequence[QWidget] = (), below: Sequence[QWidget] = ()) -> None:
        """Place the pieces.

        Args:
            above: What stands between the header and the saved views.
            below: What stands below the list.
        """
        self.stack = QStackedWidget()
        self.stack.setContentsMargins(20, 0, 0, 0)
        for part in (self.table, self.nothing):
            self.stack.addWidget(part)
        self.splitter = named(QSplitter(), f"{self.key}-split")
        self.splitter.addWidget(self._left([*above, self.views], below))
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes(workstation.remembered(f"split.{self.key}", [640, 420]))
        self.whole = QStackedWidget()
        self.whole.addWidget(self.splitter)
        self.whole.addWidget(self.empty)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
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
        self.table.chosen.connect(self.detail.show_record)
        self.table.records.loaded.connect(self._show_whether_any)
        self.splitter.splitterMoved.connect(self._remember_split)

    def _remember_split(self) -> None:
        workstation.remember(f"split.{self.key}", self.splitter.sizes())

    def _show_whether_any(self) -> None:
        searching = bool(self.header.search.text().strip())
        found = bool(self.table.records.rows)
        self.stack.setCurrentWidget(self.table if found else self.nothing)
        self.whole.setCurrentWidget(self.splitter if found or searching else self.empty)
