"""Two people at two windows: each with a keyring and a copy of the registry of their own; they meet through files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QTimer, QUrl
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from core.custody.custodian import Custodian
from core.custody.identity.circle import Standing, look
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.binding import bind
from gui.dialogs.verify_card import VerifyCardDialog
from gui.main_window import MainWindow
from tests.gui.desk import Desk
from tests.gui.key_card_people import saved_as
from tests.parts.keyrings import Keyring, Keyrings

D = TypeVar("D", bound=QDialog)


class Seat:
    """One person at the window.

    Args:
        name: Who sits there.
        desk: Their workspace, on their own copy of the registry.
        keyring: Their keyring.
        keyrings: Signs one person in at a time.
    """

    def __init__(self, name: str, desk: Desk, keyring: Keyring, keyrings: Keyrings) -> None:
        self.name, self.desk, self.keyring, self._keyrings = name, desk, keyring, keyrings
        self.take_turn()
        with desk.registry.action(N_("Bind")) as session:
            self.person = bind(session, desk.registry.store_id, name, desk.today).person.id
        self.window = MainWindow(desk.workspace)
        self.window.resize(1280, 800)
        self.window.show()
        desk.settle()

    def take_turn(self) -> Any:
        """Sit down: this process uses this person's keyring from now on."""
        self._keyrings.use(self.keyring)
        return self

    def page(self) -> Any:
        """Go to the key cards."""
        self.take_turn()
        self.window.show_page("key-cards")
        self.desk.settle()
        return self.window.pages.page

    def make_card(self) -> None:
        """Make the own card from the empty page."""
        page = self.page()
        button = next(one for one in page.empty.findChildren(QPushButton) if one.isVisible())
        button.click()
        self.desk.settle()

    def save(self, action: str, person: Any, target: Path, monkeypatch: Any) -> Path:
        """Choose somebody's card and save what an action of the page saves."""
        page = self.page()
        page.show_record(person)
        self.desk.settle()
        saved_as(monkeypatch, target)
        next(one for one in page.acts.actions if one.objectName() == action).trigger()
        self.desk.settle()
        return target

    def drop(self, file: Path, kind: type[D]) -> D:
        """Drop a file on the window and return the dialog to which it leads."""
        self.take_turn()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        assert self.window.take(data)
        self.desk.settle()
        return self.dialog(kind)

    def dialog(self, kind: type[D]) -> D:
        """Return the open dialog of this window."""
        found = [one for one in self.window.findChildren(kind) if one.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def press(self, button: QPushButton) -> None:
        """Press a button of an open dialog, and wait."""
        self.take_turn()
        assert button.isEnabled(), button.text()
        button.click()
        self.desk.settle()

    def standing(self, person: Any) -> Standing:
        """Say how this person verified the newest card of somebody, as far as their copy knows one."""
        self.take_turn()
        circle = look(Custodian(self.desk.registry, open_vault(self.desk.registry.id), self.desk.today))
        cards = [one.card for one in circle.cards.values() if one.card.person == person]
        return circle.standing(max(cards, key=lambda card: card.created)) if cards else Standing.NO

    def close(self) -> None:
        """Leave."""
        self.take_turn()
        self.desk.close()
        self.window.deleteLater()


def read_out(dialog: VerifyCardDialog) -> list[str]:
    """Return the words on a screen, as their reader says them."""
    labels = {label.objectName(): label.text() for label in dialog.words.findChildren(QLabel) if label.isVisible()}
    return [labels[f"word-{number}"] for number in range(1, 7)]


def type_heard(seat: Seat, dialog: VerifyCardDialog, heard: list[str]) -> None:
    """Type the words that the dialog asks for by number, as they were heard."""
    for label, field in zip(dialog._asked, dialog.fields, strict=True):
        number = int(label.text().split()[-1])
        seat.desk.type(field, heard[number - 1])
    seat.press(dialog.primary)


@contextmanager
def longest_gap() -> Iterator[list[float]]:
    """Measure how long the window did not answer."""
    import time

    gaps, last = [0.0], [time.monotonic()]

    def beat() -> None:
        now = time.monotonic()
        gaps[0], last[0] = max(gaps[0], now - last[0]), now

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(5)
    QApplication.processEvents()
    last[0] = time.monotonic()
    yield gaps
    timer.stop()


def copy_for(desk: Desk, path: Path) -> Desk:
    """Return a desk on a copy of another one's registry."""
    made = Desk(path.with_suffix(".first.kanal"))
    shutil.copyfile(desk.registry.path, path)
    made.workspace.open(path)
    made.settle()
    return made
