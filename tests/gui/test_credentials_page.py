"""The page of the logins, with a real keyring: adding, storing, showing, copying, codes, changing, releasing."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.secret import MASK, Secret
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, KeptIn
from gui.dialogs.add_credential import AddCredentialDialog
from gui.dialogs.change_secret import ChangeSecretDialog
from gui.dialogs.note_change import NoteChangeDialog
from gui.dialogs.release_secret import ReleaseSecretDialog
from gui.dialogs.store_secret import StoreSecretDialog
from gui.dialogs.tie_channels import TieChannelsDialog
from gui.pages.credentials import CredentialsPage
from gui.secret_clipboard import SecretClipboard
from gui.widgets.shown_secret import ShownSecret

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def page(desk, qtbot, in_english, keyring_daemon):
    with desk.registry.action(N_("Bind")) as session:
        bind(session, desk.registry.store_id, "Petra Mustermann", desk.today)
    made = CredentialsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


@pytest.fixture
def custodian(desk, page):
    return Custodian(desk.registry, open_vault(desk.registry.id), desk.today)


def add(desk, page, label="Facebook", kind=CredentialKind.PASSWORD, **more):
    with desk.registry.action(N_("Add")) as session:
        made = add_credential(session, NewCredential(kind, label, **more)).id
    desk.settle()
    page.show_record(made)
    desk.settle()
    return made


def press(desk, page, key):
    button = page.detail.panel.buttons[key]
    assert button.isVisible(), key
    button.click()
    desk.settle()


def sentence(page):
    return page.detail.panel.sentence.text()


def store(desk, page, secret):
    press(desk, page, "store")
    dialog = desk.dialog(StoreSecretDialog)
    dialog.secret.field.setText(secret)
    dialog.primary.click()
    desk.settle()


def test_an_empty_page_says_what_it_is_for_and_adds_the_first_login(desk, page):
    assert page.whole.currentWidget() is page.empty
    ids = desk.fill()
    page.menu_actions[0].trigger()
    dialog = desk.dialog(AddCredentialDialog)
    dialog.label.setText("Login of the library")
    dialog.channels.show_channels([(ids["Bücherei"], "Bücherei")])
    dialog.login_name.setText("buecherei")
    dialog.primary.click()
    desk.settle()
    assert page.whole.currentWidget() is page.splitter
    assert desk.went[-1][0] == "credentials"
    page.show_record(desk.went[-1][1])
    desk.settle()
    assert sentence(page) == "Nobody has stored the secret yet."
    assert any("Bücherei" in label.text() for label in page.detail.findChildren(QLabel))


def test_a_secret_is_stored_shown_and_hidden_again(desk, page, keyring_daemon):
    add(desk, page)
    store(desk, page, "Möwe 7")
    assert sentence(page).startswith("In your keyring since")
    assert any("Möwe 7" in text for _label, _attributes, text in keyring_daemon.texts())
    press(desk, page, "show")
    shown = page.detail.panel.shown
    assert shown.text.text() == "Möwe 7"
    page.hide()
    assert shown.text.text() == MASK
    page.show()
    assert shown.text.text() == MASK


def test_what_is_shown_is_hidden_after_its_time(desk, qtbot):
    shown = ShownSecret(shown_for=0.2)
    qtbot.addWidget(shown)
    shown.reveal(Secret("Möwe"))
    assert shown.text.text() == "Möwe"
    end = time.monotonic() + 5
    while shown.in_sight and time.monotonic() < end:
        desk.settle()
    assert shown.text.text() == MASK
    assert not shown.isVisible()


def test_a_copied_secret_goes_when_its_time_is_over_and_what_was_copied_later_stays(desk, qtbot):
    clipboard = SecretClipboard(cleared_after=0.2)
    clipboard.copy(Secret("Möwe"))
    data = QApplication.clipboard().mimeData()
    assert data.text() == "Möwe"
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    with qtbot.waitSignal(clipboard.counted, timeout=5_000, check_params_cb=lambda left: left == 0):
        pass
    assert QApplication.clipboard().text() == ""
    clipboard.copy(Secret("Möwe"))
    QApplication.clipboard().setText("Möwe")
    clipboard.clear()
    assert QApplication.clipboard().text() == "Möwe"


def test_copying_says_that_it_will_be_taken_away(desk, page):
    add(desk, page)
    store(desk, page, "Möwe 7")
    press(desk, page, "copy")
    assert QApplication.clipboard().text() == "Möwe 7"
    assert "30 seconds" in desk.said[-1]
    page.close_registry()
    assert QApplication.clipboard().text() == ""


def test_a_key_for_codes_gives_the_code_of_the_moment(desk, page):
    add(desk, page, kind=CredentialKind.TOTP)
    store(desk, page, SEED)
    press(desk, page, "code")
    code = page.detail.panel.codes.code.text().replace(" ", "")
    assert len(code) == 6
    assert code.isdigit()
    page.detail.panel.forget()
    assert page.detail.panel.codes.code.text() == ""


def test_a_change_is_prepared_left_taken_up_again_and_confirmed(desk, page, custodian):
    login = add(desk, page)
    store(desk, page, "old one")
    press(desk, page, "rotate")
    first = desk.dialog(ChangeSecretDialog)
    made = first.secret.value()
    assert len(made.reveal()) == 20
    first.primary.click()
    desk.settle()
    assert not first.primary.isEnabled(), "nobody has signed in with it yet"
    first.reject()
    desk.settle()
    assert sentence(page).startswith("A new secret is prepared")
    assert keeping.read_secret(custodian, login).reveal() == "old one"
    press(desk, page, "confirm")
    second = desk.dialog(ChangeSecretDialog)
    second.findChild(type(page.detail.panel.buttons["show"]), "show-new").click()
    desk.settle()
    assert second.new.shown.text.text() == made.reveal()
    second.checks[0].setChecked(True)
    second.primary.click()
    desk.settle()
    assert keeping.read_secret(custodian, login) == made
    assert "revision 2" in sentence(page)


def test_a_prepared_change_is_given_up(desk, page, custodian):
    login = add(desk, page)
    store(desk, page, "old one")
    press(desk, page, "rotate")
    dialog = desk.dialog(ChangeSecretDialog)
    dialog.primary.click()
    desk.settle()
    dialog._giving_up.click()
    dialog._sure.click()
    desk.settle()
    assert keeping.read_secret(custodian, login).reveal() == "old one"
    assert "revision 1" in sentence(page)


def test_releasing_says_who_is_left_and_deletes(desk, page, keyring_daemon):
    add(desk, page)
    store(desk, page, "Möwe 7")
    page.detail.releasing.trigger()
    dialog = desk.dialog(ReleaseSecretDialog)
    assert any("Nobody else holds it" in label.text() for label in dialog.findChildren(QLabel))
    dialog.primary.click()
    desk.settle()
    assert not any("Möwe 7" in text for _label, _attributes, text in keyring_daemon.texts())
    assert sentence(page).startswith("Nobody holds the secret in force")
    page.detail.retiring.trigger()
    desk.settle()
    assert not page.detail.panel.isVisible()


def test_what_is_kept_elsewhere_is_told_and_its_change_noted(desk, page):
    add(desk, page, "Phone", CredentialKind.SIM, kept_in=KeptIn.DEVICE, place="Room 12")
    assert sentence(page) == "Device: Room 12"
    page.detail.changing.trigger()
    dialog = desk.dialog(NoteChangeDialog)
    dialog.primary.click()
    desk.settle()
    with desk.registry.reading() as session:
        from core.model import Credential

        assert session.query(Credential).one().rotated_on == desk.today


def test_channels_are_tied_and_taken_away(desk, page):
    ids = desk.fill()
    login = add(desk, page, channel_ids=(ids["Stadt"],))
    page.detail.tying.trigger()
    dialog = desk.dialog(TieChannelsDialog)
    dialog.channels.show_channels([(ids["Zoo"], "Zoo"), (ids["Ämter"], "Ämter")])
    dialog.primary.click()
    desk.settle()
    page.show_record(login)
    desk.settle()
    assert {one.title.split(" (")[0] for one in page.detail._sheet.channels} == {"Zoo", "Ämter"}


@pytest.mark.parametrize("fault", ["lock", "kill", "freeze"])
def test_a_keyring_that_does_not_answer_is_named_and_the_window_goes_on(desk, page, keyring_daemon, monkeypatch, fault):
    from core.custody import vault
    from gui import keyring

    monkeypatch.setattr(keyring, "PROMPT_SECONDS", 1.0)
    quick = vault.open_vault
    monkeypatch.setattr(vault, "open_vault", lambda registry_id: quick(registry_id, limit_seconds=1.0))
    add(desk, page)
    store(desk, page, "Möwe 7")
    getattr(keyring_daemon, fault)()
    page.detail.panel.buttons["show"].click()
    longest, before = 0.0, time.monotonic()
    while not desk.tasks.idle():
        QApplication.processEvents()
        time.sleep(0.002)
        longest, before = max(longest, time.monotonic() - before), time.monotonic()
    desk.settle()
    if fault == "freeze":
        keyring_daemon.thaw()
    assert len(desk.refused) == 1
    assert "Möwe" not in desk.refused[0]
    assert page.detail.panel.shown.text.text() == MASK
    assert longest < 0.2
