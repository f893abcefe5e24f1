"""The pages behind the navigation: made when first shown, told of changes when in sight."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.i18n import _
from gui.pages import PAGES, Page, PageEntry
from gui.tasks import Job, Lane
from gui.widgets import named
from gui.widgets.page_header import PageHeader
from gui.workspace import FieldOf, Workspace

if TYPE_CHECKING:
    from core.inventory.narrowing import Where
    from core.storage.first_rows import FirstRows
    from gui.first_sight import FirstSight


FIRST_SEEN = "channels"
"""The page whose rows are shown before it is there itself."""


class PageStack(QStackedWidget):
    """One page in sight, or its question alone until its module and the registry are there.

    Signals:
        made: A page has been made: its key and the page.
        seen: The first rows have been read (carries them as a FirstSight).
        shown: The key of the page in sight.
    """

    seen = Signal(object)
    made = Signal(str, object)
    shown = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "pages")
        self._workspace = workspace
        self._entries = {entry.key: entry for entry in PAGES}
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, frozenset[str]] = {}
        self._wanted: UUID | FieldOf | Where | None = None
        self._coming: set[str] = set()
        self.first_sight: FirstSight | None = None
        self.key = PAGES[0].key
        self._stand_ins = {entry.key: self._stand_in(entry) for entry in PAGES}
        workspace.opened.connect(self._open)
        workspace.closed.connect(self._close)
        workspace.changed.connect(self._note)
        workspace.refused.connect(lambda _sentence: self.end_first_sight())
        workspace.tasks.failed.connect(lambda _error: self.end_first_sight())

    @property
    def page(self) -> Page | None:
        """The page in sight, once it has been made."""
        return self._pages.get(self.key)

    def show_page(self, key: str, wanted: UUID | FieldOf | Where | None = None) -> None:
        """Bring a page into sight, and a record in it, one of its fields, or only the records that are meant."""
        self.key, self._wanted = key, wanted
        page = self._pages.get(key)
        self.setCurrentWidget(page or (self.first_sight if key == FIRST_SEEN else None) or self._stand_ins[key])
        if page is not None:
            self._bring_up_to_date(page)
        elif self._workspace.is_open and key not in self._coming:
            self._fetch(self._entries[key])
        self.shown.emit(key)

    def look_first(self, path: Path, then: Callable[[], None]) -> None:
        """Show the first channels of a registry that is about to be opened, if they are what is wanted and are known.

        Args:
            path: The registry's file.
            then: Called once the rows are there, or it is known that they are not.
        """

        def look(_job: Job) -> FirstRows | None:
            from gui import first_sight

            return first_sight.look(path, self._workspace)

        def show(first: FirstRows | None) -> None:
            if first is not None and first.count:
                self._show_first(first)
            then()

        if self.key == FIRST_SEEN and not self._workspace.is_open:
            self._workspace.tasks.run(Lane.DATABASE, look, show, owner=self)
        else:
            then()

    def end_first_sight(self) -> None:
        """Show the page itself, or its question where it could not be made."""
        first, self.first_sight = self.first_sight, None
        if first is None:
            return
        if self.key == FIRST_SEEN:
            self._wanted = self._wanted or first.chosen()
            self.show_page(self.key, self._wanted)
        self.removeWidget(first)
        first.deleteLater()

    def remember_place(self) -> None:
        """Keep where the page that is seen first has its rows."""
        page = self._pages.get(FIRST_SEEN)
        if page is not None:
            from gui.first_sight import remember_place

            remember_place(page)

    def _show_first(self, first: FirstRows) -> None:
        from gui.first_sight import FirstSight

        self.first_sight = FirstSight(first, self)
        self.addWidget(self.first_sight)
        self.seen.emit(self.first_sight)
        if self.key == FIRST_SEEN:
            self.setCurrentWidget(self.first_sight)

    def _stand_in(self, entry: PageEntry) -> QWidget:
        stand_in = named(QWidget(self), "page-stand-in")
        column = QVBoxLayout(stand_in)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PageHeader(_(entry.question), stand_in))
        column.addStretch(1)
        self.addWidget(stand_in)
        return stand_in

    def _fetch(self, entry: PageEntry) -> None:
        """Import the page's module, and with it the data layer, on the lane; then make the page here."""
        self._coming.add(entry.key)

        def load(_job: Job) -> None:
            importlib.import_module(entry.module)

        self._workspace.tasks.run(Lane.DATABASE, load, lambda _none: self._make(entry), owner=self)

    def _make(self, entry: PageEntry) -> None:
        self._coming.discard(entry.key)
        if not self._workspace.is_open:
            return
        page = entry.make(self._workspace, self)
        self._pages[entry.key] = page
        self.addWidget(page)
        page.open_registry(self._workspace.registry)
        self.made.emit(entry.key, page)
        if self.first_sight is not None and entry.key == FIRST_SEEN:
            page.rows_came.connect(self.end_first_sight, Qt.ConnectionType.SingleShotConnection)
        elif self.key == entry.key:
            self.show_page(entry.key, self._wanted)

    def _bring_up_to_date(self, page: Page) -> None:
        tables = self._stale.pop(self.key, frozenset())
        if tables:
            page.refresh(tables)
        wanted, self._wanted = self._wanted, None
        if isinstance(wanted, UUID):
            page.show_record(wanted)
        elif isinstance(wanted, FieldOf):
            page.show_field(wanted.record, wanted.field)
        elif wanted is not None:
            page.show_where(wanted)

    def _note(self, tables: frozenset[str]) -> None:
        for key in self._pages:
            self._stale[key] = self._stale.get(key, frozenset()) | tables
        if self.page is not None:
            self._bring_up_to_date(self.page)

    def _open(self, registry: Any) -> None:
        for page in self._pages.values():
            page.open_registry(registry)
        self.show_page(self.key, self._wanted)

    def _close(self) -> None:
        self._stale.clear()
        for page in self._pages.values():
            page.close_registry()
