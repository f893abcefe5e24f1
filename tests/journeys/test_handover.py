"""Erika's last day: five things pass to Max at two windows, between two keyrings and registries that files join."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from core.custody import keeping
from core.custody.handover.possible import Doing
from core.errors import RegistryError
from core.model import ItemState
from gui.collecting import Collector
from gui.dialogs.handover_accept import AcceptHandoverDialog
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.handover_change import HandoverChangeDialog
from gui.dialogs.handover_confirm import ConfirmHandoverDialog
from gui.dialogs.handover_decision import HandoverDecision
from gui.dialogs.handover_release import ReleaseHandoverDialog
from gui.dialogs.handover_saving import SaveHandoverFilesDialog
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

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
HOSTS = {
    "Instagram": "www.instagram.com",
    "X": "x.com",
    "LinkedIn": "www.linkedin.com",
    "YouTube": "myaccount.google.com",
    "Facebook": "facebook.com",
}
MOST_STEPS = 115


@dataclass
class LastDay:
    """Both people, the web, and a folder that both can reach."""

    erika: HandoverSeat
    max: HandoverSeat
    web: Platforms
    browser: Browser
    folder: Path
    monkeypatch: pytest.MonkeyPatch


@pytest.fixture
def last_day(
    qapp: object, tmp_path: Path, keyrings: Keyrings, monkeypatch: pytest.MonkeyPatch, in_english: None
) -> Iterator[LastDay]:
    go_home(tmp_path / "erika", monkeypatch)
    first = office(tmp_path / "office.kanal")
    collector = Collector(first.tasks)  # As in the program: no widget may be destroyed on a lane.
    web = Platforms({HOSTS[name]: secret for name, secret in OLD.items()}, {HOSTS["Facebook"]: {"Erika"}})
    erika = HandoverSeat("Erika Mustermann", first, keyrings, tmp_path / "erika", monkeypatch)
    keep_old_secrets(erika)
    go_home(tmp_path / "max", monkeypatch)
    second = copied(first, tmp_path / "second.kanal")
    max_ = HandoverSeat("Max Mustermann", second, keyrings, tmp_path / "max", monkeypatch)
    with browsing() as browser:
        yield LastDay(erika, max_, web, browser, tmp_path, monkeypatch)
    for seat in (erika, max_):
        seat.close()
    QApplication.clipboard().clear()  # As the program does when it ends.
    web.close()
    collector.release()


def propose(day: LastDay) -> Path:
    """Erika proposes to Max all that hangs on her, and saves that as a file."""
    erika = day.erika
    page = erika.handovers
    erika.click(next(one for one in page.empty.findChildren(QPushButton) if one.isVisible()))
    dialog = erika.dialog(NewHandoverDialog)
    dialog.giver.show_value(erika.person)
    dialog.taker.show_value(day.max.person)
    erika.steps["fields"] += 2
    erika.desk.settle()
    for _page in range(3):
        erika.click(dialog.primary)
    assert page.read is not None
    assert page.read.rows[0].items == len(HOSTS)
    erika.steps["clicks"] += 2  # The menu and its entry.
    page.acts.actions[Doing.SAVE_FILES].trigger()
    erika.desk.settle()
    saving = erika.dialog(SaveHandoverFilesDialog)
    erika.choose_target(day.folder / "proposal.aussage")
    erika.click(saving.primary)
    return day.folder / "proposal.aussage"


def ask(day: LastDay, proposal: Path) -> Path:
    """Max looks at the proposal and asks for all of it."""
    arrived = day.max.drop(proposal, ArrivingDialog)
    day.max.click(arrived.primary)
    assert arrived.messages.text.startswith("You have not verified this person's card yet.")
    compare_words(day, arrived)
    assert arrived._is_done, "it goes on by itself"
    accepting = day.max.go_on(arrived, AcceptHandoverDialog)
    day.max.click(accepting.primary)
    request = day.max.save_offered(accepting, day.folder / "request.anfrage")
    day.max.close_dialog(accepting)
    return request


def compare_words(day: LastDay, arrived: ArrivingDialog) -> None:
    """Both compare words on the telephone; Max comes from the file and sends his card, which Erika opens."""
    erika, max_ = day.erika, day.max
    max_.click(arrived.messages._act)
    at_max = max_.dialog(VerifyCardDialog)
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
    sealing = day.erika.go_on(day.erika.take_in(request), SealHandoverDialog)
    day.erika.click(sealing.primary)
    assert "It can be opened until" in sealing.outcome._word.text()
    bundle = day.erika.save_offered(sealing, day.folder / "sealed.uebergabe")
    day.erika.close_dialog(sealing)
    return bundle


def confirm_role(day: LastDay, dialog: ConfirmHandoverDialog) -> None:
    """Erika gives Max the role; he signs in with his own account and confirms it."""
    assert day.web.post(HOSTS["Facebook"], "grant", name="Max")
    assert day.web.post(HOSTS["Facebook"], "role", name="Max")
    assert not dialog.primary.isEnabled()
    day.max.click(dialog.signed_in.check.box)
    day.max.click(day.max.find(dialog, QPushButton, "roles-removed=no"))
    day.max.click(dialog.primary)


def change(day: LastDay, dialog: HandoverChangeDialog) -> str:
    """Max sets a new password on the page that the program opens, signs in, and confirms it."""
    max_, name = day.max, dialog._item.label
    max_.click(dialog.primary)
    max_.click(dialog.opening)
    host = day.browser.host
    assert host == HOSTS[name]
    max_.click(dialog.copying)
    new = pasted()
    max_.steps["fields"] += 2  # On the platform: the new password, and signing in.
    if name == "YouTube":
        assert day.web.post(host, "change", old=OLD[name], new=new)
    else:
        assert day.web.post(host, "reset", mailbox="office", new=new)
    assert day.web.post(host, "login", password=new)
    assert not dialog.primary.isEnabled(), "nobody said that the login was seen"
    max_.click(dialog.signed_in.check.box)
    for key in dialog.answers.groups:
        answer = "not-there" if key == "tokens-removed" else "yes"
        max_.click(max_.find(dialog, QPushButton, f"{key}={answer}"))
    max_.click(dialog.primary)
    assert dialog._is_done, dialog.messages.text
    return str(name)


def take_over(day: LastDay, bundle: Path) -> list[Path]:
    """Max opens the sealed file, confirms the role, and changes login after login; the files come at the end."""
    confirming = day.max.go_on(day.max.take_in(bundle), ConfirmHandoverDialog)
    confirm_role(day, confirming)
    last: HandoverDecision = confirming
    changed = set[str]()
    while len(changed) < len(OLD):
        last = dialog = day.max.go_on(last, HandoverChangeDialog)
        changed.add(change(day, dialog))
    files = day.max.save_all(last, day.folder / "from-max")
    day.max.close_dialog(last)
    assert len(files) == 1 + len(HOSTS), "a receipt, and a confirmation each"
    return files


def release(day: LastDay, files: list[Path]) -> Path:
    """Erika takes in what Max sent, gives her role back, and releases all of it."""
    erika = day.erika
    dialog = erika.go_on(erika.take_in(*files), ReleaseHandoverDialog)
    erika.click(erika.find(dialog, QPushButton, "open-page-0"))
    assert day.web.post(day.browser.host, "withdraw", name="Erika")
    erika.click(dialog.primary)
    released = erika.save_offered(dialog, day.folder / "release.aussage")
    erika.close_dialog(dialog)
    return released


def held(seat: HandoverSeat) -> dict[str, str]:
    """Return what somebody's keyring still gives out."""
    found = {}
    for login in logins_of(seat.desk):
        try:
            found[login.label] = keeping.read_secret(seat.custodian, login.id).reveal()
        except RegistryError:
            continue
    return found


def test_the_last_day_of_a_leaver_ends_with_five_things_handed_over(last_day: LastDay, capsys):
    day = last_day
    released = release(day, take_over(day, seal(day, ask(day, propose(day)))))
    day.max.close_dialog(day.max.take_in(released))

    for seat in (day.erika, day.max):
        read = seat.handovers.read
        assert read is not None
        assert dict(read.rows[0].states) == {ItemState.CLOSED: len(HOSTS)}
    assert held(day.erika) == {}
    now = held(day.max)
    assert set(now) == set(OLD)
    for name, old in OLD.items():
        assert not day.web.post(HOSTS[name], "login", password=old)
        assert day.web.post(HOSTS[name], "login", password=now[name])
    assert day.web.roles[HOSTS["Facebook"]] == {"Max"}

    steps = {seat.name: dict(seat.steps) for seat in (day.erika, day.max)}
    total = sum(sum(one.values()) for one in steps.values())
    with capsys.disabled():
        print(f"\nFive things handed over: {steps}, {total} steps in all")
    assert total <= MOST_STEPS
