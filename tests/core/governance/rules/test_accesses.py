"""Whether who has left can still get in."""

from __future__ import annotations

import pytest

from core.model import Access, AccessKind
from tests.core.governance.raising import COUNTING, STATES, TOMORROW, YESTERDAY, days_ago, found
from tests.factories import TODAY, make_channel, make_person


@pytest.mark.parametrize(
    ("left", "withdrawn", "raised"),
    [
        (YESTERDAY, None, True),
        (TODAY, None, False),
        (None, None, False),
        (YESTERDAY, TODAY, False),
        (YESTERDAY, TOMORROW, True),
        (YESTERDAY, days_ago(3), False),
    ],
)
def test_an_access_of_a_leaver_is_open_until_the_day_of_its_withdrawal(left, withdrawn, raised):
    channel, person = make_channel(), make_person(left_on=left)
    access = Access(channel_id=channel.id, person_id=person.id, withdrawn_on=withdrawn)
    assert bool(found("open-access-of-leaver", channel, person, access)) is raised


def test_several_open_accesses_of_one_leaver_to_a_channel_are_one_finding():
    channel, person = make_channel(), make_person(left_on=days_ago(10))
    role = Access(channel_id=channel.id, person_id=person.id)
    login = Access(channel_id=channel.id, person_id=person.id, kind=AccessKind.SHARED_LOGIN, reason="Altbestand")
    (finding,) = found("open-access-of-leaver", channel, person, role, login)
    assert set(finding.evidence["access_ids"]) == {str(role.id), str(login.id)}
    assert finding.since == days_ago(9)


def test_two_leavers_are_two_findings():
    channel, one, other = make_channel(), make_person(left_on=YESTERDAY), make_person(left_on=YESTERDAY)
    accesses = [Access(channel_id=channel.id, person_id=person.id) for person in (one, other)]
    assert len(found("open-access-of-leaver", channel, one, other, *accesses)) == 2


def test_an_access_granted_to_somebody_long_gone_is_open_since_it_was_granted():
    channel, person = make_channel(), make_person(left_on=days_ago(10))
    access = Access(channel_id=channel.id, person_id=person.id, granted_on=days_ago(2))
    (finding,) = found("open-access-of-leaver", channel, person, access)
    assert finding.since == days_ago(2)


@pytest.mark.parametrize("state", STATES)
def test_accesses_to_closed_and_rejected_channels_are_left_alone(state):
    channel, person = make_channel(state=state), make_person(left_on=YESTERDAY)
    access = Access(channel_id=channel.id, person_id=person.id)
    assert bool(found("open-access-of-leaver", channel, person, access)) is (state in COUNTING)
