"""Approval, imprint and usage concept: what has to be there, and when it is looked at again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.governance.findings import evidence_sentence
from core.model import ChannelKind, ChannelState
from tests.core.governance.raising import STATES, TOMORROW, YESTERDAY, days_ago, found, healthy
from tests.factories import TODAY

PUBLIC = {ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING}
NOT_THE_CITYS = {ChannelKind.OFFICE_HOLDER_PRIVATE, ChannelKind.PARTICIPATION, ChannelKind.RESERVED_HANDLE}
IMPRINT = {"imprint_url": "https://www.moers.de/impressum", "imprint_clicks": 1, "imprint_checked_on": TODAY}
CONCEPT = {"usage_concept_version": "2.0"}


@pytest.mark.parametrize("state", STATES)
def test_an_active_channel_needs_a_decision(state):
    assert bool(found("not-approved", healthy(state=state))) is (state is ChannelState.ACTIVE)


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ({"approved_on": days_ago(900)}, False),
        ({"approved_under": "Bestand 2026"}, False),
        ({"approved_under": "  "}, True),
        ({}, True),
    ],
)
def test_the_day_or_the_file_number_of_a_decision_will_do(values, raised):
    assert bool(found("not-approved", healthy(**values))) is raised


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ({}, False),
        ({"imprint_url": None}, True),
        ({"imprint_url": " "}, True),
        ({"imprint_clicks": 2}, False),
        ({"imprint_clicks": 3}, True),
        ({"imprint_clicks": None}, False),
        ({"imprint_checked_on": days_ago(365)}, False),
        ({"imprint_checked_on": days_ago(366)}, True),
        ({"imprint_checked_on": None, "registered_on": days_ago(365)}, False),
        ({"imprint_checked_on": None, "registered_on": days_ago(366)}, True),
    ],
)
def test_an_imprint_is_there_near_and_checked_once_a_year(values, raised):
    assert bool(found("imprint", healthy(**{**IMPRINT, **values}))) is raised


def test_several_faults_of_an_imprint_are_one_finding_that_names_the_worst():
    (finding,) = found("imprint", healthy(imprint_clicks=5, registered_on=date(2020, 1, 1)))
    assert (finding.evidence, finding.since) == ({"missing": True}, date(2020, 1, 1))


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"imprint_url": None}, "No imprint is entered."),
        ({"imprint_clicks": 3}, "The imprint is 3 clicks away; at most 2 are allowed."),
        ({"imprint_checked_on": None}, "Nobody has entered yet when the imprint was checked."),
    ],
)
def test_the_sentence_says_what_is_wrong_with_the_imprint(values, sentence):
    channel = healthy(**{**IMPRINT, "registered_on": date(2020, 1, 1), **values})
    (finding,) = found("imprint", channel)
    assert evidence_sentence(finding.rule, finding.evidence) == sentence


@pytest.mark.parametrize(
    ("values", "since"),
    [
        ({"usage_concept_due_on": YESTERDAY}, TODAY),
        ({"usage_concept_due_on": TODAY}, None),
        ({"usage_concept_due_on": TOMORROW, "approved_on": date(2010, 1, 1)}, None),
        ({"approved_on": date(2025, 11, 22)}, None),
        ({"approved_on": date(2025, 11, 21)}, TODAY),
        ({"registered_on": date(2025, 11, 20)}, YESTERDAY),
        ({"usage_concept_version": None, "registered_on": days_ago(3)}, days_ago(3)),
    ],
)
def test_a_usage_concept_is_evaluated_by_its_day_or_after_a_year(values, since):
    raised = found("usage-concept", healthy(**{**CONCEPT, **values}))
    assert [finding.since for finding in raised] == ([] if since is None else [since])


@pytest.mark.parametrize("rule", ["imprint", "usage-concept", "privacy-notice", "netiquette", "equivalent-offer"])
@pytest.mark.parametrize("state", STATES)
def test_the_law_asks_of_what_everybody_can_see(rule, state):
    assert bool(found(rule, healthy(state=state))) is (state in PUBLIC)


@pytest.mark.parametrize("rule", ["imprint", "usage-concept", "privacy-notice", "outside-hours", "response-target"])
@pytest.mark.parametrize("kind", list(ChannelKind))
def test_the_city_owes_nothing_where_it_does_not_speak_itself(rule, kind):
    assert bool(found(rule, healthy(kind=kind))) is (kind not in NOT_THE_CITYS)


def test_how_often_and_how_near_are_settings():
    channel = healthy(**{**IMPRINT, "imprint_checked_on": days_ago(31)})
    assert found("imprint", channel, imprint__days=30)
    assert found("imprint", channel, imprint__clicks=0)
    concept = healthy(**CONCEPT, registered_on=TODAY - timedelta(days=100))
    assert found("usage-concept", concept, usage_concept__months=3)
    assert not found("usage-concept", concept, usage_concept__months=4)
