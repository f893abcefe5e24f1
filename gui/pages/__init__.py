"""The pages of the window, by name; their modules are imported only once the shell has been painted."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.i18n import N_

if TYPE_CHECKING:
    from core.exchange.exporting import Exportable
    from core.inventory.narrowing import Where
    from gui.workspace import Workspace


class Page(QWidget):
    """One page: a noun of the registry, on screen.

    A page is made with the workspace once, places a `gui.widgets.page_header.PageHeader` (question, search field,
    primary button) as its first line, and lives until the window closes; registries come and go.

    Signals:
        rows_came: What the page shows first has been read and is there.

    Attributes:
        question: The translated question that the page answers, its first line.
        help_topic: Where the handbook tells of it: "people", "people#leaving"; the page's key where it is empty.
        unpasted: What is said, once translated, where the clipboard holds nothing that could be pasted here.
        menu_actions: What can be done here, shown in the menu named after the page's noun while the page lives.
    """

    rows_came = Signal()
    question: str = ""
    help_topic: str = ""
    unpasted: str = N_("The clipboard holds no address of a channel. Copy one from your browser.")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.menu_actions: list[QAction] = []

    def open_registry(self, registry: Any) -> None:
        """Show what is in a registry that was opened."""

    def close_registry(self) -> None:
        """Let go of everything that belongs to the registry."""

    def refresh(self, tables: frozenset[str]) -> None:
        """Show what has changed in these tables; called when the page is, or comes, in sight."""

    def focus_search(self) -> None:
        """Put the cursor into the search field."""

    def show_record(self, record: UUID) -> None:
        """Select one record and bring it into sight."""

    def show_field(self, record: UUID, field: str) -> None:
        """Select one record and put the cursor into one of its fields, the first if the key is empty."""
        del field
        self.show_record(record)

    def show_where(self, meant: Where) -> None:
        """Show only the records that are meant: the list behind a figure."""

    def exportable(self) -> Exportable | None:
        """Return the list of the page as it is shown, None where there is none."""
        return None

    def take_data(self, data: QMimeData) -> bool:
        """Take what was pasted or dropped, be it files or a picture, if the page has a use for it; return whether."""
        del data
        return False

    def go_on_with(self, texts: list[str]) -> bool:
        """Take pasted or dropped texts if the page has a use for them; return whether it had."""
        del texts
        return False


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One entry of the navigation.

    Attributes:
        key: The page's name in the program: `workspace.go(key)`.
        label: Source text of its name in the navigation.
        question: Source text of the question it answers; shown before the page itself is there.
        icon: Name of its picture in the Phosphor set of QtAwesome.
        module: Where the page's class is, imported when the page is first shown.
        class_name: The name of that class, a Page made with (workspace, parent).
        behind: The page of the navigation behind which it stands; itself it is not in the navigation then.
        keys: Its shortcut, if it is not its number; a page with keys of its own takes no number from those below it.
    """

    key: str
    label: str
    question: str
    icon: str
    module: str
    class_name: str
    behind: str = ""
    keys: str = ""

    def make(self, workspace: Workspace, parent: QWidget | None = None) -> Page:
        """Import the page's module and make the page."""
        made: Page = getattr(importlib.import_module(self.module), self.class_name)(workspace, parent)
        return made


PAGES = (
    PageEntry(
        "overview",
        N_("Overview"),
        N_("How do our channels stand?"),
        "ph.squares-four",
        "gui.pages.overview",
        "OverviewPage",
    ),
    PageEntry(
        "channels",
        N_("Channels"),
        N_("Which channels do we have?"),
        "ph.broadcast",
        "gui.pages.channels",
        "ChannelsPage",
    ),
    PageEntry("people", N_("People"), N_("Who works on our channels?"), "ph.users", "gui.pages.people", "PeoplePage"),
    PageEntry(
        "units",
        N_("Units"),
        N_("Which units run our channels?"),
        "ph.tree-structure",
        "gui.pages.units",
        "UnitsPage",
    ),
    PageEntry(
        "credentials",
        N_("Logins"),
        N_("Who can get into our accounts?"),
        "ph.key",
        "gui.pages.credentials",
        "CredentialsPage",
    ),
    PageEntry(
        "key-cards",
        N_("Key cards"),
        N_("Whose keys have you verified?"),
        "ph.identification-card",
        "gui.pages.key_cards",
        "KeyCardsPage",
        behind="credentials",
        keys="Ctrl+Shift+K",
    ),
    PageEntry(
        "handovers",
        N_("Handovers"),
        N_("Whose turn is it?"),
        "ph.arrows-left-right",
        "gui.pages.handovers",
        "HandoversPage",
        behind="credentials",
        keys="Ctrl+Shift+U",
    ),
    PageEntry(
        "assets",
        N_("Appearance"),
        N_("How does the city look?"),
        "ph.palette",
        "gui.pages.assets",
        "AssetsPage",
        keys="Ctrl+Shift+B",
    ),
    PageEntry(
        "asset-matrix",
        N_("What is shown where"),
        N_("What is shown where?"),
        "ph.grid-four",
        "gui.pages.asset_matrix",
        "AssetMatrixPage",
        behind="assets",
        keys="Ctrl+Shift+W",
    ),
    PageEntry(
        "asset-places",
        N_("To clean"),
        N_("What is to be cleaned?"),
        "ph.eraser",
        "gui.pages.asset_places",
        "AssetPlacesPage",
        behind="assets",
        keys="Ctrl+Shift+P",
    ),
    PageEntry(
        "findings",
        N_("Findings"),
        N_("What needs putting in order?"),
        "ph.warning-circle",
        "gui.pages.findings",
        "FindingsPage",
    ),
    PageEntry(
        "reports",
        N_("Reports"),
        N_("Which reports have been made?"),
        "ph.file-text",
        "gui.pages.reports",
        "ReportsPage",
    ),
    PageEntry(
        "log",
        N_("Log"),
        N_("Who changed what, and when?"),
        "ph.clock-counter-clockwise",
        "gui.pages.log",
        "LogPage",
    ),
    PageEntry(
        "settings",
        N_("Settings"),
        N_("How should the registry work for you?"),
        "ph.gear-six",
        "gui.pages.settings",
        "SettingsPage",
    ),
)
IN_NAVIGATION = tuple(entry for entry in PAGES if not entry.behind)
_NUMBERED = tuple(entry for entry in IN_NAVIGATION if not entry.keys)


def place_in_navigation(key: str) -> int:
    """Return at which place of the navigation a page stands, or the one behind which it stands."""
    keys = [entry.key for entry in IN_NAVIGATION]
    return next(keys.index(entry.behind or entry.key) for entry in PAGES if entry.key == key)


def shortcut_of(entry: PageEntry) -> str:
    """Return the keys that show a page, as Qt writes them."""
    return entry.keys or f"Ctrl+{_NUMBERED.index(entry) + 1}"
