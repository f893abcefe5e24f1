"""The escrow in the window: naming, removing, one or two needed, the drill, and break-glass, with a real keyring."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from sqlalchemy import select

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.envelopes import envelope_files
from core.custody.escrow.handing import HalfOpened
from core.custody.escrow.pairs import needed_in
from core.custody.identity.enrolling import enrol
from core.custody.recovery import new_recovery_key, put_in_force
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.governance.finding_lists import of_rule
from core.i18n import N_
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.inventory.narrowing import Where
from core.model import CredentialKind, EscrowKey, EscrowOpening
from gui import mending
from gui.dialogs.escrow_drill import EscrowDrillDialog
from gui.dialogs.name_holder import NameHolderDialog
from gui.dialogs.open_envelope import OpenEnvelopeDialog
from gui.pages.credentials import CredentialsPage
from gui.pages.settings import SettingsPage

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]

ME = "Erika Mustermann"


@pytest.fixture
def custodian(desk, keyring_daemon):
    with desk.registry.action(N_("Bind")) as session:
        bind(session, desk.registry.store_id, ME, desk.today)
    return Custodian(desk.registry, open_vault(desk.registry.id), desk.today)


@pytest.fixture
def login(desk, custodian) -> UUID:
    with desk.registry.action(N_("Add login")) as session:
        made = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Facebook")).id
    keeping.store_secret(custodian, made, Secret("geheim"))
    return made


@pytest.fixture
def section(desk, qtbot, login):
    page = SettingsPage(desk.workspace)
    qtbot.addWidget(page)
    page.resize(1080, 860)
    page.show()
    desk.workspace.changed.connect(page.refresh)
    page.open_registry(desk.registry)
    page.show_where(Where("", {"section": "escrow"}))
    desk.settle()
    yield page.escrow
    page.hide()  # Whoever holds a part of a page does not hold the page.


def press(section, name):
    button = section.findChild(QPushButton, name)
    assert button.isEnabled()
    button.click()


def name_me(desk, section, custodian):
    enrol(custodian, datetime.now(UTC))
    press(section, "name-holder")
    dialog = desk.dialog(NameHolderDialog)
    desk.type(dialog.person, ME)
    dialog.decide()
    desk.settle()


def shown(section):
    return section.state._word.text()


def openings(desk):
    with desk.registry.reading() as session:
        return [(one.reason, one.drill, one.opened) for one in session.scalars(select(EscrowOpening))]


def test_a_holder_is_named_and_removed(desk, section, custodian):
    assert "no escrow yet" in shown(section)
    assert not section.opening.isEnabled()
    name_me(desk, section, custodian)
    assert f"{ME} can open envelopes now; 1 secret is sealed anew." in desk.said
    assert shown(section) == "1 secret is sealed as it should be."
    press(section, "remove-holder-0")
    desk.settle()
    assert f"{ME} does not hold the escrow any more." in desk.said
    assert "no escrow yet" in shown(section)
    assert not desk.refused


def test_whoever_has_no_verified_card_is_refused_with_a_sentence(desk, section):
    press(section, "name-holder")
    dialog = desk.dialog(NameHolderDialog)
    desk.type(dialog.person, ME)
    dialog.decide()
    desk.settle()
    assert "has no key card yet" in dialog.messages.text
    assert dialog.primary.isEnabled()


def test_two_can_be_needed_once_there_are_two(desk, section, custodian):
    name_me(desk, section, custodian)
    section.needed.setCurrentIndex(1)
    section.needed.activated.emit(1)
    desk.settle()
    assert "where there are two" in desk.refused[-1]
    assert section.needed.currentData() == 1, "it shows what holds"
    put_in_force(custodian, new_recovery_key().recipient)
    section.needed.setCurrentIndex(1)
    section.needed.activated.emit(1)
    desk.settle()
    assert "1 secret of your keyring is sealed anew." in desk.said
    assert len(list(envelope_files(desk.registry.path))) == 1
    with desk.registry.reading() as session:
        assert needed_in(session) == 2


def test_a_drill_says_what_opens_and_shows_nothing(desk, section, custodian):
    name_me(desk, section, custodian)
    press(section, "drill")
    dialog = desk.dialog(EscrowDrillDialog)
    dialog.decide()
    desk.settle()
    assert dialog.outcome.text() == "1 envelope opens."
    dialog.decide()
    desk.settle()
    assert openings(desk) == [(None, True, 1)]
    assert "all opened" in section.last.text() or "it opened" in section.last.text()


def test_drills_are_off_until_chosen(desk, section):
    assert not section.quarterly.box.isChecked()
    section.quarterly.box.click()
    desk.settle()
    assert desk.registry.settings()["drill.on"] is True


def test_an_envelope_is_opened_with_a_reason_and_shown_to_everybody_until_the_secret_is_changed(
    desk, section, custodian, login
):
    name_me(desk, section, custodian)
    keeping.release(custodian, login)
    press(section, "open-envelope")
    dialog = desk.dialog(OpenEnvelopeDialog)
    desk.type(dialog.login, "Facebook")
    assert not dialog.primary.isEnabled(), "a reason is needed"
    dialog.reason.setText("Max ist krank")
    dialog.decide()
    desk.settle()
    assert "“Facebook” is in your keyring now" in dialog.outcome.text()
    assert "geheim" not in dialog.outcome.text()
    dialog.decide()
    desk.settle()
    assert keeping.read_secret(custodian, login).reveal() == "geheim"
    assert openings(desk) == [("Max ist krank", False, None)]
    assert [one.subject_id for one in found(desk, "escrow-opened")] == [login]
    keeping.store_secret(custodian, login, Secret("neu"))
    desk.settle()
    assert found(desk, "escrow-opened") == []


def found(desk, rule):
    with desk.registry.reading() as session:
        return of_rule(session, rule)


def test_all_that_somebody_left_behind_is_opened_at_once(desk, section, custodian, login):
    name_me(desk, section, custodian)
    press(section, "open-envelope")
    dialog = desk.dialog(OpenEnvelopeDialog)
    dialog.what.setCurrentIndex(1)
    desk.type(dialog.person, ME)
    dialog.reason.setText("Ausgeschieden")
    dialog.decide()
    desk.settle()
    assert dialog.outcome.text().startswith("0 secrets are in your keyring now.")
    assert "keeps this secret already" in dialog.outcome.text()


def test_a_typed_key_that_is_none_is_refused_and_not_repeated(desk, section, custodian, login):
    name_me(desk, section, custodian)
    press(section, "open-envelope")
    dialog = desk.dialog(OpenEnvelopeDialog)
    desk.type(dialog.login, "Facebook")
    dialog.reason.setText("Max ist krank")
    dialog.key.setText("AGE-SECRET-KEY-1WRONG")
    dialog.decide()
    desk.settle()
    assert "no recovery key" in dialog.messages.text
    assert "WRONG" not in dialog.messages.text
    assert openings(desk) == []


def test_the_file_for_the_second_holder_is_saved(desk, section, monkeypatch, tmp_path: Path):
    target = tmp_path / "teil.age"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_any: (str(target), ""))
    section._open()
    dialog = desk.dialog(OpenEnvelopeDialog)
    dialog._opened(HalfOpened("Facebook", b"sealed", UUID(int=1), "Max Mustermann"))
    dialog.decide()
    desk.settle()
    assert target.read_bytes() == b"sealed"
    assert "only Max Mustermann can open it" in dialog.outcome.text()
    dialog.decide()


def test_what_was_never_sealed_is_sealed_from_its_finding(desk, section, custodian, login):
    with desk.registry.action(N_("Name")) as session:
        session.add(EscrowKey(recipient=new_recovery_key().recipient, since=desk.today))
    mending.mend(desk.workspace, "seal-escrow", [], desk.window)
    desk.settle()
    assert "1 secret is sealed anew." in desk.said
    mending.mend(desk.workspace, "seal-escrow", [], desk.window)
    desk.settle()
    assert "keeps nothing that has to be sealed" in desk.said[-1]
    mending.mend(desk.workspace, "show-escrow", [], desk.window)
    assert desk.went[-1][0] == "settings"


def test_from_the_list_of_logins_the_chosen_one_is_offered(desk, section, login, qtbot):
    page = CredentialsPage(desk.workspace)
    qtbot.addWidget(page)
    page.show()
    page.open_registry(desk.registry)
    desk.settle()
    page.show_record(login)
    desk.settle()
    next(one for one in page.menu_actions if one.objectName() == "open-envelope").trigger()
    desk.settle()
    dialog = desk.dialog(OpenEnvelopeDialog)
    assert dialog.login.text() == "Facebook"
    dialog.reject()
