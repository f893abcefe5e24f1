"""Choices of one person at one workstation: language, theme, rows, tray; they are no part of the registry."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from core.i18n import _
from gui import theme
from gui.choices import CHOICES, choose
from gui.menus import LANGUAGE_NAMES, next_language
from gui.pages.settings_parts import Section
from gui.tray import CHOICE, is_chosen, is_possible
from gui.widgets import named
from gui.widgets.folder_choice import FolderChoice
from gui.widgets.wrapped_check import WrappedCheck
from gui.workspace import Workspace


class WorkstationSection(Section):
    """How the program looks and speaks here."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            "workstation",
            _("This workstation"),
            _("These choices are yours alone, at this workstation. Colleagues make their own."),
            parent,
        )
        self._workspace = workspace
        self.language = named(QComboBox(), "language")
        for key, name in LANGUAGE_NAMES.items():
            self.language.addItem(name, key)
        self.theme = named(QComboBox(), "theme")
        for key, (label, _scheme) in theme.SCHEMES.items():
            self.theme.addItem(_(label), key)
        self.density = named(QComboBox(), "density")
        for key, (label, _height) in theme.DENSITIES.items():
            self.density.addItem(_(label), key)
        self.ask(_("&Language"), self.language, help_text=_("Takes effect the next time the program starts."))
        self.ask(_("Light or &dark"), self.theme, help_text=_("Takes effect at once."))
        self.ask(_("&Rows of tables"), self.density, help_text=_("Takes effect at once."))
        staying = WrappedCheck(_("Stay there when the window is closed"), "tray")
        self.tray = staying.box
        staying.setEnabled(is_possible())
        staying.setToolTip("" if is_possible() else _("This desktop has no tray."))
        help_text = _("The picture there says how many findings are severe.")
        self.ask(_("&Tray"), staying, help_text=help_text if is_possible() else _("This desktop has no tray."))
        self.folder = FolderChoice(workspace)
        self.column.addSpacing(8)
        self.ask(
            _("Shared folder for &handovers"),
            self.folder,
            help_text=_("A folder that you and your colleagues can reach, on a network drive for example."),
        )
        self.end()
        self.language.activated.connect(lambda _place: self._speak())
        self.theme.activated.connect(lambda _place: theme.choose_scheme(str(self.theme.currentData())))
        self.tray.toggled.connect(self._keep_tray)
        self.density.activated.connect(lambda _place: theme.choose_density(str(self.density.currentData())))
        CHOICES.made.connect(self._follow_choices)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what is chosen."""
        super().showEvent(event)
        self._follow_choices()

    def _follow_choices(self) -> None:
        """Show what was chosen, here or in the menu."""
        with QSignalBlocker(self.tray):
            self.tray.setChecked(is_chosen())
        chosen = (next_language(), theme.chosen_scheme(), theme.chosen_density())
        for box, key in zip((self.language, self.theme, self.density), chosen, strict=True):
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(key))

    def _keep_tray(self, on: bool) -> None:
        choose(CHOICE, on)
        self._workspace.command("follow_tray")

    def _speak(self) -> None:
        choose("language", str(self.language.currentData()))
        self._workspace.command("offer_restart")
