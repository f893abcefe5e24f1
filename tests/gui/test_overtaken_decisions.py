"""A decision is carried out on the record it was made on: what somebody else changed since is not decided upon."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.governance.findings import stored
from core.i18n import N_
from core.inventory.accesses import Grant, grant_access
from core.inventory.editing import still_there
from core.inventory.people import add_person
from core.inventory.responsibilities import assign
from core.inventory.unit_sheet import unit_sheet
from core.model import Access, Channel, OrgUnit, Person, Record, ResponsibilityRole
from core.registry import open_registry
from gui.dialogs.approve import ApproveDialog
from gui.dialogs.assign_person import AssignPersonDialog, Vacancy
from gui.dialogs.change_address import ChangeAddressDialog
from gui.dialogs.change_several import ChangeTags
from gui.dialogs.close_channel import CloseChannelDialog
from gui.dialogs.decision import Decision
from gui.dialogs.grant_access import GrantAccessDialog
from gui.dialogs.last_post import LastPostDialog
from gui.dialogs.move_unit import MoveUnitDialog
from gui.dialogs.set_successor import SetSuccessorDialog
from gui.dialogs.waive import WaiveDialog
from gui.dialogs.withdraw_access import WithdrawAccessDialog

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def ids(desk):
    return desk.fill()


def closing(desk, ids) -> tuple[Decision, type[Record], Any]:
    dialog = CloseChannelDialog(desk.workspace, ids["Zoo"], "Zoo", desk.window)
    dialog.reason.setPlainText("Kaum Besucher")
    return dialog, Channel, ids["Zoo"]


def correcting(desk, ids):
    dialog = ChangeAddressDialog(desk.workspace, ids["Zoo"], "Zoo", desk.window)
    dialog.address.setText("x.com/tierpark")
    return dialog, Channel, ids["Zoo"]


def granting(desk, ids):
    dialog = GrantAccessDialog(desk.workspace, (ids["Ämter"], ids["Zoo"]), "Zoo", desk.window)
    dialog.holder.show_value("Agentur")
    return dialog, Channel, ids["Zoo"]


def withdrawing(desk, ids):
    with desk.registry.action(N_("Grant access")) as session:
        access = grant_access(session, ids["Zoo"], Grant(holder="Agentur"), None, None).id
    return WithdrawAccessDialog(desk.workspace, (access,), "Agentur", desk.window), Access, access


def moving(desk, ids):
    with desk.registry.reading() as session:
        unit = session.get_one(Channel, ids["Zoo"]).unit_id
        found = unit_sheet(session, unit, desk.today)
    assert found is not None
    return MoveUnitDialog(desk.workspace, found, "FD 3.5", desk.window), OrgUnit, unit


def waiving(desk, ids):
    with desk.registry.reading() as session:
        finding = next(one for one in stored(session) if one.rule == "no-owner")
    dialog = WaiveDialog(desk.workspace, [finding], desk.window)
    dialog.reason.setPlainText("Wahl")
    return dialog, Channel, finding.subject_id


def approving(desk, ids):
    dialog = ApproveDialog(desk.workspace, (ids["Ämter"], ids["Zoo"]), "Zoo", desk.window)
    dialog.under.setText("Verfügung 7/2026")
    return dialog, Channel, ids["Zoo"]


def entering_the_last_post(desk, ids):
    dialog = LastPostDialog(desk.workspace, ids["Zoo"], "Zoo", desk.window)
    dialog.day.setText("01.11.2026")
    return dialog, Channel, ids["Zoo"]


def tagging(desk, ids):
    dialog = ChangeTags(desk.workspace, (ids["Ämter"], ids["Zoo"]), desk.window)
    dialog.added.setText("Tiere")
    return dialog, Channel, ids["Zoo"]


def succeeding(desk, ids):
    dialog = SetSuccessorDialog(desk.workspace, ids["Max Mustermann"], "Max Mustermann", desk.window)
    dialog.successor.show_value(ids["Erika Mustermann"])
    return dialog, Person, ids["Max Mustermann"]


def change(desk, model: type[Record], record_id: Any) -> None:
    """Change a record in another program that has the same file open."""
    other = open_registry(desk.registry.path)
    with other.action(N_("Edit")) as session:
        record: Any = still_there(session, model, record_id)
        setattr(record, "reason" if model is Access else "notes", "von anderer Hand")
    other.close()


DECISIONS = pytest.mark.parametrize(
    "decision",
    [
        closing,
        correcting,
        granting,
        withdrawing,
        moving,
        waiving,
        approving,
        entering_the_last_post,
        tagging,
        succeeding,
    ],
)


@DECISIONS
def test_a_decision_is_refused_once_somebody_else_has_changed_the_record(desk, ids, decision: Callable[..., Any]):
    dialog, model, record_id = decision(desk, ids)
    dialog.open()
    desk.settle()
    change(desk, model, record_id)
    before = desk.registry.head()
    dialog.decide()
    desk.settle()
    assert "Somebody else changed this record" in dialog.messages.text
    assert dialog.isVisible()
    assert desk.registry.head() == before
    dialog.reject()


@DECISIONS
def test_a_decision_is_carried_out_on_the_record_as_it_was_seen(desk, ids, decision: Callable[..., Any]):
    dialog, model, _record_id = decision(desk, ids)
    with desk.registry.action(N_("Edit")) as session:
        still_there(session, Person, ids["Erika Mustermann"]).notes = "besucht den Zoo"
    dialog.open()
    before = desk.registry.head()
    dialog.decide()
    desk.settle()
    if model in {Channel, Access}:  # The unit is at the top already; moving it there changes nothing.
        assert desk.registry.head() > before


def test_nobody_is_assigned_where_somebody_else_was_meanwhile(desk, ids):
    dialog = AssignPersonDialog(desk.workspace, Vacancy((ids["Zoo"],), "Zoo"), desk.window)
    dialog.person.show_value(ids["Erika Mustermann"])
    dialog.open()
    desk.settle()
    other = open_registry(desk.registry.path)
    with other.action(N_("Assign owner")) as session:
        newcomer = add_person(session, "Änne Musterfrau")
        session.flush()
        assign(session, ids["Zoo"], newcomer.id, ResponsibilityRole.OWNER, since=desk.today)
    other.close()
    before = desk.registry.head()
    dialog.decide()
    desk.settle()
    assert "Somebody else changed this record" in dialog.messages.text
    assert desk.registry.head() == before
    dialog.role.show_value(ResponsibilityRole.MODERATOR)  # Nobody touched that one.
    dialog.decide()
    desk.settle()
    assert desk.registry.head() > before


def test_a_channel_on_a_platform_that_is_gone_is_closed_with_it(desk, ids):
    with desk.registry.action(N_("Edit")) as session:
        still_there(session, Channel, ids["Zoo"]).platform = "google-plus"
    CloseChannelDialog(desk.workspace, ids["Zoo"], "Zoo", desk.window).open()
    dialog = desk.dialog(CloseChannelDialog)
    assert dialog.day.value() == date(2019, 4, 2)
    assert "Google+ was shut down on" in dialog.reason.toPlainText()
    dialog.decide()
    desk.settle()
    with desk.registry.reading() as session:
        assert session.get_one(Channel, ids["Zoo"]).closed_on == date(2019, 4, 2)


def test_the_proposal_of_a_reason_leaves_what_was_typed(desk, ids):
    with desk.registry.action(N_("Edit")) as session:
        still_there(session, Channel, ids["Zoo"]).platform = "google-plus"
    dialog = CloseChannelDialog(desk.workspace, ids["Zoo"], "Zoo", desk.window)
    dialog.reason.setPlainText("Kaum Besucher")
    dialog.open()
    desk.settle()
    assert dialog.reason.toPlainText() == "Kaum Besucher"
    assert dialog.day.value() == desk.today
    dialog.reject()
