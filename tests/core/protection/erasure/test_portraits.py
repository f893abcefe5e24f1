"""Portraits whose consents have ended: due after their period, erased with all copies; record and proof stay."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.errors import BadInputError
from core.exchange.pictures.examining import examine_bytes
from core.exchange.pictures.taking_in import NewFile, take_in_asset
from core.governance.findings import find
from core.governance.retention import find_due
from core.i18n import N_
from core.inventory.assets.assets import bring_back
from core.inventory.assets.library import folder_of, shelf_of, troubles
from core.model import (
    Asset,
    AssetKind,
    AssetVersion,
    ChannelState,
    Consent,
    ConsentMedium,
    DataHold,
    Erasure,
    Person,
)
from core.protection.erasure.carrying_out import begin, carry_out, take_up_again
from core.protection.erasure.order import order_of
from core.protection.erasure.planning import ErasurePlan, plan_erasure
from core.protection.rights.holds import hold
from core.registry import Registry
from core.settings import change_setting, read_settings
from core.storage.kept_copies import automatic_backups
from main import main
from tests.core.exchange.pictures.drawn import picture
from tests.core.inventory.assets.asset_records import make_asset, make_consent, make_portrait, make_use, make_version
from tests.factories import make_channel, make_person

pytestmark = pytest.mark.usefixtures("in_english")

TODAY = date(2026, 11, 23)
ENDED = TODAY - timedelta(days=31)
"""The first day without a consent of a portrait that is due since today."""


def add(registry: Registry, *records: object) -> None:
    with registry.action(N_("Add")) as session:
        session.add_all(records)


def due(registry: Registry, today: date = TODAY) -> tuple[uuid.UUID, ...]:
    with registry.reading() as session:
        return find_due(session, today, read_settings(session)).portraits


@pytest.mark.parametrize(
    ("consents", "is_due"),
    [
        ([{"withdrawn_on": ENDED}], True),
        ([{"withdrawn_on": ENDED + timedelta(days=1)}], False),
        ([{"until": ENDED - timedelta(days=1)}], True),
        ([{"until": ENDED}], False),
        ([{"until": TODAY, "withdrawn_on": ENDED}], True),
        ([{"withdrawn_on": ENDED}, {"medium": ConsentMedium.WEBSITE}], False),
        ([{"withdrawn_on": ENDED}, {"medium": ConsentMedium.WEBSITE, "withdrawn_on": ENDED}], True),
        ([{"withdrawn_on": ENDED}, {"given_on": TODAY + timedelta(days=9)}], False),
        ([], False),
    ],
)
def test_a_portrait_is_due_when_all_its_consents_ended_long_enough_ago(registry, consents, is_due):
    portrait = make_portrait()
    add(registry, portrait, make_version(portrait), *(make_consent(portrait, **one) for one in consents))
    assert due(registry) == ((portrait.id,) if is_due else ())


@pytest.mark.parametrize(
    ("use", "channel", "is_due"),
    [
        ({}, {}, False),
        ({"until": TODAY}, {}, True),
        ({"until": TODAY + timedelta(days=1)}, {}, False),
        ({"since": TODAY + timedelta(days=5)}, {}, False),
        ({}, {"state": ChannelState.CLOSED, "closed_on": ENDED}, True),
    ],
)
def test_a_portrait_that_is_still_shown_is_not_due_and_the_preview_says_where(registry, use, channel, is_due):
    portrait, where = make_portrait(), make_channel(title="Zoo", **channel)
    version = make_version(portrait)
    add(registry, portrait, version, make_consent(portrait, withdrawn_on=ENDED), where, make_use(version, where, **use))
    assert (due(registry) == (portrait.id,)) is is_due
    told = " ".join(plan_erasure(registry, TODAY).open_ends)
    assert ("no consent holds any more" in told and "Zoo" in told) is (not is_due and "since" not in use)


def test_the_period_is_a_setting_and_a_hold_keeps_a_portrait(registry):
    person = make_person()
    portrait = make_portrait(person)
    add(registry, person, portrait, make_version(portrait), make_consent(portrait, withdrawn_on=ENDED))
    with registry.action(N_("Change")) as session:
        change_setting(session, "retention-portraits.days", 31)
    assert due(registry) == ()
    assert due(registry, TODAY + timedelta(days=1)) == (portrait.id,)
    add(registry, DataHold(person_id=person.id, reason="Klage", since=ENDED, until=TODAY + timedelta(days=9)))
    assert due(registry, TODAY + timedelta(days=1)) == ()


def test_no_other_kind_of_asset_is_due(registry):
    arms = make_asset()
    add(registry, arms, make_version(arms), make_consent(make_portrait(id=arms.id), withdrawn_on=ENDED))
    assert due(registry) == ()


def test_the_rule_counts_portraits(registry):
    portrait = make_portrait()
    add(registry, portrait, make_version(portrait), make_consent(portrait, withdrawn_on=ENDED))
    with registry.reading() as session:
        found = [one for one in find(session, TODAY, read_settings(session), 4) if one.rule == "retention-due"]
    assert [one.evidence["portraits"] for one in found] == [1]


@pytest.fixture
def withdrawn(registry: Registry) -> dict[str, str]:
    """The files of a portrait that is due, and one that somebody else's shares; a backup has them all."""
    shelf = shelf_of(registry.path)
    content = {name: shelf.put(name.encode()) for name in ("picture", "cut", "shared", "form", "other")}
    person = make_person(left_on=None)
    gone, stays = make_portrait(person, title="Erika im Amt", rights_holder="Fotostudio"), make_portrait(title="Max")
    first = make_version(gone, sha256=content["picture"], file_name="erika.png")
    cut = make_version(gone, sha256=content["cut"], derived_from_id=first.id, derived_for="facebook/avatar")
    shared = make_version(gone, sha256=content["shared"], number=2)
    others = [make_version(stays, sha256=content[name], number=n) for n, name in enumerate(("shared", "other"), 1)]
    consents = [
        make_consent(gone, withdrawn_on=ENDED, form_sha256=content["form"], form_name="einwilligung.pdf"),
        make_consent(stays),
    ]
    add(registry, person, gone, stays, first, cut, shared, *others, *consents)
    registry.back_up_automatically("daily")
    return content


def erase(registry: Registry) -> ErasurePlan:
    plan = plan_erasure(registry, TODAY)
    order = plan.order()
    begin(registry, order)
    carry_out(registry, order)
    return plan


def test_erasing_removes_the_pictures_everywhere_and_keeps_record_and_proof(registry, withdrawn):
    plan = erase(registry)
    assert [(one.title, one.ended_on) for one in plan.portraits] == [("Erika im Amt", ENDED)]
    assert plan.people == ()
    assert set(plan.files) == {withdrawn["picture"], withdrawn["cut"]}
    stay = {withdrawn[name] for name in ("shared", "form", "other")}
    for path in (registry.path, *automatic_backups(registry.path)):
        assert {one.name for one in folder_of(path).iterdir()} == stay, path
    assert len(automatic_backups(registry.path)) == 1
    with registry.reading() as session:
        asset = session.query(Asset).filter_by(title="Erika im Amt").one()
        versions = session.query(AssetVersion).filter_by(asset_id=asset.id).all()
        consent = session.query(Consent).filter_by(asset_id=asset.id).one()
        assert (asset.retired_on, asset.rights_holder) == (TODAY, "Fotostudio")
        assert {one.file_name for one in versions} == {"[…]"}
        assert (consent.form_name, consent.form_sha256) == ("einwilligung.pdf", withdrawn["form"])
        assert session.query(Person).one().erased_on is None
        assert troubles(session, shelf_of(registry.path)) == []
    assert due(registry) == ()
    assert registry.verify().broken_at is None


def test_what_was_erased_cannot_be_used_again(registry, withdrawn):
    erase(registry)
    with registry.reading() as session:
        asset = session.query(Asset).filter_by(title="Erika im Amt").one().id
    with pytest.raises(BadInputError, match="were erased"), registry.action(N_("Bring back")) as session:
        bring_back(session, asset)


def test_the_form_goes_with_the_person(registry, withdrawn):
    erase(registry)
    with registry.action(N_("Leave")) as session:
        session.query(Person).one().left_on = date(2019, 3, 31)
    erase(registry)
    assert withdrawn["form"] not in shelf_of(registry.path).names()
    with registry.reading() as session:
        assert troubles(session, shelf_of(registry.path)) == []


@pytest.mark.parametrize("change", ["consent", "hold"])
def test_whoever_agrees_again_before_it_is_taken_up_keeps_the_picture(registry, withdrawn, change):
    begin(registry, plan_erasure(registry, TODAY).order())
    with registry.action(N_("Change")) as session:
        asset = session.query(Asset).filter_by(title="Erika im Amt").one()
        if change == "consent":
            session.add(make_consent(asset, given_on=TODAY))
        else:
            hold(session, asset.person_id, until=TODAY + timedelta(days=9), reason="Klage", today=TODAY)
    assert take_up_again(registry) is not None
    assert shelf_of(registry.path).names() == set(withdrawn.values())


def test_an_order_of_an_older_program_is_still_understood(registry, withdrawn):
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    with registry.deriving() as session:
        state = session.get_one(Erasure, order.id)
        state.plan = {key: value for key, value in state.plan.items() if key != "portraits"}
    with registry.reading() as session:
        assert order_of(session.get_one(Erasure, order.id)).due == replace(order.due, portraits=())


def test_the_command_line_tells_of_portraits(registry, withdrawn, capfd):
    words = ["--registry", str(registry.path), "--lang", "en", "people", "erase", "--due", "--dry-run"]
    assert main([*words, "--json"]) == 0
    assert [one["title"] for one in json.loads(capfd.readouterr().out)["portraits"]] == ["Erika im Amt"]
    assert main(words) == 0
    assert "Portrait “Erika im Amt”: its files; no consent since" in capfd.readouterr().out
    assert Path(registry.path).exists()


@pytest.fixture
def leaver(registry: Registry) -> Person:
    """Somebody whose time has come."""
    add(registry, person := make_person(left_on=date(2019, 3, 31), given_name="Erika", family_name="Musterkoch"))
    return person


@pytest.mark.parametrize("name", ["musterkoch.png", "ob.png"])
def test_a_portrait_that_was_undone_goes_with_the_person_from_the_library_and_the_backups(registry, leaver, name):
    told = NewFile(examine_bytes(picture(), name), AssetKind.PORTRAIT, "Portrait", person_id=leaver.id)
    take_in_asset(registry, told, TODAY)
    registry.undo()
    registry.back_up_automatically("daily")
    erase(registry)
    for path in (registry.path, *automatic_backups(registry.path)):
        assert shelf_of(path).names() == set(), path


def test_what_was_undone_and_shows_nobody_stays_for_the_redo_and_what_nothing_names_goes(registry, leaver):
    take_in_asset(registry, NewFile(examine_bytes(picture(), "wappen.png"), AssetKind.COAT_OF_ARMS, "Arms"), TODAY)
    kept = shelf_of(registry.path).names()
    registry.undo()
    shelf_of(registry.path).put(b"left behind by a program that was killed")
    (shelf_of(registry.path).folder / "notiz.txt").write_text("fremd")
    registry.back_up_automatically("daily")
    erase(registry)
    for path in (registry.path, *automatic_backups(registry.path)):
        assert shelf_of(path).names() == kept, path
    assert shelf_of(registry.path).foreign() == ["notiz.txt"]
