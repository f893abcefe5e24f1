"""Files are taken in whole and recorded in one action; cut pictures and forms lie in the same library."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.errors import BadInputError, ConflictError
from core.exchange.pictures import taking_in
from core.exchange.pictures.deriving import derived
from core.exchange.pictures.examining import examine_bytes
from core.exchange.pictures.taking_in import (
    NewConsent,
    NewFile,
    NewVersion,
    keep_derived,
    keep_form,
    take_in_asset,
    take_in_consent,
    take_in_version,
)
from core.inventory.assets.library import shelf_of
from core.inventory.assets.unrecorded import remove_unrecorded, unrecorded_files
from core.model import Asset, AssetKind, AssetVariant, AssetVersion, Consent, ConsentMedium, Placement
from tests.core.exchange.pictures.drawn import font, pdf, picture, word

pytestmark = pytest.mark.usefixtures("in_english")


def told(size=(300, 400), **more):
    return NewFile(examine_bytes(picture(size), "wappen.png"), AssetKind.COAT_OF_ARMS, "Coat of arms", **more)


@pytest.fixture
def asset_id(registry, today):
    return take_in_asset(registry, told(), today)


def versions(registry):
    with registry.reading() as session:
        return list(session.scalars(select(AssetVersion).order_by(AssetVersion.created_at)))


def test_an_asset_is_added_with_its_file_in_one_action(registry, today):
    data = picture()
    asset_id = take_in_asset(registry, told(approved=True), today)
    (version,) = versions(registry)
    assert version.asset_id == asset_id
    assert (version.file_name, version.media_type, version.size) == ("wappen.png", "image/png", len(data))
    assert (version.width, version.height, version.number) == (300, 400, 1)
    assert (version.issued_on, version.approved_on) == (today, today)
    assert shelf_of(registry.path).read(version.sha256) == data
    registry.undo()
    assert versions(registry) == []
    registry.redo()
    assert shelf_of(registry.path).check(one.sha256 for one in versions(registry)) == []


def test_a_new_version_takes_the_place_of_the_one_before(registry, asset_id, today):
    take_in_version(registry, asset_id, NewVersion(examine_bytes(picture((500, 600)), "neu.png")), today)
    first, second = versions(registry)
    assert (first.replaced_by_id, second.number, second.approved_on) == (second.id, 2, None)


def test_another_variant_takes_no_ones_place(registry, asset_id, today):
    negative = NewVersion(examine_bytes(picture((310, 410)), "negativ.png"), AssetVariant.NEGATIVE)
    take_in_version(registry, asset_id, negative, today)
    assert [(one.number, one.replaced_by_id) for one in versions(registry)] == [(1, None), (1, None)]


def test_what_was_cut_is_kept_as_a_version_of_its_master(registry, asset_id, today):
    (master,) = versions(registry)
    cut = derived(shelf_of(registry.path).read(master.sha256), master.media_type, (0, 0, 300, 300), (176, 176))
    keep_derived(registry, master.id, cut, "facebook", Placement.AVATAR, today)
    made = versions(registry)[-1]
    assert (made.derived_from_id, made.derived_for) == (master.id, "facebook/avatar")
    assert (made.width, made.height, made.file_name) == (176, 176, "facebook-avatar-176x176.png")


def test_a_form_is_kept_unless_it_is_none(registry):
    name = keep_form(registry, examine_bytes(pdf(), "form.pdf"))
    assert shelf_of(registry.path).read(name) == pdf()
    with pytest.raises(BadInputError, match=r"brief\.dotx is no scanned form"):
        keep_form(registry, examine_bytes(word(), "brief.dotx"))


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [
        (font(), AssetKind.LOGO, "is no picture"),
        (picture(), AssetKind.FONT, "is no font"),
        (pdf(), AssetKind.PORTRAIT, "is no photograph"),
        (font(), AssetKind.TEMPLATE, "is a font"),
        (word(), AssetKind.BANNER, "is no picture"),
    ],
)
def test_a_file_of_another_kind_is_neither_kept_nor_recorded(registry, today, data, kind, sentence):
    with pytest.raises(BadInputError, match=sentence):
        take_in_asset(registry, NewFile(examine_bytes(data, "datei"), kind, "Title"), today)
    assert shelf_of(registry.path).names() == set()
    with registry.reading() as session:
        assert session.scalars(select(Asset)).all() == []


def test_a_version_of_another_kind_is_not_issued(registry, asset_id, today):
    with pytest.raises(BadInputError, match="is no picture"):
        take_in_version(registry, asset_id, NewVersion(examine_bytes(font(), "schrift.ttf")), today)
    assert len(versions(registry)) == 1


def test_an_asset_that_was_removed_gets_no_version(registry, asset_id, today):
    registry.undo()
    before = shelf_of(registry.path).names()
    with pytest.raises(ConflictError):
        take_in_version(registry, asset_id, NewVersion(examine_bytes(picture((9, 9)), "neu.png")), today)
    assert shelf_of(registry.path).names() == before


def test_what_was_undone_comes_back_with_its_file(registry, asset_id, today):
    registry.undo()
    with registry.reading() as session:
        assert unrecorded_files(session, registry.path) == set()
    with pytest.raises(ConflictError):  # It is the file of what was undone, which stays for the redo.
        take_in_version(registry, asset_id, NewVersion(examine_bytes(picture((300, 400)), "wappen.png")), today)
    registry.redo()
    (master,) = versions(registry)
    assert shelf_of(registry.path).read(master.sha256) == picture((300, 400))


def test_a_form_of_a_consent_that_is_refused_goes_again(registry, asset_id, today):
    before = shelf_of(registry.path).names()
    with pytest.raises(BadInputError):
        told_of = NewConsent((ConsentMedium.PRINT,), today, form=examine_bytes(pdf(), "form.pdf"))
        take_in_consent(registry, asset_id, told_of)
    assert shelf_of(registry.path).names() == before


def test_a_file_that_somebody_sweeps_away_before_it_is_recorded_is_there_all_the_same(registry, today, monkeypatch):
    keep = taking_in._kept

    def kept_and_swept(*file):
        kept = keep(*file)
        with registry.deriving() as session:
            remove_unrecorded(session, registry.path)
        assert shelf_of(registry.path).names() == set()
        return kept

    monkeypatch.setattr(taking_in, "_kept", kept_and_swept)
    take_in_asset(registry, told(), today)
    (master,) = versions(registry)
    assert shelf_of(registry.path).names() == {master.sha256}


def test_a_consent_is_entered_for_each_medium_with_its_form(registry, today):
    portrait = NewFile(examine_bytes(picture(kind="JPEG"), "ob.jpg"), AssetKind.PORTRAIT, "Portrait")
    asset_id = take_in_asset(registry, portrait, today)
    media = (ConsentMedium.SOCIAL_MEDIA, ConsentMedium.PRINT)
    take_in_consent(registry, asset_id, NewConsent(media, today, form=examine_bytes(pdf(), "form.pdf")))
    with registry.reading() as session:
        consents = session.scalars(select(Consent)).all()
    assert {(one.medium, one.form_name) for one in consents} == {(medium, "form.pdf") for medium in media}
    assert shelf_of(registry.path).read(str(consents[0].form_sha256)) == pdf()
