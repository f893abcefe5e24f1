"""Who works here: binds this account of the operating system to a person of the registry, once."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from core.i18n import N_, _
from gui.dialogs.decision import Decision
from gui.widgets import muted, named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry


class WhoDialog(Decision):
    """Asks for name and unit, prefilled as far as the system knows them."""

    help_topic = "start#name"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Who are you?"), _("That is me"), parent)
        self.setObjectName("who-dialog")
        self.person, self.unit = identity_fields()
        self.body.addWidget(muted(why_a_name()))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(_("Your &name"), self.person)
        form.addRow(_("Your &unit"), self.unit)
        self.body.addLayout(form)
        self.person.textChanged.connect(self._allow)
        self._allow()
        self.person.setFocus()

    def decide(self) -> None:
        """Bind the account."""
        person, unit = self.person.text().strip(), self.unit.text().strip()
        self.workspace.read(
            lambda registry: introduce(registry, person, unit), self._greet, failed=self.refuse, owner=self
        )

    def _greet(self, name: str) -> None:
        self.workspace.say(_("You are {name}.").format(name=name))
        self.accept()

    def _allow(self) -> None:
        self.primary.setEnabled(bool(self.person.text().strip()))


def identity_fields() -> tuple[QLineEdit, QLineEdit]:
    """Make the fields for name and unit."""
    person = named(QLineEdit(account_name(), placeholderText="Erika Mustermann"), "person")
    unit = named(QLineEdit(placeholderText=_("Press office")), "unit")
    return person, unit


def why_a_name() -> str:
    """Say what the name is needed for."""
    return _("Your name appears in the log beside what you change. You can correct it later.")


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
