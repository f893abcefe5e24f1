"""The shared folder: chosen once, what a step brings forth goes there, and what others laid there is found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from core.custody.handover.formats.statements import read_statement_file
from core.custody.handover.mailbox import BUNDLE, FolderMailbox, bundle_name, card_name, statement_name
from core.custody.handover.possible import Doing, Possible
from core.errors import UnusableFileError
from core.i18n import N_
from core.inventory.narrowing import Where
from core.model import Act, Credential, ItemState, Way
from core.storage import companions
from gui.dialogs.handover_accept import AcceptHandoverDialog
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.handover_change import HandoverChangeDialog
from gui.dialogs.handover_ending import EndHandoverDialog
from gui.dialogs.handover_release import ReleaseHandoverDialog
from gui.dialogs.handover_saving import SaveHandoverFilesDialog
from gui.dialogs.handover_seal import SealHandoverDialog
from gui.dialogs.verify_card import VerifyCardDialog
from gui.handover_folder import about_folder, choose_folder, chosen_folder, service_of
from gui.handover_steps import take_step
from gui.opening_files import open_content
from gui.pages.handovers import HandoversPage
from gui.pages.settings import SettingsPage
from tests.gui.handover_office import OLD, Office, sealed_by_max
from tests.gui.key_card_people import verify

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
ASKED = "gui.widgets.folder_choice.QFileDialog.getExistingDirectory"


@pytest.fixture
def folder(tmp_path):
    """A folder that is there, and not chosen yet."""
    made = tmp_path / "Übergaben"
    made.mkdir()
    return made


@pytest.fixture
def office(desk, in_english, keyring_daemon, monkeypatch):
    return Office(desk, monkeypatch)


@pytest.fixture
def page(desk, qtbot, in_english):
    made = HandoversPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1096, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


def lines(page):
    """Return what the page says has arrived."""
    return [label.text() for label in page.arrivals._lines.findChildren(QLabel) if label.text()]


def test_the_folder_is_chosen_on_the_page_and_given_up_in_the_settings(desk, page, folder, qtbot, monkeypatch):
    assert page.looking_button.text() == "Shared folder..."
    monkeypatch.setattr(ASKED, lambda *_args: "")
    page.looking_button.click()
    assert chosen_folder() is None
    monkeypatch.setattr(ASKED, lambda *_args: str(folder))
    page.looking_button.click()
    desk.settle()
    assert chosen_folder() == folder
    assert page.looking_button.text() == "Look into the folder"
    assert desk.said[-1] == "Nothing new lies in the shared folder."
    settings = SettingsPage(desk.workspace)
    qtbot.addWidget(settings)
    settings.show_where(Where("", {"section": "workstation"}))
    desk.settle()
    choice = settings.workstation.folder
    assert choice.path.text() == str(folder)
    choice.giving_up.click()
    assert chosen_folder() is None
    assert choice.path.text() == "None: files are saved and sent by hand."


def test_a_folder_that_is_gone_is_said_so_and_is_not_made(desk, page, folder):
    choose_folder(folder)
    folder.rmdir()
    page.looking.trigger()
    desk.settle()
    assert page.arrivals.isVisible()
    assert "is not there. Is the drive connected?" in page.arrivals.flaw._word.text()
    assert not folder.exists()
    with pytest.raises(UnusableFileError):
        choose_folder(folder)


def test_no_folder_that_the_program_keeps_for_a_registry_is_shared(desk):
    private = companions.folder_of(desk.registry.path, companions.REPORTS)
    private.mkdir()
    assert "kept by the program itself for the registry" in about_folder(private)[1]
    with pytest.raises(UnusableFileError):
        choose_folder(private)
    assert chosen_folder() is None


@pytest.mark.parametrize(
    ("name", "trace", "service"),
    [
        ("OneDrive - Musterstadt", "", "OneDrive"),
        ("Nextcloud", "", "Nextcloud"),
        ("Übergaben", ".sync_0f0f.db", "Nextcloud"),
        ("Übergaben", "", ""),
    ],
)
def test_a_folder_that_a_service_copies_to_the_internet_is_warned_of(tmp_path, name, trace, service):
    folder = tmp_path / name / "Presse"
    folder.mkdir(parents=True)
    if trace:
        (folder.parent / trace).touch()
    assert service_of(folder) == service
    severity, sentence = about_folder(folder)
    assert severity == ("warning" if service else "good")
    assert service in sentence


def test_a_request_that_lies_there_is_shown_and_takes_effect_only_by_the_click(office, desk, page, folder):
    choose_folder(folder)
    talk, box = office.gives(Way.SEALED), FolderMailbox(folder)
    request = office.elsewhere(talk)
    box.put(statement_name(request), request.file_text.encode())
    (folder / "Einkaufsliste.txt").write_text("Milch")
    page._woken(Qt.ApplicationState.ApplicationActive)
    desk.settle()
    assert lines(page)[0] == "Max Mustermann has sent a request."
    assert page.read is None or not page.read.rows
    verify(office.custodian, office.max.card)
    button = page.arrivals.findChild(QPushButton, "arrival-0")
    assert button.accessibleDescription() == "Max Mustermann has sent a request."
    office.press(button)
    sealing = desk.dialog(SealHandoverDialog)
    assert "Taken in: Max Mustermann asks for 1 thing of a handover." in sealing.messages.text
    assert not page.arrivals.isVisible(), "what is taken in is shown no longer"

    office.press(sealing.primary)
    assert office.state(talk.id) is ItemState.SEALED
    assert desk.said[-1].endswith("The file lies in the shared folder; Max Mustermann finds it there.")
    assert bundle_name(talk.id) in list(box.list())
    assert not page.arrivals.isVisible(), "one's own sealed file is for the other one"


def test_what_is_for_others_or_known_or_damaged_is_not_shown(office, desk, page, folder):
    choose_folder(folder)
    talk, box = office.gives(Way.RESET), FolderMailbox(folder)
    talk.ask()
    known = office.said(talk.id, Act.REQUEST)[0]
    box.put(statement_name(known), known.file_text.encode())
    damaged = office.elsewhere(office.gives(Way.RESET))
    box.put(statement_name(damaged), damaged.file_text.encode()[:-60])
    box.put(bundle_name(talk.id), b"-----BEGIN AGE ENCRYPTED FILE-----\n")
    box.put(card_name(office.max.card, office.max.person), office.max.card.file_text.encode())
    page.looking.trigger()
    desk.settle()
    assert not page.arrivals.isVisible()


def test_a_card_that_lies_there_leads_to_comparing_words(office, desk, page, folder):
    choose_folder(folder)
    FolderMailbox(folder).put(card_name(office.max.card, office.erika), office.max.card.file_text.encode())
    page.looking.trigger()
    desk.settle()
    assert lines(page)[0] == "Max Mustermann has sent a key card."
    office.press(page.arrivals.findChild(QPushButton, "arrival-0"))
    assert desk.dialog(VerifyCardDialog).isVisible()


def test_what_is_not_wanted_now_is_shown_no_more_in_this_sitting(office, desk, page, folder):
    choose_folder(folder)
    request = office.elsewhere(office.gives(Way.RESET))
    FolderMailbox(folder).put(statement_name(request), request.file_text.encode())
    page.looking.trigger()
    desk.settle()
    page.arrivals.findChild(QPushButton, "hide-0").click()
    assert not page.arrivals.isVisible()
    page.looking.trigger()
    desk.settle()
    assert not page.arrivals.isVisible()
    assert statement_name(request) in list(FolderMailbox(folder).list())


def test_the_step_that_opens_takes_the_sealed_file_out_of_the_folder(office, desk, folder):
    choose_folder(folder)
    verify(office.custodian, office.max.card)
    with desk.registry.action(N_("In force elsewhere")) as session:
        session.get_one(Credential, office.login).revision = 1
    talk = office.takes(Way.COPY)
    FolderMailbox(folder).put(bundle_name(talk.id), sealed_by_max(office, talk, desk))
    detail, _steps = office.steps(talk.id)
    take_step(desk.workspace, Possible(Doing.OPEN), detail, desk.window)
    desk.settle()
    assert office.held(1) == OLD
    assert office.said(talk.id, Act.RECEIPT)


def test_a_file_that_was_lost_is_laid_down_again(office, desk, folder):
    talk = office.takes(Way.RESET)
    talk.propose()
    office.press(office.take(talk.id, Doing.ACCEPT, AcceptHandoverDialog).primary)
    choose_folder(folder)
    dialog = office.take(talk.id, Doing.SAVE_FILES, SaveHandoverFilesDialog)
    assert dialog.primary.text() == "Lay into the folder"
    assert dialog.saving.isVisible()
    office.press(dialog.primary)
    assert list(FolderMailbox(folder).list()) == [statement_name(office.said(talk.id, Act.REQUEST)[0])]


def test_what_differs_is_looked_at_before_it_takes_effect(office, desk, page, folder):
    choose_folder(folder)
    talk = office.gives(Way.RESET)
    request = office.elsewhere(talk)
    with desk.registry.action(N_("Change")) as session:
        session.get_one(Credential, office.login).login_name = "stadt"
    desk.settle()
    FolderMailbox(folder).put(statement_name(request), request.file_text.encode())
    page.looking.trigger()
    desk.settle()
    office.press(page.arrivals.findChild(QPushButton, "arrival-0"))
    dialog = desk.dialog(ArrivingDialog)
    assert not dialog._is_done
    assert office.said(talk.id, Act.REQUEST) == []


@pytest.mark.parametrize("by_folder", [True, False])
def test_the_receipt_is_to_be_sent_back_only_where_it_does_not_lie_in_the_folder(office, desk, folder, by_folder):
    choose_folder(folder if by_folder else None)
    verify(office.custodian, office.max.card)
    with desk.registry.action(N_("In force elsewhere")) as session:
        session.get_one(Credential, office.login).revision = 1
    talk = office.takes(Way.SEALED)
    open_content(desk.workspace, sealed_by_max(office, talk, desk, Way.SEALED), desk.window)
    office.press(desk.dialog(ArrivingDialog).primary)
    told = desk.dialog(HandoverChangeDialog).messages.text
    assert "1 secret is in your keyring now." in told
    assert ("Send the receipt back to Max Mustermann." in told) is not by_folder
    assert ("The file lies in the shared folder" in told) is by_folder


def test_without_the_folder_in_reach_a_step_is_saved_by_hand(office, desk, folder, tmp_path):
    choose_folder(folder)
    verify(office.custodian, office.max.card)
    talk = office.gives(Way.SEALED)
    talk.ask()
    folder.rmdir()
    dialog = office.take(talk.id, Doing.SEAL, SealHandoverDialog)
    office.press(dialog.primary)
    assert "is not there" in dialog.messages.text
    file = office.saved(dialog, tmp_path / f"for-max{BUNDLE}")
    assert file.exists()


def test_what_follows_from_a_withdrawal_stays_to_be_read(office, desk, folder):
    choose_folder(folder)
    verify(office.custodian, office.max.card)
    talk = office.gives(Way.SEALED)
    talk.ask()
    office.press(office.take(talk.id, Doing.SEAL, SealHandoverDialog).primary)
    dialog = office.take(talk.id, Doing.WITHDRAW, EndHandoverDialog)
    desk.type(dialog.reason, "Doch nicht")
    office.press(dialog.primary)
    told = dialog.outcome._word.text()
    assert "The sealed secrets left the house" in told
    assert "The file lies in the shared folder" in told


def test_a_release_takes_the_sealed_file_out_of_the_folder(office, desk, page, folder):
    choose_folder(folder)
    talk, box = office.gives(Way.RESET), FolderMailbox(folder)
    talk.ask()
    talk.confirm()
    box.put(bundle_name(talk.id), b"-----BEGIN AGE ENCRYPTED FILE-----\n")
    verify(office.custodian, office.max.card)
    office.press(office.take(talk.id, Doing.RELEASE, ReleaseHandoverDialog).primary)
    page.looking.trigger()
    desk.settle()
    [name] = box.list()
    assert read_statement_file(box.get(name)).act is Act.RELEASE
