"""The steps of a handover as dialogs, with a real keyring: what each asks before, does, refuses and hands out."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QPushButton

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.handover import protocol
from core.custody.handover.abouts import cards_text, fingerprints_text, new_nonce
from core.custody.handover.acting import Actor
from core.custody.handover.bundle import make_bundle, open_bundle
from core.custody.handover.facts import told
from core.custody.handover.kept import statements_of
from core.custody.handover.listing import handover_detail
from core.custody.handover.pages import page_of
from core.custody.handover.possible import Doing, Possible, possible_steps
from core.custody.handover.statements import Matter, Signer, make_statement, read_statement_file
from core.custody.identity.cards import Owner, make_card
from core.custody.identity.certifying import name_head
from core.custody.identity.enrolling import enrol
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.i18n import N_, show_date
from core.inventory.binding import bind
from core.inventory.channels import add_channel
from core.inventory.credentials import NewCredential, add_credential
from core.model import Act, Credential, CredentialKind, ItemKind, ItemState, Occasion, Way
from gui.dialogs.handover_accept import AcceptHandoverDialog
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.handover_change import HandoverChangeDialog
from gui.dialogs.handover_ending import EndHandoverDialog
from gui.dialogs.handover_heading import CloseHandoverDialog, SupersedeHandoverDialog
from gui.dialogs.handover_record import HandoverRecordDialog
from gui.dialogs.handover_release import ReleaseHandoverDialog
from gui.dialogs.handover_return import ReturnCopiesDialog
from gui.dialogs.handover_saving import SaveHandoverFilesDialog
from gui.dialogs.handover_seal import SealHandoverDialog
from gui.dialogs.verify_card import VerifyCardDialog
from gui.handover_files import BUNDLE, STATEMENT
from gui.handover_steps import take_step
from gui.key_cards import this_instant
from gui.opening_files import open_content, open_files
from tests.gui.handover_people import HEAD, Talk, me
from tests.gui.key_card_people import Colleague, verify

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
OLD = Secret("das alte Geheimnis")


class Office:
    """Erika sits here with a real keyring; Max is elsewhere; there is one login."""

    def __init__(self, desk, monkeypatch):
        self.desk, self._monkeypatch = desk, monkeypatch
        with desk.registry.action(N_("Bind")) as session:
            self.erika = bind(session, desk.registry.store_id, "Erika Mustermann", desk.today).person.id
            channel = add_channel(session, "instagram.com/musterstadt", title="Musterstadt", today=desk.today)
            session.flush()
            new = NewCredential(CredentialKind.PASSWORD, "Instagram", (channel.id,), "presse")
            self.login = add_credential(session, new).id
        self.custodian = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
        enrol(self.custodian, this_instant())
        self.max = Colleague(desk, "Max Mustermann")
        desk.settle()

    def told(self, way):
        with self.desk.registry.reading() as session:
            return told(session, ItemKind.CREDENTIAL, self.login, way)

    def gives(self, way, giver=None):
        """Let Erika, or somebody else, hand the login to Max."""
        keeping.store_secret(self.custodian, self.login, OLD)
        return Talk(self.desk, giver or me(self.desk, self.erika, "Erika Mustermann"), self.max, [self.told(way)])

    def takes(self, way):
        """Let Max hand the login to Erika."""
        return Talk(self.desk, self.max, me(self.desk, self.erika, "Erika Mustermann"), [self.told(way)])

    def steps(self, handover):
        with self.desk.registry.reading() as session:
            detail = handover_detail(session, handover, self.desk.today)
        head = self.erika
        return detail, {one.doing: one for one in possible_steps(detail, self.erika, head)}

    def take(self, handover, doing, kind):
        """Take a step, and return its dialog."""
        detail, steps = self.steps(handover)
        take_step(self.desk.workspace, steps[doing], detail, self.desk.window)
        return self.desk.dialog(kind)

    def press(self, button):
        assert button.isEnabled(), button.text()
        button.click()
        self.desk.settle()

    def state(self, handover):
        return self.steps(handover)[0].items[0].state

    def held(self, revision):
        return Actor(self.custodian, this_instant()).held(self.login, revision)

    def said(self, handover, act):
        with self.desk.registry.reading() as session:
            return [one for one in statements_of(session, handover) if one.act is act]

    def saved(self, dialog, target):
        self._monkeypatch.setattr("gui.handover_files.QFileDialog.getSaveFileName", lambda *_args: (str(target), ""))
        self.press(dialog.saving)
        return target


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
    last = show_date(desk.today + timedelta(days=14))
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


def test_a_proposal_is_accepted_and_the_secret_changed_over_two_days(office, desk):
    talk = office.takes(Way.RESET)
    talk.propose()
    accepting = office.take(talk.id, Doing.ACCEPT, AcceptHandoverDialog)
    assert accepting.about.text().startswith("Max Mustermann proposes this.")
    office.press(accepting.primary)
    assert office.state(talk.id) is ItemState.REQUESTED
    office.press(accepting.primary)  # It goes on to the next step.
    first = desk.dialog(HandoverChangeDialog)
    assert first._login.page == "https://www.instagram.com/accounts/password/reset/"
    made = first.secret.value()
    office.press(first.primary)
    first.reject()
    desk.settle()
    assert office.state(talk.id) is ItemState.ROTATING

    second = office.take(talk.id, Doing.CONFIRM, HandoverChangeDialog)
    assert second.secret.value() == Secret("")
    office.press(second.findChild(QPushButton, "show-new"))
    assert second.shown.text.text() == made.reveal()
    second.signed_in.check.box.setChecked(True)
    second.signed_in.day.setText(show_date(desk.today + timedelta(days=1)))
    second.primary.click()
    desk.settle()
    assert "still to come" in second.messages.text
    second.signed_in.day.setText(show_date(desk.today))
    for answer in ("sessions-ended=yes", "recovery=no", "tokens-removed=not-there"):
        second.findChild(QPushButton, answer).click()
    office.press(second.primary)
    assert "What is still open stands in the handover." in second.outcome._word.text()
    (confirmed,) = office.said(talk.id, Act.CONFIRMATION)
    answers = {"sessions-ended": "yes", "recovery": "no", "tokens-removed": "not-there"}
    assert confirmed.items[0].answers == {"login-seen": desk.today.isoformat(), **answers}
    open_ones = office.steps(talk.id)[0].items[0].still_open
    assert set(open_ones) == {"second-factor", "recovery", "roles-removed"}
    assert office.held(2) == made


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


def sealed_by_max(office, talk, desk):
    """Erika asks for a copy, and Max seals it at his computer."""
    party = Actor(office.custodian, this_instant())
    items, until = [office.told(Way.COPY)], desk.today + timedelta(days=7)
    asked = protocol.request(party, talk.id, office.max.person, items, Occasion.COVER, until=until)
    now = this_instant()
    about = {
        "nonce": asked.about["nonce"],
        "expires": (desk.today + timedelta(days=14)).isoformat(),
        "to": fingerprints_text(asked.cards),
        "request": asked.digest,
    }
    matter = Matter(desk.registry.id, talk.id, office.max.person, office.erika)
    sealing = make_statement(
        Act.SEALING, matter, asked.items, about, Signer(office.max.card, office.max.keys, 1, HEAD, now)
    )
    return make_bundle(sealing, {office.login: OLD}, office.max.keys, asked.cards)


def test_a_sealed_copy_is_opened_answered_and_given_back(office, desk, tmp_path):
    verify(office.custodian, office.max.card)
    with desk.registry.action(N_("In force elsewhere")) as session:
        session.get_one(Credential, office.login).revision = 1
    talk = office.takes(Way.COPY)
    open_content(desk.workspace, sealed_by_max(office, talk, desk), desk.window)
    arriving = desk.dialog(ArrivingDialog)
    assert arriving.what.text() == "Max Mustermann says that 1 thing was sealed."
    office.press(arriving.primary)
    assert arriving.outcome._word.text().startswith("1 secret is in your keyring now.")
    assert office.held(1) == OLD
    receipt = office.saved(arriving, tmp_path / f"receipt{STATEMENT}")
    assert read_statement_file(receipt.read_bytes()).act is Act.RECEIPT
    arriving.accept()
    dialog = office.take(talk.id, Doing.RETURN, ReturnCopiesDialog)
    office.press(dialog.primary)
    assert office.held(1) is None
    assert office.said(talk.id, Act.RETURN)


def elsewhere(office, talk):
    """Return a request of Max's that has not come to this registry yet."""
    about = {"nonce": new_nonce(), "occasion": "leaving", "until": None, "cards": cards_text([office.max.card])}
    matter = Matter(office.desk.registry.id, talk.id, office.erika, office.max.person)
    signer = Signer(office.max.card, office.max.keys, 7, HEAD, this_instant())
    return make_statement(Act.REQUEST, matter, talk.items, about, signer)


def test_several_files_are_taken_in_at_once_and_once_more_does_nothing(office, desk, tmp_path):
    talk, file = office.gives(Way.RESET), tmp_path / "max.anfrage"
    file.write_text(elsewhere(office, talk).file_text)
    open_files(desk.workspace, [file, file], desk.window)
    dialog = desk.dialog(ArrivingDialog)
    assert dialog.windowTitle() == "2 files of a handover"
    office.press(dialog.primary)
    assert dialog.outcome._word.text() == "Taken in: Max Mustermann asks for 1 thing of a handover."
    dialog.accept()
    open_files(desk.workspace, [file], desk.window)
    again = desk.dialog(ArrivingDialog)
    assert again.messages.text == "This was taken in before. Nothing changes."


def test_a_file_of_another_registry_is_refused_in_a_sentence(office, desk):
    talk = office.gives(Way.RESET)
    registry, now = "8d7c9f3e-58b1-4c80-9a54-0d3a4ad7a002", this_instant()
    card = make_card(Owner(registry, office.max.person, office.max.name, "PC-120", uuid4()), office.max.keys, now)
    matter = Matter(registry, talk.id, office.erika, office.max.person)
    signer = Signer(card, office.max.keys, 1, HEAD, now)
    foreign = make_statement(Act.CONFIRMATION, matter, talk.items, {}, signer)
    open_content(desk.workspace, foreign.file_text.encode(), desk.window)
    dialog = desk.dialog(ArrivingDialog)
    assert dialog.messages.text == "This file belongs to another registry. Nothing was taken in."
    assert not dialog.primary.isEnabled()


def test_own_files_are_saved_again_several_into_a_folder(office, desk, tmp_path, monkeypatch):
    verify(office.custodian, office.max.card)
    talk = office.gives(Way.SEALED)
    talk.propose()
    talk.ask()
    sealing = office.take(talk.id, Doing.SEAL, SealHandoverDialog)
    office.press(sealing.primary)
    sealing.accept()
    dialog = office.take(talk.id, Doing.SAVE_FILES, SaveHandoverFilesDialog)
    for check in dialog.things.checks.values():
        check.box.setChecked(True)
    monkeypatch.setattr("gui.handover_files.QFileDialog.getExistingDirectory", lambda *_args: str(tmp_path))
    office.press(dialog.primary)
    assert {file.suffix for file in tmp_path.iterdir()} >= {BUNDLE, STATEMENT}
    (bundle,) = tmp_path.glob(f"*{BUNDLE}")
    assert list(open_bundle(bundle.read_bytes(), office.max.keys).values.values()) == [OLD]


def test_a_record_is_made_saved_and_checked_when_it_is_opened(office, desk, tmp_path):
    talk = office.gives(Way.RESET)
    talk.ask()
    detail, _steps = office.steps(talk.id)
    take_step(desk.workspace, Possible(Doing.RECORD), detail, desk.window)
    made = desk.dialog(HandoverRecordDialog)
    file = office.saved(made, tmp_path / "record.protokoll")
    made.reject()
    open_content(desk.workspace, file.read_bytes(), desk.window)
    arrived = desk.dialog(HandoverRecordDialog)
    assert arrived.primary.isEnabled()
    assert not arrived.saving.isVisible()
    texts = [one.text() for one in arrived.sentences.findChildren(type(arrived.hint))]
    assert "All signatures fit, and nothing was changed since." in texts


@pytest.mark.parametrize(
    ("address", "way", "page"),
    [
        ("instagram.com/stadt", Way.RESET, "https://www.instagram.com/accounts/password/reset/"),
        ("x.com/stadt", Way.SEALED, "https://x.com/settings/password"),
        ("youtube.com/@stadt", Way.RESET, "https://accounts.google.com/signin/recovery"),
        ("facebook.com/stadt", Way.ROLE, "https://facebook.com"),
        ("https://social.example/@stadt", Way.SEALED, None),
    ],
)
def test_only_pages_that_the_program_knows_itself_are_opened(office, desk, address, way, page):
    with desk.registry.action(N_("Add")) as session:
        channel = add_channel(session, address, title="Stadt", today=desk.today)
        session.flush()
        new = NewCredential(CredentialKind.PASSWORD, "Stadt", (channel.id,), "presse")
        made = add_credential(session, new)
        made.address = "https://phishing.example/"
        session.flush()
        item = told(session, ItemKind.CREDENTIAL, made.id, way)
        assert page_of(session, item) == page
