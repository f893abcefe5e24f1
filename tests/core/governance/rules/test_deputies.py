"""Whether somebody who is still here stands in for the owner."""

from __future__ import annotations

from datetime import date

import pytest

from core.model import ChannelState, ResponsibilityRole
from tests.core.governance.raising import STATES, TOMORROW, YESTERDAY, days_ago, found
from tests.factories import TODAY, make_channel, make_owner, make_person

OWNED = {ChannelState.APPROVED, ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING}


def deputy_of(channel, person, **values):
    return make_owner(channel, person, role=ResponsibilityRole.DEPUTY, **values)


@pytest.mark.parametrize("state", STATES)
def test_a_channel_that_somebody_answers_for_needs_a_deputy(state):
    assert bool(found("no-deputy", make_channel(state=state))) is (state in OWNED)


def test_without_any_deputy_it_has_been_so_since_the_channel_was_registered():
    (finding,) = found("no-deputy", make_channel(registered_on=date(2026, 3, 1)))
    assert (finding.severity, finding.since, finding.stage) == ("warning", date(2026, 3, 1), 2)


def test_an_owner_is_no_deputy():
    channel, person = make_channel(), make_person()
    assert found("no-deputy", channel, person, make_owner(channel, person))


@pytest.mark.parametrize(
    ("since", "until", "stands_in"),
    [(None, None, True), (TODAY, TODAY, True), (None, YESTERDAY, False), (TOMORROW, None, False)],
)
def test_a_deputy_counts_from_the_first_to_the_last_day(since, until, stands_in):
    channel, person = make_channel(), make_person()
    raised = found("no-deputy", channel, person, deputy_of(channel, person, since=since, until=until))
    assert bool(raised) is not stands_in


@pytest.mark.parametrize(
    ("dates", "stands_in"),
    [
        ({"left_on": YESTERDAY}, False),
        ({"left_on": TODAY}, True),
        ({"leaving_on": YESTERDAY}, False),
        ({"leaving_on": TODAY}, True),
        ({"absent_until": TOMORROW}, True),
    ],
)
def test_a_deputy_who_has_left_stands_in_for_nobody(dates, stands_in):
    channel, person = make_channel(), make_person(**dates)
    assert bool(found("no-deputy", channel, person, deputy_of(channel, person))) is not stands_in


def test_it_began_on_the_day_after_the_last_deputy_was_there():
    channel, left, stayed = make_channel(), make_person(left_on=days_ago(20)), make_person(given_name="Max")
    ended = deputy_of(channel, stayed, until=days_ago(30))
    (finding,) = found("no-deputy", channel, left, stayed, ended, deputy_of(channel, left))
    assert finding.since == days_ago(19)
