"""A lost computer, given up from another one in the window: its card revoked, its secrets to be changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QPushButton

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.identity import words
from core.custody.identity.enrolling import enrol
from core.custody.owed import rotation_list
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, Store
from gui.dialogs.revoke_card import RevokeCardDialog
from gui.dialogs.verify_card import VerifyCardDialog
from gui.pages.key_cards import KeyCardsPage

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def lost(desk, keyrings, in_english):
    """The card of a computer with one secret, which is not the computer that is used now."""
    with desk.registry.action(N_("Begin")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
        login = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Facebook")).id
    keyrings.use(keyrings())
    there = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
    card = enrol(there, datetime.now(UTC))
    keeping.store_secret(there, login, Secret("geheim"))
    keyrings.use(keyrings())
    enrol(Custodian(desk.registry, open_vault(desk.registry.id), desk.today), datetime.now(UTC))
    return card


@pytest.fixture
def page(desk, qtbot, lost):
    made = KeyCardsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1096, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    made.choose(lost.fingerprint)
    desk.settle()
    return made


def revoke(desk, page, *, lost):
    page.detail.findChild(QPushButton, "do-revoke-card").click()
    desk.settle()
    dialog = desk.dialog(RevokeCardDialog)
    assert dialog.lost.isVisible()
    dialog.lost.box.setChecked(lost)
    dialog.primary.click()
    desk.settle()
    return dialog


def owed(desk):
    with desk.registry.reading() as session:
        return [(one.label, [_why(loser) for loser in one.people]) for one in rotation_list(session, desk.today)]


def _why(loser):
    return loser.name, loser.why.value


def test_what_lay_on_a_lost_computer_is_to_be_changed(desk, page, lost):
    dialog = revoke(desk, page, lost=True)
    assert "counts as lost" in dialog.outcome.text()
    assert owed(desk) == [("Facebook", [("Erika Mustermann", "lost")])]
    with desk.registry.reading() as session:
        assert session.get(Store, lost.store).until == desk.today
    dialog.reject()
    desk.settle()
    assert "do-verify-card" not in [one.objectName() for one in page.findChildren(QPushButton) if one.isVisible()]


def test_a_computer_that_is_only_replaced_keeps_its_secrets(desk, page, lost):
    dialog = revoke(desk, page, lost=False)
    assert "counts as lost" not in dialog.outcome.text()
    assert owed(desk) == []
    with desk.registry.reading() as session:
        assert session.get(Store, lost.store).until is None


def test_another_computer_of_ones_own_is_verified_from_screen_to_screen(desk, page, monkeypatch):
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    page.detail.findChild(QPushButton, "do-verify-card").click()
    desk.settle()
    dialog = desk.dialog(VerifyCardDialog)
    assert "another computer of yours" in dialog._call.text()
    assert dialog.primary.isEnabled()
    words._words_of.cache_clear()
