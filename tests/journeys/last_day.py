"""The last day of a leaver, at two windows: five things pass from Erika to Max, by hand or through a shared folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from core.custody import keeping
from core.errors import RegistryError
from gui.collecting import Collector
from gui.dialogs.handover_accept import AcceptHandoverDialog
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.handover_change import HandoverChangeDialog
from gui.dialogs.handover_confirm import ConfirmHandoverDialog
from gui.dialogs.handover_decision import HandoverDecision
from gui.dialogs.handover_grant import GrantRolesDialog
from gui.dialogs.handover_release import ReleaseHandoverDialog
from gui.dialogs.handover_seal import SealHandoverDialog
from gui.dialogs.new_handover import NewHandoverDialog
from gui.dialogs.show_card import ShowCardDialog
from gui.dialogs.verify_card import VerifyCardDialog
from tests.gui.key_card_people import saved_as
from tests.journeys.handing_over import (
    OLD,
    HandoverSeat,
    copied,
    go_home,
    keep_old_secrets,
    logins_of,
    office,
    pasted,
    type_words,
)
from tests.journeys.platforms_server import Browser, Platforms, browsing
from tests.parts.keyrings import Keyrings

HOSTS = {
    "Instagram": "www.instagram.com",
    "X": "x.com",
    "LinkedIn": "www.linkedin.com",
    "YouTube": "myaccount.google.com",
    "Facebook": "facebook.com",
}


@dataclass
class LastDay:
    """Both people, the web, and a folder that both can reach.

    Attributes:
        old: The secrets that Erika's keyring holds at first, by login.
        is_shared: Whether the program lays the files there and finds them; otherwise they save and drop them.
        half_done: The login of which Max does not change the recovery address on that day.
    """

    erika: HandoverSeat
    max: HandoverSeat
    web: Platforms
    browser: Browser
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    old: Mapping[str, str]
    is_shared: bool = False
    half_done: str = ""

    @property
    def both(self) -> tuple[HandoverSeat, HandoverSeat]:
        """Who hands over, and who takes over."""
        return self.erika, self.max

    def send(self, seat: HandoverSeat, dialog: HandoverDecision, name: str) -> Path:
        """Bring to the other one what a dialog offers; with the folder nothing is to be done for that."""
        target = self.folder / name
        if not self.is_shared:
            seat.save_offered(dialog, target)
            seat.close_dialog(dialog)
        return target

    def take_in(self, seat: HandoverSeat, file: Path) -> None:
        """Take in what the other one has sent."""
        if self.is_shared:
            seat.open_arrival()
        else:
            seat.click(seat.open_files(file).primary)


@contextmanager
def last_day_of(
    folder: Path, keyrings: Keyrings, monkeypatch: pytest.MonkeyPatch, old: Mapping[str, str] = OLD
) -> Iterator[LastDay]:
    """Let both sit down, each in a home of their own below a folder."""
    go_home(folder / "erika", monkeypatch)
    first = office(folder / "office.kanal")
    collector = Collector(first.tasks)  # As in the program: no widget may be destroyed on a lane.
    web = Platforms({HOSTS[name]: secret for name, secret in old.items()}, {HOSTS["Facebook"]: {"Erika"}})
    erika = HandoverSeat("Erika Mustermann", first, keyrings, folder / "erika", monkeypatch)
    keep_old_secrets(erika, old)
    go_home(folder / "max", monkeypatch)
    second = copied(first, folder / "second.kanal")
    max_ = HandoverSeat("Max Mustermann", second, keyrings, folder / "max", monkeypatch)
    shared = folder / "Übergaben"
    shared.mkdir()
    with browsing() as browser:
        yield LastDay(erika, max_, web, browser, shared, monkeypatch, old)
    for seat in (erika, max_):
        seat.close()
    QApplication.clipboard().clear()  # As the program does when it ends.
    web.close()
    collector.release()


def walk_through(day: LastDay) -> None:
    """Go all the way from the proposal to the release."""
    released = release(day, take_over(day, seal(day, ask(day, propose(day)))))
    day.take_in(day.max, released)


def propose(day: LastDay) -> Path:
    """Erika proposes to Max all that hangs on her."""
    erika, proposal = day.erika, day.folder / "proposal.aussage"
    page = erika.handovers
    erika.click(next(one for one in page.empty.findChildren(QPushButton) if one.isVisible()))
    dialog = erika.dialog(NewHandoverDialog)
    assert dialog.giver.value() == erika.person
    dialog.taker.show_value(day.max.person)
    erika.steps["fields"] += 1
    erika.desk.settle()
    for _page in range(2):
        erika.click(dialog.primary)
    if day.is_shared:
        erika.choose_folder(dialog.folder.choosing, day.folder)
        erika.click(dialog.primary)
        assert "lies in the shared folder" in erika.desk.said[-1]
    else:
        erika.choose_target(proposal)
        erika.click(dialog.saving)
        assert proposal.exists()
    assert page.read is not None
    assert page.read.rows[0].items == len(HOSTS)
    return proposal


def ask(day: LastDay, proposal: Path) -> Path:
    """Max looks at the proposal, compares words, and asks for all of it."""
    max_ = day.max
    if day.is_shared:
        max_.choose_folder(max_.handovers.looking_button, day.folder)
        max_.open_arrival()
        arrived = max_.dialog(ArrivingDialog)
    else:
        arrived = max_.open_files(proposal)
    assert arrived.messages.text.startswith("Before you go on, call ")
    compare_words(day, arrived)
    accepting = max_.dialog(AcceptHandoverDialog)  # It goes on by itself.
    max_.click(accepting.primary)
    if day.is_shared:
        max_.click(max_.dialog(HandoverChangeDialog).back)  # He could go on with what needs no sealed file.
    return day.send(max_, accepting, "request.anfrage")


def compare_words(day: LastDay, arrived: ArrivingDialog) -> None:
    """Both compare words on the telephone; Max comes from the file, and his card comes to Erika."""
    erika, max_ = day.erika, day.max
    max_.click(arrived.primary)
    at_max = max_.dialog(VerifyCardDialog)
    if day.is_shared:
        assert "lies in the shared folder" in at_max.messages.text
        erika.open_arrival()
        at_erika = erika.dialog(VerifyCardDialog)
    else:
        max_.click(at_max._giving)
        giving, card = max_.dialog(ShowCardDialog), day.folder / "max.karte"
        max_.steps["files"] += 2
        saved_as(day.monkeypatch, card)
        max_.click(giving.primary)
        max_.click(giving.back)
        at_erika = erika.drop(card, VerifyCardDialog)
    erika.click(at_erika.primary)
    max_.click(at_max.other)
    type_words(max_, at_max, at_erika)
    max_.click(at_max.primary)
    erika.click(at_erika.primary)
    type_words(erika, at_erika, at_max)
    erika.click(at_erika.primary)
    max_.click(at_max.primary)


def seal(day: LastDay, request: Path) -> Path:
    """Erika takes the request in, and seals the one login that cannot be reset."""
    day.take_in(day.erika, request)
    sealing = day.erika.dialog(SealHandoverDialog)
    day.erika.click(sealing.primary)
    return day.send(day.erika, grant_role(day), "sealed.uebergabe")


def grant_role(day: LastDay) -> GrantRolesDialog:
    """Erika gives Max the role on the page that the program opens, and says so; it follows at once."""
    dialog = day.erika.dialog(GrantRolesDialog)
    day.erika.click(day.erika.find(dialog, QPushButton, "open-page-0"))
    assert day.browser.host == f"www.{HOSTS['Facebook']}", "the channel's own address"
    assert day.web.post(HOSTS["Facebook"], "grant", name="Max")
    day.erika.click(dialog.primary)
    return dialog


def confirm_role(day: LastDay, dialog: ConfirmHandoverDialog) -> None:
    """Max signs in with his own account, sees the role and confirms it."""
    assert day.web.post(HOSTS["Facebook"], "role", name="Max")
    assert not dialog.primary.isEnabled(), "nobody said that the role was seen"
    [role] = dialog.things.checks.values()
    day.max.click(role.box)
    day.max.click(dialog.primary)


def change(day: LastDay, dialog: HandoverChangeDialog) -> str:
    """Max sets a new password on the page that the program opens, signs in, and confirms it."""
    max_, name = day.max, dialog._item.label
    max_.click(dialog.primary)
    if name == "YouTube":  # Signing in needs the old one first.
        max_.click(max_.find(dialog, QPushButton, "copy-old"))
        assert pasted() == day.old[name]
        max_.click(max_.find(dialog, QPushButton, "copy-new"))
    host, new = day.browser.host, pasted()
    assert host == HOSTS[name]
    max_.steps["fields"] += 2  # On the platform: the new password, and signing in.
    if name == "YouTube":
        assert day.web.post(host, "change", old=day.old[name], new=new)
    else:
        assert day.web.post(host, "reset", mailbox="office", new=new)
    assert day.web.post(host, "login", password=new)
    max_.click(dialog.all_done)
    max_.click(max_.find(dialog, QPushButton, "tokens-removed=not-there"))
    if name == day.half_done:
        max_.click(max_.find(dialog, QPushButton, "recovery=no"))
    assert not dialog.primary.isEnabled(), "nobody said that the login was seen"
    max_.click(dialog.signed_in.check.box)
    max_.click(dialog.primary)
    return str(name)


def take_over(day: LastDay, bundle: Path) -> Path:
    """Max opens the sealed file, changes login after login, and confirms the role; the file comes at the end."""
    day.take_in(day.max, bundle)
    changed, dialog = set[str](), day.max.dialog(HandoverChangeDialog)
    while True:
        changed.add(change(day, dialog))
        if len(changed) == len(day.old):
            break
        dialog = day.max.dialog(HandoverChangeDialog)
    confirming = day.max.dialog(ConfirmHandoverDialog)
    confirm_role(day, confirming)
    return day.send(day.max, confirming, "from-max.aussage")


def release(day: LastDay, confirmations: Path) -> Path:
    """Erika takes in what Max sent, gives her role back, and releases all of it."""
    erika = day.erika
    day.take_in(erika, confirmations)
    dialog = erika.dialog(ReleaseHandoverDialog)
    erika.click(erika.find(dialog, QPushButton, "open-page-0"))
    assert day.web.post(day.browser.host, "withdraw", name="Erika")
    erika.click(dialog.primary)
    return day.send(erika, dialog, "release.aussage")


def held(seat: HandoverSeat) -> dict[str, str]:
    """Return what somebody's keyring still gives out."""
    found = {}
    for login in logins_of(seat.desk):
        try:
            found[login.label] = keeping.read_secret(seat.custodian, login.id).reveal()
        except RegistryError:
            continue
    return found
