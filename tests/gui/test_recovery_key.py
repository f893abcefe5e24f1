"""The printed recovery key on the page: made, proven to be on paper, used; a vanished keyring is asked about once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.envelopes import envelope_files
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.model import Credential, CredentialKind, Way
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.recovery_key import RecoveryKeyDialog
from gui.dialogs.restore_secrets import RestoreSecretsDialog
from gui.keyring_watch import Standing, watch_of
from gui.opening_files import open_content
from gui.pages.credentials import CredentialsPage
from gui.recovery_paper import Paper, grouped, qr_code, sheet
from tests.gui.handover_office import Office, sealed_by_max
from tests.gui.key_card_people import verify

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def page(desk, qtbot, in_english, keyring_daemon):
    with desk.registry.action(N_("Bind")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
        logins = [add_credential(session, NewCredential(CredentialKind.PASSWORD, label)) for label in ("A", "B")]
        made_ids = [one.id for one in logins]
    custodian = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
    for login in made_ids:
        keeping.store_secret(custodian, login, Secret(f"geheim {login}"))
    made = CredentialsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.open_registry(desk.registry)
    made.watch.look()
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


def logins(page):
    """The two logins, in the order in which they were stored."""
    with page.workspace.registry.reading() as session:
        return list(session.scalars(select(Credential.id).order_by(Credential.label)))


def card(page):
    return page.card.sentence.text() if page.card.isVisible() else ""


def make_key(desk, page):
    page.card.findChild(type(page.detail.panel.buttons["show"]), "keyring-key").click()
    dialog = desk.dialog(RecoveryKeyDialog)
    key = Secret(dialog._key.private.reveal())
    dialog.place.setText("Safe, room 12")
    dialog.proof.setText(key.reveal()[-6:].lower())
    dialog.primary.click()
    desk.settle()
    return key


def test_the_first_secret_offers_a_recovery_key_and_seals_to_it(desk, page):
    assert "recovery key" in card(page)
    make_key(desk, page)
    assert len(list(envelope_files(desk.registry.path))) == 2
    assert "2 secrets" in desk.said[-1]
    assert card(page) == ""
    assert page.watch.news.standing is Standing.OPEN


def test_a_key_that_is_not_on_paper_is_not_taken_into_use(desk, page):
    page._make_key()
    dialog = desk.dialog(RecoveryKeyDialog)
    assert not dialog.primary.isEnabled()
    dialog.proof.setText("AAAAAA")
    assert not dialog.primary.isEnabled()
    key = dialog._key.private.reveal()
    dialog.reject()
    desk.settle()
    assert dialog._key is None
    assert not list(envelope_files(desk.registry.path))
    assert key not in "".join(label.text() for label in page.findChildren(QLabel))


def test_a_wiped_keyring_is_asked_about_once_and_brought_back_from_the_paper(desk, page, keyrings):
    key = make_key(desk, page)
    keyrings.use(keyrings())
    page.watch.compare()
    desk.settle()
    assert card(page).startswith("The keyring in which you kept secrets is gone")
    page.card.findChild(type(page.detail.panel.buttons["show"]), "keyring-restore").click()
    dialog = desk.dialog(RestoreSecretsDialog)
    dialog.key.setText(grouped(key))
    (eye,) = dialog.key.actions()
    assert not eye.plain.isVisible()
    eye.trigger()
    assert (eye.plain.isVisible(), eye.plain.text()) == (True, grouped(key))
    dialog.reason.setText("New computer")
    dialog.primary.click()
    desk.settle()
    assert "2 secrets are back" in dialog.outcome.text()
    assert (eye.plain.isVisible(), eye.plain.text()) == (False, "")
    dialog.primary.click()
    desk.settle()
    page.watch.compare()
    desk.settle()
    assert card(page) == ""
    custodian = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
    assert [keeping.read_secret(custodian, one).reveal() for one in logins(page)] == [
        f"geheim {one}" for one in logins(page)
    ]


def test_a_wrong_key_is_refused_and_not_repeated(desk, page):
    make_key(desk, page)
    page._restore()
    dialog = desk.dialog(RestoreSecretsDialog)
    dialog.key.setText("AGE-SECRET-KEY-1WRONG")
    dialog.primary.click()
    desk.settle()
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "no recovery key" in told
    assert "WRONG" not in told


def test_a_locked_keyring_is_only_named_and_unlocked_on_request(desk, page, keyring_daemon):
    keyring_daemon.lock()
    page.watch.look()
    desk.settle()
    assert page.watch.news.standing is Standing.LOCKED
    assert card(page) == "The keyring is locked."


def test_a_registry_that_expects_nothing_leaves_the_keyring_alone(desk, in_english):
    watch = watch_of(desk.workspace)
    watch.look()
    desk.settle()
    assert watch.news.standing is Standing.UNKNOWN
    assert watch_of(desk.workspace) is watch


def test_the_sheet_carries_the_key_as_text_and_as_a_code(qapp, today):
    key = Secret("AGE-SECRET-KEY-1" + "Q" * 58)
    document = sheet(key, Paper("Musterstadt", "Safe", today, "age1public"))
    assert grouped(key) in document.toPlainText()
    assert "Musterstadt" in document.toPlainText()
    assert qr_code(key).width() > 100


def test_secrets_that_came_by_a_handover_ask_for_a_recovery_key_too(
    desk, qtbot, in_english, keyring_daemon, monkeypatch
):
    office = Office(desk, monkeypatch)
    page = CredentialsPage(desk.workspace)
    qtbot.addWidget(page)
    page.show()
    page.open_registry(desk.registry)
    page.watch.look()
    desk.settle()
    assert card(page) == "", "nothing is kept yet"
    verify(office.custodian, office.max.card)
    with desk.registry.action(N_("In force elsewhere")) as session:
        session.get_one(Credential, office.login).revision = 1
    desk.settle()
    talk = office.takes(Way.COPY)
    open_content(desk.workspace, sealed_by_max(office, talk, desk), desk.window)
    office.press(desk.dialog(ArrivingDialog).primary)
    desk.settle()
    assert card(page).startswith("There is no recovery key yet.")


def test_a_first_copy_in_a_keyring_that_is_known_already_asks_for_it_too(desk, page):
    custodian = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
    for login in logins(page):
        keeping.release(custodian, login)
    page.watch.look()
    desk.settle()
    assert card(page) == ""
    keeping.store_secret(custodian, logins(page)[0], Secret("again"))
    desk.settle()
    assert card(page).startswith("There is no recovery key yet.")
