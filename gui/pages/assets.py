"""The page of corporate identity: the library of its files in pictures, the chosen one with all that hangs on it.

What else there is to see of corporate identity (where it is shown, what is to be cleaned) are pages of their own behind
this one: `PageEntry(..., behind="assets", keys=...)`, with a line of `PageFaces(workspace, key)` below their header.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from core.i18n import N_, _
from core.inventory.assets.gallery import Tile, these, tiles
from core.inventory.lists import ASSETS
from core.registry import Registry
from core.storage.view import View
from gui.actions import action
from gui.asset_dragging import DragOut
from gui.asset_files import Source, sources_in
from gui.asset_pictures import pictures_of
from gui.asset_watch import AssetWatch
from gui.dialogs.add_asset import add_assets
from gui.dialogs.file_decision import documents_folder
from gui.opening_files import leads_elsewhere
from gui.pages.asset_acts import AssetActs
from gui.pages.asset_detail import AssetDetail
from gui.pages.asset_library import AssetLibrary
from gui.pages.faced_page import FacedPage
from gui.widgets.asset_trouble_card import AssetTroubleCard
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.split import Split
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.exchange.exporting import Export

TABLES = frozenset({"asset", "asset_version", "asset_use", "consent", "person", "channel"})


class AssetsPage(FacedPage):
    """Which files the city is recognised by, and who may be shown."""

    key = "assets"
    help_topic = "assets"
    unpasted = N_("The clipboard holds no picture and no file. Copy one, then paste it here.")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("How does the city look?")
        self._wanted: UUID | None = None
        self.header = PageHeader(self.question, search=_("Search the library"))
        self.pictures = pictures_of(workspace)
        self.library = AssetLibrary(self.pictures)
        self.acts = AssetActs(workspace, self)
        self.detail = AssetDetail(workspace, self.acts, self.pictures)
        self.dragging = DragOut(workspace, self.library.gallery)
        self.watch = AssetWatch(workspace, self)
        self.card = AssetTroubleCard(self._go_on)
        self._make_actions()
        self._make_empty()
        self._lay_out()
        self._connect()

    def open_registry(self, registry: Registry) -> None:
        """Show the registry's library, and see whether its files are all whole."""
        super().open_registry(registry)
        self.watch.look()

    def close_registry(self) -> None:
        """Show nothing."""
        self._wanted = None
        self.library.show_tiles(())
        self.watch.forget()
        self.detail.clear()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the library and the chosen asset again."""
        if self.workspace.is_open and (not tables or tables & TABLES):
            self.workspace.read(self._read, self._show, owner=self)
            self.detail.refresh()
            if self.watch.troubles and tables & {"asset_version", "consent"}:
                self.watch.look()

    def show_record(self, record: UUID) -> None:
        """Put the cursor on an asset; a search or a filter that would hide it is lifted."""
        self._wanted = record
        self._show_wanted()

    def exportable(self) -> Export:
        """Return the assets as they are shown: those that search and filter leave."""
        from core.exchange.exporting import Export

        shown = View(sort="title", only=these(one.id for one in self.library.model.tiles))
        return Export(ASSETS, tuple(one.key for one in ASSETS.fields), shown, _("Library"))

    def take_data(self, data: QMimeData) -> bool:
        """Take in files and pictures; lists and letters of handovers lead elsewhere."""
        sources = sources_in(data)
        if not sources or any(isinstance(one, Path) and leads_elsewhere(one) for one in sources):
            return False
        self.add(sources)
        return True

    def add(self, sources: Sequence[Source]) -> None:
        """Ask of each file what it is."""
        add_assets(self.workspace, sources, self.window())

    def _make_actions(self) -> None:
        self.adding = action(self, "add-asset", _("Add &files..."), self._choose_files, "Ctrl+Shift+I")
        self.checking = action(self, "check-files", _("Check the &files"), self._check)
        self.header.add_primary(self.adding).setText(_("Add files"))
        self.menu_actions: list[QAction] = [self.adding, *self.acts.actions, self.checking]
        self.library.gallery.menu = QMenu(self.library.gallery)
        self.library.gallery.menu.addActions(self.acts.actions)

    def _make_empty(self) -> None:
        self.empty = EmptyState(
            "palette",
            _("No files yet"),
            _(
                "Here the team keeps the approved coat of arms, logos and portraits, and knows on which channel "
                "each of them is shown. Drop files here, or paste a picture."
            ),
        )
        self.empty.offer(_("Add files"), self._choose_files)
        self.empty.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)

    def _lay_out(self) -> None:
        self.splitter = Split("assets", (self.library, self.detail), (690, 400), (3, 2))
        self._place((self.splitter, self.empty), above=[self.card])

    def _connect(self) -> None:
        self.header.searched.connect(self.library.search)
        self.header.search.returnPressed.connect(self.library.gallery.setFocus)
        self.library.searched_all.connect(self.header.search.clear)
        gallery = self.library.gallery
        gallery.chosen.connect(self.detail.show_record)
        gallery.entered.connect(self.detail.tabs.tabBar().setFocus)
        gallery.drag_wanted.connect(self._drag_out)
        self.watch.changed.connect(self._show_troubles)
        self.pictures.damaged.connect(lambda _sha256: self.watch.look())

    def _read(self, registry: Registry) -> list[Tile]:
        with registry.reading() as session:
            return tiles(session, registry.today())

    def _show(self, found: list[Tile]) -> None:
        self.library.show_tiles(found)
        self._show_wanted()
        self.whole.setCurrentWidget(self.splitter if found else self.empty)
        self.rows_came.emit()

    def _show_wanted(self) -> None:
        """Choose the asset that was asked for, once it has been read."""
        if self._wanted is not None and self.library.knows(self._wanted):
            self.library.choose(self._wanted)
            self._wanted = None

    def _show_troubles(self) -> None:
        self.pictures.look_again()
        self.acts.troubles = self.watch.troubles
        self.library.show_troubles(self.watch.troubles)
        self.detail.show_troubles()
        self.card.show_troubles(self.watch.troubles)

    def _choose_files(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self.window(), _("Add files"), str(documents_folder()))
        if chosen:
            self.add([Path(one) for one in chosen])

    def _check(self) -> None:
        self.workspace.say(_("The files are being checked..."))
        self.watch.look(aloud=True)

    def _go_on(self, way: str) -> None:
        """Do what a button of the card says."""
        match way:
            case "show":
                self.library.show_filter("attention")
            case _:
                self._check()

    def _drag_out(self, asset_id: UUID | None) -> None:
        tile = next((one for one in self.library.model.tiles if one.id == asset_id), None)
        if tile is None:
            return
        self.dragging.begin(tile)
        if tile.sha256 and not tile.agreed:
            told = _("No consent to show “{title}” holds today. Do not show it anywhere.")
            self.workspace.warned.emit(told.format(title=tile.title))
