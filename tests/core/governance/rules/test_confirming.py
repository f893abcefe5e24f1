"""Whether somebody looks at each channel's record now and then."""

from __future__ import annotations

import pytest

from core.model import ChannelState, Confirmation, ConfirmationResult
from tests.core.governance.raising import STATES, TOMORROW, all_found, days_ago, found, healthy
from tests.factories import make_channel

OWNED = {ChannelState.APPROVED, ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING}
RULES = {"never-confirmed", "confirmation-due", "confirmation-overdue"}


def confirmed(channel, on, **values):
    return Confirmation(channel_id=channel.id, person_id=None, on=on, **values)


def raised(*records):
    return [one.rule for one in all_found(*records, stage=3) if one.rule in RULES]


@pytest.mark.parametrize(("days", "rules"), [(14, []), (15, ["never-confirmed"])])
def test_a_channel_never_confirmed_is_due_after_two_weeks(days, rules):
    assert raised(healthy(registered_on=days_ago(days))) == rules


@pytest.mark.parametrize(
    ("days", "rules"),
    [
        (0, []),
        (180, []),
        (181, ["confirmation-due"]),
        (365, ["confirmation-due"]),
        (366, ["confirmation-overdue"]),
        (3000, ["confirmation-overdue"]),
    ],
)
def test_a_confirmation_is_due_after_half_a_year_and_overdue_after_a_whole_one(days, rules):
    channel = healthy(registered_on=days_ago(4000))
    assert raised(channel, confirmed(channel, days_ago(days))) == rules


def test_a_confirmation_to_come_confirms_nothing():
    channel = healthy(registered_on=days_ago(15))
    assert raised(channel, confirmed(channel, TOMORROW)) == ["never-confirmed"]


def test_the_newest_confirmation_counts_whatever_it_says():
    channel = healthy(registered_on=days_ago(500))
    old, new = (confirmed(channel, days_ago(days), result=ConfirmationResult.SHOULD_CLOSE) for days in (400, 1))
    assert raised(channel, old, new) == []


@pytest.mark.parametrize("state", STATES)
def test_only_channels_that_somebody_answers_for_are_confirmed(state):
    assert bool(found("never-confirmed", make_channel(state=state))) is (state in OWNED)


@pytest.mark.parametrize(
    ("rule", "days", "severity", "since"),
    [
        ("confirmation-due", 200, "warning", days_ago(19)),
        ("confirmation-overdue", 400, "severe", days_ago(34)),
    ],
)
def test_it_began_on_the_day_after_the_last_day_allowed(rule, days, severity, since):
    channel = healthy(registered_on=days_ago(500))
    (finding,) = found(rule, channel, confirmed(channel, days_ago(days)))
    assert (finding.severity, finding.since) == (severity, since)


def test_never_confirmed_began_two_weeks_after_registering():
    (finding,) = found("never-confirmed", healthy(registered_on=days_ago(20)))
    assert finding.since == days_ago(5)


def test_the_thresholds_are_settings():
    channel = healthy(registered_on=days_ago(300))
    records = channel, confirmed(channel, days_ago(91))
    assert found("confirmation-due", *records, confirmation_due__days=90)
    assert not found("confirmation-due", *records, confirmation_due__days=91)
