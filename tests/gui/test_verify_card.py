"""Verifying a key card in the window: words in sight or asked for, never both; wrong ones; files that lead there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from core.custody.custodian import Custodian
from core.custody.handover.reading import Sort
from core.custody.identity import words
from core.custody.identity.circle import Standing, look
from core.custody.identity.enrolling import enrol
from core.custody.identity.statements import Said
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.binding import bind
from gui.dialogs.import_list import ImportDialog
from gui.dialogs.show_card import ShowCardDialog
from gui.dialogs.take_in_statement import TakeInStatementDialog
from gui.dialogs.verify_card import Step, VerifyCardDialog
from gui.main_window import MainWindow
from gui.opening_files import BY_ENDING, WAYS
from tests.gui.key_card_people import Colleague, verify

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture(autouse=True)
def quick_words(monkeypatch):
    """Let the words cost little here; the journey pays the full price."""
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    yield
    words._words_of.cache_clear()


@pytest.fixture
def custodian(desk, in_english, keyring_daemon):
    with desk.registry.action(N_("Bind")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
    return Custodian(desk.registry, open_vault(desk.registry.id), desk.today)


@pytest.fixture
def max_(desk, custodian):
    return Colleague(desk, "Max Mustermann")


@pytest.fixture
def dialog(desk, max_):
    made = VerifyCardDialog(desk.workspace, max_.card)
    made.open()
    desk.settle()
    return made


def qt_enter(dialog):
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def words_in_sight(dialog):
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    return [word for word in dialog._ready.words if word in shown]


def type_words(desk, dialog, right=True):
    for number, field in zip(dialog._numbers, dialog.fields, strict=True):
        field.setText(dialog._ready.words[number - 1] if right else "falsch")
    dialog.primary.click()
    desk.settle()


def test_the_words_are_in_sight_while_they_are_read_out_and_only_then(desk, dialog, custodian):
    assert look(custodian).me is not None, "a card of one's own is made by that"
    assert words_in_sight(dialog) == []
    dialog.primary.click()
    assert len(words_in_sight(dialog)) == 6
    dialog.primary.click()
    desk.settle()
    assert dialog._step is Step.TYPE
    assert words_in_sight(dialog) == []
    assert dialog.fields[0].accessibleName() == f"Word {dialog._numbers[0]}"
    assert not dialog.primary.isEnabled()


def test_two_right_words_verify_the_card_and_the_other_direction_follows(desk, dialog, max_, custodian):
    dialog.other.click()
    desk.settle()
    type_words(desk, dialog)
    assert dialog._step is Step.VERIFIED
    assert look(custodian).standing(max_.card) is Standing.WORDS
    assert dialog.primary.text() == "Show my words"
    dialog.primary.click()
    assert len(words_in_sight(dialog)) == 6
    dialog.primary.click()
    assert not dialog.isVisible()


def test_it_says_first_why_somebody_is_called_and_the_fingerprint_only_on_request(desk, dialog, max_):
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("So that nobody pretends to be Max Mustermann, call Max Mustermann") for text in shown)
    assert any("both of you see the same six words" in text for text in shown)
    start = max_.card.fingerprint[:4]
    assert not any(start in text for text in shown)
    dialog.findChild(QPushButton, "more").click()
    [told] = [label.text() for label in dialog.findChildren(QLabel, "more-text") if label.isVisible()]
    assert told.startswith(f"Fingerprint: {start}")


def test_only_one_of_the_two_sides_reads_first_by_default(desk, dialog, max_, custodian):
    me = look(custodian).me
    assert me is not None
    own = me.card
    first, second = (
        (dialog.primary, dialog.other) if own.fingerprint < max_.card.fingerprint else (dialog.other, dialog.primary)
    )
    assert first.isDefault()
    assert not second.isDefault()
    assert (first.property("primary"), second.property("primary")) == (True, False)
    assert words.reads_first("a", "b") is not words.reads_first("b", "a")
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    told = (
        "You read first, Max Mustermann types first."
        if first is dialog.primary
        else ("Max Mustermann reads first, you type first.")
    )
    assert told in shown
    qt_enter(dialog)
    desk.settle()
    assert dialog._step is (Step.READ if first is dialog.primary else Step.TYPE)
    assert dialog.primary.isDefault()


def test_wrong_words_are_said_and_others_are_asked_for_until_the_third_time(desk, dialog, max_, custodian):
    dialog.other.click()
    desk.settle()
    for _time in range(2):
        type_words(desk, dialog, right=False)
        assert dialog.messages.text.startswith("The words are not the same.")
        assert dialog._step is Step.TYPE
        assert [field.text() for field in dialog.fields] == ["", ""]
    type_words(desk, dialog, right=False)
    assert "three times" in dialog.messages.text
    assert not dialog.primary.isEnabled()
    assert look(custodian).standing(max_.card) is Standing.NO


def test_a_card_that_cannot_be_verified_is_refused_at_once(desk, custodian):
    stranger = Colleague(desk, "Max Mustermann", person=Colleague(desk, "Lisa Musterfrau").person)
    made = VerifyCardDialog(desk.workspace, stranger.card)
    made.open()
    desk.settle()
    assert "another name" in made.messages.text
    assert not made.primary.isEnabled()
    assert not made.other.isEnabled()


def test_a_keyring_that_fails_for_a_moment_can_be_tried_again(desk, max_, keyring_daemon):
    keyring_daemon.kill()
    made = VerifyCardDialog(desk.workspace, max_.card)
    made.open()
    desk.settle()
    assert made.messages.text
    assert not made.primary.isEnabled()
    keyring_daemon.restart()
    made.messages._act.click()
    desk.settle()
    assert made.primary.isEnabled()


def test_the_own_card_is_given_out_from_the_call(desk, dialog, custodian):
    dialog._giving.click()
    shown = desk.dialog(ShowCardDialog)
    me = look(custodian).me
    assert me is not None
    assert shown._card == me.card


@pytest.fixture
def window(desk, qtbot, custodian):
    made = MainWindow(desk.workspace)
    qtbot.addWidget(made)
    made.show()
    desk.settle()
    return made


def drop(desk, window, *files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    assert window.take(data)
    desk.settle()


def test_a_dropped_card_leads_to_verifying_it(desk, window, max_, tmp_path):
    file = tmp_path / "whatever it is called"
    file.write_text(f"Hallo Erika,\n> {max_.card.file_text}\nGruß", "utf-8")
    drop(desk, window, file)
    assert desk.dialog(VerifyCardDialog)._card == max_.card


def test_a_pasted_card_leads_there_too(desk, window, max_):
    data = QMimeData()
    data.setText(f"  {max_.card.file_text}")
    assert window.take(data)
    desk.settle()
    assert desk.dialog(VerifyCardDialog)._card == max_.card


@pytest.mark.parametrize("said", list(Said))
def test_a_dropped_statement_is_taken_in_only_if_its_signer_may_say_it(desk, window, max_, custodian, tmp_path, said):
    other = Colleague(desk, "Lisa Musterfrau")
    file = tmp_path / "statement"
    file.write_text(other.say(said, max_.card).file_text, "utf-8")
    drop(desk, window, file)
    dialog = desk.dialog(TakeInStatementDialog)
    enrol(custodian, datetime.now(UTC))
    verify(custodian, max_.card)
    dialog.primary.click()
    desk.settle()
    assert "not one that you have verified" in dialog.messages.text
    assert dialog.isVisible()
    assert look(custodian).standing(max_.card) is Standing.WORDS


def test_a_list_goes_to_the_import_as_before(desk, window, data):
    drop(desk, window, data / "kanalliste-moers.xlsx")
    desk.dialog(ImportDialog).reject()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 something", "is nothing that this program opens"),
        (b"\0" * 700_000, "is nothing that this program opens"),
        (b"-----BEGIN KANALREGISTER KEY CARD-----\nabc", "damaged"),
        (b"-----BEGIN KANALREGISTER NEW THING-----\nYWJj\n-----END KANALREGISTER NEW THING-----", "newer version"),
        (b"-----BEGIN KANALREGISTER KEY CARD-----\ne30=\n-----END KANALREGISTER KEY CARD-----", ""),
    ],
)
def test_what_is_no_use_for_anything_gets_a_sentence(desk, window, tmp_path, content, told):
    file = tmp_path / "offer.pdf"
    file.write_bytes(content)
    drop(desk, window, file)
    assert told in window.messages.text
    assert window.messages.text


def test_a_file_that_is_gone_gets_a_sentence(desk, window, tmp_path):
    drop(desk, window, tmp_path / "gone")
    assert "cannot be read" in window.messages.text


def test_of_several_files_the_first_is_opened_and_that_is_said(desk, window, max_, tmp_path):
    files = [tmp_path / "a", tmp_path / "b"]
    for file in files:
        file.write_text(max_.card.file_text, "utf-8")
    drop(desk, window, *files)
    assert desk.dialog(VerifyCardDialog)
    assert any("one by one" in sentence for sentence in desk.said)


def test_every_kind_of_file_leads_somewhere(desk, window, monkeypatch, tmp_path, max_):
    assert {".xlsx", ".csv", ".kdbx", ".kanal"} <= set(BY_ENDING)
    assert {Sort.CARD, Sort.CERTIFICATE, Sort.REVOCATION} <= set(WAYS)
    file = tmp_path / "max.karte"
    file.write_text(max_.card.file_text, "utf-8")
    monkeypatch.setattr("gui.opening_files.QFileDialog.getOpenFileNames", lambda *_args: ([str(file)], ""))
    window.commands.open_file()
    assert desk.dialog(VerifyCardDialog)._card == max_.card


def test_the_fields_of_the_words_stay_whole_when_a_message_comes(desk, dialog):
    dialog.other.click()
    desk.settle()
    dialog.messages.show_message("Your card lies in the shared folder; Max Mustermann finds it there. " * 2, "notice")
    desk.settle()
    assert dialog.scrolling.verticalScrollBar().maximum() == 0
    assert all(one.visibleRegion().boundingRect().height() == one.height() for one in dialog.fields)
