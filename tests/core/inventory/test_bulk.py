"""Changing several channels at once: one action, one undo."""

from datetime import date
from uuid import uuid4

import pytest

from core.errors import BadInputError, ConflictError
from core.i18n import N_
from core.inventory import bulk, units
from core.inventory.channels import add_channel
from core.model import Channel, ChannelState

TODAY = date(2026, 11, 23)


@pytest.fixture
def ids(registry):
    with registry.action(N_("Fill")) as session:
        made = [add_channel(session, f"facebook.com/stadt{number}", today=TODAY) for number in range(3)]
        session.flush()
        made[0].tags = ("Kultur",)
        return [one.id for one in made]


def channels(registry, ids):
    with registry.reading() as session:
        return [session.get_one(Channel, one) for one in ids]


def change(registry, function, *arguments):
    with registry.action(N_("Change")) as session:
        function(session, *arguments)


def test_a_state_is_given_to_all_and_taken_back_by_one_undo(registry, ids):
    change(registry, bulk.set_state, ids, ChannelState.DORMANT, TODAY)
    assert {one.state for one in channels(registry, ids)} == {ChannelState.DORMANT}
    registry.undo()
    assert {one.state for one in channels(registry, ids)} == {ChannelState.ACTIVE}


def test_what_closes_gets_its_last_day_and_what_is_open_again_loses_it(registry, ids):
    change(registry, bulk.set_state, ids, ChannelState.CLOSED, TODAY)
    assert {one.closed_on for one in channels(registry, ids)} == {TODAY}
    change(registry, bulk.set_state, ids, ChannelState.ACTIVE, TODAY)
    assert {one.closed_on for one in channels(registry, ids)} == {None}


def test_a_channel_that_is_closed_already_keeps_its_last_day(registry, ids):
    change(registry, bulk.set_state, ids[:1], ChannelState.CLOSED, date(2026, 1, 5))
    change(registry, bulk.set_state, ids, ChannelState.CLOSED, TODAY)
    assert channels(registry, ids)[0].closed_on == date(2026, 1, 5)


def test_channels_move_to_a_unit_together(registry, ids):
    with registry.action(N_("Add")) as session:
        unit_id = units.add_unit(session, "FD 3.5 Internetredaktion").id
    change(registry, bulk.set_unit, ids, unit_id)
    assert {one.unit_id for one in channels(registry, ids)} == {unit_id}


def test_tags_come_and_go_and_others_stay(registry, ids):
    change(registry, bulk.change_tags, ids, ("kultur", "Jugend"), ())
    assert [one.tags for one in channels(registry, ids)] == [("Kultur", "Jugend"), *[("kultur", "Jugend")] * 2]
    change(registry, bulk.change_tags, ids, (), ("KULTUR",))
    assert {one.tags for one in channels(registry, ids)} == {("Jugend",)}


def test_existing_channels_are_approved_and_an_earlier_approval_stays(registry, ids, in_english):
    with registry.action(N_("Approve")) as session:
        session.get_one(Channel, ids[0]).approved_on = date(2020, 2, 3)
        session.get_one(Channel, ids[0]).approved_under = "Az. 17"
    change(registry, bulk.approve_as_existing, ids, TODAY)
    told = [(one.approved_on, one.approved_under) for one in channels(registry, ids)]
    assert told == [(date(2020, 2, 3), "Az. 17"), *[(TODAY, "Existing stock")] * 2]


def test_nothing_is_changed_when_one_of_them_is_gone(registry, ids):
    with pytest.raises(ConflictError):
        change(registry, bulk.set_state, [*ids, uuid4()], ChannelState.DORMANT, TODAY)
    assert {one.state for one in channels(registry, ids)} == {ChannelState.ACTIVE}


def test_channels_are_approved_under_one_decision_and_never_in_advance(registry, ids):
    with registry.action(N_("Approve")) as session:
        bulk.approve(session, ids, TODAY, " Verfügung 7/2026 ", today=TODAY)
    assert {(one.approved_on, one.approved_under) for one in channels(registry, ids)} == {(TODAY, "Verfügung 7/2026")}
    with registry.action(N_("Approve")) as session, pytest.raises(BadInputError, match=r"24\.11\.2026"):
        bulk.approve(session, ids, date(2026, 11, 24), None, today=TODAY)
