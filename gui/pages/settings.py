"""The settings: of the registry, which everybody shares, and of this workstation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from core import workstation
from core.exchange.coat_of_arms import coat_of_arms
from core.i18n import _
from core.inventory.narrowing import Where
from core.inventory.platform_changes import ListedPlatform, listed_platforms
from core.inventory.recorded import names_of
from core.registry import Registry
from core.restoring import KeptBackup, kept_backups
from core.settings import Settings, read_settings
from gui.pages import Page
from gui.pages.settings_city import CitySection
from gui.pages.settings_escrow import EscrowSection
from gui.pages.settings_keys import KeysSection
from gui.pages.settings_people import PeopleSection
from gui.pages.settings_platforms import PlatformsSection
from gui.pages.settings_registry import RegistrySection
from gui.pages.settings_stages import StagesSection
from gui.pages.settings_terms import TermsSection
from gui.pages.settings_thresholds import ThresholdsSection
from gui.pages.settings_workstation import WorkstationSection
from gui.theme import ROW_HEIGHT
from gui.widgets import named
from gui.widgets.page_header import PageHeader
from gui.widgets.split import Split
from gui.workspace import Workspace

SECTION = "section.settings"
_TOPICS = {"escrow": "escrow", "people": "privacy", "workstation": "settings#look"}
"""Where the handbook tells of a section; of the others under their key on the page of the settings."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the settings show of a registry."""

    settings: Settings
    me: str
    path: Path
    backups: list[KeptBackup]
    platforms: list[ListedPlatform]
    arms: bytes | None


class SettingsPage(Page):
    """How the program is to work here."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("How should the registry work for you?")
        self.header = PageHeader(self.question)
        self.city = CitySection(workspace)
        self.stages = StagesSection(workspace)
        self.thresholds = ThresholdsSection(workspace)
        self.terms = TermsSection(workspace)
        self.platforms = PlatformsSection(workspace)
        self.keys = KeysSection(workspace)
        self.escrow = EscrowSection(workspace)
        self.people = PeopleSection(workspace)
        self.workstation = WorkstationSection(workspace)
        self.registry = RegistrySection(workspace)
        self._sections: dict[str, tuple[str, QWidget]] = {
            "city": (_("City and you"), self.city),
            "stages": (_("Stages of the rules"), self.stages),
            "thresholds": (_("Thresholds"), self.thresholds),
            "terms": (_("Words"), self.terms),
            "platforms": (_("Platforms"), self.platforms),
            "keys": (_("Keys and handovers"), self.keys),
            "escrow": (_("Escrow"), self.escrow),
            "people": (_("Personal data"), self.people),
            "workstation": (_("This workstation"), self.workstation),
            "registry": (_("File and backups"), self.registry),
        }
        self.sections = named(QListWidget(), "sections")
        self.sections.setAccessibleName(_("Settings"))
        self.stack = QStackedWidget()
        self.help_topic = "settings"
        self._lay_out()
        self.sections.currentRowChanged.connect(self._show_section)
        self._choose(workstation.remembered(SECTION))

    def open_registry(self, registry: Registry) -> None:
        """Show the registry's settings."""
        del registry
        self.setEnabled(True)
        self.refresh(frozenset())

    def close_registry(self) -> None:
        """Let nothing be changed while no registry is open."""
        self.setEnabled(False)

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the settings again."""
        del tables
        if self.workspace.is_open:
            self.workspace.read(_read, self._show, owner=self)

    def focus_search(self) -> None:
        """Put the cursor on the sections; there is nothing to search here."""
        self.sections.setFocus()

    def show_where(self, meant: Where) -> None:
        """Show the section that is meant."""
        if meant.values.get("section") in self._sections:
            self._choose(meant.values["section"])

    def _lay_out(self) -> None:
        self.sections.setMinimumWidth(200)
        for key, (title, section) in self._sections.items():
            item = QListWidgetItem(title, self.sections)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            self.stack.addWidget(section)
        self.splitter = Split("settings", (self.sections, self.stack), (240, 820), (0, 1))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.splitter, 1)

    def _choose(self, section: object) -> None:
        keys = list(self._sections)
        self.sections.setCurrentRow(keys.index(section) if section in keys else 0)

    def _show_section(self, row: int) -> None:
        self.stack.setCurrentIndex(row)
        key = list(self._sections)[row]
        self.help_topic = _TOPICS.get(key, f"settings#{key}")
        workstation.remember(SECTION, key)
        if self.stack.currentWidget() is self.stages and self.workspace.is_open:
            self.stages.look_ahead()

    def _show(self, read: _Read) -> None:
        self.city.show_settings(read.settings, read.me, read.arms)
        self.stages.show_settings(read.settings)
        self.thresholds.show_settings(read.settings)
        self.terms.show_settings(read.settings)
        self.platforms.show_platforms(read.platforms)
        self.keys.show_settings(read.settings)
        self.escrow.look()
        self.people.show_settings(read.settings, self.workspace.today())
        self.registry.show_registry(read.path, read.backups)


def _read(registry: Registry) -> _Read:
    me = registry.me()
    with registry.reading() as session:
        name = names_of(session, [me]).get(me, "") if me else ""
        backups = kept_backups(registry.path)
        return _Read(
            read_settings(session), name, registry.path, backups, listed_platforms(session), coat_of_arms(session)
        )
