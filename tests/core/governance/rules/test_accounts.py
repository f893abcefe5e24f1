"""Whether the account is entered once, where it says it is, and on a platform that lives."""

from __future__ import annotations

from datetime import date

import pytest

from core.governance.findings import evidence_sentence
from core.inventory import platforms as catalogue
from tests.core.governance.raising import COUNTING, STATES, days_ago, found, healthy
from tests.factories import make_channel


def test_one_account_under_two_entries_is_found_at_both_and_each_names_the_other():
    one = make_channel(title="Stadt Moers", registered_on=days_ago(20))
    other = make_channel(title="Moers bei Facebook", registered_on=days_ago(5))
    raised = {finding.subject_id: finding for finding in found("duplicate", one, other)}
    assert raised[one.id].evidence == {"others": [{"id": str(other.id), "label": "Moers bei Facebook"}], "count": 1}
    assert {finding.since for finding in raised.values()} == {days_ago(5)}


@pytest.mark.parametrize("state", STATES)
def test_a_closed_or_rejected_channel_is_nobodys_duplicate(state):
    assert bool(found("duplicate", make_channel(), make_channel(state=state))) is (state in COUNTING)


def test_accounts_that_were_not_recognised_are_no_duplicates():
    assert not found("duplicate", make_channel(account_key=""), make_channel(account_key=""))


def test_many_entries_of_one_account_name_three_others_and_count_the_rest():
    channels = [make_channel(title=f"Kanal {number}") for number in range(6)]
    for finding in found("duplicate", *channels):
        assert (len(finding.evidence["others"]), finding.evidence["count"]) == (3, 5)
        assert str(finding.subject_id) not in {other["id"] for other in finding.evidence["others"]}


@pytest.mark.parametrize("state", STATES)
def test_an_address_of_another_host_is_found(state):
    channel = make_channel(host_belongs=False, url="https://notfacebook.com/stadtmoers", state=state)
    raised = found("foreign-host", channel, healthy())
    assert [(one.severity, one.since) for one in raised] == [("warning", channel.registered_on)] * (state in COUNTING)


@pytest.mark.parametrize("state", STATES)
def test_a_platform_that_is_gone_is_found_until_the_channel_is_closed(state):
    raised = found("platform-gone", make_channel(platform="google-plus", state=state))
    assert [(one.severity, one.since) for one in raised] == [("severe", date(2019, 4, 2))] * (state in COUNTING)


def test_a_platform_that_is_gone_without_a_known_day_is_found_since_the_registration():
    channel = make_channel(platform="storify")
    (finding,) = found("platform-gone", channel)
    assert (finding.since, finding.evidence["ended_on"]) == (channel.registered_on, None)


@pytest.mark.parametrize(
    ("day", "gone", "ending"),
    [
        (date(2019, 4, 2), True, False),
        (date(2019, 4, 1), False, True),
        (date(2018, 4, 2), False, True),
        (date(2018, 4, 1), False, False),
    ],
)
def test_a_platform_is_ending_for_a_year_before_it_is_gone(day, gone, ending):
    channel = make_channel(platform="google-plus", registered_on=date(2012, 1, 1))
    assert bool(found("platform-gone", channel, today=day)) is gone
    raised = found("platform-ending", channel, today=day)
    assert [(one.severity, one.since) for one in raised] == [("warning", date(2018, 4, 2))] * ending


def test_a_platform_whose_end_has_no_day_yet_is_ending():
    catalogue.use_catalogue(catalogue.changed_by({"tumblr": {"life": "ending"}}))
    try:
        channel = make_channel(platform="tumblr")
        (finding,) = found("platform-ending", channel)
        assert finding.since == channel.registered_on
        assert "Tumblr" in evidence_sentence(finding.rule, finding.evidence)
    finally:
        catalogue.use_catalogue(None)


@pytest.mark.parametrize("key", ["facebook", "myspace", "foursquare", "website"])
def test_platforms_that_live_or_linger_are_no_finding(key):
    assert not found("platform-gone", make_channel(platform=key))
    assert not found("platform-ending", make_channel(platform=key))
