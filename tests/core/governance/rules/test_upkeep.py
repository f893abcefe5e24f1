"""Which entries nobody touches, and which channels are better closed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.model import ChannelState, Confirmation, ConfirmationResult
from tests.core.governance.raising import COUNTING, STATES, TOMORROW, YESTERDAY, days_ago, found
from tests.factories import TODAY, make_channel
from tests.memory import STAMP

LIMIT = date(2025, 8, 22)
"""Fifteen months before today."""


def confirmed(channel, on, result=ConfirmationResult.CORRECT):
    return Confirmation(channel_id=channel.id, person_id=None, on=on, result=result)


def silent(**values):
    return make_channel(**{"registered_on": date(2020, 1, 1), "last_post_on": None, **values})


@pytest.mark.parametrize(
    ("today", "raised"), [(date(2026, 7, 4), False), (date(2026, 7, 5), True)], ids=["day-180", "day-181"]
)
def test_an_entry_is_untouched_after_half_a_year(today, raised):
    assert datetime(2026, 1, 5, 9, tzinfo=UTC) == STAMP
    findings = found("record-untouched", make_channel(), today=today)
    assert [finding.since for finding in findings] == ([date(2026, 7, 5)] if raised else [])


@pytest.mark.parametrize(("days", "raised"), [(180, False), (181, True)])
def test_who_confirms_an_entry_touches_it(days, raised):
    channel = make_channel()
    assert bool(found("record-untouched", channel, confirmed(channel, days_ago(days)))) is raised


@pytest.mark.parametrize("state", STATES)
def test_only_entries_that_count_are_to_be_touched(state):
    assert bool(found("record-untouched", make_channel(state=state))) is (state in COUNTING)


@pytest.mark.parametrize(
    ("posted", "raised"),
    [
        (None, True),
        ("2025-08-22", False),
        ("2025-08-21", True),
        ("2025-08", False),
        ("2025-07", True),
        ("2025", False),
        ("2024", True),
    ],
)
def test_a_channel_that_has_not_posted_for_fifteen_months_is_better_closed(posted, raised):
    assert bool(found("propose-closing", silent(last_post_on=posted))) is raised


@pytest.mark.parametrize(("registered_on", "raised"), [(LIMIT, False), (date(2025, 8, 21), True)])
def test_a_channel_that_is_new_here_has_time(registered_on, raised):
    assert bool(found("propose-closing", silent(registered_on=registered_on))) is raised


@pytest.mark.parametrize(("on", "raised"), [(LIMIT, False), (date(2025, 8, 21), True), (TOMORROW, True)])
def test_a_confirmation_is_a_sign_of_life(on, raised):
    channel = silent()
    assert bool(found("propose-closing", channel, confirmed(channel, on))) is raised


@pytest.mark.parametrize("state", STATES)
def test_only_active_and_dormant_channels_are_proposed(state):
    open_states = {ChannelState.ACTIVE, ChannelState.DORMANT}
    assert bool(found("propose-closing", silent(state=state))) is (state in open_states)


def test_it_began_fifteen_months_after_the_last_sign_of_life():
    channel = silent(last_post_on="2024-02")
    (finding,) = found("propose-closing", channel, confirmed(channel, date(2023, 1, 1)))
    assert (finding.severity, finding.since) == ("notice", date(2025, 5, 30))


@pytest.mark.parametrize(
    ("results", "raised"),
    [
        ([(YESTERDAY, "should-close")], True),
        ([(days_ago(9), "should-close"), (YESTERDAY, "correct")], False),
        ([(days_ago(9), "correct"), (YESTERDAY, "should-close")], True),
        ([(days_ago(9), "should-close"), (TOMORROW, "correct")], True),
    ],
)
def test_who_looked_last_and_said_so_is_heard_at_once(results, raised):
    channel = silent(last_post_on=TODAY.isoformat())
    said = [confirmed(channel, on, ConfirmationResult(result)) for on, result in results]
    assert bool(found("propose-closing", channel, *said)) is raised


def test_the_thresholds_are_settings():
    assert found("propose-closing", silent(last_post_on="2026-09-01"), propose_closing__months=2)
    assert not found("record-untouched", make_channel(), record_untouched__days=400)
