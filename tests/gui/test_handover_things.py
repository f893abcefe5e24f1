"""The checklist of one thing of a handover: opened by a button, by Return or a double click; with its own reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from core.i18n import N_
from core.inventory.binding import bind
from core.model import KeyCard, KeyVerification, VerifiedBy, Way
from gui.dialogs.handover_change import HandoverChangeDialog
from gui.dialogs.handover_release import ReleaseHandoverDialog
from gui.dialogs.handover_thing import ThingDialog
from gui.pages.handovers import HandoversPage
from tests.gui.handover_office import Office
from tests.gui.handover_people import Talk, me, thing
from tests.gui.key_card_people import Colleague

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def page(desk, qtbot, in_english):
    made = HandoversPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1096, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


@pytest.fixture
def erika(desk, in_english):
    with desk.registry.action(N_("Bind")) as session:
        person = bind(session, desk.registry.store_id, "Erika Mustermann", desk.today).person.id
    return me(desk, person, "Erika Mustermann")


@pytest.fixture
def max_(desk):
    return Colleague(desk, "Max Mustermann")


def lines(page):
    return {one.opening.accessibleName().removeprefix("Checklist of "): one for one in things(page)}


def things(page):
    return [one for one in page.detail.column.widget().children() if one.objectName() == "thing"]


def told(dialog, name):
    widgets = [one for one in dialog.column.widget().children() if one.objectName() == name]
    return [one.findChildren(QLabel)[1].text() for one in widgets]


def test_whoever_sets_the_new_secret_goes_on_with_just_that_login(desk, in_english, keyring_daemon, monkeypatch, qtbot):
    office = Office(desk, monkeypatch)
    mine = me(desk, office.erika, "Erika Mustermann")
    Talk(desk, office.max, mine, [thing("X", Way.RESET), office.told(Way.RESET)]).ask()
    made = HandoversPage(desk.workspace)
    qtbot.addWidget(made)
    made.show()
    made.open_registry(desk.registry)
    desk.settle()
    QTest.keyClick(lines(made)["Instagram"].opening, Qt.Key.Key_Return)
    assert desk.dialog(HandoverChangeDialog).windowTitle() == "Change the secret of “Instagram”"


def test_others_see_what_is_done_what_was_checked_and_go_on_from_there(desk, page, erika, max_, keyring_daemon):
    login, role = thing("Facebook", Way.RESET), thing("Stadt", Way.ROLE)
    talk = Talk(desk, erika, max_, [login, role])
    talk.ask()
    talk.confirm(login)
    desk.settle()
    QTest.mouseDClick(lines(page)["Facebook"], Qt.MouseButton.LeftButton)
    dialog = desk.dialog(ThingDialog)
    steps = ["Asked for: done", "Password changed: done", "Confirmed: done", "Released, old copies removed: now"]
    assert told(dialog, "step") == steps
    answers = told(dialog, "answer")
    assert answers[0].startswith("Signed in: on ")
    assert "Recovery address and number changed: no" in answers
    assert "Other sessions ended: yes" in answers
    assert dialog.primary.text() == "Release what is confirmed..."
    dialog.primary.click()
    assert list(desk.dialog(ReleaseHandoverDialog).things.checks) == [login.id]


def test_a_thing_for_which_somebody_else_is_waited_for_can_only_be_looked_at(desk, page, erika, max_):
    Talk(desk, erika, max_, [thing("Zoo", Way.DUTY)]).ask()
    desk.settle()
    lines(page)["Zoo"].opening.click()
    dialog = desk.dialog(ThingDialog)
    assert dialog.next._word.text() == "Next: Max Mustermann says that they take it over."
    assert dialog.primary.text() == "Close"
    assert not dialog.back.isVisible()


def test_each_thing_says_its_own_reason_to_the_eye_and_to_a_reader(
    desk, in_english, keyring_daemon, monkeypatch, qtbot
):
    office = Office(desk, monkeypatch)
    talk = office.gives(Way.RESET)
    talk.ask()
    made = HandoversPage(desk.workspace)
    qtbot.addWidget(made)
    made.show()
    made.open_registry(desk.registry)
    desk.settle()
    line = lines(made)["Instagram"]
    reason = line.opening.accessibleDescription()
    assert reason.startswith("The successor sets it anew.")
    assert line.opening.toolTip() == reason
    line.opening.click()
    assert reason in desk.dialog(ThingDialog).about.text()


def test_that_words_were_compared_is_known_before_anything_is_sealed(desk, page, erika, max_):
    talk = Talk(desk, erika, max_, [thing("Instagram", Way.SEALED)])
    talk.ask()
    with desk.registry.action(N_("Verify")) as session:
        card = next(one for one in session.query(KeyCard) if one.person_id == max_.person)
        session.add(KeyVerification(key_card_id=card.id, person_id=erika.person, how=VerifiedBy.WORDS, on=desk.today))
    page.refresh(frozenset())
    desk.settle()
    words = [
        one.findChildren(QLabel)[1].text()
        for one in page.detail.column.widget().children()
        if one.objectName() == "step"
    ]
    assert words[:3] == ["Asked for: done", "Six words compared: done", "Sealed: now"]
    assert page.findChildren(QPushButton, "open-thing")
