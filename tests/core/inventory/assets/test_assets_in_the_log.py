"""What the log and the search say of assets: in words, with the names of what belongs together."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.i18n import N_
from core.inventory.action_sheet import ChangedRecord, action_sheet
from core.inventory.assets.assets import NewAsset, add_asset, retire
from core.inventory.assets.consents import Given, give, withdraw
from core.inventory.assets.uses import show_on, take_down
from core.inventory.assets.versions import Approval, KeptFile, issue_version
from core.inventory.finding_anything import find_anything
from core.inventory.touched import touched_record
from core.model import AssetKind, AssetUse, AssetVersion, Change, ConsentMedium, Placement
from core.registry import Registry
from tests.factories import make_channel, make_person

DO = N_("Edit")
FILE = KeptFile("a" * 64, "erika.png", "image/png", 1_000, 800, 800)

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def portrait(registry: Registry) -> UUID:
    with registry.action(DO) as session:
        person = make_person()
        session.add(person)
        told = NewAsset(AssetKind.PORTRAIT, "Porträt der Bürgermeisterin", person.id, rights_holder="Foto Mustermann")
        return add_asset(session, told).id


def newest(registry: Registry) -> list[ChangedRecord]:
    with registry.reading() as session:
        number = session.scalars(select(func.max(Change.seq))).one()
        sheet = action_sheet(session, number)
        assert sheet is not None
        return list(sheet.records)


def told(record: ChangedRecord) -> dict[str, tuple[str, str]]:
    return {one.title: (one.before, one.after) for one in record.differences}


def issued(registry: Registry, asset_id: UUID, kept: KeptFile = FILE) -> AssetVersion:
    with registry.action(DO) as session:
        return issue_version(session, asset_id, kept, issued_on=registry.today(), approval=Approval(registry.today()))


def test_an_asset_is_told_with_whom_it_shows(registry, portrait):
    record = next(one for one in newest(registry) if one.noun == "Asset")
    assert (record.name, record.shown_on) == ("Porträt der Bürgermeisterin", ("assets", portrait))
    assert told(record)["Person shown"] == ("", "Erika Mustermann")
    assert told(record)["Kind"] == ("", "Portrait")


def test_a_version_is_told_by_its_asset_and_what_took_its_place(registry, portrait):
    issued(registry, portrait)
    (record,) = newest(registry)
    assert (record.noun, record.name) == ("Version of an asset", "Porträt der Bürgermeisterin, in colour, version 1")
    assert record.shown_on == ("assets", portrait)
    assert told(record)["File"] == ("", "erika.png")
    issued(registry, portrait, KeptFile("b" * 64, "erika2.png", "image/png", 900))
    replaced = next(one for one in newest(registry) if one.kind == "change")
    assert told(replaced) == {"Replaced by": ("", "Porträt der Bürgermeisterin, in colour, version 2")}


def test_a_use_is_told_by_channel_and_version(registry, portrait):
    version = issued(registry, portrait)
    with registry.action(DO) as session:
        channel = make_channel()
        session.add(channel)
        session.flush()
        show_on(session, version.id, [channel.id], Placement.AVATAR, None, today=registry.today())
    record = next(one for one in newest(registry) if one.noun == "Use of an asset")
    assert record.name == "Stadt Moers (Facebook), Porträt der Bürgermeisterin, in colour, version 1"
    assert record.shown_on == ("channels", channel.id)
    assert told(record)["Placement"] == ("", "Avatar")
    with registry.action(DO) as session:
        use = session.scalars(select(AssetUse)).one()
        take_down(session, use.id, registry.today(), None)
    (record,) = newest(registry)
    assert list(told(record)) == ["Taken down on"]


def test_a_consent_is_told_by_its_portrait(registry, portrait):
    with registry.action(DO) as session:
        consent = give(session, portrait, Given(ConsentMedium.PRESS, registry.today(), form_name="formular.pdf"))
    (record,) = newest(registry)
    assert (record.noun, record.name) == ("Consent", "Porträt der Bürgermeisterin")
    assert told(record)["Medium"] == ("", "Press")
    with registry.action(DO) as session:
        withdraw(session, consent.id, registry.today())
    (record,) = newest(registry)
    assert (list(told(record)), record.shown_on) == (["Consent withdrawn on"], ("assets", portrait))


def test_the_bar_at_the_bottom_names_the_asset(registry, portrait):
    with registry.action(DO) as session:
        retire(session, portrait, registry.today())
    with registry.reading() as session:
        action_id = session.scalars(select(Change.action_id).order_by(Change.seq.desc())).first()
        touched = touched_record(session, action_id)
    assert touched is not None
    assert (touched.noun, touched.name) == ("Asset", "Porträt der Bürgermeisterin")


@pytest.mark.parametrize("typed", ["porträt", "bürgermeisterin port", "mustermann"])
def test_an_asset_is_found_by_its_title_and_by_whom_it_shows(registry, portrait, typed):
    with registry.reading() as session:
        hits = [one for one in find_anything(session, typed, registry.today()) if one.table == "asset"]
    assert [(one.id, one.label) for one in hits] == [(portrait, "Porträt der Bürgermeisterin (Erika Mustermann)")]
