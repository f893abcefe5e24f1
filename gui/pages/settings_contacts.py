"""Who is responsible for people's data and whom they can turn to: three lines that documents and extracts name."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit

from core.i18n import N_, _
from core.protection.rights.contacts import AUTHORITY, CONTACTS, CONTROLLER, OFFICER
from core.settings import Settings, change_setting
from gui.pages.settings_parts import Section
from gui.widgets import named
from gui.workspace import Workspace

_HELP = {
    CONTROLLER: N_("For example: City of Musterstadt, Rathausplatz 1, 12345 Musterstadt, post@musterstadt.example"),
    OFFICER: N_("For example: datenschutz@musterstadt.example"),
    AUTHORITY: N_("The authority of your state to which people can complain, with its address."),
}


class Contacts:
    """The fields, in a section of the settings; what is being typed stays."""

    def __init__(self, workspace: Workspace, section: Section) -> None:
        self._workspace, self._section = workspace, section
        self._stored = dict.fromkeys(_HELP, "")
        self.fields = {one.key: named(QLineEdit(), one.key) for one in CONTACTS}
        for one in CONTACTS:
            section.ask(_(one.label), self.fields[one.key], help_text=_(_HELP[one.key]))
            self.fields[one.key].editingFinished.connect(partial(self._change, one.key))

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        for key, field in self.fields.items():
            if not field.hasFocus() or field.text().strip() == self._stored[key]:
                field.setText(str(settings[key]))
            self._stored[key] = str(settings[key])

    def _change(self, key: str) -> None:
        text = " ".join(self.fields[key].text().split())
        if not self._workspace.is_open or text == self._stored[key]:
            return
        self._stored[key] = text

        def change(session: Any) -> None:
            change_setting(session, key, text)

        said = _("Documents and extracts name this from now on.")
        self._workspace.act(N_("Change contact on data protection"), change, said=said, owner=self._section)
