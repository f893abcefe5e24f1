"""Keyrings that die, lock, hang or lie while somebody works with the page: nothing is lost, and nothing freezes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from core import workstation
from core.custody import keeping, vault
from core.custody.custodian import Custodian, remembered_as
from core.custody.secret import Secret
from core.custody.vault import Vault, secret_service
from core.custody.vault.backends import Serving
from core.i18n import N_
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind
from gui import keyring as keyring_of_the_window
from gui.dialogs.change_secret import ChangeSecretDialog
from gui.dialogs.store_secret import StoreSecretDialog
from gui.pages.credentials import CredentialsPage
from tests.core.custody.vault.contract import vault_on
from tests.core.custody.vault.faulty import Dropping, Keeping, Memory, NativeError, Quoting, Slow, Truncating
from tests.core.custody.vault.natives import kind_of
from tests.gui.desk import Desk
from tests.parts.keyrings import Keyring

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
OLD, NEW = "alter Schlüssel", "neuer Schlüssel"
LONGEST_GAP = 0.2
QUICK = 1.0
"""How long a keyring may take here; half a minute in the program."""


@pytest.fixture
def desk(desk_of_journeys: Desk, keyring_daemon: Keyring) -> Desk:
    with desk_of_journeys.registry.action(N_("Bind")) as session:
        bind(session, desk_of_journeys.registry.store_id, "Erika Mustermann", desk_of_journeys.today)
    return desk_of_journeys


@pytest.fixture
def desk_of_journeys(qapp: object, tmp_path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk.kanal")
    yield made
    made.close()


@pytest.fixture
def page(desk: Desk, qtbot, in_english: None) -> CredentialsPage:
    made = CredentialsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


@pytest.fixture
def login(desk: Desk, page: CredentialsPage, keyring_daemon: Keyring) -> UUID:
    with desk.registry.action(N_("Add")) as session:
        made = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Facebook")).id
    keeping.store_secret(custodian(desk), made, Secret(OLD))
    desk.settle()
    page.show_record(made)
    desk.settle()
    return made


def custodian(desk: Desk) -> Custodian:
    return Custodian(desk.registry, vault.open_vault(desk.registry.id), desk.today)


def press(desk: Desk, button: object) -> float:
    """Click a button, wait until the work is done, and return the longest time in which the window stood still."""
    assert isinstance(button, QPushButton)
    assert button.isEnabled(), button.objectName()
    button.click()
    longest, before = 0.0, time.monotonic()
    while not desk.tasks.idle():
        QApplication.processEvents()
        time.sleep(0.002)
        longest, before = max(longest, time.monotonic() - before), time.monotonic()
    desk.settle()
    return longest


def test_a_daemon_killed_in_the_middle_of_a_change_loses_no_secret(
    desk: Desk, page: CredentialsPage, login: UUID, keyring_daemon: Keyring
):
    press(desk, page.detail.panel.buttons["rotate"])
    dialog = desk.dialog(ChangeSecretDialog)
    dialog.secret.field.setText(NEW)
    press(desk, dialog.primary)
    keyring_daemon.kill()
    dialog.checks[0].setChecked(True)
    assert press(desk, dialog.primary) < LONGEST_GAP
    assert dialog.messages.text.startswith("The keyring has stopped")
    assert dialog.primary.isEnabled(), "it can be tried again"
    keyring_daemon.start()
    assert keeping.read_secret(custodian(desk), login).reveal() == OLD
    assert keeping.read_secret(custodian(desk), login, revision=2).reveal() == NEW
    keyring_daemon.lock()
    press(desk, dialog.primary)
    assert dialog.messages.text.startswith("The keyring is locked")
    keyring_daemon.restart()
    press(desk, dialog.primary)
    assert keeping.read_secret(custodian(desk), login).reveal() == NEW
    assert "revision 2" in page.detail.panel.sentence.text()


def test_while_a_new_secret_is_read_what_was_ticked_counts(desk: Desk, page: CredentialsPage, login: UUID):
    press(desk, page.detail.panel.buttons["rotate"])
    dialog = desk.dialog(ChangeSecretDialog)
    press(desk, dialog.primary)
    showing = dialog.findChild(QPushButton, "show-new")
    assert isinstance(showing, QPushButton)
    showing.click()
    dialog.checks[0].setChecked(True)
    desk.settle()
    assert dialog.primary.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


@contextmanager
def served_by(native: Memory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the window meet a keyring that differs from a good one in one thing."""

    def opened(registry_id: str) -> Vault:
        return vault_on(Serving(kind_of("windows"), native), registry_id, limit_seconds=QUICK)

    with monkeypatch.context() as patched:
        patched.setattr(vault, "open_vault", opened)
        yield


@contextmanager
def unanswered(keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the keyring's question stand on an empty office's screen."""

    def answered(_connection: object, _path: str, question: secret_service.Question) -> bool:
        question.asked.set()
        question.over.wait(20)
        return False

    keyring.lock()
    with monkeypatch.context() as patched:
        patched.setenv("DISPLAY", ":99")
        patched.setattr(secret_service, "_answered", answered)
        yield
    keyring.restart()


@contextmanager
def harmed(harm: Callable[[], object], mend: Callable[[], object]) -> Iterator[None]:
    """Let something happen to the real keyring."""
    harm()
    yield
    mend()


@contextmanager
def without_bus(registry_id: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let there be no keyring, and never have been one, and one that stores nothing be forced by the environment."""
    workstation.remember(remembered_as(registry_id), None)
    with monkeypatch.context() as patched:
        patched.delenv("DBUS_SESSION_BUS_ADDRESS")
        patched.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        yield


def test_ten_faulty_keyrings_each_have_their_sentence_and_never_freeze_the_window(
    desk: Desk, page: CredentialsPage, login: UUID, keyring_daemon: Keyring, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keyring_of_the_window, "PROMPT_SECONDS", QUICK)
    patient = vault.open_vault
    monkeypatch.setattr(vault, "open_vault", lambda registry_id: patient(registry_id, limit_seconds=QUICK * 3))
    one = keyring_daemon
    faults = {
        "locked": (harmed(one.lock, one.restart), "is locked"),
        "killed": (harmed(one.kill, one.start), "The keyring has stopped"),
        "hanging": (harmed(one.freeze, one.thaw), "has not answered"),
        "unanswered": (unanswered(one, monkeypatch), "nobody answered"),
        "none, and null forced": (without_bus(desk.registry.id, monkeypatch), "No keyring that can be trusted"),
        "slow": (served_by(Slow(), monkeypatch), "has not answered"),
        "native error": (served_by(NativeError(), monkeypatch), "reported the error"),
        "dropping": (served_by(Dropping(), monkeypatch), "did not keep"),
        "truncating": (served_by(Truncating(), monkeypatch), "did not keep"),
        "quoting": (served_by(Quoting(), monkeypatch), "reported the error"),
    }
    gaps = {}
    for name, (fault, sentence) in faults.items():
        page.detail.store()
        dialog = desk.dialog(StoreSecretDialog)
        dialog.secret.field.setText(NEW)
        with fault:
            gaps[name] = press(desk, dialog.primary)
            assert sentence in dialog.messages.text, name
            assert NEW not in dialog.messages.text
            assert dialog.secret.field.text() == NEW, "what was typed can be tried again"
        dialog.reject()
        desk.settle()
        with desk.registry.reading() as session:
            assert session.connection().exec_driver_sql("SELECT revision FROM credential").scalar() == 1, name
    assert max(gaps.values()) < LONGEST_GAP, gaps
    assert keeping.read_secret(custodian(desk), login).reveal() == OLD


def test_a_keyring_that_lets_nothing_go_is_named_when_a_secret_is_released(
    desk: Desk, page: CredentialsPage, login: UUID, monkeypatch: pytest.MonkeyPatch
):
    from gui.dialogs.release_secret import ReleaseSecretDialog

    kept = Keeping()
    with served_by(kept, monkeypatch):
        with desk.registry.action(N_("Add")) as session:
            other = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Instagram")).id
        keeping.store_secret(custodian(desk), other, Secret(OLD))
        desk.settle()
        page.show_record(other)
        desk.settle()
        page.detail.release()
        dialog = desk.dialog(ReleaseSecretDialog)
        press(desk, dialog.primary)
        assert "still has the secret" in dialog.messages.text
        assert keeping.read_secret(custodian(desk), other).reveal() == OLD
        dialog.reject()
        desk.settle()
