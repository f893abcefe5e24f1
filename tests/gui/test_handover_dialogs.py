"""The steps of a handover as dialogs, with a real keyring: what each asks before, does, refuses and hands out."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from core.custody import keeping, rotating
from core.custody.handover.acting import Actor
from core.custody.handover.formats.bundle import open_bundle
from core.custody.handover.mailbox import BUNDLE
from core.custody.handover.possible import Doing
from core.custody.identity.certifying import name_head
from core.custody.revisions import write_slot
from core.custody.secret import Secret
from core.i18n import N_, show_date
from core.model import Act, ItemState, Way
from gui.dialogs.handover_accept import AcceptHandoverDialog
from gui.dialogs.handover_change import HandoverChangeDialog
from gui.dialogs.handover_confirm import ConfirmHandoverDialog
from gui.dialogs.handover_ending import EndHandoverDialog
from gui.dialogs.handover_heading import CloseHandoverDialog, SupersedeHandoverDialog
from gui.dialogs.handover_release import ReleaseHandoverDialog
from gui.dialogs.handover_seal import SealHandoverDialog
from gui.dialogs.verify_card import VerifyCardDialog
from gui.handover_ticks import Ticks, kept_ticks
from gui.key_cards import this_instant
from tests.gui.handover_office import OLD, Office
from tests.gui.handover_people import Talk, me, thing
from tests.gui.key_card_people import Colleague, verify
from tests.journeys.handing_over import pasted
from tests.journeys.platforms_server import browsing

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def office(desk, in_english, keyring_daemon, monkeypatch):
    return Office(desk, monkeypatch)


def test_nothing_is_sealed_before_the_card_is_verified_then_only_its_owner_opens_it(office, desk, tmp_path):
    talk = office.gives(Way.SEALED)
    talk.ask()
    dialog = office.take(talk.id, Doing.SEAL, SealHandoverDialog)
    assert not dialog.primary.isEnabled()
    office.press(dialog.findChild(QPushButton, "compare-words"))
    comparing = desk.dialog(VerifyCardDialog)
    verify(office.custodian, office.max.card)
    comparing.accept()
    desk.settle()
    office.press(dialog.primary)
    last = show_date(this_instant().date() + timedelta(days=14))  # What is signed counts days as UTC does.
    assert f"It can be opened until {last}." in dialog.outcome._word.text()
    assert "useless to everybody but Max Mustermann" in dialog.hint.text()
    file = office.saved(dialog, tmp_path / f"for-max{BUNDLE}")
    opened = open_bundle(file.read_bytes(), office.max.keys)
    assert list(opened.values.values()) == [OLD]
    assert office.state(talk.id) is ItemState.SEALED


def test_an_unverified_confirmation_is_released_only_when_the_old_secret_was_tried(office, desk, tmp_path):
    talk = office.gives(Way.RESET)
    talk.ask()
    talk.confirm()
    dialog = office.take(talk.id, Doing.RELEASE, ReleaseHandoverDialog)
    assert not dialog.primary.isEnabled()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"unterschrieben")
    dialog.paper.read(scan)
    (tried,) = dialog.tried.checks.values()
    tried.box.setChecked(True)
    desk.settle()
    office.press(dialog.primary)
    assert dialog.outcome._word.text().startswith("Released.")
    assert office.held(1) is None
    (released,) = office.said(talk.id, Act.RELEASE)
    assert released.about["paper"] == hashlib.sha256(b"unterschrieben").hexdigest()
    assert office.state(talk.id) is ItemState.CLOSED


def test_a_verified_confirmation_needs_no_trying(office, desk):
    talk = office.gives(Way.RESET)
    talk.ask()
    talk.confirm()
    verify(office.custodian, office.max.card)
    dialog = office.take(talk.id, Doing.RELEASE, ReleaseHandoverDialog)
    assert dialog.tried is None
    office.press(dialog.primary)
    assert office.state(talk.id) is ItemState.CLOSED


@pytest.mark.parametrize(
    ("verified", "times"),
    [(True, 1), (False, 1), (True, 3)],
    ids=["verified", "verified while it is open", "several changes"],
)
def test_own_changes_that_the_successor_did_not_know_of_are_tried_before_it_is_released(office, desk, verified, times):
    talk = office.gives(Way.RESET)
    for _time in range(times):
        rotating.begin_rotation(office.custodian, office.login, Secret("im Sommer selbst geändert"))
        rotating.confirm_rotation(office.custodian, office.login)
    talk.ask()
    talk.confirm()
    if verified:
        verify(office.custodian, office.max.card)
    dialog = office.take(talk.id, Doing.RELEASE, ReleaseHandoverDialog)
    if not verified:
        office.press(dialog.findChild(QPushButton, "compare-words"))
        comparing = desk.dialog(VerifyCardDialog)
        verify(office.custodian, office.max.card)
        comparing.accept()
        desk.settle()
    assert not dialog.primary.isEnabled()
    assert not dialog.findChild(QPushButton, "compare-words").isVisible()
    assert dialog._doubt._word.text().startswith("You have changed this password yourself")
    (tried,) = dialog.tried.checks.values()
    tried.box.setChecked(True)
    desk.settle()
    office.press(dialog.primary)
    assert dialog.outcome._word.text().startswith("Released.")
    assert office.held(1 + times) is None
    assert office.state(talk.id) is ItemState.CLOSED


def test_a_proposal_is_accepted_and_the_secret_changed_over_two_days(office, desk):
    talk = office.takes(Way.RESET)
    talk.propose()
    accepting = office.take(talk.id, Doing.ACCEPT, AcceptHandoverDialog)
    assert accepting.about.text().startswith("Max Mustermann proposes this.")
    office.press(accepting.primary)
    assert office.state(talk.id) is ItemState.REQUESTED
    assert accepting.saving.isVisible(), "Max waits for the request"
    office.press(accepting.primary)
    first = desk.dialog(HandoverChangeDialog)
    assert first._login.page == "https://www.instagram.com/accounts/password/reset/"
    made = first.secret.value()
    with browsing() as browser:
        office.press(first.primary)
    assert browser.host == "www.instagram.com", "one press keeps it, copies it and opens the page"
    assert pasted() == made.reveal()
    first.findChild(QPushButton, "sessions-ended=yes").click()
    first.reject()
    desk.settle()
    assert first.saving.text() == "Save as a file...", "the request is not lost by leaving"
    first.reject()
    desk.settle()
    assert office.state(talk.id) is ItemState.ROTATING
    confirm_on_another_day(office, desk, talk)
    assert office.held(2) == made
    QApplication.clipboard().clear()


def confirm_on_another_day(office, desk, talk):
    """Go on where it was left, and confirm with something still open."""
    second = office.take(talk.id, Doing.CONFIRM, HandoverChangeDialog)
    assert second.answers.values() == {"sessions-ended": "yes"}, "what was ticked stays ticked"
    assert not second.signed_in.is_ticked()
    assert second.secret.value() == Secret("")
    office.press(second.findChild(QPushButton, "show-new"))
    assert second.new.shown.text.text() == office.held(2).reveal()
    second.signed_in.check.box.setChecked(True)
    second.signed_in.day.setText(show_date(desk.today + timedelta(days=1)))
    second.primary.click()
    desk.settle()
    assert "still to come" in second.messages.text
    second.signed_in.day.setText(show_date(desk.today))
    for answer in ("recovery=no", "tokens-removed=not-there"):
        second.findChild(QPushButton, answer).click()
    office.press(second.primary)
    assert "What is still open stands in the handover." in second.outcome._word.text()
    (confirmed,) = office.said(talk.id, Act.CONFIRMATION)
    answers = {"sessions-ended": "yes", "recovery": "no", "tokens-removed": "not-there"}
    assert confirmed.items[0].answers == {"login-seen": desk.today.isoformat(), **answers}
    assert set(office.steps(talk.id)[0].items[0].still_open) == {"second-factor", "recovery", "roles-removed"}
    assert kept_ticks(talk.id, office.login) == Ticks(), "what is confirmed need not be kept here"


def test_a_preparation_that_was_interrupted_is_done_to_its_end_before_it_is_shown(office, desk):
    talk = office.takes(Way.RESET)
    talk.ask()
    half = Secret("im Schlüsselbund, und sonst nirgends")
    write_slot(office.custodian, office.custodian.vault.store(), office.login, 2, half)
    dialog = office.take(talk.id, Doing.BEGIN, HandoverChangeDialog)
    assert dialog.second.isVisible()
    office.press(dialog.findChild(QPushButton, "show-new"))
    assert dialog.new.shown.text.text() == half.reveal()
    assert office.state(talk.id) is ItemState.ROTATING


def test_a_confirmation_that_was_interrupted_is_said_once_more_and_nothing_is_changed_twice(office, desk):
    talk = office.takes(Way.RESET)
    talk.ask()
    party, new = Actor(office.custodian, this_instant()), Secret("gilt schon, und niemand hat es gesagt")
    revision = party.begin_rotation(office.login, new)
    party.finish_rotation(office.login, revision)
    dialog = office.take(talk.id, Doing.BEGIN, HandoverChangeDialog)
    office.press(dialog.findChild(QPushButton, "show-new"))
    assert dialog.new.shown.text.text() == new.reveal()
    dialog.signed_in.check.box.setChecked(True)
    office.press(dialog.primary)
    (confirmed,) = office.said(talk.id, Act.CONFIRMATION)
    assert confirmed.items[0].revision == revision
    assert office.held(revision + 1) is None


def test_yes_to_all_answers_every_question_and_each_can_be_changed(office, desk):
    talk = office.takes(Way.RESET)
    talk.ask()
    dialog = office.take(talk.id, Doing.BEGIN, HandoverChangeDialog)
    with browsing():
        office.press(dialog.primary)
    office.press(dialog.all_done)
    office.press(dialog.findChild(QPushButton, "tokens-removed=not-there"))
    assert set(dialog.answers.values().values()) == {"yes", "not-there"}
    assert not dialog.signed_in.is_ticked(), "that somebody signed in is asked by itself"
    assert not dialog.primary.isEnabled()
    QApplication.clipboard().clear()


def test_each_role_is_ticked_by_itself_once_it_was_seen(desk, office):
    first, second, duty = thing("Stadt", Way.ROLE), thing("Zoo", Way.ROLE), thing("Zoo", Way.DUTY)
    talk = Talk(desk, office.max, me(desk, office.erika, "Erika Mustermann"), [first, second, duty])
    talk.ask()
    dialog = office.take(talk.id, Doing.CONFIRM, ConfirmHandoverDialog)
    assert dialog.things.chosen() == [duty.id], "a role is nobody's before it was seen"
    assert not dialog.signed_in.isVisible()
    dialog.things.checks[first.id].box.setChecked(True)
    assert dialog.signed_in.day.isVisible()
    office.press(dialog.primary)
    (confirmed,) = office.said(talk.id, Act.CONFIRMATION)
    assert {one.id for one in confirmed.items} == {first.id, duty.id}


@pytest.mark.parametrize("known", [True, False], ids=["kept here before", "never kept anywhere"])
def test_a_secret_that_the_platform_does_not_take_is_made_anew(office, desk, known):
    if known:
        keeping.store_secret(office.custodian, office.login, OLD)
    talk = office.takes(Way.RESET)
    talk.ask()
    dialog = office.take(talk.id, Doing.BEGIN, HandoverChangeDialog)
    before = dialog.secret.value()
    office.press(dialog.primary)
    office.press(dialog.another)
    assert dialog.secret.value() not in [Secret(""), before]
    office.press(dialog.primary)
    assert office.held(2) not in [None, before]


def test_a_refusal_needs_a_reason_and_says_what_follows(office, desk):
    talk = office.takes(Way.RESET)
    talk.ask()
    dialog = office.take(talk.id, Doing.REFUSE, EndHandoverDialog)
    assert not dialog.primary.isEnabled()
    assert dialog.follows.text() == "It stays with Max Mustermann; nothing has to be changed."
    desk.type(dialog.reason, "Nicht mein Kanal")
    office.press(dialog.primary)
    assert office.said(talk.id, Act.REFUSAL)[0].about["reason"] == "Nicht mein Kanal"
    assert office.state(talk.id) is ItemState.REFUSED


def test_who_withdraws_what_was_sealed_is_told_that_it_must_be_changed(office, desk):
    verify(office.custodian, office.max.card)
    talk = office.gives(Way.SEALED)
    talk.ask()
    office.press(office.take(talk.id, Doing.SEAL, SealHandoverDialog).primary)
    dialog = office.take(talk.id, Doing.WITHDRAW, EndHandoverDialog)
    assert "Erika Mustermann has to change its secrets." in dialog.follows.text()
    desk.type(dialog.reason, "Doch nicht")
    office.press(dialog.primary)
    assert office.state(talk.id) is ItemState.WITHDRAWN


@pytest.mark.parametrize(
    ("doing", "kind", "state"),
    [
        (Doing.CLOSE, CloseHandoverDialog, ItemState.CLOSED),
        (Doing.SUPERSEDE, SupersedeHandoverDialog, ItemState.SUPERSEDED),
    ],
)
def test_the_head_of_press_ends_what_others_cannot(office, desk, doing, kind, state):
    with desk.registry.action(N_("Name head")) as session:
        name_head(session, office.erika)
    talk = office.gives(Way.RESET, Colleague(desk, "Lisa Musterfrau"))
    talk.ask()
    if doing is Doing.CLOSE:
        talk.confirm()
    dialog = office.take(talk.id, doing, kind)
    assert not dialog.primary.isEnabled()
    desk.type(dialog.reason, "Ausgeschieden")
    office.press(dialog.primary)
    assert office.state(talk.id) is state
