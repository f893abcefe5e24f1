"""The dialogs: each decides one thing, refuses what cannot be, and keeps what was entered."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from core.governance.findings import stored
from core.i18n import N_
from core.inventory.channel_sheet import channel_sheet
from core.inventory.channels import enter_last_post
from core.inventory.editing import still_there
from core.model import Channel, ChannelState, Person
from gui.dialogs.add_channel import AddChannelDialog
from gui.dialogs.add_person import AddPersonDialog
from gui.dialogs.change_address import ChangeAddressDialog
from gui.dialogs.close_channel import CloseChannelDialog
from gui.dialogs.last_post import LastPostDialog
from gui.dialogs.set_successor import SetSuccessorDialog
from gui.mending import mend

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def ids(desk):
    return desk.fill()


def sheet(desk, channel_id):
    with desk.registry.reading() as session:
        return channel_sheet(session, channel_id, desk.today)


def open_rules(desk):
    with desk.registry.reading() as session:
        return {one.rule for one in stored(session)}


def test_a_channel_is_added_by_its_address_and_shown(desk, ids):
    AddChannelDialog(desk.workspace, "https://m.facebook.com/StadtMuseum/?ref=x", desk.window).open()
    dialog = desk.dialog(AddChannelDialog)
    told = dialog.recognised.findChild(QLabel, "recognised-url").text()
    assert told.lower() == "https://www.facebook.com/stadtmuseum"
    dialog.name.setText("Museum")
    dialog.decide()
    desk.settle()
    assert desk.went[-1][0] == "channels"
    assert sheet(desk, desk.went[-1][1]).opened.listed["title"] == "Museum"


def test_an_account_that_is_there_already_is_refused_where_it_was_typed(desk, ids):
    AddChannelDialog(desk.workspace, "facebook.com/AEMTER", desk.window).open()
    dialog = desk.dialog(AddChannelDialog)
    dialog.decide()
    desk.settle()
    assert "Ämter" in dialog.messages.text
    assert dialog.primary.isEnabled()


def test_nothing_recognised_cannot_be_added(desk, ids):
    AddChannelDialog(desk.workspace, "", desk.window).open()
    dialog = desk.dialog(AddChannelDialog)
    assert not dialog.primary.isEnabled()


def test_the_last_post_is_entered_and_a_day_to_come_refused(desk, ids):
    LastPostDialog(desk.workspace, ids["Stadt"], "Stadt", desk.window).open()
    dialog = desk.dialog(LastPostDialog)
    dialog.day.setText("31.12.2090")
    dialog.decide()
    desk.settle()
    assert dialog.messages.text
    dialog.day.setText("2025")
    dialog.decide()
    desk.settle()
    assert sheet(desk, ids["Stadt"]).opened.values["last_post_on"] == "2025"


def test_a_channel_is_closed_with_a_reason_or_not_at_all(desk, ids):
    CloseChannelDialog(desk.workspace, ids["Zoo"], "Zoo", desk.window).open()
    dialog = desk.dialog(CloseChannelDialog)
    dialog.decide()
    desk.settle()
    assert sheet(desk, ids["Zoo"]).opened.values["state"] is ChannelState.ACTIVE
    assert dialog.messages.text
    dialog.reason.setPlainText("Kaum Besucher")
    dialog.decide()
    desk.settle()
    assert sheet(desk, ids["Zoo"]).opened.values["state"] is ChannelState.CLOSED


def test_an_address_is_corrected_and_the_former_name_kept(desk, ids):
    ChangeAddressDialog(desk.workspace, ids["Stadt"], "Stadt", desk.window).open()
    dialog = desk.dialog(ChangeAddressDialog)
    dialog.address.setText("x.com/stadt_neu")
    dialog.decide()
    desk.settle()
    listed = sheet(desk, ids["Stadt"]).opened.listed
    assert (listed["handle"], listed["former_handles"]) == ("stadt_neu", "stadt")


def test_a_person_is_taken_in(desk, ids):
    AddPersonDialog(desk.workspace, desk.window).open()
    dialog = desk.dialog(AddPersonDialog)
    dialog.decide()
    desk.settle()
    assert dialog.messages.text
    dialog.name.setText("Dr. Jörg Beispiel")
    dialog.decide()
    desk.settle()
    assert desk.went[-1][0] == "people"


def test_a_successor_is_entered_from_the_finding_of_a_leaving_owner(desk, ids):
    with desk.registry.action(N_("Leave")) as session:
        still_there(session, Person, ids["Erika Mustermann"]).leaving_on = desk.today + timedelta(days=5)
    with desk.registry.reading() as session:
        finding = next(one for one in stored(session) if one.rule == "owner-leaving")
    mend(desk.workspace, "set-successor", [finding], desk.window)
    dialog = desk.dialog(SetSuccessorDialog)
    desk.type(dialog.successor, "Pressestelle")
    dialog.decide()
    desk.settle()
    assert "owner-leaving" not in open_rules(desk)


def test_dormant_channels_are_marked_so_at_once(desk, ids):
    with desk.registry.action(N_("Post")) as session:
        for title in ("Stadt", "Zoo"):
            enter_last_post(still_there(session, Channel, ids[title]), "2020", today=desk.today)
    with desk.registry.reading() as session:
        findings = [one for one in stored(session) if one.rule == "dormant"]
    mend(desk.workspace, "mark-dormant", findings, desk.window)
    desk.settle()
    assert sheet(desk, ids["Stadt"]).opened.values["state"] is ChannelState.DORMANT
    assert len(findings) == 2
