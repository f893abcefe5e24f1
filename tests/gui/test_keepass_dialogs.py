"""KeePass files in the window: opened, looked through, taken in and written, with KeePassXC and a real keyring."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind
from gui.dialogs.export_keepass import ExportKeePassDialog
from gui.dialogs.import_keepass import ImportKeePassDialog
from gui.main_window import MainWindow
from tests.parts.keepass_files import PASSWORD, cli, imported

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
KEY = "JBSWY3DPEHPK3PXP"
FILE_PASSWORD = "Sieben Ärzte, acht Böen €"
TICKED, NOT = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def parent(desk, qtbot, keyring_daemon):
    with desk.registry.action(N_("Bind")) as session:
        bind(session, desk.registry.store_id, "Petra Mustermann", desk.today)
    desk.fill()
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return imported(
        tmp_path_factory.mktemp("kdbx") / "zugänge.kdbx",
        {
            "Ämter": [
                {"Title": "Größe", "UserName": "presse", "Password": "Möwe-7", "URL": "https://facebook.com/aemter"},
                {"Title": "Tresor", "UserName": "zoo", "Password": "Löwe-8", "otp": KEY},
                {"Title": "Leer", "UserName": "x"},
            ]
        },
    )


def opened(desk, parent, file, password=PASSWORD):
    dialog = ImportKeePassDialog(desk.workspace, file, parent)
    dialog.open()
    dialog.password.setText(password)
    dialog.primary.click()
    desk.settle()
    return dialog


def rows(dialog):
    model = dialog.preview.rows
    return {model.row_at(place).label: model.row_at(place) for place in range(model.rowCount())}


def labels(desk):
    from sqlalchemy import select

    from core.model import Credential

    with desk.registry.reading() as session:
        return {one.label: one.id for one in session.scalars(select(Credential))}


def test_every_login_is_shown_before_anything_is_kept_and_what_is_ticked_is_taken_in(desk, parent, file):
    dialog = opened(desk, parent, file)
    model = dialog.preview.rows
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert dialog.password.text() == "", "the password is forgotten once the file is open"
    assert {label: row.outcome for label, row in rows(dialog).items()} == {
        "Größe": "created",
        "Tresor": "doubtful",
        "Tresor (one-time codes)": "doubtful",
        "Leer": "refused",
    }
    assert not labels(desk)
    assert dialog.primary.text() == "Take in 1 login"
    shown = [model.index(row, column).data() or "" for row in range(4) for column in range(6)]
    assert not any("Möwe-7" in text or "Löwe-8" in text or KEY in text for text in shown)
    dialog.primary.click()
    desk.settle()
    assert not isValid(dialog), "it is closed"
    assert desk.said[-1] == "1 secret is in your keyring."
    custodian = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
    assert keeping.use_secret(custodian, labels(desk)["Größe"]) == Secret("Möwe-7")


def test_a_channel_is_chosen_for_what_has_none_and_it_is_ticked_then(desk, parent, file):
    dialog = opened(desk, parent, file)
    preview = dialog.preview
    preview.chips.buttons["doubtful"].click()
    assert preview.rows.rowCount() == 2
    assert "No channel of the registry fits" in preview.about.text()
    assert not preview.rows.flags(preview.rows.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    desk.type(preview.channel, "Zoo")
    preview.channel._choose(preview.channel._model.stringList()[0])
    desk.settle()
    assert not rows(dialog), "none is doubtful any more"
    preview.chips.buttons[""].click()
    assert rows(dialog)["Tresor"].outcome == "created"
    assert rows(dialog)["Tresor (one-time codes)"].outcome == "created"
    assert dialog.primary.text() == "Take in 3 logins"
    assert preview.rows.setData(preview.rows.index(0, 0), NOT.value, Qt.ItemDataRole.CheckStateRole)
    assert dialog.primary.text() == "Take in 2 logins"
    dialog.primary.click()
    desk.settle()
    assert set(labels(desk)) == {"Tresor", "Tresor (one-time codes)"}


def test_a_wrong_password_is_said_in_the_dialog_and_can_be_corrected(desk, parent, file):
    dialog = opened(desk, parent, file, "falsch")
    assert "Password or key file do not fit" in dialog.messages.text
    assert dialog.primary.isEnabled()
    dialog.password.setText(PASSWORD)
    dialog.primary.click()
    desk.settle()
    assert dialog.preview.isVisible()
    assert dialog.messages.text == ""


def test_a_keyring_that_fails_is_said_and_the_rest_is_taken_in_later(desk, parent, file, keyring_daemon):
    dialog = opened(desk, parent, file)
    keyring_daemon.kill()
    dialog.primary.click()
    desk.settle()
    assert dialog.isVisible()
    assert dialog.messages.text
    keyring_daemon.restart()
    dialog.primary.click()
    desk.settle()
    assert set(labels(desk)) == {"Größe"}


def test_what_is_closed_is_forgotten(desk, parent, file):
    dialog = opened(desk, parent, file)
    dialog.reject()
    assert dialog.preview.rows.rowCount() == 0
    desk.settle()
    assert not labels(desk)


@pytest.fixture
def stored(desk, parent):
    with desk.registry.action(N_("Add")) as session:
        made = [add_credential(session, NewCredential(CredentialKind.PASSWORD, name)).id for name in ("Größe", "Zoo")]
    custodian = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
    for login in made:
        keeping.store_secret(custodian, login, Secret("Möwe-7 ß"))
    return made


def test_chosen_logins_go_into_a_file_that_keepassxc_opens(desk, parent, stored, tmp_path):
    path = tmp_path / "aus.kdbx"
    dialog = ExportKeePassDialog(desk.workspace, stored[:1], parent)
    dialog.open()
    desk.settle()
    assert [dialog.logins.item(place).checkState() for place in range(2)] == [TICKED, NOT]
    dialog.all.click()
    assert dialog.logins.item(1).checkState() is TICKED
    dialog.logins.item(1).setCheckState(NOT)
    assert not dialog.all.isChecked()
    dialog.target.setText(str(path))
    dialog.secret.field.setText(FILE_PASSWORD)
    assert not dialog.primary.isEnabled(), "the password is typed twice"
    dialog.again.setText(FILE_PASSWORD)
    assert dialog.primary.isEnabled()
    dialog.primary.click()
    desk.settle()
    assert not isValid(dialog), "it is closed"
    assert cli("show", "-s", "-a", "Password", str(path), "Größe", typed=f"{FILE_PASSWORD}\n") == "Möwe-7 ß\n"
    assert "Zoo" not in cli("ls", "-R", str(path), typed=f"{FILE_PASSWORD}\n")


def test_a_weak_password_and_a_file_that_is_there_are_refused_in_the_dialog(desk, parent, stored, tmp_path):
    dialog = ExportKeePassDialog(desk.workspace, (), parent)
    dialog.open()
    desk.settle()
    (taken := tmp_path / "taken.kdbx").write_bytes(b"")
    for password, target, sentence in (
        ("kurz", tmp_path / "a.kdbx", "too weak"),
        (FILE_PASSWORD, taken, "exists already"),
        (FILE_PASSWORD, desk.registry.path, "belongs to the open registry"),
    ):
        dialog.target.setText(str(target))
        dialog.secret.field.setText(password)
        dialog.again.setText(password)
        dialog.primary.click()
        desk.settle()
        assert sentence in dialog.messages.text
        assert dialog.primary.isEnabled()
    assert not (tmp_path / "a.kdbx").exists()


def test_without_a_login_in_the_keyring_there_is_nothing_to_export(desk, parent):
    dialog = ExportKeePassDialog(desk.workspace, (), parent)
    dialog.open()
    desk.settle()
    assert "holds no login yet" in dialog.messages.text
    assert not dialog.primary.isEnabled()


def test_a_keepass_file_dropped_on_the_window_opens_the_import(desk, qtbot, file):
    window = MainWindow(desk.workspace)
    qtbot.addWidget(window)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    assert window.take(dropped)
    assert desk.dialog(ImportKeePassDialog).windowTitle() == "Import zugänge.kdbx"
    assert {"import_keepass", "export_keepass"} <= set(window.menus.actions)
