"""A person's page: everything that hangs on them, their leaving, and who takes over."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from core.governance.person_duties import to_confirm
from core.i18n import N_
from core.inventory.confirmations import confirm
from core.inventory.person_sheet import person_sheet
from core.model import Access, Person, PersonState, PlatformRole
from core.settings import change_setting
from gui.dialogs.hand_on import HandOnDialog
from gui.dialogs.leaving import LeavingDialog
from gui.pages.people import PeoplePage
from gui.widgets.finding_line import FindingLine

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def ids(desk):
    """Max left and still answers for the zoo, into which he can still get; Erika answers for the library."""
    made = desk.fill()
    with desk.registry.action(N_("Prepare")) as session:
        access = Access(channel_id=made["Zoo"], person_id=made["Max Mustermann"], platform_role=PlatformRole.ADMIN)
        session.add(access)
        change_setting(session, "rules.stage", 2)
    desk.settle()
    return made


@pytest.fixture
def page(desk, ids, qtbot):
    made = PeoplePage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


def look_at(desk, page, person):
    page.show_record(person)
    desk.settle()


def sheet(desk, person):
    with desk.registry.reading() as session:
        return person_sheet(session, person, desk.today)


def press(desk, widget, name):
    button = next(one for one in widget.findChildren(QPushButton, name) if not one.isHidden())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()


def do(desk, page, name):
    page.findChild(QAction, name).trigger()
    desk.settle()


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if not one.isHidden()]


def test_all_that_hangs_on_a_person_is_shown(desk, page, ids):
    look_at(desk, page, ids["Max Mustermann"])
    told = texts(page.detail.ties)
    assert told.count("Zoo") == 3, "answered for, got into, to be confirmed"
    lines = page.detail.findings.findChildren(FindingLine)
    assert {one.objectName() for one in lines} >= {"finding-owner-left", "finding-no-deputy"}


def test_each_finding_about_a_person_names_its_channel(desk, page, ids):
    look_at(desk, page, ids["Max Mustermann"])
    lines = page.detail._findings.findChildren(FindingLine)
    told = [line.findChild(QLabel, "finding-sentence").text() for line in lines]
    assert any(one.startswith("Zoo") for one in told)
    assert len(set(told)) == len(told)


def test_findings_beyond_those_shown_of_a_person_are_offered_and_not_counted(desk, page, ids, monkeypatch):
    monkeypatch.setattr("gui.findings_column.MOST", 1)
    look_at(desk, page, ids["Max Mustermann"])
    more = page.detail.findings.findChild(QPushButton, "show-findings")
    assert more is not None
    assert not any(map(str.isdigit, more.text()))


def test_everything_is_handed_on_in_one_action_and_comes_back_with_one_undo(desk, page, ids):
    before = sheet(desk, ids["Max Mustermann"])
    look_at(desk, page, ids["Max Mustermann"])
    do(desk, page, "hand-on-all")
    dialog = desk.dialog(HandOnDialog)
    desk.type(dialog.taker, "Erika Mustermann")
    press(desk, dialog, "decide")
    assert not sheet(desk, ids["Max Mustermann"]).hangs_on
    taken = sheet(desk, ids["Erika Mustermann"])
    assert {"Zoo", "Bücherei"} == {one.title for one in taken.answers_for}
    assert [one.title for one in taken.gets_into] == ["Zoo"]
    desk.workspace.undo()
    desk.settle()
    after = sheet(desk, ids["Max Mustermann"])
    assert (after.answers_for, after.gets_into) == (before.answers_for, before.gets_into)


def test_what_is_not_ticked_stays(desk, page, ids):
    look_at(desk, page, ids["Max Mustermann"])
    press(desk, page.detail.ties, "hand-on")
    dialog = desk.dialog(HandOnDialog)
    desk.type(dialog.taker, "Erika Mustermann")
    dialog.accesses.item(0).setCheckState(Qt.CheckState.Unchecked)
    press(desk, dialog, "decide")
    left = sheet(desk, ids["Max Mustermann"])
    assert all(one.over for one in left.answers_for)
    assert [one.withdrawn_on for one in left.gets_into] == [None]


def test_the_successor_is_offered_first(desk, page, ids):
    with desk.registry.action(N_("Succeed")) as session:
        session.get_one(Person, ids["Max Mustermann"]).successor_id = ids["Erika Mustermann"]
    desk.settle()
    look_at(desk, page, ids["Max Mustermann"])
    do(desk, page, "hand-on-all")
    dialog = desk.dialog(HandOnDialog)
    assert dialog.taker.value() == ids["Erika Mustermann"]
    dialog.reject()


def test_nobody_to_take_over_is_asked_for(desk, page, ids):
    look_at(desk, page, ids["Max Mustermann"])
    do(desk, page, "hand-on-all")
    dialog = desk.dialog(HandOnDialog)
    press(desk, dialog, "decide")
    assert dialog.isVisible()
    assert dialog.messages.text


@pytest.mark.parametrize(("days", "state"), [(20, PersonState.LEAVING), (-3, PersonState.LEFT)])
def test_a_leaving_is_planned_or_noted_by_its_day(desk, page, ids, days, state):
    look_at(desk, page, ids["Erika Mustermann"])
    do(desk, page, "plan-leaving")
    dialog = desk.dialog(LeavingDialog)
    dialog.day.show_value(desk.today + timedelta(days=days))
    press(desk, dialog, "decide")
    with desk.registry.reading() as session:
        assert session.get_one(Person, ids["Erika Mustermann"]).state(desk.today) is state
    do(desk, page, "stay")
    with desk.registry.reading() as session:
        assert session.get_one(Person, ids["Erika Mustermann"]).state(desk.today) is PersonState.ACTIVE


def test_a_waiting_entry_is_confirmed_from_the_person(desk, page, ids):
    look_at(desk, page, ids["Erika Mustermann"])
    press(desk, page.detail.ties, "confirm")
    with desk.registry.reading() as session:
        assert to_confirm(session, ids["Erika Mustermann"], desk.today) == ()


@pytest.mark.parametrize(("ago", "waits"), [(180, False), (181, True)])
def test_an_entry_waits_when_its_confirmation_is_older_than_the_threshold(desk, ids, ago, waits):
    with desk.registry.action(N_("Confirm")) as session:
        confirm(session, ids["Bücherei"], person_id=None, on=desk.today - timedelta(days=ago))
    with desk.registry.reading() as session:
        assert bool(to_confirm(session, ids["Erika Mustermann"], desk.today)) is waits
