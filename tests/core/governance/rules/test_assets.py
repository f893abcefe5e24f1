"""The city's appearance: whose portrait may be shown, what is in force, licensed and approved, and what is recorded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.governance.findings import evidence_sentence
from core.model import AssetKind, AssetVariant, ChannelState, ConsentMedium, Placement, Severity
from tests.core.governance.raising import COUNTING, STATES, TOMORROW, YESTERDAY, days_ago, found
from tests.core.inventory.assets.asset_records import (
    LONG_AGO,
    make_asset,
    make_consent,
    make_portrait,
    make_use,
    make_version,
)
from tests.factories import TODAY, make_channel, make_person

AROUND = (YESTERDAY, TODAY, TOMORROW)
BEGUN = [(YESTERDAY, True), (TODAY, True), (TOMORROW, False)]
MISSING, ENDED = "portrait-without-consent", "consent-expired"


def shown(asset, *, channel=None, version=None, **use):
    """Return a channel that shows an asset, and what that takes."""
    channel = channel or make_channel()
    version = version or make_version(asset)
    return [asset, version, channel, make_use(version, channel, **use)]


def sinces(rule, *records):
    return [one.since for one in found(rule, *records)]


@pytest.mark.parametrize("medium", list(ConsentMedium))
@pytest.mark.parametrize(("given_on", "counts"), BEGUN)
def test_a_portrait_needs_a_consent_for_social_media_from_its_day_on(medium, given_on, counts):
    portrait = make_portrait()
    consent = make_consent(portrait, medium=medium, given_on=given_on)
    agreed = counts and medium is ConsentMedium.SOCIAL_MEDIA
    raised = found(MISSING, *shown(portrait), consent)
    assert [(one.severity, one.since) for one in raised] == [(Severity.SEVERE, LONG_AGO)] * (not agreed)
    assert not found(ENDED, *shown(portrait), consent)


@pytest.mark.parametrize("medium", list(ConsentMedium))
def test_on_a_website_the_consent_for_websites_counts(medium):
    portrait = make_portrait()
    raised = found(
        MISSING, *shown(portrait, channel=make_channel(platform="website")), make_consent(portrait, medium=medium)
    )
    assert bool(raised) is (medium is not ConsentMedium.WEBSITE)


@pytest.mark.parametrize("kind", list(AssetKind))
def test_only_portraits_need_a_consent(kind):
    assert bool(found(MISSING, *shown(make_asset(kind=kind)))) is (kind is AssetKind.PORTRAIT)


@pytest.mark.parametrize(
    ("until", "withdrawn_on", "ended_on"),
    [
        (None, None, None),
        (TODAY, None, None),
        (TOMORROW, None, None),
        (YESTERDAY, None, TODAY),
        (days_ago(9), None, days_ago(8)),
        (None, TOMORROW, None),
        (None, TODAY, TODAY),
        (None, YESTERDAY, YESTERDAY),
        (days_ago(9), YESTERDAY, days_ago(8)),
        (TOMORROW, days_ago(9), days_ago(9)),
        (date.max, None, None),
    ],
)
def test_a_consent_holds_on_its_last_day_and_not_on_the_day_of_its_withdrawal(until, withdrawn_on, ended_on):
    portrait = make_portrait()
    consent = make_consent(portrait, until=until, withdrawn_on=withdrawn_on)
    raised = found(ENDED, *shown(portrait), consent)
    assert [(one.severity, one.since) for one in raised] == [(Severity.SEVERE, ended_on)] * (ended_on is not None)
    assert not found(MISSING, *shown(portrait), consent)


@pytest.mark.parametrize(("given_on", "raised"), [(YESTERDAY, False), (TODAY, False), (TOMORROW, True)])
def test_a_new_consent_takes_the_place_of_a_withdrawn_one(given_on, raised):
    portrait = make_portrait()
    consents = [make_consent(portrait, withdrawn_on=days_ago(5)), make_consent(portrait, given_on=given_on)]
    assert sinces(ENDED, *shown(portrait), *consents) == [days_ago(5)] * raised


def test_it_counts_since_the_last_consent_ended_or_since_it_is_shown():
    portrait = make_portrait()
    consents = [make_consent(portrait, withdrawn_on=days_ago(9)), make_consent(portrait, until=days_ago(5))]
    assert sinces(ENDED, *shown(portrait, since=LONG_AGO), *consents) == [days_ago(4)]
    portrait = make_portrait()
    assert sinces(ENDED, *shown(portrait, since=YESTERDAY), make_consent(portrait, until=days_ago(5))) == [YESTERDAY]


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TOMORROW, None, False),
        (None, TOMORROW, True),
        (None, TODAY, False),
        (None, YESTERDAY, False),
    ],
)
def test_what_is_shown_counts_until_the_day_it_is_taken_down(since, until, counts):
    arms = make_asset()
    new = make_version(arms, number=2)
    old = make_version(arms, replaced_by_id=new.id, approved_on=None)
    records = [*shown(arms, version=old, since=since, until=until), new]
    assert bool(found("asset-outdated", *records)) is counts
    assert bool(found("asset-not-approved", *records)) is counts
    assert bool(found("no-asset", *records)) is not counts
    portrait = make_portrait(licence_until=YESTERDAY)
    records = shown(portrait, since=since, until=until)
    assert bool(found(MISSING, *records)) is counts
    assert bool(found("asset-licence-expired", *records)) is counts
    assert bool(found(ENDED, *records, make_consent(portrait, until=YESTERDAY))) is counts


@pytest.mark.parametrize("state", STATES)
def test_what_is_shown_counts_as_long_as_the_channel_does(state):
    arms = make_asset(licence_until=YESTERDAY, retired_on=TODAY)
    records = shown(arms, version=make_version(arms, approved_on=None), channel=make_channel(state=state))
    counts = state in COUNTING
    for rule in ("asset-outdated", "asset-licence-expired", "asset-not-approved"):
        assert bool(found(rule, *records)) is counts, rule


@pytest.mark.parametrize(("issued_on", "raised"), BEGUN)
def test_a_version_is_outdated_from_the_day_on_which_its_successor_is_issued(issued_on, raised):
    arms = make_asset()
    new = make_version(arms, number=2, issued_on=issued_on)
    records = [*shown(arms, version=make_version(arms, replaced_by_id=new.id)), new]
    assert sinces("asset-outdated", *records) == [issued_on] * raised


@pytest.mark.parametrize(("retired_on", "raised"), BEGUN)
def test_an_asset_that_is_retired_is_outdated_from_that_day(retired_on, raised):
    assert sinces("asset-outdated", *shown(make_asset(retired_on=retired_on))) == [retired_on] * raised


@pytest.mark.parametrize(("issued_on", "raised"), BEGUN)
def test_what_was_cut_from_a_file_is_outdated_with_it(issued_on, raised):
    arms = make_asset()
    new = make_version(arms, number=2, issued_on=issued_on)
    old = make_version(arms, replaced_by_id=new.id)
    cut = make_version(arms, derived_from_id=old.id, derived_for="facebook/avatar")
    assert sinces("asset-outdated", *shown(arms, version=cut), old, new) == [issued_on] * raised


def test_another_variant_is_no_newer_version():
    arms = make_asset()
    negative = make_version(arms, variant=AssetVariant.NEGATIVE, issued_on=TODAY)
    assert not found("asset-outdated", *shown(arms), negative)


def test_six_channels_with_an_old_coat_of_arms_are_six_findings():
    arms = make_asset()
    new = make_version(arms, number=2, issued_on=TODAY)
    old = make_version(arms, replaced_by_id=new.id)
    channels = [make_channel(handle=f"stadt{number}") for number in range(6)]
    raised = found("asset-outdated", arms, old, new, *channels, *(make_use(old, one) for one in channels))
    assert {(one.subject_type, one.subject_id) for one in raised} == {("channel", one.id) for one in channels}
    assert len(raised) == 6


def test_each_place_of_a_channel_is_a_finding_of_its_own():
    arms, channel = make_asset(), make_channel()
    new = make_version(arms, number=2)
    old = make_version(arms, replaced_by_id=new.id)
    uses = [make_use(old, channel, placement=placement) for placement in (Placement.AVATAR, Placement.COVER)]
    assert len(found("asset-outdated", arms, old, new, channel, *uses)) == 2


@pytest.mark.parametrize(
    ("licence", "own", "master", "since"),
    [
        (None, None, None, None),
        (TODAY, TODAY, TODAY, None),
        (YESTERDAY, None, None, TODAY),
        (None, YESTERDAY, None, TODAY),
        (None, None, YESTERDAY, TODAY),
        (YESTERDAY, days_ago(3), TOMORROW, days_ago(2)),
    ],
)
def test_a_licence_and_a_term_hold_on_their_last_day(licence, own, master, since):
    arms = make_asset(licence_until=licence)
    whole = make_version(arms, valid_until=master)
    cut = make_version(arms, valid_until=own, derived_from_id=whole.id)
    expected = [] if since is None else [since]
    assert sinces("asset-licence-expired", *shown(arms, version=cut), whole) == expected


@pytest.mark.parametrize("own", [None, *AROUND])
@pytest.mark.parametrize("master", [None, *AROUND])
def test_a_file_is_approved_from_that_day_on_and_with_it_what_was_cut_from_it(own, master):
    arms = make_asset()
    whole = make_version(arms, approved_on=master)
    cut = make_version(arms, approved_on=own, derived_from_id=whole.id)
    approved = any(day is not None and day <= TODAY for day in (own, master))
    assert sinces("asset-not-approved", *shown(arms, version=cut), whole) == [LONG_AGO] * (not approved)


@pytest.mark.parametrize("state", STATES)
def test_a_public_channel_needs_an_avatar(state):
    public = {ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING}
    raised = found("no-asset", make_channel(state=state, registered_on=LONG_AGO))
    assert [one.since for one in raised] == [LONG_AGO] * (state in public)


@pytest.mark.parametrize(
    ("platform", "raised"), [("facebook", True), ("mastodon", True), ("website", False), ("google-plus", False)]
)
def test_only_where_a_platform_shows_avatars_one_is_missed(platform, raised):
    assert bool(found("no-asset", make_channel(platform=platform))) is raised


@pytest.mark.parametrize("placement", list(Placement))
def test_only_an_avatar_counts_as_one(placement):
    assert bool(found("no-asset", *shown(make_asset(), placement=placement))) is (placement is not Placement.AVATAR)


def test_an_avatar_is_missed_since_the_last_one_was_taken_down(in_english):
    (raised,) = found("no-asset", *shown(make_asset(), until=days_ago(3)))
    assert raised.since == TODAY - timedelta(days=3)
    assert "taken down on" in evidence_sentence("no-asset", raised.evidence)


def test_whom_a_portrait_shows_only_those_read_who_may_know(in_english):
    person = make_person(function="Bürgermeisterin")
    (raised,) = found(MISSING, person, *shown(make_portrait(person)))
    told, veiled = (evidence_sentence(MISSING, raised.evidence, with_names=named) for named in (True, False))
    assert told == ("“Erika Mustermann 2026” is shown (Avatar), and no consent of Erika Mustermann is recorded.")
    assert veiled == "“Portrait” is shown (Avatar), and no consent of Bürgermeisterin is recorded."
    assert str(person.id) in str(raised.evidence)
