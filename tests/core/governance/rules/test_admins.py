"""Whether enough people who are here can manage an account, and why a login is shared."""

from __future__ import annotations

import pytest

from core.governance.findings import evidence_sentence
from core.model import Access, AccessKind, CredentialKind, PlatformRole
from tests.core.custody.keeping_records import make_copy, make_login, make_store, tied
from tests.core.governance.raising import COUNTING, STATES, TOMORROW, YESTERDAY, days_ago, found
from tests.factories import TODAY, make_channel, make_person


def admin(channel, person, **values):
    defaults = {"channel_id": channel.id, "person_id": person.id, "platform_role": PlatformRole.ADMIN}
    return Access(**{**defaults, **values})


def two_people(**second):
    return make_person(), make_person(given_name="Max", **second)


def test_as_long_as_no_access_is_recorded_nothing_is_asked():
    assert not found("too-few-admins", make_channel())


@pytest.mark.parametrize("state", STATES)
def test_one_admin_is_too_few_on_every_channel_that_counts(state):
    channel, person = make_channel(state=state), make_person()
    raised = found("too-few-admins", channel, person, admin(channel, person))
    assert bool(raised) is (state in COUNTING)


@pytest.mark.parametrize(
    ("second", "enough"),
    [
        ({}, True),
        ({"platform_role": PlatformRole.EDITOR}, False),
        ({"platform_role": None, "kind": AccessKind.SHARED_LOGIN}, True),
        ({"granted_on": TODAY}, True),
        ({"granted_on": TOMORROW}, False),
        ({"withdrawn_on": TOMORROW}, True),
        ({"withdrawn_on": TODAY}, False),
        ({"person_id": None, "holder": "Agentur"}, False),
    ],
)
def test_admins_are_people_who_can_manage_the_account_today(second, enough):
    channel, (one, two) = make_channel(), two_people()
    raised = found("too-few-admins", channel, one, two, admin(channel, one), admin(channel, two, **second))
    assert bool(raised) is not enough


@pytest.mark.parametrize(
    ("dates", "here"),
    [({"left_on": YESTERDAY}, False), ({"left_on": TODAY}, True), ({"absent_until": TOMORROW}, True)],
)
def test_who_has_left_is_no_admin(dates, here):
    channel, (one, two) = make_channel(), two_people(**dates)
    raised = found("too-few-admins", channel, one, two, admin(channel, one), admin(channel, two))
    assert bool(raised) is not here


def test_one_person_with_two_accesses_is_one_admin():
    channel, person = make_channel(), make_person()
    assert found("too-few-admins", channel, person, admin(channel, person), admin(channel, person))


def test_it_began_when_the_second_one_went():
    channel, (one, two) = make_channel(), two_people()
    gone = admin(channel, two, withdrawn_on=days_ago(10))
    (finding,) = found("too-few-admins", channel, one, two, admin(channel, one), gone)
    assert (finding.severity, finding.since) == ("severe", days_ago(10))


def test_without_a_second_one_ever_it_has_been_so_since_the_channel_was_registered():
    channel, person = make_channel(registered_on=days_ago(99)), make_person()
    (finding,) = found("too-few-admins", channel, person, admin(channel, person, granted_on=days_ago(5)))
    assert finding.since == days_ago(99)


@pytest.mark.usefixtures("in_english")
def test_the_sentence_names_those_who_are_left_or_their_functions():
    channel, person = make_channel(), make_person(function="Redaktion")
    (finding,) = found("too-few-admins", channel, person, admin(channel, person))
    named = evidence_sentence(finding.rule, finding.evidence)
    assert named == "Only one person can manage the account, 2 should: Erika Mustermann."
    assert evidence_sentence(finding.rule, finding.evidence, with_names=False).endswith(": Redaktion.")
    (finding,) = found("too-few-admins", channel, person, admin(channel, person, withdrawn_on=TODAY))
    assert evidence_sentence(finding.rule, finding.evidence).startswith("Nobody who is still here")


def test_how_many_admins_are_enough_is_a_setting():
    channel, (one, two) = make_channel(), two_people()
    records = channel, one, two, admin(channel, one), admin(channel, two)
    assert found("too-few-admins", *records, too_few_admins__people=3)


@pytest.mark.parametrize(("reason", "raised"), [(None, True), (" ", True), ("Ein Gerät für alle Wachen", False)])
def test_a_shared_login_needs_a_reason(reason, raised):
    channel, person = make_channel(), make_person()
    shared = admin(channel, person, kind=AccessKind.SHARED_LOGIN, reason=reason)
    assert bool(found("shared-login-without-reason", channel, person, shared)) is raised


@pytest.mark.parametrize(
    "values", [{"kind": AccessKind.PLATFORM_ROLE}, {"withdrawn_on": TODAY}, {"granted_on": TOMORROW}]
)
def test_only_a_shared_login_that_is_open_needs_one(values):
    channel, person = make_channel(), make_person()
    access = admin(channel, person, **{"kind": AccessKind.SHARED_LOGIN, **values})
    assert not found("shared-login-without-reason", channel, person, access)


def test_several_shared_logins_of_a_channel_are_one_finding():
    channel, person = make_channel(registered_on=days_ago(9)), make_person()
    shared = {"kind": AccessKind.SHARED_LOGIN}
    older = admin(channel, person, granted_on=days_ago(4), **shared)
    (finding,) = found("shared-login-without-reason", channel, person, older, admin(channel, person, **shared))
    assert (len(finding.evidence["access_ids"]), finding.since) == (2, days_ago(9))


def with_password(**copy):
    """A channel whose password Erika keeps."""
    channel, erika, login = make_channel(registered_on=days_ago(99)), make_person(), make_login(**copy.pop("login", {}))
    hers = make_store(erika)
    return [channel, erika, hers, login, *tied(login, channel), make_copy(login, hers, **copy)]


@pytest.mark.parametrize(
    ("copy", "people"),
    [
        ({}, 2),
        ({"revision": 1}, 1),
        ({"revision": 3}, 1),
        ({"missing_since": TODAY}, 1),
        ({"until": TODAY}, 1),
        ({"login": {"kind": CredentialKind.TOTP}}, 1),
        ({"login": {"retired_on": TODAY}}, 1),
    ],
)
def test_who_keeps_the_password_can_manage_the_account(copy, people):
    channel, *records = with_password(**copy)
    agency, max_ = Access(channel_id=channel.id, holder="Agentur", platform_role=PlatformRole.ADMIN), make_person()
    records += [channel, agency, max_, admin(channel, max_)]
    raised = found("too-few-admins", *records)
    assert [len(one.evidence["people"]) for one in raised] == ([1] if people == 1 else [])


def test_a_channel_with_a_login_is_looked_at_although_no_access_is_recorded():
    (finding,) = found("too-few-admins", *with_password())
    assert [one["name"] for one in finding.evidence["people"]] == ["Erika Mustermann"]
    assert finding.since == days_ago(99)


def test_who_has_the_role_and_the_password_is_one_person():
    channel, erika, *records = with_password()
    (finding,) = found("too-few-admins", channel, erika, *records, admin(channel, erika))
    assert len(finding.evidence["people"]) == 1


def test_it_began_when_the_second_one_gave_the_password_back():
    channel, erika, *records = with_password(until=days_ago(5))
    max_ = make_person(given_name="Max")
    (finding,) = found("too-few-admins", channel, erika, *records, max_, admin(channel, max_))
    assert finding.since == days_ago(5)
