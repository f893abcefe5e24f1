"""The page of the key cards with real keyrings: made, shown, listed with what is believed, renewed, revoked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from core.custody.custodian import Custodian
from core.custody.identity import certifying, revoking, words
from core.custody.identity.circle import look
from core.custody.identity.statements import Said
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.binding import bind
from gui.dialogs.renew_card import RenewCardDialog
from gui.dialogs.revoke_card import RevokeCardDialog
from gui.dialogs.show_card import ShowCardDialog
from gui.dialogs.take_in_statement import TakeInStatementDialog
from gui.dialogs.verify_card import VerifyCardDialog
from gui.key_card_paper import card_code, card_sheet
from gui.key_card_words import whole_fingerprint
from gui.key_cards_model import OTHERS, PERSON, STATE, VERIFIED
from gui.pages.key_cards import KeyCardsPage
from tests.gui.key_card_people import Colleague, card_in, saved_as, verify

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture(autouse=True)
def quick_words(monkeypatch):
    """Let the words cost little here; the journey pays the full price."""
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    yield
    words._words_of.cache_clear()


@pytest.fixture
def erika(desk, in_english, keyring_daemon):
    with desk.registry.action(N_("Bind")) as session:
        return bind(session, desk.registry.store_id, "Erika Mustermann", desk.today).person.id


@pytest.fixture
def page(desk, qtbot, erika):
    made = KeyCardsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1096, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


@pytest.fixture
def custodian(desk, erika):
    return Custodian(desk.registry, open_vault(desk.registry.id), desk.today)


def cell(page, row, column):
    return page.list.model.index(row, column).data()


def shown(page):
    return [cell(page, row, PERSON).splitlines()[0] for row in range(page.list.model.rowCount())]


def offered(page):
    line = page.detail._buttons
    return [one.objectName() for one in line.findChildren(QPushButton) if one.isVisible()]


def press(desk, page, name):
    page.detail.findChild(QPushButton, f"do-{name}").click()
    desk.settle()


def make_own(desk, page):
    page.creating.trigger()
    desk.settle()
    return page.read.cards[page.read.own].card


def test_an_empty_page_says_what_a_key_card_is_and_makes_the_first(desk, page):
    assert page.whole.currentWidget() is page.empty
    sentence = page.empty._sentence.text()
    assert sentence.count(".") == 2
    [button] = [one for one in page.empty.findChildren(QPushButton) if one.isVisible()]
    button.click()
    desk.settle()
    assert page.whole.currentWidget() is page.splitter
    assert shown(page) == ["Erika Mustermann"]
    assert cell(page, 0, VERIFIED) == "This computer"
    assert not page.creating_button.isVisible()
    assert offered(page) == ["do-save-card", "do-show-card", "do-renew-card", "do-revoke-card"]


def test_a_colleagues_card_is_listed_as_not_verified_with_its_whole_fingerprint(desk, page, custodian):
    make_own(desk, page)
    max_ = Colleague(desk, "Max Mustermann")
    max_.arrive(custodian)
    desk.settle()
    assert shown(page) == ["Erika Mustermann", "Max Mustermann"]
    page.show_record(max_.person)
    desk.settle()
    assert cell(page, 1, VERIFIED) == "Not verified"
    assert cell(page, 1, STATE) == "In force"
    assert cell(page, 1, OTHERS) == "nobody"
    label = page.detail.findChild(QLabel, "fingerprint")
    assert label.text() == whole_fingerprint(max_.card.fingerprint)
    assert len(label.text().split()) == 16
    assert offered(page)[0] == "do-verify-card"
    assert "do-revoke-card" not in offered(page), "somebody else's card is not for her to revoke"
    page.list.chips.buttons["open"].click()
    assert shown(page) == ["Max Mustermann"]


def test_searching_finds_by_name_computer_and_fingerprint(desk, page, custodian):
    own = make_own(desk, page)
    max_ = Colleague(desk, "Max Mustermann", "Notebook-7")
    max_.arrive(custodian)
    desk.settle()
    for text in ("max", "notebook", max_.card.fingerprint[:12]):
        page.header.search.setText(text)
        assert shown(page) == ["Max Mustermann"], text
    page.header.search.setText("nobody at all")
    assert page.list.stack.currentWidget() is page.list.nothing
    page.choose(own.fingerprint)
    assert len(shown(page)) == 2


def test_verify_opens_the_dialog_for_the_chosen_card(desk, page, custodian):
    make_own(desk, page)
    max_ = Colleague(desk, "Max Mustermann")
    max_.arrive(custodian)
    page.show_record(max_.person)
    desk.settle()
    press(desk, page, "verify-card")
    assert desk.dialog(VerifyCardDialog)._card == max_.card


def test_the_own_card_is_shown_as_a_code_and_on_paper(desk, page, monkeypatch, tmp_path):
    own = make_own(desk, page)
    press(desk, page, "show-card")
    dialog = desk.dialog(ShowCardDialog)
    assert not dialog.findChild(QLabel, "card-code").pixmap().isNull()
    sheet = card_sheet(own, "Musterstadt").toPlainText()
    assert "Erika Mustermann" in sheet
    assert "Musterstadt" in sheet
    assert all(line in sheet for line in whole_fingerprint(own.fingerprint).splitlines())
    assert card_code(own).width() > 400
    target = saved_as(monkeypatch, tmp_path / "card.karte")
    dialog.primary.click()
    desk.settle()
    assert target.read_text("utf-8") == own.file_text
    assert "card.karte" in desk.said[-1]


def test_a_renewed_card_takes_the_place_of_the_one_before(desk, page):
    old = make_own(desk, page)
    press(desk, page, "renew-card")
    dialog = desk.dialog(RenewCardDialog)
    dialog.primary.click()
    desk.settle()
    assert page.read.own != old.fingerprint
    assert {cell(page, row, STATE) for row in range(2)} == {"In force", "Replaced"}
    assert "new keys" in desk.said[-1]


def test_revoking_the_own_card_deletes_its_keys_and_gives_the_statement(desk, page, custodian, monkeypatch, tmp_path):
    own = make_own(desk, page)
    press(desk, page, "revoke-card")
    dialog = desk.dialog(RevokeCardDialog)
    assert not dialog.lost.isVisible()
    dialog.primary.click()
    desk.settle()
    assert look(custodian).me is None
    assert "keys are deleted" in dialog.outcome.text()
    target = saved_as(monkeypatch, tmp_path / "own.sperrung")
    dialog.primary.click()
    desk.settle()
    assert "REVOCATION" in target.read_text("utf-8")
    dialog.reject()
    desk.settle()
    assert cell(page, 0, STATE).startswith("Revoked")
    assert page.creating_button.isVisible(), "the next step is a new card"
    page.choose(own.fingerprint)
    assert offered(page) == ["do-save-revocation"]


def test_the_head_of_press_certifies_what_she_verified_and_revokes_any(
    desk, page, custodian, erika, monkeypatch, tmp_path
):
    make_own(desk, page)
    max_ = Colleague(desk, "Max Mustermann")
    max_.arrive(custodian)
    with desk.registry.action(N_("Name head of press")) as session:
        certifying.name_head(session, erika)
    desk.settle()
    page.show_record(max_.person)
    desk.settle()
    assert offered(page)[0] == "do-verify-card"
    assert "do-revoke-card" in offered(page)
    assert "do-certify-card" not in offered(page)
    verify(custodian, max_.card)
    page.refresh(frozenset())
    desk.settle()
    target = saved_as(monkeypatch, tmp_path / "max.bescheinigung")
    page.acts.certify()
    desk.settle()
    assert "CERTIFICATE" in target.read_text("utf-8")
    assert cell(page, 0, PERSON) == "Erika Mustermann\nHead of press"


def test_a_certificate_that_the_registry_keeps_is_accepted_from_the_page(desk, page, custodian):
    make_own(desk, page)
    head, max_ = Colleague(desk, "Lisa Musterfrau"), Colleague(desk, "Max Mustermann")
    for one in (head, max_):
        one.arrive(custodian)
    with desk.registry.action(N_("Name head of press")) as session:
        certifying.name_head(session, head.person)
    verify(custodian, head.card)
    with desk.registry.action(N_("Certify key card")) as session:
        certificate = head.say(Said.CERTIFIED, max_.card)
        card_in(session, max_.card).certificate = certificate.text.decode()
    page.show_record(max_.person)
    page.refresh(frozenset())
    desk.settle()
    assert "do-accept-certificate" in offered(page)
    press(desk, page, "accept-certificate")
    desk.dialog(TakeInStatementDialog).primary.click()
    desk.settle()
    page.show_record(max_.person)
    desk.settle()
    assert cell(page, page.list.model.row_of(max_.card.fingerprint), VERIFIED) == "By certificate"


def test_a_head_named_later_is_to_be_compared_once_more(desk, page, custodian):
    make_own(desk, page)
    max_ = Colleague(desk, "Max Mustermann")
    max_.arrive(custodian)
    verify(custodian, max_.card)
    with desk.registry.action(N_("Name head of press")) as session:
        certifying.name_head(session, max_.person)
    page.show_record(max_.person)
    desk.settle()
    assert cell(page, 1, VERIFIED) == "By words"
    assert offered(page)[0] == "do-verify-card"
    verify(custodian, max_.card)
    page.refresh(frozenset())
    desk.settle()
    assert "do-verify-card" not in offered(page)


def test_a_locked_keyring_is_named_and_unlocked_only_on_request(desk, page, keyring_daemon):
    make_own(desk, page)
    keyring_daemon.lock()
    page.refresh(frozenset())
    desk.settle()
    assert page.whole.currentWidget() is page.blocked
    assert page.unlocking.text() == "Unlock"
    assert not any(one.isEnabled() for one in page.acts.actions)


def test_a_dead_keyring_is_said_and_looked_for_again(desk, page, keyring_daemon):
    make_own(desk, page)
    keyring_daemon.kill()
    page.refresh(frozenset())
    desk.settle()
    assert page.whole.currentWidget() is page.blocked
    assert page.unlocking.text() == "Look again"


def test_what_the_registry_keeps_under_a_wrong_fingerprint_is_shown_as_damaged(desk, page, custodian):
    make_own(desk, page)
    max_ = Colleague(desk, "Max Mustermann")
    max_.arrive(custodian)
    with desk.registry.action(N_("Damage")) as session:
        card_in(session, max_.card).text = "{}"
    desk.settle()
    page.show_record(max_.person)
    desk.settle()
    assert cell(page, 1, STATE) == "Damaged"
    assert offered(page) == []


def test_a_revocation_that_arrives_as_a_file_ends_the_card(desk, page, custodian, qtbot):
    make_own(desk, page)
    max_ = Colleague(desk, "Max Mustermann")
    max_.arrive(custodian)
    verify(custodian, max_.card)
    dialog = TakeInStatementDialog(desk.workspace, max_.say(Said.REVOKED, max_.card), page)
    dialog.open()
    dialog.primary.click()
    desk.settle()
    page.show_record(max_.person)
    desk.settle()
    assert cell(page, 1, STATE).startswith("Revoked")
    assert revoking.card_called(look(custodian), max_.card.fingerprint[:12]).revoked_on == desk.today
