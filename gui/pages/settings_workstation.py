"""Choices of one person at one workstation: language and theme; they are no part of the registry."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from core import workstation
from core.i18n import _
from gui import theme
from gui.menus import LANGUAGE_NAMES, next_language
from gui.pages.settings_parts import Section
from gui.widgets import named
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
        self.ask(_("&Language"), self.language, help_text=_("It holds from the next start of the program."))
        self.ask(_("Light or &dark"), self.theme, help_text=_("It holds at once."))
        self.end()
        self.language.activated.connect(lambda _place: self._speak())
        self.theme.activated.connect(lambda _place: theme.choose_scheme(str(self.theme.currentData())))

    def showEvent(self, event: QShowEvent) -> None:
        """Show what is chosen; the menu can choose it, too."""
        super().showEvent(event)
        for box, key in ((self.language, next_language()), (self.theme, theme.chosen_scheme())):
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(key))

    def _speak(self) -> None:
        workstation.remember("language", str(self.language.currentData()))
        self._workspace.say(_("The language changes when you start the program again."))
