"""What is derived of the city's appearance after each action is what asking everything anew would give."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import RegistryError
from core.governance.findings import find, stored
from core.i18n import N_
from core.inventory.assets.assets import NewAsset, add_asset
from core.inventory.assets.consents import Given, give, withdraw
from core.inventory.assets.places_to_clean import places, tick_off
from core.inventory.assets.uses import show_on, take_down
from core.inventory.assets.versions import KeptFile, add_derived, approve, issue_version
from core.inventory.lists import LISTS
from core.model import (
    Asset,
    AssetKind,
    AssetUse,
    AssetVariant,
    AssetVersion,
    Channel,
    ChannelState,
    Consent,
    ConsentMedium,
    Person,
    Placement,
)
from core.registry import Registry
from core.settings import change_setting, read_settings
from core.storage.record_list import cached, row_table
from tests.factories import TODAY, make_channel, make_person
from tests.founding import new_registry

EDIT, FOUND = N_("Edit"), N_("Add channel")
EDITS = (
    *("show", "take down", "issue", "cut", "approve", "valid", "give", "withdraw", "forget", "licence", "retire"),
    *("rename", "person", "state", "platform", "clean", "add"),
)
TO_GO = {"asset-outdated", "consent-expired", "portrait-without-consent"}
NEAR = [TODAY + timedelta(days=days) for days in (-400, -1, 0, 1)]
DAYS = [None, *NEAR]


def a_file(dice: Random) -> KeptFile:
    mark = dice.choice("abcdef")
    return KeptFile(mark * 64, f"{mark}.png", "image/png", 1_000, 800, 800)


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Registry:
    """One registry for many examples: each leaves it to the next as it is."""
    registry = new_registry(tmp_path_factory.mktemp("assets") / "r.kanal")
    registry.today = lambda: TODAY
    with registry.action(FOUND) as session:
        change_setting(session, "rules.stage", 4)
        person = make_person()
        session.add_all([person, *(make_channel(handle=f"kanal{place}", title=f"{place}") for place in range(3))])
        add_asset(session, NewAsset(AssetKind.COAT_OF_ARMS, "Wappen"))
        add_asset(session, NewAsset(AssetKind.PORTRAIT, "Porträt", person.id))
    return registry


def _one(dice: Random, session: Session, model: type[Any], most: int = 9) -> Any:
    """Choose one of the oldest records, None where there is none."""
    known = list(session.scalars(select(model).order_by(model.created_at, model.id).limit(most)))
    return dice.choice(known) if known else None


def _edit_asset(dice: Random, session: Session, edit: str) -> None:
    asset, version = _one(dice, session, Asset, 2), _one(dice, session, AssetVersion)
    match edit:
        case "issue":
            variant = dice.choice(list(AssetVariant)[:2])
            issue_version(session, asset.id, a_file(dice), variant=variant, issued_on=dice.choice(NEAR))
        case "cut" if version:
            add_derived(session, version.id, a_file(dice), platform="facebook", placement=Placement.COVER, today=TODAY)
        case "approve" if version:
            approve(session, version.id, dice.choice(NEAR), None)
        case "valid" if version:
            version.valid_until, version.approved_on = dice.choice(DAYS), dice.choice(DAYS)
        case "licence":
            asset.licence_until = dice.choice(DAYS)
        case "retire":
            asset.retired_on = dice.choice(DAYS)
        case "rename":
            asset.title = dice.choice(["Wappen", "Logo"])


def _edit_consent(dice: Random, session: Session, edit: str) -> None:
    portrait = session.scalars(select(Asset).where(Asset.kind == AssetKind.PORTRAIT)).one()
    consent = _one(dice, session, Consent)
    match edit:
        case "give":
            medium = dice.choice(list(ConsentMedium)[:2])
            give(session, portrait.id, Given(medium, dice.choice(NEAR), dice.choice(DAYS)))
        case "withdraw" if consent:
            withdraw(session, consent.id, dice.choice(NEAR))
        case "forget" if consent:
            session.delete(consent)


def _edit_use(dice: Random, session: Session, edit: str) -> None:
    version, channel, use = (
        _one(dice, session, AssetVersion),
        _one(dice, session, Channel, 3),
        _one(dice, session, AssetUse),
    )
    match edit:
        case "show" if version:
            placement = dice.choice([Placement.AVATAR, Placement.COVER, Placement.TEMPLATE])
            show_on(session, version.id, [channel.id], placement, dice.choice(DAYS), today=TODAY)
        case "take down" if use:
            take_down(session, use.id, dice.choice(NEAR), None)
        case "state":
            channel.state = dice.choice([ChannelState.ACTIVE, ChannelState.CLOSED, ChannelState.APPROVED])
        case "platform":
            channel.platform = dice.choice(["facebook", "website"])
        case "person":
            person = _one(dice, session, Person, 1)
            person.function = dice.choice([None, "Bürgermeisterin"])
        case "clean":
            for place in places(session, TODAY):
                if place.done_on is None:
                    tick_off(session, place.use_id, TODAY, None)
        case "add":
            session.add(make_channel(handle=f"neu{dice.randint(0, 3)}"))


def _same(registry: Registry) -> None:
    """Compare findings, work list and cached rows with each other and with what asking everything gives."""
    with registry.reading() as session:
        findings = stored(session)
        assert findings == find(session, registry.today(), read_settings(session), 4)
        to_go = {one.evidence["use_id"] for one in findings if one.rule in TO_GO}
        assert to_go == {str(one.use_id) for one in places(session, registry.today()) if one.done_on is None}
        for records in LISTS[-2:]:
            rows = session.connection().execute(select(row_table(records))).mappings()
            known = {row["record_id"]: {key: row[key] for key in row if key != "row"} for row in rows}
            listed = records.read(session.connection(), None, registry.today())
            assert known == {row["id"]: cached(records, row) for row in listed}


def test_following_an_action_gives_what_asking_everything_gives(kept, rounds):
    dice = Random(7)
    for _round in range(rounds(20, 2_000)):
        with kept.action(EDIT) as session:
            for _step in range(dice.randint(1, 4)):
                edit = dice.choice(EDITS)
                for part in (_edit_asset, _edit_consent, _edit_use):
                    with suppress(RegistryError):  # what cannot be done is refused
                        part(dice, session, edit)
                session.flush()
        _same(kept)
        if kept.undoable == EDIT and dice.random() < 0.3:
            kept.undo()
            _same(kept)
        if dice.random() < 0.2:
            _look_on_other_days(kept, dice)


def _look_on_other_days(registry: Registry, dice: Random) -> None:
    """Let the calendar turn, forwards and backwards, and back to today."""
    for days in (dice.choice([-300, -1, 1, 2, 300]), 0):
        registry.today = partial(lambda day: day, TODAY + timedelta(days=days))
        registry.keep_current()
        _same(registry)


def test_a_list_of_assets_tells_on_how_many_channels_each_is_shown(registry):
    with registry.action(EDIT) as session:
        asset = add_asset(session, NewAsset(AssetKind.LOGO, "Logo"))
        session.flush()
        version = issue_version(
            session, asset.id, KeptFile("a" * 64, "a.png", "image/png", 9), issued_on=date(2026, 1, 5)
        )
        channel = make_channel()
        session.add(channel)
    assert _shown_rows(registry) == (0, [])
    with registry.action(EDIT) as session:
        (use,) = show_on(session, version.id, [channel.id], Placement.AVATAR, None, today=registry.today())
    assert _shown_rows(registry) == (1, ["logo"])
    with registry.action(EDIT) as session:
        session.get_one(Asset, asset.id).title = "Zeichen"
        take_down(session, use.id, registry.today(), None)
    assert _shown_rows(registry) == (0, ["zeichen"])


def _shown_rows(registry: Registry) -> tuple[int, list[str]]:
    """Return what the cached rows say: the number of channels of the one asset, and the titles of the uses."""
    with registry.reading() as session:
        assets, uses = (row_table(records) for records in LISTS[-2:])
        count = session.connection().execute(select(assets.c.sort_channels)).scalar_one()
        return count, [str(one) for one in session.connection().execute(select(uses.c.sort_asset)).scalars()]


def test_the_list_of_assets_follows_the_calendar_although_uses_lie_two_keys_away(registry):
    today = registry.today()
    with registry.action(EDIT) as session:
        asset = add_asset(session, NewAsset(AssetKind.LOGO, "Logo"))
        session.flush()
        kept = KeptFile("a" * 64, "a.png", "image/png", 9)
        version = issue_version(session, asset.id, kept, issued_on=date(2020, 1, 5))
        channel = make_channel()
        session.add(channel)
        session.flush()
        show_on(session, version.id, [channel.id], Placement.AVATAR, today + timedelta(days=5), today=today)
    for days, shown in ((0, 0), (4, 0), (5, 1), (6, 1), (4, 0)):
        registry.today = lambda days=days: today + timedelta(days=days)
        registry.keep_current()
        assert _shown_rows(registry)[0] == shown
