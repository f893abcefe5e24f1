"""Whether an active channel posts, and whether anybody knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.governance.findings import FindingValue
from core.model import ChannelState
from core.partial_dates import last_day
from tests.core.governance.raising import STATES, YESTERDAY, all_found, days_ago, found
from tests.factories import TODAY, make_channel

SILENCES = ("quiet", "stale", "dormant")


def silence(**values: object) -> list[FindingValue]:
    return [one for one in all_found(make_channel(**values)) if one.rule in SILENCES]


@pytest.mark.parametrize(
    ("days", "rule"),
    [(0, None), (30, None), (31, "quiet"), (90, "quiet"), (91, "stale"), (180, "stale"), (181, "dormant")],
)
def test_only_the_worst_silence_is_raised_from_the_day_after_its_limit(days, rule):
    assert [one.rule for one in silence(last_post_on=days_ago(days).isoformat())] == ([rule] if rule else [])


@pytest.mark.parametrize(("days", "rule", "limit"), [(31, "quiet", 30), (100, "stale", 90), (400, "dormant", 180)])
def test_a_silence_began_on_the_day_its_limit_passed(days, rule, limit):
    (finding,) = silence(last_post_on=days_ago(days).isoformat())
    assert (finding.rule, finding.since) == (rule, days_ago(days - limit - 1))


@pytest.mark.parametrize(
    ("rhythm", "days", "rule"),
    [
        (7, 7, None),
        (7, 8, "quiet"),
        (7, 21, "quiet"),
        (7, 22, "stale"),
        (7, 42, "stale"),
        (7, 43, "dormant"),
        (365, 365, None),
        (365, 366, "quiet"),
        (365, 1096, "stale"),
        (0, 31, "quiet"),
        (None, 31, "quiet"),
        (10**9, 4000, None),
    ],
)
def test_a_channels_own_rhythm_wins_and_the_degrees_keep_their_proportion(rhythm, days, rule):
    raised = silence(last_post_on=days_ago(days).isoformat(), posting_rhythm_days=rhythm)
    assert [one.rule for one in raised] == ([rule] if rule else [])


def test_a_channel_without_a_rhythm_of_its_own_is_measured_beside_one_that_has_one():
    day = days_ago(20).isoformat()
    own, other = make_channel(last_post_on=day, posting_rhythm_days=7), make_channel(last_post_on=day)
    assert [one.subject_id for one in found("quiet", own, other)] == [own.id]


@pytest.mark.parametrize(
    ("posted", "rule"),
    [
        ("2026-11", None),
        ("2026-10", None),
        ("2026-09", "quiet"),
        ("2026", None),
        ("2025", "dormant"),
        ("2026-08", "quiet"),
    ],
)
def test_a_month_or_a_year_counts_as_its_last_day(posted, rule):
    assert [one.rule for one in silence(last_post_on=posted)] == ([rule] if rule else [])


@given(
    posted=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    length=st.sampled_from([4, 7, 10]),
    rhythm=st.none() | st.integers(1, 400),
)
def test_silence_in_the_database_is_silence_by_the_calendar(posted, length, rhythm):
    text = posted.isoformat()[:length]
    age = (TODAY - last_day(text)).days
    limits = {key: (rhythm or 30) * factor for key, factor in (("quiet", 1), ("stale", 3), ("dormant", 6))}
    passed = [key for key in SILENCES if age > limits[key]]
    raised = silence(last_post_on=text, posting_rhythm_days=rhythm)
    assert [one.rule for one in raised] == passed[-1:]
    assert [one.since for one in raised] == [last_day(text) + timedelta(days=limits[key] + 1) for key in passed[-1:]]


@pytest.mark.parametrize("state", STATES)
def test_only_active_channels_are_expected_to_speak(state):
    raised = silence(last_post_on="2020-01-01", state=state)
    assert bool(raised) is (state is ChannelState.ACTIVE)
    assert bool(found("last-post-unknown", make_channel(state=state))) is (state is ChannelState.ACTIVE)


def test_the_limits_of_silence_are_settings():
    channel = make_channel(last_post_on=days_ago(31).isoformat())
    assert not found("quiet", channel, quiet__days=31)


def test_a_limit_of_no_days_at_all_can_be_set():
    own = make_channel(last_post_on=YESTERDAY.isoformat(), posting_rhythm_days=7)
    other = make_channel(last_post_on=YESTERDAY.isoformat())
    assert [one.subject_id for one in found("quiet", own, other, quiet__days=0)]


@pytest.mark.parametrize(("days", "raised"), [(30, False), (31, True)])
def test_an_unknown_last_post_is_found_a_month_after_registering(days, raised):
    findings = found("last-post-unknown", make_channel(registered_on=days_ago(days)))
    assert [(one.severity, one.since) for one in findings] == [("notice", TODAY)] * raised


def test_a_last_post_of_which_the_year_is_known_is_not_unknown():
    assert not found("last-post-unknown", make_channel(last_post_on="2026"))
