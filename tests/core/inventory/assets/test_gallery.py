"""The library at a glance, and one asset with all that hangs on it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from core.i18n import N_
from core.inventory.assets import uses, versions
from core.inventory.assets.asset_sheet import asset_sheet
from core.inventory.assets.assets import NewAsset, add_asset, retire
from core.inventory.assets.consents import Given, give, withdraw
from core.inventory.assets.gallery import known_file, tiles
from core.inventory.assets.places_to_clean import Why
from core.inventory.assets.versions import Approval, KeptFile
from core.model import AssetKind, AssetVariant, ConsentMedium, Placement
from tests.factories import make_channel, make_person


def file(name):
    return KeptFile(name * 64, f"{name}.png", "image/png", 1_000, 100, 100)


@pytest.fixture
def session(registry):
    with registry.action(N_("Test")) as opened:
        yield opened


def add(session, title, kind=AssetKind.LOGO, **told):
    asset = add_asset(session, NewAsset(kind, title, **told))
    session.flush()
    return asset


def issue(session, asset, name, today, variant=AssetVariant.COLOUR, approved=True):
    approval = Approval(today if approved else None)
    made = versions.issue_version(session, asset.id, file(name), variant=variant, issued_on=today, approval=approval)
    session.flush()
    return made


def channel(session, handle):
    made = make_channel(handle=handle, title=handle)
    session.add(made)
    session.flush()
    return made


def test_assets_come_by_kind_and_title_retired_ones_last(session, today):
    for title, kind in (("Zoo", AssetKind.LOGO), ("Ämter", AssetKind.LOGO), ("Wappen", AssetKind.COAT_OF_ARMS)):
        add(session, title, kind)
    retire(session, add(session, "Altes Wappen", AssetKind.COAT_OF_ARMS).id, today)
    session.flush()
    assert [one.title for one in tiles(session, today)] == ["Wappen", "Ämter", "Zoo", "Altes Wappen"]


def test_the_newest_file_in_colour_stands_for_an_asset(session, today):
    asset = add(session, "Logo")
    issue(session, asset, "a", today, AssetVariant.NEGATIVE)
    issue(session, asset, "b", today)
    newest = issue(session, asset, "c", today, approved=False)
    versions.add_derived(session, newest.id, file("d"), platform="facebook", placement=Placement.AVATAR, today=today)
    session.flush()
    [tile] = tiles(session, today)
    assert (tile.sha256, tile.variant, tile.variants, tile.approved) == ("c" * 64, AssetVariant.COLOUR, 2, False)
    assert tile.files == {name * 64 for name in "abcd"}
    assert (tile.in_use, tile.unapproved) == (2, 1), "a file that was cut from another one needs no approval of its own"


def test_an_asset_without_a_file_is_shown_without_one(session, today):
    add(session, "Logo")
    [tile] = tiles(session, today)
    assert (tile.sha256, tile.variant, tile.variants, tile.approved) == ("", None, 0, True)


def test_places_are_counted_and_those_to_clean_among_them(session, today):
    asset = add(session, "Logo")
    first = issue(session, asset, "a", today - timedelta(days=9))
    ids = [channel(session, handle).id for handle in ("one", "two", "three")]
    made = uses.show_on(session, first.id, ids, Placement.AVATAR, today - timedelta(days=9), today=today)
    session.flush()
    [tile] = tiles(session, today)
    assert (tile.uses, tile.to_clean) == (3, 0)
    issue(session, asset, "b", today)
    uses.take_down(session, made[0].id, today, None)
    session.flush()
    [tile] = tiles(session, today)
    assert (tile.uses, tile.to_clean) == (2, 2)


def test_a_sheet_tells_which_place_has_to_be_cleaned_and_why(session, today):
    person = make_person()
    session.add(person)
    session.flush()
    asset = add(session, "Porträt", AssetKind.PORTRAIT, person_id=person.id)
    version = issue(session, asset, "a", today)
    uses.show_on(session, version.id, [channel(session, "one").id], Placement.AVATAR, today, today=today)
    consent = give(session, asset.id, Given(ConsentMedium.SOCIAL_MEDIA, today))
    session.flush()
    sheet = asset_sheet(session, asset.id, today)
    assert sheet is not None
    assert sheet.to_clean == 0
    assert [one.holds(today) for one in sheet.consents] == [True]
    withdraw(session, consent.id, today)
    session.flush()
    sheet = asset_sheet(session, asset.id, today)
    assert sheet is not None
    assert [one.why for one in sheet.uses] == [Why.CONSENT]
    assert [one.holds(today) for one in sheet.consents] == [False]


def test_of_an_asset_that_is_gone_there_is_no_sheet(session, today):
    assert asset_sheet(session, uuid4(), today) is None


def test_a_file_that_is_there_already_is_known_by_its_version_in_force(session, today):
    asset = add(session, "Logo")
    issue(session, asset, "a", today)
    issue(session, asset, "b", today)
    known = known_file(session, "a" * 64)
    assert known is not None
    assert (known.title, known.number) == ("Logo", 1)
    assert known_file(session, "f" * 64) is None
