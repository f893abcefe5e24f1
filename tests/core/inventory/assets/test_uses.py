"""Uses: what is shown where from when to when, and what takes whose place."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.days import beginning_of
from core.errors import BadInputError, ConflictError
from core.inventory.assets import assets, uses
from core.inventory.assets.appearance import look_of, shown_on
from core.inventory.assets.uses import is_shown, show_on, take_down
from core.model import AssetKind, AssetUse, AssetVersion, Channel, ChannelState, Placement
from tests.core.inventory.assets.asset_records import LONG_AGO, make_asset, make_use, make_version
from tests.factories import TODAY, make_channel, make_person
from tests.memory import records_in_memory

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
AVATAR, COVER, SERIES = Placement.AVATAR, Placement.COVER, Placement.POST_SERIES

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def session():
    with records_in_memory() as opened:
        yield opened


@pytest.fixture
def channel(session: Session) -> Channel:
    made = make_channel()
    session.add(made)
    session.flush()
    return made


def version_of(session: Session, **values) -> AssetVersion:
    asset = make_asset(**values)
    version = make_version(asset)
    session.add_all([asset, version])
    session.flush()
    return version


def show(session: Session, version: AssetVersion, channel: Channel, placement=AVATAR, since=TODAY) -> AssetUse:
    (use,) = show_on(session, version.id, [channel.id], placement, since, today=TODAY)
    session.flush()
    return use


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TOMORROW, None, False),
        (None, TOMORROW, True),
        (None, TODAY, False),
        (TODAY, TODAY, False),
        (None, YESTERDAY, False),
    ],
)
def test_lists_and_looks_agree_what_is_shown_today(session: Session, channel, since, until, shown):
    version = version_of(session)
    session.add(make_use(version, channel, since=since, until=until))
    session.flush()
    assert bool(session.scalars(select(AssetUse).where(is_shown(TODAY))).all()) is shown
    assert session.execute(assets.listing(TODAY)).mappings().one()["channels"] == int(shown)
    assert (look_of(session, channel.id, TODAY).avatar is not None) is shown
    assert len(shown_on(session, TODAY, asset_id=version.asset_id)) == int(shown)


@pytest.mark.parametrize("state", list(ChannelState))
def test_a_channel_that_is_gone_shows_nothing(session: Session, state):
    version, channel = version_of(session), make_channel(state=state)
    session.add_all([channel, make_use(version, channel)])
    session.flush()
    counts = state not in {ChannelState.CLOSED, ChannelState.REJECTED}
    assert session.execute(assets.listing(TODAY)).mappings().one()["channels"] == int(counts)
    assert len(shown_on(session, TODAY)) == int(counts)


def test_a_use_is_listed_with_what_is_shown_where(session: Session, channel):
    person = make_person()
    version = version_of(session)
    use = make_use(version, channel, until=TODAY, cleaned_by_id=person.id)
    session.add_all([person, use])
    session.flush()
    listed = session.execute(uses.listing(TODAY)).mappings().one()
    told = (listed["asset"], listed["kind"], listed["version"], listed["channel"], listed["platform"])
    assert told == ("Wappen", AssetKind.COAT_OF_ARMS, "wappen.png", "Stadt Moers", "facebook")
    assert (listed["number"], listed["until"], listed["cleaned_by"]) == (1, TODAY, "Erika Mustermann")
    assert (listed["asset_id"], listed["channel_id"]) == (version.asset_id, channel.id)


@pytest.mark.parametrize(("placement", "replaces"), [(AVATAR, True), (COVER, True), (SERIES, False)])
def test_a_new_avatar_or_cover_takes_the_place_of_the_one_before(session: Session, channel, placement, replaces):
    first = show(session, version_of(session), channel, placement, LONG_AGO)
    second = show(session, version_of(session), channel, placement, TODAY)
    assert first.until == (TODAY if replaces else None)
    assert second.until is None


def test_avatar_and_cover_are_places_of_their_own(session: Session, channel):
    version = version_of(session)
    avatar, cover = show(session, version, channel, AVATAR), show(session, version, channel, COVER)
    look = look_of(session, channel.id, TODAY)
    assert avatar.until is None
    assert (look.avatar and look.avatar.use_id, look.cover and look.cover.use_id) == (avatar.id, cover.id)
    assert look.others == ()


def test_what_is_shown_already_is_not_shown_twice(session: Session, channel):
    version = version_of(session)
    assert show(session, version, channel, since=LONG_AGO) is show(session, version, channel, since=TODAY)


def test_what_was_to_begin_later_gives_way(session: Session, channel):
    later = show(session, version_of(session), channel, since=TOMORROW)
    now = show(session, version_of(session), channel, since=TODAY)
    assert list(session.scalars(select(AssetUse.id))) == [now.id] != [later.id]


@pytest.mark.parametrize(
    ("before", "ends"), [(LONG_AGO, TODAY), (None, TODAY), (TODAY, TODAY), (TOMORROW, "never began")]
)
def test_a_picture_of_which_nobody_knows_since_when_ends_the_one_before_today(session: Session, channel, before, ends):
    person = make_person()
    session.add(person)
    first = show(session, version_of(session), channel, since=before)
    version = version_of(session)
    (second,) = show_on(session, version.id, [channel.id], AVATAR, None, today=TODAY, by=person.id)
    session.flush()
    assert (second.since, second.until) == (None, None)
    if ends == "never began":
        assert list(session.scalars(select(AssetUse.id))) == [second.id]
    else:
        assert (first.until, first.cleaned_by_id) == (ends, person.id)
    avatar = look_of(session, channel.id, TODAY).avatar
    assert avatar is not None
    assert avatar.use_id == second.id


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        (LONG_AGO, None, "second"),
        (TODAY, None, "second"),
        (None, TODAY, "second"),
        (None, LONG_AGO, "first"),
        (None, None, "second"),
        (TODAY, LONG_AGO, "first"),
    ],
)
def test_of_two_avatars_the_one_is_seen_that_began_last_as_far_as_is_known(
    session: Session, channel, first, second, shown
):
    """Two were noted at two places before either knew of the other, or by a program that let the old one stay."""
    uses = {"first": make_use(version_of(session), channel, since=first)}
    uses["second"] = make_use(version_of(session), channel, since=second)
    morning = beginning_of(TODAY) + timedelta(hours=9)
    for number, use in enumerate(uses.values()):
        session.add(use)
        session.flush()
        use.created_at = morning + timedelta(minutes=number)
    session.flush()
    look = look_of(session, channel.id, TODAY)
    assert look.avatar is not None
    assert look.avatar.use_id == uses[shown].id
    assert len(look.others) == 1


def test_who_exchanged_something_is_told_with_it(session: Session, channel):
    person = make_person()
    session.add(person)
    first = show(session, version_of(session), channel, since=LONG_AGO)
    show_on(session, version_of(session).id, [channel.id], AVATAR, TODAY, today=TODAY, by=person.id)
    assert (first.until, first.cleaned_by_id) == (TODAY, person.id)


@pytest.mark.parametrize(("on", "refused"), [(YESTERDAY, True), (TODAY, False), (TOMORROW, False)])
def test_nothing_is_taken_down_before_it_is_shown_or_twice(session: Session, channel, on, refused):
    use = show(session, version_of(session), channel, since=TODAY)
    if refused:
        with pytest.raises(BadInputError, match="only since"):
            take_down(session, use.id, on, None)
        return
    assert take_down(session, use.id, on, None).until == on
    with pytest.raises(ConflictError, match="taken down in the meantime"):
        take_down(session, use.id, on, None)


@pytest.mark.parametrize("kind", list(AssetKind))
@pytest.mark.parametrize("placement", list(Placement))
def test_a_font_or_a_template_is_no_picture_of_a_channel(session: Session, channel, kind, placement):
    version = version_of(session, kind=kind)
    if kind in {AssetKind.FONT, AssetKind.TEMPLATE} and placement in {AVATAR, COVER}:
        with pytest.raises(BadInputError, match="no picture"):
            show(session, version, channel, placement)
    else:
        assert show(session, version, channel, placement).placement is placement


def test_what_is_retired_or_gone_is_shown_nowhere(session: Session, channel):
    with pytest.raises(BadInputError, match="not used any more"):
        show(session, version_of(session, retired_on=date(2026, 1, 1)), channel)
    with pytest.raises(ConflictError, match="version was removed"):
        show_on(session, uuid4(), [channel.id], AVATAR, TODAY, today=TODAY)
    with pytest.raises(ConflictError, match="channel was removed"):
        show_on(session, version_of(session).id, [uuid4()], AVATAR, TODAY, today=TODAY)
