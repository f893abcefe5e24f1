"""Data of people: how long it is kept, the documents about that, and the full log of uses."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from core.custody.uses import UsesLog, uses_log
from core.i18n import N_, _
from core.protection.rights.uses_log import SWITCH_OFF, switch_off
from core.settings import SETTINGS, Settings
from gui.dialogs.erase_due import EraseDueDialog
from gui.dialogs.switch_uses_log import SwitchUsesLogDialog
from gui.dialogs.uses_shown import UsesDialog
from gui.dialogs.write_documents import WriteDocumentsDialog
from gui.pages.settings_contacts import Contacts
from gui.pages.settings_numbers import NumberSettings
from gui.pages.settings_parts import Section
from gui.standing_notices import told_of_uses
from gui.widgets import muted, named
from gui.workspace import Workspace

RETENTION = "retention-"


class PeopleSection(Section):
    """Periods, documents, and the log of uses that is off unless an agreement allows it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            "people",
            _("Personal data"),
            _("The registry serves the security of accounts, never the control of conduct or performance."),
            parent,
        )
        self._workspace = workspace
        self._add_periods()
        self.heading(_("Who is responsible"))
        self.contacts = Contacts(workspace, self)
        self._add_documents()
        self._add_uses()
        self.end()

    def show_settings(self, settings: Settings, today: date) -> None:
        """Show what is in force."""
        self._periods.show_settings(settings)
        self.contacts.show_settings(settings)
        self._show_uses(uses_log(settings, today))

    def _add_periods(self) -> None:
        self.heading(_("How long data is kept"))
        self.column.addWidget(muted(_("What is kept longer is due to be erased. Nothing of it is erased unasked.")))
        self._periods = NumberSettings(self._workspace, self, N_("Change retention period"))
        for one in SETTINGS:
            if one.key.startswith(RETENTION):
                self._periods.add(one)
        self.erasing = named(QPushButton(_("&Look for what is due...")), "erase-due")
        self.erasing.clicked.connect(lambda _checked: self._erase_due())
        self._beside(self.erasing)

    def _add_documents(self) -> None:
        self.heading(_("Documents"))
        told = _(
            "Information notice (Art. 13), record of processing (Art. 30), description for the staff council, list of "
            "data flows and deletion concept: in German and English, with the settings of this registry."
        )
        self.column.addWidget(muted(told))
        self.writing = named(QPushButton(_("&Write documents...")), "write-documents")
        self.writing.clicked.connect(lambda _checked: self._write_documents())
        self._beside(self.writing)

    def _add_uses(self) -> None:
        self.heading(_("Full log of uses"))
        self.uses = named(QLabel(wordWrap=True), "uses-log")
        self.column.addWidget(self.uses)
        self.switching_on = named(QPushButton(_("&Switch on...")), "uses-log-on")
        self.switching_on.setAccessibleName(_("Switch the full log of uses on"))
        self.switching_off = named(QPushButton(_("&Switch off")), "uses-log-off")
        self.switching_off.setAccessibleName(_("Switch the full log of uses off"))
        self.switching_on.clicked.connect(lambda _checked: self._switch_on())
        self.switching_off.clicked.connect(lambda _checked: self._switch_off())
        self.showing = named(QPushButton(_("S&how entries...")), "uses-log-show")
        self.showing.clicked.connect(lambda _checked: self._show_entries())
        self._beside(self.switching_on, self.showing, self.switching_off)
        self._show_uses(None)

    def _beside(self, *buttons: QPushButton) -> None:
        line = QHBoxLayout()
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)

    def _show_uses(self, log: UsesLog | None) -> None:
        off = _("It is off. Only the day on which somebody first reads a secret is kept.")
        self.uses.setText(told_of_uses(log) if log is not None else off)
        self.switching_on.setVisible(log is None)
        for button in (self.showing, self.switching_off):
            button.setVisible(log is not None)

    def _erase_due(self) -> None:
        if self._workspace.is_open:
            EraseDueDialog(self._workspace, self.window()).open()

    def _write_documents(self) -> None:
        if self._workspace.is_open:
            WriteDocumentsDialog(self._workspace, self.window()).open()

    def _switch_on(self) -> None:
        if self._workspace.is_open:
            SwitchUsesLogDialog(self._workspace, self.window()).open()

    def _show_entries(self) -> None:
        if self._workspace.is_open:
            UsesDialog(self._workspace, self.window()).open()

    def _switch_off(self) -> None:
        said = _("The full log of uses is off, and what it held is deleted.")
        self._workspace.act(SWITCH_OFF, switch_off, said=said, owner=self)
