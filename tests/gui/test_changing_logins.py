"""While a login is changed, the old password and the new one can be told apart, and each be shown and copied."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from core.custody import keeping, rotating
from core.custody.secret import Secret
from core.i18n import N_
from core.inventory.channels import add_channel
from core.inventory.credentials import NewCredential, add_credential
from core.model import Credential, CredentialKind, Way
from gui.dialogs.change_secret import ChangeSecretDialog
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.handover_change import HandoverChangeDialog
from gui.opening_files import open_content
from gui.pages.credentials import CredentialsPage
from tests.gui.handover_office import OLD, Office, sealed_by_max
from tests.gui.key_card_people import verify
from tests.journeys.handing_over import pasted
from tests.journeys.platforms_server import browsing

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
TO_SIGN_IN, TO_ENTER = "Old password (to sign in)", "New password (to enter)"
NEW = Secret("das neue Geheimnis")


@pytest.fixture
def office(desk, in_english, keyring_daemon, monkeypatch):
    yield Office(desk, monkeypatch)
    QApplication.clipboard().clear()


def received(office, desk):
    """Return the dialog in which Erika changes what Max sealed for her."""
    verify(office.custodian, office.max.card)
    with desk.registry.action(N_("In force elsewhere")) as session:
        session.get_one(Credential, office.login).revision = 1
    talk = office.takes(Way.SEALED)
    open_content(desk.workspace, sealed_by_max(office, talk, desk, Way.SEALED), desk.window)
    arriving = desk.dialog(ArrivingDialog)
    office.press(arriving.primary)
    return desk.dialog(HandoverChangeDialog)


def rows(place):
    """Return what the rows in sight are called, by the name of their buttons."""
    labels = {one.objectName(): one for one in place.findChildren(QLabel) if one.objectName().startswith("label-")}
    return {name.removeprefix("label-"): one.text() for name, one in labels.items() if one.isVisible()}


def press(office, place, name):
    office.press(next(one for one in place.findChildren(QPushButton, name) if one.isVisible()))


def test_whoever_changes_a_sealed_login_signs_in_with_the_old_password_and_enters_the_new(office, desk):
    dialog = received(office, desk)
    new = dialog.secret.value()
    assert dialog.primary.text() == "Keep it, open the page"
    with browsing() as browser:
        office.press(dialog.primary)
    assert browser.host == "accountscenter.instagram.com"
    assert pasted() == "", "the new one would land in the field of the sign-in"
    assert rows(dialog) == {"old": TO_SIGN_IN, "new": TO_ENTER}
    for name, secret in (("old", OLD), ("new", new)):
        press(office, dialog, f"copy-{name}")
        assert pasted() == secret.reveal()
        press(office, dialog, f"show-{name}")
    assert (dialog.old.shown.text.text(), dialog.new.shown.text.text()) == (OLD.reveal(), new.reveal())
    assert dialog.old.showing.accessibleName() == f"Show: {TO_SIGN_IN}"
    dialog.reject()
    assert not dialog.old.shown.in_sight


def prepared(office, desk, qtbot, *, old=OLD):
    """Return the page of the logins with a login of which a new secret is prepared."""
    if old is not None:
        keeping.store_secret(office.custodian, office.login, old)
    rotating.begin_rotation(office.custodian, office.login, NEW)
    page = CredentialsPage(desk.workspace)
    qtbot.addWidget(page)
    page.resize(1096, 720)
    page.show()
    page.open_registry(desk.registry)
    desk.settle()
    page.show_record(office.login)
    desk.settle()
    return page


def test_under_logins_the_old_password_and_the_prepared_one_are_told_apart(office, desk, qtbot):
    panel = prepared(office, desk, qtbot).detail.panel
    assert rows(panel) == {"old": TO_SIGN_IN, "new": TO_ENTER}
    assert not panel.buttons["show"].isVisible()
    for name, secret in (("old", OLD), ("new", NEW)):
        press(office, panel, f"copy-{name}")
        assert pasted() == secret.reveal()
        assert "30 seconds" in desk.said[-1]
        press(office, panel, f"show-{name}")
    assert (panel.old.shown.text.text(), panel.new.shown.text.text()) == (OLD.reveal(), NEW.reveal())
    panel.forget()
    assert not panel.old.shown.in_sight
    assert not panel.new.shown.in_sight


def test_where_nobody_has_the_old_password_only_the_new_one_is_offered(office, desk, qtbot):
    page = prepared(office, desk, qtbot, old=None)
    assert rows(page.detail.panel) == {"new": TO_ENTER}
    press(office, page.detail.panel, "show-new")
    assert page.detail.panel.new.shown.text.text() == NEW.reveal()
    page.detail.change()
    assert rows(desk.dialog(ChangeSecretDialog)) == {"new": TO_ENTER}


def test_a_change_that_is_gone_on_with_offers_both_passwords_too(office, desk, qtbot):
    prepared(office, desk, qtbot).detail.change()
    dialog = desk.dialog(ChangeSecretDialog)
    assert rows(dialog) == {"old": TO_SIGN_IN, "new": TO_ENTER}
    press(office, dialog, "copy-old")
    assert pasted() == OLD.reveal()
    press(office, dialog, "show-new")
    assert dialog.new.shown.text.text() == NEW.reveal()


def test_for_a_reset_the_mailbox_is_named_and_the_channel_where_the_program_knows_no_page(office, desk):
    with desk.registry.action(N_("A platform of nobody's")) as session:
        blog = add_channel(session, "https://blog.stadt.example/amt", title="Blog", today=desk.today)
        session.flush()
        made = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Blog", (blog.id,)))
        made.recovery_mail = "presse@stadt.example"
        office.login = made.id
    keeping.store_secret(office.custodian, office.login, OLD)
    talk = office.takes(Way.RESET)
    talk.ask()
    detail, _steps = office.steps(talk.id)
    HandoverChangeDialog(desk.workspace, detail.items[0], detail, desk.window).open()
    dialog = desk.dialog(HandoverChangeDialog)
    office.press(dialog.primary)
    assert rows(dialog) == {"new": TO_ENTER}, "a reset needs no old one, even where it is here"
    assert dialog.mail.isVisible()
    assert dialog.mail.text() == "The platform writes to presse@stadt.example."
    assert "In the list of channels stands: https://blog.stadt.example/amt" in dialog.address.text()
    assert not dialog.opening.isVisible(), "no button leads where the registry says"
