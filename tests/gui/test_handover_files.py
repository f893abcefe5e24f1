"""Files of a handover in the window: opened, taken in several at once, refused, saved again, checked."""

from __future__ import annotations

from uuid import uuid4

import pytest

from core.custody import keeping
from core.custody.handover.facts import told
from core.custody.handover.formats.abouts import cards_text, new_nonce
from core.custody.handover.formats.bundle import open_bundle
from core.custody.handover.formats.statements import Matter, Signer, make_statement, read_statement_file
from core.custody.handover.letters import one_letter
from core.custody.handover.mailbox import BUNDLE, STATEMENT
from core.custody.handover.pages import page_of
from core.custody.handover.possible import Doing, Possible
from core.custody.identity.cards import Owner, make_card
from core.i18n import N_
from core.inventory.channels import add_channel
from core.inventory.credentials import NewCredential, add_credential
from core.model import Act, Credential, CredentialKind, ItemKind, ItemState, Occasion, Way
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.handover_record import HandoverRecordDialog
from gui.dialogs.handover_return import ReturnCopiesDialog
from gui.dialogs.handover_saving import SaveHandoverFilesDialog
from gui.dialogs.handover_seal import SealHandoverDialog
from gui.dialogs.verify_card import VerifyCardDialog
from gui.handover_steps import take_step
from gui.key_cards import this_instant
from gui.opening_files import open_content, open_files
from tests.gui.handover_office import OLD, Office, sealed_by_max
from tests.gui.handover_people import HEAD, Talk, me, thing
from tests.gui.key_card_people import Colleague, verify

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def office(desk, in_english, keyring_daemon, monkeypatch):
    return Office(desk, monkeypatch)


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


def test_several_files_are_taken_in_at_once_and_once_more_does_nothing(office, desk, tmp_path):
    talk, file = office.gives(Way.RESET), tmp_path / "max.anfrage"
    file.write_text(office.elsewhere(talk).file_text)
    open_files(desk.workspace, [file, file], desk.window)
    dialog = desk.dialog(ArrivingDialog)
    assert dialog.windowTitle() == "2 files of a handover"
    office.press(dialog.primary)
    assert dialog.outcome._word.text() == "Taken in: Max Mustermann asks for 1 thing of a handover."
    dialog.accept()
    open_files(desk.workspace, [file], desk.window)
    again = desk.dialog(ArrivingDialog)
    assert again.messages.text == "This was taken in before. Nothing changes."


def test_what_one_person_says_in_several_files_is_said_once(office, desk, tmp_path):
    talk = Talk(desk, me(desk, office.erika, "Erika Mustermann"), office.max, [thing(one, Way.DUTY) for one in "AB"])
    talk.ask()
    matter, files = Matter(desk.registry.id, talk.id, office.erika, office.max.person), []
    for number, one in enumerate(talk.items, 20):
        signer = Signer(office.max.card, office.max.keys, number, HEAD, this_instant())
        files.append(tmp_path / f"{number}.aussage")
        files[-1].write_text(make_statement(Act.CONFIRMATION, matter, (one,), {}, signer).file_text)
    open_files(desk.workspace, files, desk.window)
    dialog = desk.dialog(ArrivingDialog)
    assert dialog.what.text() == "• Max Mustermann confirms that 2 things were taken over."
    office.press(dialog.primary)
    assert dialog.outcome._word.text() == "Taken in: Max Mustermann confirms that 2 things were taken over."


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


def test_one_file_holds_several_texts_and_mail_does_them_no_harm(office, desk, tmp_path):
    first, second = office.gives(Way.RESET), office.gives(Way.RESET)
    texts = [office.elsewhere(one).file_text.encode() for one in (first, second)]
    letter = b"Hallo,\r\n> " + one_letter(texts).replace(b"\n", b"\r\n> ")
    open_content(desk.workspace, letter, desk.window)
    dialog = desk.dialog(ArrivingDialog)
    assert dialog.windowTitle() == "2 files of a handover"
    office.press(dialog.primary)
    assert {office.state(one.id) for one in (first, second)} == {ItemState.REQUESTED}


def test_a_move_offers_to_compare_words_with_the_own_other_computer(office, desk):
    keeping.store_secret(office.custodian, office.login, OLD)
    other = Colleague(desk, "Erika Mustermann", "PC-200", person=office.erika)
    about = {
        "nonce": new_nonce(),
        "occasion": Occasion.MOVE.value,
        "until": None,
        "cards": cards_text([other.card]),
    }
    matter = Matter(desk.registry.id, uuid4(), office.erika, office.erika)
    signer = Signer(other.card, other.keys, 1, HEAD, this_instant())
    asked = make_statement(Act.REQUEST, matter, [office.told(Way.MOVE)], about, signer)
    open_content(desk.workspace, asked.file_text.encode(), desk.window)
    dialog = desk.dialog(ArrivingDialog)
    assert dialog.primary.text() == "Compare words..."
    office.press(dialog.primary)
    comparing = desk.dialog(VerifyCardDialog)
    verify(office.custodian, other.card)
    comparing.accept()
    desk.settle()
    assert desk.dialog(SealHandoverDialog).may_decide(), "it goes on by itself"


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
