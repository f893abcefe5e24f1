"""The city's name, and who works here."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from core.i18n import N_, _
from core.settings import Settings, change_setting
from gui.pages.settings_parts import Section
from gui.widgets import named
from gui.workspace import Workspace

CITY = "city.name"


class CitySection(Section):
    """What the registry is called, and under which name one's own changes stand in its log."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__("city", _("City and you"), parent=parent)
        self._workspace = workspace
        self._stored = ""
        self.city = named(QLineEdit(placeholderText=_("City of Musterstadt")), CITY)
        self.city.editingFinished.connect(self._change)
        self.me = named(QLabel(), "me")
        self._say_who = named(QPushButton(_("Enter your name...")), "say-who")
        self._say_who.clicked.connect(lambda _checked: workspace.command("say_who"))
        self.ask(_("&Name of the city"), self.city, help_text=_("It stands in the window's title and on every report."))
        help_text = _("It stands in the log beside what you change.")
        self.ask(_("Your name"), self.me, self._say_who, help_text=help_text)
        self.end()

    def show_settings(self, settings: Settings, me: str) -> None:
        """Show the city's name, unless it is being typed, and one's own."""
        if not self.city.hasFocus() or self.city.text().strip() == self._stored:
            self.city.setText(str(settings[CITY]))
        self._stored = str(settings[CITY])
        self.me.setText(me or _("not known yet"))
        self._say_who.setVisible(not me)

    def _change(self) -> None:
        name = self.city.text().strip()
        if not self._workspace.is_open or name == self._stored:
            return
        self._stored = name

        def change(session: Any) -> None:
            change_setting(session, CITY, name)

        said = _("The city is called {name} now.").format(name=name) if name else _("The city has no name now.")
        self._workspace.act(N_("Change name of the city"), change, said=said, owner=self)
