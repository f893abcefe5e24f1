"""Which single facts a channel owes, and what of them is merely unknown."""

from __future__ import annotations

import pytest

from core.model import ChannelState
from tests.core.governance.raising import STATES, days_ago, found, healthy

CARE = ("outside-hours", "response-target")


@pytest.mark.parametrize(
    ("rule", "field", "there"),
    [
        ("privacy-notice", "privacy_notice_url", "https://www.moers.de/datenschutz"),
        ("netiquette", "netiquette_url", "https://www.moers.de/netiquette"),
        ("equivalent-offer", "equivalent_offer", "Newsletter"),
        ("outside-hours", "outside_hours_rule", "Am nächsten Werktag"),
    ],
)
def test_a_fact_is_owed_until_it_is_entered(rule, field, there):
    (finding,) = found(rule, healthy(registered_on=days_ago(7)))
    assert finding.since == days_ago(7)
    assert found(rule, healthy(**{field: "  "}))
    assert not found(rule, healthy(**{field: there}))


@pytest.mark.parametrize(("hours", "raised"), [(None, True), (0, False), (24, False)])
def test_a_response_target_is_a_number_of_hours(hours, raised):
    assert bool(found("response-target", healthy(response_target_hours=hours))) is raised


@pytest.mark.parametrize(("linked", "raised"), [(None, False), (True, False), (False, True)])
def test_whether_a_channel_is_linked_has_to_be_known_to_be_false(linked, raised):
    assert bool(found("not-linked", healthy(linked_from_site=linked))) is raised


@pytest.mark.parametrize("rule", CARE)
@pytest.mark.parametrize("state", STATES)
def test_only_active_channels_are_cared_for(rule, state):
    assert bool(found(rule, healthy(state=state))) is (state is ChannelState.ACTIVE)


@pytest.mark.parametrize("state", STATES)
def test_only_active_channels_have_to_be_linked(state):
    assert bool(found("not-linked", healthy(state=state, linked_from_site=False))) is (state is ChannelState.ACTIVE)


def test_the_citys_own_website_is_itself_the_other_way():
    assert not found("equivalent-offer", healthy(platform="website"))
    assert found("privacy-notice", healthy(platform="website"))


def test_severities_and_stages_are_those_of_the_table():
    channel = healthy(linked_from_site=False)
    told = {
        rule: (one.severity, one.stage)
        for rule in ("privacy-notice", "netiquette", "equivalent-offer", "not-linked", *CARE)
        for one in found(rule, channel)
    }
    assert told == {
        "privacy-notice": ("warning", 3),
        "netiquette": ("warning", 3),
        "equivalent-offer": ("warning", 3),
        "not-linked": ("warning", 4),
        "outside-hours": ("warning", 4),
        "response-target": ("notice", 4),
    }
