"""The work list: which places it names, until when, and what ticking one off does."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.inventory.assets.assets import NewAsset, add_asset, retire
from core.inventory.assets.consents import Given, give, withdraw
from core.inventory.assets.places_to_clean import Place, Why, clean, places, still_to_clean, tick_off
from core.inventory.assets.uses import show_on
from core.inventory.assets.versions import KeptFile, add_derived, issue_version
from core.model import (
    Asset,
    AssetKind,
    AssetUse,
    AssetVariant,
    AssetVersion,
    ChannelState,
    Consent,
    ConsentMedium,
    Placement,
)
from tests.factories import TODAY, make_channel, make_person
from tests.memory import records_in_memory

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LONG_AGO = date(2026, 1, 5)
SIX = tuple(f"stadt{number}" for number in range(6))


@pytest.fixture
def session():
    with records_in_memory() as opened:
        yield opened


def a_file(mark: str = "a") -> KeptFile:
    return KeptFile(mark * 64, f"{mark}.png", "image/png", 1_000, 800, 800)


def arms(session: Session) -> tuple[Asset, AssetVersion]:
    asset = add_asset(session, NewAsset(AssetKind.COAT_OF_ARMS, "Wappen"))
    session.flush()
    return asset, issue_version(session, asset.id, a_file(), issued_on=LONG_AGO)


def portrait(session: Session) -> tuple[Asset, AssetVersion, Consent]:
    person = make_person()
    session.add(person)
    asset = add_asset(session, NewAsset(AssetKind.PORTRAIT, "Erika Mustermann", person.id))
    session.flush()
    consent = give(session, asset.id, Given(ConsentMedium.SOCIAL_MEDIA, LONG_AGO))
    return asset, issue_version(session, asset.id, a_file(), issued_on=LONG_AGO), consent


def on_six(session: Session, version: AssetVersion, since: date | None = LONG_AGO) -> list[AssetUse]:
    channels = [make_channel(handle=handle, title=handle) for handle in SIX]
    session.add_all(channels)
    session.flush()
    return show_on(session, version.id, [one.id for one in channels], Placement.AVATAR, since, today=TODAY)


def open_places(session: Session, today: date = TODAY) -> list[Place]:
    session.flush()
    return [one for one in places(session, today) if one.done_on is None]


def tick_all(session: Session, on: date, by: UUID | None) -> None:
    for place in open_places(session, on):
        tick_off(session, place.use_id, on, by)


def test_nothing_has_to_be_cleaned_as_long_as_all_is_in_force(session: Session):
    _asset, version = arms(session)
    on_six(session, version)
    assert not places(session, TODAY)


def test_a_new_version_opens_the_list_of_all_places_until_the_last_one_is_done(session: Session):
    asset, version = arms(session)
    on_six(session, version, since=TODAY)
    me = make_person()
    session.add(me)
    newer = issue_version(session, asset.id, a_file("b"), issued_on=TODAY)
    found = open_places(session)
    assert [(one.channel_title, one.why, one.since) for one in found] == [
        (f"{handle} (Facebook)", Why.REPLACED, TODAY) for handle in SIX
    ]
    tick_all(session, TODAY, me.id)
    session.flush()
    done = places(session, TODAY)
    assert [(one.done_on, one.done_by) for one in done] == [(TODAY, "Erika Mustermann")] * 6
    shown = session.query(AssetUse).filter(AssetUse.until.is_(None)).all()
    assert [(one.version_id, one.since, one.placement) for one in shown] == [(newer.id, TODAY, Placement.AVATAR)] * 6


def test_a_withdrawn_consent_opens_the_list_and_nothing_takes_the_place(session: Session):
    _asset, version, consent = portrait(session)
    on_six(session, version)
    assert not open_places(session)
    withdraw(session, consent.id, TODAY)
    assert [(one.why, one.since) for one in open_places(session)] == [(Why.CONSENT, TODAY)] * 6
    tick_all(session, TODAY, None)
    assert not open_places(session)
    assert session.query(AssetUse).filter(AssetUse.until.is_(None)).count() == 0


def test_consent_counts_before_replacement(session: Session):
    asset, version, consent = portrait(session)
    on_six(session, version)
    issue_version(session, asset.id, a_file("b"), issued_on=YESTERDAY)
    assert {one.why for one in open_places(session)} == {Why.REPLACED}
    withdraw(session, consent.id, TODAY)
    assert {one.why for one in open_places(session)} == {Why.CONSENT}


@pytest.mark.parametrize(("issued_on", "listed"), [(YESTERDAY, True), (TODAY, True), (TOMORROW, False)])
def test_a_new_version_counts_from_the_day_on_which_it_is_issued(session: Session, issued_on, listed):
    asset, version = arms(session)
    on_six(session, version)
    issue_version(session, asset.id, a_file("b"), issued_on=issued_on)
    assert len(open_places(session)) == (6 if listed else 0)


@pytest.mark.parametrize(("retired_on", "listed"), [(YESTERDAY, True), (TODAY, True), (TOMORROW, False)])
def test_what_is_not_used_any_more_goes_from_all_places(session: Session, retired_on, listed):
    asset, version = arms(session)
    on_six(session, version)
    retire(session, asset.id, retired_on)
    assert [one.why for one in open_places(session)] == [Why.RETIRED] * (6 if listed else 0)


def test_what_was_cut_from_a_replaced_file_is_replaced_by_what_is_cut_for_the_same_place(session: Session):
    asset, version = arms(session)
    cut = add_derived(session, version.id, a_file("c"), platform="facebook", placement=Placement.AVATAR, today=TODAY)
    on_six(session, cut)
    newer = issue_version(session, asset.id, a_file("b"), issued_on=TODAY)
    assert len(open_places(session)) == 6
    cut_anew = add_derived(session, newer.id, a_file("d"), platform="facebook", placement=Placement.AVATAR, today=TODAY)
    tick_all(session, TODAY, None)
    session.flush()
    shown = session.query(AssetUse).filter(AssetUse.until.is_(None)).all()
    assert {one.version_id for one in shown} == {cut_anew.id}


def test_another_variant_stays_where_it_is(session: Session):
    asset, version = arms(session)
    on_six(session, version)
    issue_version(session, asset.id, a_file("b"), variant=AssetVariant.NEGATIVE, issued_on=TODAY)
    assert not open_places(session)


def test_a_closed_channel_needs_no_cleaning(session: Session):
    asset, version = arms(session)
    channel = make_channel(state=ChannelState.CLOSED)
    session.add(channel)
    session.flush()
    show_on(session, version.id, [channel.id], Placement.COVER, None, today=TODAY)
    issue_version(session, asset.id, a_file("b"), issued_on=TODAY)
    assert not open_places(session)


def test_a_place_is_ticked_off_once(session: Session, in_english: None):
    asset, version = arms(session)
    use = on_six(session, version)[0]
    issue_version(session, asset.id, a_file("b"), issued_on=TODAY)
    session.flush()
    tick_off(session, use.id, TODAY, None)
    with pytest.raises(ConflictError, match="cleaned in the meantime"):
        tick_off(session, use.id, TODAY, None)


def test_what_is_in_order_is_not_ticked_off(session: Session, in_english: None):
    _asset, version = arms(session)
    use = on_six(session, version)[0]
    session.flush()
    with pytest.raises(ConflictError, match="in order by now"):
        tick_off(session, use.id, TODAY, None)


@pytest.mark.parametrize(
    ("licence_until", "valid_until", "approved_on", "over"),
    [
        (YESTERDAY, None, TODAY, True),
        (None, YESTERDAY, TODAY, True),
        (None, None, None, True),
        (TODAY, TODAY, TODAY, False),
        (None, None, TODAY, False),
    ],
)
def test_off_the_list_only_what_is_over_or_unapproved_is_taken_down(
    session: Session, in_english: None, licence_until, valid_until, approved_on, over
):
    asset, version = arms(session)
    asset.licence_until, version.valid_until, version.approved_on = licence_until, valid_until, approved_on
    use, *others = on_six(session, version)
    session.flush()
    assert still_to_clean(session, [use.id], TODAY) == ({use.id} if over else set())
    if over:
        assert clean(session, use.id, TODAY, None) is None
        assert use.until == TODAY
    else:
        with pytest.raises(ConflictError, match="in order by now"):
            clean(session, use.id, TODAY, None)
        assert use.until is None
    assert {one.until for one in others} == {None}


def test_only_a_portrait_gets_a_consent(session: Session, in_english: None):
    asset, _version = arms(session)
    with pytest.raises(BadInputError, match="no portrait"):
        give(session, asset.id, Given(ConsentMedium.SOCIAL_MEDIA, TODAY))
