"""A kit has the right files under names that every system takes, and is the same whenever it is made."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInputError, UnusableFileError
from core.exchange.file_names import safe_name
from core.exchange.pictures.examining import examine_bytes
from core.exchange.pictures.kits import kit_of_asset, kit_of_channel, write_kit
from core.exchange.pictures.taking_in import NewFile, NewVersion, take_in_asset, take_in_version
from core.i18n import N_
from core.inventory.assets.library import folder_of
from core.inventory.assets.uses import show_on
from core.inventory.assets.versions import versions_of
from core.model import AssetKind, AssetVariant, Placement
from tests.core.exchange.pictures.drawn import picture
from tests.factories import make_channel

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("in_english")


def take_in(registry, today, title="Coat of arms", **more):
    told = NewFile(examine_bytes(picture(), "a.png"), AssetKind.COAT_OF_ARMS, title, **more)
    return take_in_asset(registry, told, today)


@pytest.fixture
def asset_id(registry, today):
    asset_id = take_in(registry, today, rights_holder="City of Musterstadt", licence_until=date(2027, 12, 31))
    for size, variant in (((310, 400), AssetVariant.COLOUR), ((320, 400), AssetVariant.NEGATIVE)):
        take_in_version(registry, asset_id, NewVersion(examine_bytes(picture(size), "b.png"), variant), today)
    return asset_id


def asset_kit(registry, asset_id, target):
    with registry.reading() as session:
        kit = kit_of_asset(session, asset_id, TODAY)
    write_kit(registry, kit, target)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_kit_of_an_asset_has_what_is_in_force_and_the_terms(registry, asset_id, tmp_path):
    kit = asset_kit(registry, asset_id, tmp_path / "kit.zip")
    assert list(kit) == ["Coat of arms in colour 2.png", "Coat of arms negative 1.png", "Contents.txt"]
    assert kit["Coat of arms in colour 2.png"] == picture((310, 400))
    assert b"Rights holder: City of Musterstadt" in kit["Contents.txt"]


def test_the_same_files_give_the_same_kit(registry, asset_id, tmp_path):
    for name in ("eins.zip", "zwei.zip"):
        asset_kit(registry, asset_id, tmp_path / name)
    assert (tmp_path / "eins.zip").read_bytes() == (tmp_path / "zwei.zip").read_bytes()


def test_a_kit_of_a_channel_has_what_it_shows_today(registry, asset_id, today, tmp_path):
    other = take_in(registry, today, "coat of arms")
    with registry.reading() as session:
        names = [kit_of_asset(session, one, today).files[0].sha256 for one in (asset_id, other)]
    with registry.action(N_("Show asset")) as session:
        channel = make_channel(title="City: news/today")
        session.add(channel)
        session.flush()
        for one in (asset_id, other):
            version = next(version for version in versions_of(session, one) if version.replaced_by_id is None)
            show_on(session, version.id, [channel.id], Placement.POST_SERIES, today, today=today)
    with registry.reading() as session:
        kit = kit_of_channel(session, channel.id, today)
    assert [one.sha256 for one in kit.files] == names
    assert [one.name for one in kit.files] == [
        "Series of posts Coat of arms in colour 2.png",
        "Series of posts coat of arms in colour 1.png",
    ]


def test_a_channel_that_shows_nothing_has_no_kit(registry, today):
    with registry.action(N_("Add channel")) as session:
        channel = make_channel()
        session.add(channel)
    with registry.reading() as session, pytest.raises(BadInputError, match="has no file"):
        kit_of_channel(session, channel.id, today)


def test_with_a_damaged_file_no_kit_is_written(registry, asset_id, tmp_path):
    for file in folder_of(registry.path).iterdir():
        file.write_bytes(b"something else")
    with pytest.raises(UnusableFileError, match="was altered or damaged"):
        asset_kit(registry, asset_id, tmp_path / "kit.zip")
    assert not (tmp_path / "kit.zip").exists()


def test_a_kit_is_an_archive_by_its_name(registry, asset_id, tmp_path):
    with pytest.raises(BadInputError, match=r"kit\.txt"):
        asset_kit(registry, asset_id, tmp_path / "kit.txt")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wappen", "Wappen.png"),
        ("../../etc/passwd", "etc passwd.png"),
        ("C:\\Wappen", "C Wappen.png"),
        ("nul", "_nul.png"),
        ("com1.txt", "_com1.txt.png"),
        (" . ", "File.png"),
        ("a\u202egnp.exe", "agnp.exe.png"),
        ("Wa\u0308hler", "W\u00e4hler.png"),
        ("x" * 300, "x" * 80 + ".png"),
    ],
)
def test_names_are_safe_on_every_system(text, name):
    assert safe_name(text, ".png") == name


@settings(max_examples=80)
@given(st.text())
def test_no_text_becomes_a_name_that_leads_elsewhere(text):
    name = safe_name(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert name.strip(". ") == name
