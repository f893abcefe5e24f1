"""Two people who hand over at two windows, each in a home of their own; each click and each field is counted."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QWidget

from core import workstation
from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.accesses import Grant, grant_access
from core.inventory.channels import add_channel
from core.inventory.credentials import NewCredential, add_credential
from core.inventory.people import add_person
from core.model import Credential, CredentialKind, PlatformRole
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.handover_decision import HandoverDecision
from gui.dialogs.verify_card import VerifyCardDialog
from gui.pages.handovers import HandoversPage
from tests.gui.desk import Desk
from tests.journeys.two_people import Seat, read_out
from tests.parts.keyrings import Keyrings

W = TypeVar("W", bound=QObject)
OLD = {"Instagram": "altes-Instagram", "X": "altes-X", "LinkedIn": "altes-LinkedIn", "YouTube": "altes-YouTube"}
ACCOUNTS = {
    "Instagram": "instagram.com/musterstadt",
    "X": "x.com/musterstadt",
    "LinkedIn": "linkedin.com/company/musterstadt",
    "YouTube": "youtube.com/@musterstadt",
    "Facebook": "facebook.com/musterstadt",
}


class HandoverSeat(Seat):
    """One person at the window, in a home of their own.

    Args:
        name: Who sits there.
        desk: Their workspace.
        keyrings: Signs one person in at a time.
        home: Where their settings lie.
        monkeypatch: Sets the environment.
    """

    def __init__(self, name: str, desk: Desk, keyrings: Keyrings, home: Path, monkeypatch: Any) -> None:
        self._home, self._monkeypatch = home, monkeypatch
        self.steps: Counter[str] = Counter()
        super().__init__(name, desk, keyrings(), keyrings)

    @property
    def custodian(self) -> Custodian:
        """The person with their keyring."""
        self.take_turn()
        return Custodian(self.desk.registry, open_vault(self.desk.registry.id), self.desk.today)

    @property
    def handovers(self) -> HandoversPage:
        """The page of the handovers."""
        self.take_turn()
        if not isinstance(self.window.pages.page, HandoversPage):
            self.steps["clicks"] += 1
            self.window.show_page("handovers")
            self.desk.settle()
        page = self.window.pages.page
        assert isinstance(page, HandoversPage)
        return page

    def take_turn(self) -> Any:
        """Sit down: this process uses this person's home and keyring from now on."""
        go_home(self._home, self._monkeypatch)
        return super().take_turn()

    def click(self, button: QAbstractButton) -> None:
        """Click a button that can be seen."""
        self.take_turn()
        assert button.isVisible(), button.text()
        assert button.isEnabled(), f"{button.text()}: {told_by(button)}"
        self.steps["clicks"] += 1
        button.click()
        self.desk.settle()

    def press(self, button: QPushButton) -> None:
        """Press a button, and wait."""
        self.click(button)

    def fill(self, field: QLineEdit, text: str) -> None:
        """Type into a field."""
        self.take_turn()
        self.steps["fields"] += 1
        self.desk.type(field, text)

    def find(self, within: QWidget, kind: type[W], name: str) -> W:
        """Return a part by its name."""
        found = within.findChild(kind, name)
        assert found is not None, name
        return found

    def save_offered(self, dialog: HandoverDecision, target: Path) -> Path:
        """Save the file that a dialog offers."""
        self.choose_target(target)
        self.click(dialog.saving)
        assert target.exists()
        return target

    def choose_folder(self, button: QAbstractButton, folder: Path) -> None:
        """Choose the shared folder, once."""
        self.steps["files"] += 1
        target = "gui.widgets.folder_choice.QFileDialog.getExistingDirectory"
        self._monkeypatch.setattr(target, lambda *_args: str(folder))
        self.click(button)

    def come_back(self) -> HandoversPage:
        """Look at the window again after doing something else; the page looks into the folder then."""
        page = self.handovers
        page._woken(Qt.ApplicationState.ApplicationActive)
        self.desk.settle()
        return page

    def open_arrival(self) -> None:
        """Press the button beside what somebody has sent."""
        page = self.come_back()
        assert page.arrivals.isVisible(), "somebody has sent something"
        self.click(self.find(page.arrivals, QPushButton, "arrival-0"))

    def choose_target(self, target: Path) -> None:
        """Choose where the next file goes."""
        self.steps["files"] += 1
        self._monkeypatch.setattr("gui.handover_files.QFileDialog.getSaveFileName", lambda *_args: (str(target), ""))

    def open_files(self, *files: Path) -> ArrivingDialog:
        """Drop files on the window."""
        self.steps["files"] += 1
        self.take_turn()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        assert self.window.take(data)
        self.desk.settle()
        return self.dialog(ArrivingDialog)

    def close_dialog(self, dialog: HandoverDecision) -> None:
        """Close a dialog in which nothing is left to do here."""
        self.click(dialog.back if dialog.back.isVisible() else dialog.primary)


def go_home(home: Path, monkeypatch: Any) -> None:
    """Let settings lie in somebody's own home from now on."""
    for kind in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(kind, str(home / kind))
    workstation.store_id()  # Each has one, before a registry is opened.


def told_by(button: QWidget) -> str:
    """Return what the message bar above a button says."""
    bar = getattr(button.window(), "messages", None)
    return str(bar.text) if bar is not None else ""


def office(path: Path) -> Desk:
    """Return a desk at a registry with two people, five channels, four logins, and a role that Erika has."""
    desk = Desk(path)
    with desk.registry.action(N_("Fill")) as session:
        erika = add_person(session, "Erika Mustermann")
        add_person(session, "Max Mustermann")
        session.flush()
        channels = {
            name: add_channel(session, address, title=f"Musterstadt {name}", today=desk.today)
            for name, address in ACCOUNTS.items()
        }
        session.flush()
        for name in OLD:
            login = NewCredential(CredentialKind.PASSWORD, name, (channels[name].id,), "presse")
            made = session.get_one(Credential, add_credential(session, login).id)
            made.recovery_of_office = name != "YouTube"
        role = Grant(erika.id, platform_role=PlatformRole.ADMIN)
        grant_access(session, channels["Facebook"].id, role, desk.today, None)
    desk.settle()
    return desk


def copied(desk: Desk, path: Path) -> Desk:
    """Return a desk at a copy of the registry of another one."""
    made = Desk(path.with_suffix(".first.kanal"))
    shutil.copyfile(desk.registry.path, path)
    made.workspace.open(path)
    made.settle()
    return made


def keep_old_secrets(seat: HandoverSeat, old: Mapping[str, str] = OLD) -> None:
    """Let somebody's keyring hold what is in force."""
    logins = {one.label: one.id for one in logins_of(seat.desk)}
    for label, secret in old.items():
        keeping.store_secret(seat.custodian, logins[label], Secret(secret))
    seat.desk.settle()


def logins_of(desk: Desk) -> list[Credential]:
    """Return the logins of a registry."""
    from sqlalchemy import select

    with desk.registry.reading() as session:
        found = list(session.scalars(select(Credential)))
        session.expunge_all()
    return found


def type_words(seat: HandoverSeat, dialog: VerifyCardDialog, other: VerifyCardDialog) -> None:
    """Type the two words that are asked for, as the other one reads them out."""
    heard = read_out(other)
    for label, field in zip(dialog._asked, dialog.fields, strict=True):
        seat.fill(field, heard[int(label.text().split()[-1]) - 1])
    seat.click(dialog.primary)


def pasted() -> str:
    """Return what the clipboard holds, as a browser pastes it."""
    return QApplication.clipboard().text()
