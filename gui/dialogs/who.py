"""Who works here: binds this account of the operating system to a person of the registry, once."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.errors import RegistryError
from core.i18n import N_, _
from gui.widgets import muted, named
from gui.widgets.message_bar import MessageBar
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry


class WhoDialog(QDialog):
    """Asks for name and unit, prefilled as far as the system knows them."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("who-dialog")
        self.setWindowTitle(_("Who are you?"))
        self.setMinimumWidth(440)
        self._workspace = workspace
        self.messages = MessageBar()
        self.person = named(QLineEdit(account_name(), placeholderText="Erika Mustermann"), "person")
        self.unit = named(QLineEdit(placeholderText=_("Press office")), "unit")
        self.bind = named(QPushButton(_("That is me")), "bind", primary=True)
        self.bind.setDefault(True)
        self.bind.setEnabled(bool(self.person.text()))
        self.person.textChanged.connect(lambda text: self.bind.setEnabled(bool(text.strip())))
        self.bind.clicked.connect(self._bind)
        self.finished.connect(self.deleteLater)
        self._lay_out()

    def _bind(self) -> None:
        person, unit = self.person.text().strip(), self.unit.text().strip()
        self._workspace.read(
            lambda registry: introduce(registry, person, unit), self._greet, failed=self._show_failure, owner=self
        )

    def _greet(self, name: str) -> None:
        self._workspace.say(_("You are {name}.").format(name=name))
        self.accept()

    def _show_failure(self, error: RegistryError) -> None:
        self.messages.show_message(error.sentence)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(_("Your &name"), self.person)
        form.addRow(_("Your &unit"), self.unit)
        later = named(QPushButton(_("Later")), "later")
        later.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(later)
        buttons.addWidget(self.bind)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(self.messages)
        column.addWidget(named(QLabel(_("Who are you?")), "dialog-title"))
        column.addWidget(muted(_("Your name appears in the log beside what you change. You can correct it later.")))
        column.addLayout(form)
        column.addLayout(buttons)


def introduce(registry: Registry, person: str, unit: str) -> str:
    """Bind this account to a person, who is found or made; runs on the database lane.

    Returns:
        The name under which the registry knows the person.
    """
    from core.inventory.binding import bind
    from core.inventory.units import add_unit, find_unit

    with registry.action(N_("Bind this account to a person")) as session:
        bound = bind(session, registry.store_id, person, registry.today())
        if unit:
            bound.person.unit_id = (find_unit(session, unit) or add_unit(session, unit)).id
        return str(bound.person.name)


def account_name() -> str:
    """Return what the operating system calls its user: the full name if it knows one, else nothing."""
    if sys.platform == "win32":
        return ""
    import pwd

    try:
        full = pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
    except KeyError:
        return ""
    return full if full.lower() not in {"", "root", getpass.getuser().lower()} else ""
