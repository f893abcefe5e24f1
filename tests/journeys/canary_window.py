"""The page of the logins, walked with planted secrets: stored, shown, copied, changed, given up, recovered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from PySide6.QtWidgets import QApplication, QPushButton

from core.custody.secret import Secret
from gui.bugs import Bug, Bugs
from gui.dialogs.bug import show_bug
from gui.dialogs.change_secret import ChangeSecretDialog
from gui.dialogs.recovery_key import RecoveryKeyDialog
from gui.dialogs.release_secret import ReleaseSecretDialog
from gui.dialogs.restore_secrets import RestoreSecretsDialog
from gui.dialogs.store_secret import StoreSecretDialog
from gui.pages.credentials import CredentialsPage
from gui.secret_clipboard import SecretClipboard, clipboard_of
from tests.gui.desk import Desk


@contextmanager
def opened(desk: Desk) -> Iterator[CredentialsPage]:
    """Give the page on a screen."""
    page = CredentialsPage(desk.workspace)
    page.resize(1080, 720)
    page.show()
    page.open_registry(desk.registry)
    desk.workspace.changed.connect(page.refresh)
    desk.settle()
    yield page
    desk.settle()
    desk.workspace.changed.disconnect(page.refresh)
    page.close_registry()
    page.deleteLater()


def make_recovery_key(desk: Desk, page: CredentialsPage) -> Secret:
    """Make the recovery key, type its proof, and return what stands on the paper."""
    page._make_key()
    desk.settle()
    dialog = desk.dialog(RecoveryKeyDialog)
    assert dialog._key is not None
    key = Secret(dialog._key.private.reveal())
    dialog.place.setText("Safe")
    dialog.proof.setText(key.reveal()[-6:])
    dialog.primary.click()
    desk.settle()
    return key


def walk_page(desk: Desk, page: CredentialsPage, logins: Sequence[tuple[UUID, str]], spare: Sequence[str]) -> None:
    """Store, show, copy, give up a change, change and release."""
    for number, (login, text) in enumerate(logins):
        page.show_record(login)
        desk.settle()
        _press(desk, page, "store")
        storing = desk.dialog(StoreSecretDialog)
        storing.secret.field.setText(text)
        storing.secret._eye.setChecked(True)
        storing.primary.click()
        desk.settle()
        _press(desk, page, "show")
        kept = page.detail.panel.shown.text.text()
        assert kept == " ".join(text.splitlines()) or kept.strip() == text.strip()
        _press(desk, page, "copy")
        assert QApplication.clipboard().text() == kept
        _change(desk, page, spare[number % len(spare)], works=number % 2 == 0)
        if number % 3 == 0:
            page.detail.release()
            desk.dialog(ReleaseSecretDialog).primary.click()
            desk.settle()
    clipboard: SecretClipboard = clipboard_of(desk.workspace)
    clipboard.clear()
    assert QApplication.clipboard().text() == ""


def recover(desk: Desk, page: CredentialsPage, key: Secret) -> None:
    """Bring secrets back with the recovery key."""
    page._restore()
    desk.settle()
    dialog = desk.dialog(RestoreSecretsDialog)
    dialog.key.setText(key.reveal())
    dialog.reason.setText("Test")
    dialog.primary.click()
    desk.settle()
    assert dialog.outcome.text()
    dialog.accept()
    desk.settle()


def details_of(desk: Desk, error: BaseException) -> str:
    """Return what the dialog for bugs offers to copy."""
    bugs, found = Bugs(), list[Bug]()
    bugs.found.connect(found.append)
    bugs.report(error)
    desk.settle()
    dialog = show_bug(found[0], desk.window)
    button = dialog.findChild(QPushButton, "bug-copy")
    assert isinstance(button, QPushButton)
    button.click()
    copied = QApplication.clipboard().text()
    QApplication.clipboard().clear()
    shown = dialog.explanation.text() + dialog.details.toPlainText()
    dialog.accept()
    return shown + copied


def _change(desk: Desk, page: CredentialsPage, new: str, *, works: bool) -> None:
    _press(desk, page, "rotate")
    dialog = desk.dialog(ChangeSecretDialog)
    dialog.secret.field.setText(new)
    dialog.primary.click()
    desk.settle()
    for name in ("show-new", "copy-new"):
        button = dialog.findChild(QPushButton, name)
        assert isinstance(button, QPushButton)
        button.click()
        desk.settle()
    if works:
        dialog.checks[0].setChecked(True)
        dialog.primary.click()
    else:
        dialog._giving_up.click()
        dialog._sure.click()
    desk.settle()


def _press(desk: Desk, page: CredentialsPage, key: str) -> None:
    button = page.detail.panel.buttons[key]
    assert button.isVisible(), key
    button.click()
    desk.settle()
