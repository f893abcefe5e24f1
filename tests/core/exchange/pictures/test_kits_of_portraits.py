"""A kit leaves out portraits whose person does not agree, marks what nobody approved, and bears plausible days."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta

import pytest

from core.errors import BadInputError
from core.exchange.pictures.kits import Kit, kit_of_asset, kit_of_channel, write_kit
from core.i18n import N_
from core.inventory.assets.library import shelf_of
from core.model import AssetVariant, ConsentMedium
from tests.core.exchange.pictures.drawn import picture
from tests.core.inventory.assets.asset_records import (
    LONG_AGO,
    make_asset,
    make_consent,
    make_portrait,
    make_use,
    make_version,
)
from tests.factories import make_channel

pytestmark = pytest.mark.usefixtures("in_english")


def keep(registry, *records):
    with registry.action(N_("Add")) as session:
        session.add_all(records)


@pytest.fixture
def sha256(registry):
    return shelf_of(registry.path).put(picture())


@pytest.fixture
def channel(registry, sha256):
    """A channel in social media that shows the coat of arms and a portrait."""
    arms, portrait = make_asset(), make_portrait()
    versions = [make_version(one, sha256=sha256) for one in (arms, portrait)]
    shown = make_channel(platform="facebook")
    keep(registry, arms, portrait, *versions, shown, *(make_use(one, shown) for one in versions))
    return portrait, shown


def channel_kit(registry, channel, today) -> Kit:
    with registry.reading() as session:
        return kit_of_channel(session, channel.id, today)


def contents(registry, kit, target):
    write_kit(registry, kit, target)
    with zipfile.ZipFile(target) as archive:
        return archive.read("Contents.txt").decode()


@pytest.mark.parametrize(
    ("consent", "sentence"),
    [
        (None, "No consent to show “Erika Mustermann 2026” is entered (Social media)."),
        ({"withdrawn_on": LONG_AGO}, "The consent to show “Erika Mustermann 2026” was withdrawn or has ended"),
        ({"until": LONG_AGO}, "The consent to show “Erika Mustermann 2026” was withdrawn or has ended"),
        ({"medium": ConsentMedium.WEBSITE}, "No consent to show “Erika Mustermann 2026” is entered (Social media)."),
    ],
)
def test_a_portrait_without_consent_for_the_channel_is_left_out_and_named(
    registry, channel, today, tmp_path, consent, sentence
):
    portrait, shown = channel
    if consent is not None:
        keep(registry, make_consent(portrait, **consent))
    kit = channel_kit(registry, shown, today)
    assert [one.name for one in kit.files] == ["Avatar Wappen in colour 1.png"]
    assert kit.left_out[0].startswith(sentence)
    told = contents(registry, kit, tmp_path / "kit.zip")
    assert "Left out" in told
    assert sentence in told


def test_with_consent_the_portrait_is_in_the_kit_with_the_media_that_hold(registry, channel, today, tmp_path):
    portrait, shown = channel
    keep(registry, make_consent(portrait), make_consent(portrait, medium=ConsentMedium.PRINT))
    kit = channel_kit(registry, shown, today)
    assert len(kit.files) == 2
    assert not kit.left_out
    assert "The person agrees to: Social media, Print" in contents(registry, kit, tmp_path / "kit.zip")


def test_a_portrait_that_may_be_shown_nowhere_has_no_kit(registry, channel, today):
    portrait, _shown = channel
    with registry.reading() as session, pytest.raises(BadInputError, match="No consent to show “Erika"):
        kit_of_asset(session, portrait.id, today)
    keep(registry, make_consent(portrait, medium=ConsentMedium.PRESS))
    with registry.reading() as session:
        assert len(kit_of_asset(session, portrait.id, today).files) == 1


def test_what_nobody_approved_is_marked(registry, sha256, today, tmp_path):
    arms = make_asset()
    keep(registry, arms, make_version(arms, sha256=sha256, approved_on=None))
    with registry.reading() as session:
        kit = kit_of_asset(session, arms.id, today)
    assert "Not approved: please ask before you use it." in contents(registry, kit, tmp_path / "kit.zip")


@pytest.mark.parametrize(("issued", "year"), [(LONG_AGO, 2026), (date(1911, 3, 4), 1980)])
def test_the_files_bear_the_day_of_the_newest_of_them(registry, sha256, today, tmp_path, issued, year):
    arms = make_asset()
    older = make_version(arms, sha256=sha256, issued_on=issued - timedelta(days=400), variant=AssetVariant.NEGATIVE)
    keep(registry, arms, make_version(arms, sha256=sha256, issued_on=issued), older)
    with registry.reading() as session:
        kit = kit_of_asset(session, arms.id, today)
    for name in ("one.zip", "two.zip"):
        write_kit(registry, kit, tmp_path / name)
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        days = {entry.date_time for entry in archive.infolist()}
    assert days == {(year, issued.month, issued.day, 0, 0, 0)}
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
