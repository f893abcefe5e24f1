"""A person's data in the window: kept for a running case, and what is left of somebody who was erased."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.i18n import N_, show_date
from core.inventory.candidates import candidates
from core.model import Person
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import plan_erasure
from core.protection.rights.holds import holds_of
from gui.dialogs.hold_data import HoldDataDialog
from gui.pages.people import PeoplePage

REASON = "AZ 4 K 17/26"


@pytest.fixture
def ids(desk, in_english):
    return desk.fill()


@pytest.fixture
def page(desk, ids, qtbot):
    made = PeoplePage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    desk.workspace.changed.connect(made.refresh)
    made.open_registry(desk.registry)
    made.show_record(ids["Max Mustermann"])
    desk.settle()
    return made


def _holds(desk, ids):
    with desk.registry.reading() as session:
        return [(one.reason, one.until) for one in holds_of(session, ids["Max Mustermann"], desk.today)]


def test_data_is_kept_with_a_reason_and_a_day_and_released_again(page, desk, ids):
    rights, until = page.detail.rights, desk.today + timedelta(days=90)
    assert rights.keeping.isHidden()
    rights.holding.trigger()
    dialog = desk.dialog(HoldDataDialog)
    dialog.decide()
    assert "needs a reason" in dialog.messages.text  # What stands first is asked for first.
    desk.type(dialog.until, show_date(until))
    dialog.decide()
    desk.settle()
    assert "needs a reason" in dialog.messages.text
    desk.type(dialog.reason, REASON)
    dialog.decide()
    desk.settle()
    assert _holds(desk, ids) == [(REASON, until)]
    assert not rights.keeping.isHidden()
    assert REASON in rights.keeping._word.text()
    rights.ending.trigger()
    desk.settle()
    assert _holds(desk, ids) == []
    assert rights.keeping.isHidden()
    assert not rights.ending.isVisible()


def test_a_hold_is_changed_from_what_it_is(page, desk, ids):
    rights, until = page.detail.rights, desk.today + timedelta(days=90)
    rights.holding.trigger()
    dialog = desk.dialog(HoldDataDialog)
    dialog.show_hold(REASON, until)
    dialog.decide()
    desk.settle()
    rights.holding.trigger()
    again = desk.dialog(HoldDataDialog)
    assert (again.reason.text(), again.until.value()) == (REASON, until)
    again.until.show_value(until + timedelta(days=30))
    again.decide()
    desk.settle()
    assert _holds(desk, ids) == [(REASON, until + timedelta(days=30))]


def test_a_day_that_has_passed_and_none_are_refused(page, desk):
    page.detail.rights.holding.trigger()
    dialog = desk.dialog(HoldDataDialog)
    desk.type(dialog.reason, REASON)
    dialog.decide()
    desk.settle()
    assert dialog.messages.text
    dialog.until.show_value(desk.today - timedelta(days=1))
    dialog.decide()
    desk.settle()
    assert "has passed" in dialog.messages.text


def test_who_was_erased_is_a_function_without_anything_to_do(page, desk, ids):
    with desk.registry.action(N_("Prepare")) as session:
        max_ = session.get_one(Person, ids["Max Mustermann"])
        max_.left_on, max_.function, max_.email = desk.today - timedelta(days=2_000), "Redaktion", "max@stadt.example"
    order = plan_erasure(desk.registry, desk.today).order()
    begin(desk.registry, order)
    carry_out(desk.registry, order)
    desk.settle()
    page.show_record(ids["Max Mustermann"])
    desk.settle()
    detail = page.detail
    assert detail._name.text() == "former member of staff (Redaktion)"
    assert "@" not in detail._about.text()
    assert not detail.rights.erased.isHidden()
    shown = {one.objectName() for one in detail.actions() if one.isVisible()}
    assert shown == {"hand-on-all"}
    assert not detail.facts.isEnabled()
    with desk.registry.reading() as session:
        assert [one.label for one in candidates(session, "person", "Redaktion", desk.today)] == []
