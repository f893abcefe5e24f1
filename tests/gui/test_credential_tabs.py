"""The logins on the page of a channel and of a person, with real copies of secrets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, Person
from gui.dialogs.add_credential import AddCredentialDialog
from gui.pages.channel_credentials import ChannelCredentials
from gui.pages.person_credentials import PersonCredentials

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


def press(tab, name):
    button = tab.findChild(QPushButton, name)
    assert button is not None
    button.click()


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


@pytest.fixture
def held(desk, keyring_daemon, in_english):
    """Erika holds two logins of the library; one of them is new to her."""
    ids = desk.fill()
    from core.inventory.binding import bind

    with desk.registry.action(N_("Begin")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
        told = [
            NewCredential(CredentialKind.PASSWORD, label, (ids["Bücherei"],), "buecherei") for label in ("Old", "New")
        ]
        made = {one.label: add_credential(session, one).id for one in told}
    custodian = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
    for login in made.values():
        keeping.store_secret(custodian, login, Secret("geheim"))
    return ids | made


def test_a_channel_shows_its_logins_and_adds_one(desk, qtbot, held):
    tab = ChannelCredentials(desk.workspace)
    qtbot.addWidget(tab)
    tab.show_record(held["Bücherei"])
    desk.settle()
    assert {"Old", "New"} <= set(texts(tab))
    assert any("held by Erika Mustermann" in text for text in texts(tab))
    press(tab, "show-login")
    assert desk.went[-1][0] == "credentials"
    press(tab, "add-login")
    desk.settle()
    assert desk.dialog(AddCredentialDialog).channels.value() == (held["Bücherei"],)


def test_a_channel_without_logins_says_so(desk, qtbot, held):
    tab = ChannelCredentials(desk.workspace)
    qtbot.addWidget(tab)
    tab.show_record(held["Zoo"])
    desk.settle()
    assert "No login is recorded for this channel." in texts(tab)


def test_a_leaver_shows_what_has_to_be_changed_first(desk, qtbot, held):
    with desk.registry.action(N_("Leave")) as session:
        session.get_one(Person, held["Erika Mustermann"]).left_on = desk.today - timedelta(days=1)
    tab = PersonCredentials(desk.workspace)
    qtbot.addWidget(tab)
    tab.show_record(held["Erika Mustermann"])
    desk.settle()
    shown = texts(tab)
    assert shown[0] == "To be changed, the most urgent first"
    assert sum("nobody else gets in" in text for text in shown) == 2
    change = next(button for button in tab.findChildren(QPushButton) if button.text() == "Change secret...")
    change.click()
    assert desk.went[-1] in {("credentials", held["Old"]), ("credentials", held["New"])}


def test_somebody_without_secrets_has_nothing_to_hand_back(desk, qtbot, held):
    tab = PersonCredentials(desk.workspace)
    qtbot.addWidget(tab)
    tab.show_record(held["Max Mustermann"])
    desk.settle()
    assert "Nothing in a keyring." in texts(tab)
    assert "To be changed, the most urgent first" not in texts(tab)
