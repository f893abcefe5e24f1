"""What the page says to each of the two: whom it speaks to, who grants a role, and what is left at the end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from core.custody.handover.possible import Doing
from core.i18n import N_
from core.inventory.accesses import Grant, grant_access
from core.inventory.binding import bind
from core.inventory.channels import add_channel
from core.model import PlatformRole, Way
from gui.dialogs.handover_confirm import ConfirmHandoverDialog
from gui.dialogs.handover_grant import GrantRolesDialog
from gui.dialogs.handover_thing import ThingDialog
from gui.dialogs.leaving import LeavingDialog
from gui.dialogs.new_handover import NewHandoverDialog
from gui.handovers_model import TURN
from gui.pages.handovers import HandoversPage
from gui.widgets.answers import Answers
from tests.gui.handover_people import Talk, me, thing
from tests.gui.key_card_people import Colleague

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def erika(desk, in_english):
    with desk.registry.action(N_("Bind")) as session:
        person = bind(session, desk.registry.store_id, "Erika Mustermann", desk.today).person.id
    return me(desk, person, "Erika Mustermann")


@pytest.fixture
def max_(desk, erika):
    return Colleague(desk, "Max Mustermann")


@pytest.fixture
def page(desk, qtbot, erika):
    made = HandoversPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1096, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


def sentence(page):
    return page.detail._turn._word.text()


def press(desk, button):
    assert button.isEnabled(), button.text()
    button.click()
    desk.settle()


def closing(page):
    return {
        one.objectName(): one for one in page.detail.column.findChildren(QPushButton) if "closing" in one.objectName()
    }


def told(page, name):
    lines = [one for one in page.detail.column.widget().children() if one.objectName() == name]
    return ["\n".join(label.text() for label in one.findChildren(QLabel) if label.text()) for one in lines]


def test_whoever_acts_is_spoken_to_and_everybody_else_is_named(desk, page, erika, max_):
    Talk(desk, max_, erika, [thing("Zoo", Way.DUTY)]).propose()
    desk.settle()
    assert sentence(page).endswith("Look at the proposal and agree to it.")
    [line] = told(page, "thing")
    assert "Your turn: Look at the proposal and agree to it." in line


def test_the_giver_grants_the_role_first_and_opens_the_channel_for_it(desk, page, erika, max_, monkeypatch):
    with desk.registry.action(N_("Prepare")) as session:
        channel = add_channel(session, "facebook.com/musterstadt", title="Musterstadt", today=desk.today)
        session.flush()
        given = Grant(erika.person, platform_role=PlatformRole.ADMIN)
        access = grant_access(session, channel.id, given, desk.today, erika.person).id
    Talk(desk, erika, max_, [replace(thing("Facebook", Way.ROLE), id=access)]).ask()
    desk.settle()
    assert sentence(page).startswith("You both have something to do since ")
    assert sentence(page).endswith("Grant Max Mustermann the role on the platform.")
    assert page.list.model.index(0, TURN).data().startswith("Your turn")
    assert page.detail.next.text() == "Grant the role..."
    press(desk, page.detail.next)
    dialog = desk.dialog(GrantRolesDialog)
    [check] = dialog.things.checks.values()
    assert "Grant the role: " in check.box.accessibleName()
    assert " on " in check.box.accessibleName()
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    press(desk, dialog.findChild(QPushButton, "open-page-0"))
    assert opened == ["https://www.facebook.com/musterstadt"]
    press(desk, dialog.primary)
    assert not page.detail.next.isVisible()
    assert sentence(page).startswith("It is the turn of Max Mustermann since ")
    assert sentence(page).endswith("Max Mustermann signs in and confirms it.")
    assert page.list.model.index(0, TURN).data().startswith("Max Mustermann")


def test_the_taker_of_a_role_waits_until_it_is_granted(desk, page, erika, max_):
    Talk(desk, max_, erika, [thing("Stadt", Way.ROLE)]).ask()
    desk.settle()
    assert sentence(page).startswith("You both have something to do since ")
    assert "Wait until Max Mustermann has granted you the role; then sign in and confirm it." in sentence(page)
    assert page.detail._will.text().startswith("You sign in with your own account, look whether the role is there")
    press(desk, page.detail.next)
    assert desk.dialog(ConfirmHandoverDialog).isVisible()


def test_a_question_that_nobody_answered_says_that_it_can_follow_later(qtbot, in_english):
    answers = Answers(["roles-removed"], "Max Mustermann")
    qtbot.addWidget(answers)
    asked = "Are the roles of Max Mustermann removed?"
    assert f"{asked} (can follow later)" in [one.text() for one in answers.findChildren(QLabel)]
    answers.answer_all("no")
    assert asked in [one.text() for one in answers.findChildren(QLabel)]
    answers.clear()
    assert f"{asked} (can follow later)" in [one.text() for one in answers.findChildren(QLabel)]


def test_the_next_login_is_the_button_as_long_as_there_is_one(desk, page, erika, max_):
    talk = Talk(desk, max_, erika, [thing("Stadt", Way.ROLE), thing("Instagram", Way.RESET)])
    talk.ask()
    desk.settle()
    assert page.detail.next.text() == "Change the next secret..."
    talk.confirm(talk.items[1])
    desk.settle()
    assert page.detail.next.text() == "Confirm..."
    assert page.acts.actions[Doing.CONFIRM].isEnabled()


def test_what_was_open_at_the_end_is_made_up_for_by_whoever_took_it_over(desk, page, erika, max_, keyring_daemon):
    talk = Talk(desk, max_, erika, [thing("Instagram", Way.RESET)])
    talk.ask()
    talk.release(talk.confirm())
    desk.settle()
    assert sentence(page) == "Handed over; 1 thing is still to be made up for."
    [line] = told(page, "thing")
    assert "Still open: recovery address and number changed" in line
    assert "Nothing is open" not in line
    press(desk, closing(page)["closing-make-up"])
    dialog = desk.dialog(ThingDialog)
    assert list(dialog.later.groups) == ["recovery"]
    press(desk, dialog.later.findChild(QPushButton, "recovery=yes"))
    assert sentence(page) == "Everything is handed over. Nothing is open any more."
    [line] = told(page, "thing")
    assert "Still open" not in line


def test_others_see_what_is_open_at_the_end_and_cannot_tick_it(desk, page, erika, max_, keyring_daemon):
    talk = Talk(desk, erika, max_, [thing("Instagram", Way.RESET)])
    talk.ask()
    talk.release(talk.confirm())
    desk.settle()
    page.detail.column.findChild(QPushButton, "open-thing").click()
    desk.settle()
    assert desk.dialog(ThingDialog).later is None


def test_a_role_that_was_released_leaves_nothing_open(desk, page, erika, max_):
    talk = Talk(desk, max_, erika, [thing("Stadt", Way.ROLE)])
    talk.ask()
    talk.release(talk.confirm())
    desk.settle()
    assert sentence(page) == "Everything is handed over. Nothing is open any more."
    page.detail.column.findChild(QPushButton, "open-thing").click()
    desk.settle()
    answers = [one for one in desk.dialog(ThingDialog).column.widget().children() if one.objectName() == "answer"]
    assert "Old roles removed: on " in answers[-1].findChildren(QLabel)[1].text()


def test_what_was_just_finished_stays_in_sight_with_what_closes_it(desk, page, erika, max_):
    with desk.registry.action(N_("Prepare")) as session:
        from core.inventory.responsibilities import assign
        from core.model import ResponsibilityRole

        channel = add_channel(session, "facebook.com/musterstadt", title="Musterstadt", today=desk.today)
        session.flush()
        assign(session, channel.id, erika.person, ResponsibilityRole.OWNER, since=None)
    talk = Talk(desk, erika, max_, [thing("Zoo", Way.DUTY)])
    talk.ask()
    talk.confirm()
    desk.settle()
    assert page.detail._name.text() == "Erika Mustermann hands over to Max Mustermann"
    offered = closing(page)
    assert [one.text() for one in offered.values()] == [
        "Print the record...",
        "Enter the last working day...",
        "Hand over 1 further thing...",
    ]
    assert sentence(page) == "This handover is done. 1 thing outside of it still hangs on Erika Mustermann."
    press(desk, offered["closing-last-day"])
    assert desk.dialog(LeavingDialog).isVisible()
    press(desk, offered["closing-rest"])
    assert desk.dialog(NewHandoverDialog).giver.value() == erika.person


def test_a_step_that_some_things_are_past_says_how_many(desk, page, erika, max_):
    talk = Talk(desk, erika, max_, [thing("Instagram", Way.RESET), thing("Zoo", Way.RESET)])
    talk.ask()
    talk.confirm(talk.items[0])
    desk.settle()
    steps = [one.splitlines()[0] for one in told(page, "step")]
    assert "Confirmed: 1 of 2 things" in steps
    assert not [one for one in told(page, "step") if "of 2 done" in one]
