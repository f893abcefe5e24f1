"""Whether there is an owner, whether the owner has left, and whether a leaving is prepared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import ChannelState, PersonState, ResponsibilityRole
from tests.core.governance.raising import STATES, TOMORROW, YESTERDAY, all_found, days_ago, found, healthy
from tests.factories import TODAY, make_channel, make_owner, make_person

OWNED = {ChannelState.APPROVED, ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING}


def test_a_channel_that_nobody_ever_owned_has_had_no_owner_since_it_was_registered():
    (finding,) = found("no-owner", make_channel(registered_on=date(2026, 3, 1)))
    assert (finding.severity, finding.since) == ("severe", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("since", "until", "owned"),
    [
        (None, None, True),
        (None, TODAY, True),
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (None, YESTERDAY, False),
        (TOMORROW, None, False),
    ],
)
def test_an_owner_counts_from_the_first_to_the_last_day(since, until, owned):
    channel, person = make_channel(), make_person()
    raised = found("no-owner", channel, person, make_owner(channel, person, since=since, until=until))
    assert bool(raised) is not owned


def test_no_owner_begins_on_the_day_after_the_last_owner_ended():
    channel, person = make_channel(), make_person()
    earlier = make_owner(channel, person, until=days_ago(50))
    last = make_owner(channel, person, since=days_ago(49), until=days_ago(10))
    (finding,) = found("no-owner", channel, person, earlier, last)
    assert finding.since == days_ago(9)


def test_a_deputy_is_no_owner():
    channel, person = make_channel(), make_person()
    assert found("no-owner", channel, person, make_owner(channel, person, role=ResponsibilityRole.DEPUTY))


@pytest.mark.parametrize("state", STATES)
def test_channels_that_are_not_yet_or_no_longer_the_citys_need_no_owner(state):
    assert bool(found("no-owner", make_channel(state=state))) is (state in OWNED)


@pytest.mark.parametrize(
    ("dates", "raised"),
    [
        ({"left_on": YESTERDAY}, ["owner-left"]),
        ({"leaving_on": YESTERDAY}, ["owner-left"]),
        ({"left_on": TODAY}, ["owner-leaving"]),
        ({"leaving_on": TODAY}, ["owner-leaving"]),
        ({"leaving_on": TODAY + timedelta(days=30)}, ["owner-leaving"]),
        ({"leaving_on": TODAY + timedelta(days=31)}, []),
        ({"absent_until": TODAY + timedelta(days=90)}, []),
        ({}, []),
    ],
)
def test_one_fact_about_the_owner_gives_one_finding(dates, raised):
    channel, person = healthy(), make_person(**dates)
    records = channel, person, make_owner(channel, person)
    assert [one.rule for one in all_found(*records)] == raised


@pytest.mark.parametrize(("days", "severity"), [(0, "severe"), (1, "warning"), (14, "warning"), (30, "warning")])
def test_a_leaving_owner_is_a_warning_that_becomes_grave_on_the_last_day(days, severity):
    channel, person = make_channel(), make_person(leaving_on=TODAY + timedelta(days=days))
    (finding,) = found("owner-leaving", channel, person, make_owner(channel, person))
    assert (finding.severity, finding.evidence["days_left"]) == (severity, days)
    assert finding.since == TODAY + timedelta(days=days - 30)


def test_how_long_before_a_leaving_is_told_is_a_setting():
    channel, person = make_channel(), make_person(leaving_on=TODAY + timedelta(days=14))
    records = (channel, person, make_owner(channel, person))
    assert not found("owner-leaving", *records, owner_leaving__days=13)


@pytest.mark.parametrize(
    ("successor", "raised"),
    [({}, False), ({"leaving_on": TODAY}, False), ({"left_on": YESTERDAY}, True), ({"leaving_on": YESTERDAY}, True)],
)
def test_a_successor_who_is_here_settles_a_leaving(successor, raised):
    channel, heir = make_channel(), make_person(given_name="Max", **successor)
    person = make_person(leaving_on=TODAY + timedelta(days=7), successor_id=heir.id)
    assert bool(found("owner-leaving", channel, heir, person, make_owner(channel, person))) is raised


def test_an_owner_who_left_is_named_even_if_somebody_else_owns_the_channel_too():
    channel, gone, here = make_channel(), make_person(left_on=days_ago(5)), make_person(given_name="Max")
    (finding,) = found("owner-left", channel, gone, here, make_owner(channel, gone), make_owner(channel, here))
    assert finding.since == days_ago(4)
    assert finding.evidence["person_id"] == str(gone.id)


def test_two_entries_of_one_leaver_are_one_finding():
    channel, gone = make_channel(), make_person(left_on=YESTERDAY)
    twice = make_owner(channel, gone), make_owner(channel, gone, since=days_ago(100))
    assert len(found("owner-left", channel, gone, *twice)) == 1


@pytest.mark.parametrize("state", STATES)
def test_a_leaver_matters_only_where_an_owner_is_needed(state):
    channel, gone = make_channel(state=state), make_person(left_on=YESTERDAY)
    assert bool(found("owner-left", channel, gone, make_owner(channel, gone))) is (state in OWNED)


@given(
    left=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 10)),
    leaving=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 10)),
)
def test_the_rules_and_the_record_agree_on_who_has_left(left, leaving):
    channel, person = make_channel(), make_person(left_on=left, leaving_on=leaving)
    raised = found("owner-left", channel, person, make_owner(channel, person))
    assert bool(raised) is (person.state(TODAY) is PersonState.LEFT)
