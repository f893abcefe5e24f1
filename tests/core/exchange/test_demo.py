"""The demo city: fictional, whole, and with as many findings as a team can deal with."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from core.exchange.demo import fill
from core.exchange.demo_assets import PICTURES
from core.exchange.pictures.examining import examine
from core.governance.findings import FindingValue, find
from core.inventory.assets.library import shelf_of, troubles
from core.inventory.assets.places_to_clean import Why, places
from core.inventory.platforms import platform_at
from core.model import AssetVersion, Channel, Confirmation, FollowerCount, OrgUnit, Person
from core.partial_dates import first_day
from core.registry import Registry, create_registry
from core.settings import read_settings

EXPECTED = {
    "no-owner": 1,
    "owner-left": 1,
    "owner-leaving": 1,
    "open-access-of-leaver": 1,
    "duplicate": 2,
    "foreign-host": 1,
    "platform-gone": 1,
    "quiet": 1,
    "stale": 1,
    "dormant": 1,
    "last-post-unknown": 1,
}
APPEARANCE = {
    "portrait-without-consent": 1,
    "consent-expired": 3,
    "asset-outdated": 3,
    "asset-licence-expired": 2,
    "asset-not-approved": 1,
}


def city(tmp_path: Path, day: date) -> Registry:
    """Make the demo city on a day."""
    registry = create_registry(tmp_path / "demo.kanal")
    fill(registry, today=day)
    return registry


def findings(registry: Registry, day: date) -> list[FindingValue]:
    """Return what is not in order on a day, reports left out."""
    with registry.reading() as session:
        found = find(session, day, read_settings(session), 1)
    return [one for one in found if one.rule != "report-overdue"]


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 1, 1), date(2028, 2, 29), date(2030, 7, 15)])
def test_nearly_every_rule_of_the_first_stage_finds_something_on_any_day(day: date, tmp_path: Path) -> None:
    registry = city(tmp_path, day)
    assert Counter(one.rule for one in findings(registry, day)) == EXPECTED
    registry.close()


def test_the_city_is_as_large_as_a_small_town(tmp_path: Path, today: date) -> None:
    registry = city(tmp_path, today)
    with registry.reading() as session:
        sizes = [session.scalar(select(func.count()).select_from(model)) for model in (Channel, Person, OrgUnit)]
    assert sizes == [42, 16, 8]
    assert registry.settings()["city.name"] == "Musterstadt"
    registry.close()


def test_it_is_one_action_that_the_log_knows_and_undo_takes_back(tmp_path: Path, today: date) -> None:
    registry = city(tmp_path, today)
    assert registry.verify().broken_at is None
    assert {entry.label for entry in registry.log()} == {"Create registry", "Create demo city"}
    registry.undo()
    with registry.reading() as session:
        assert session.scalar(select(func.count()).select_from(Channel)) == 0
    assert registry.verify().broken_at is None
    registry.close()


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 1, 14), date(2027, 3, 1), date(2028, 8, 31)])
def test_nothing_happens_on_a_channel_before_it_is_opened(day: date, tmp_path: Path) -> None:
    with city(tmp_path, day).reading() as session:
        opened = {one.id: first_day(one.opened_on) for one in session.scalars(select(Channel)) if one.opened_on}
        happened = [
            *((one.channel_id, one.on) for one in session.scalars(select(FollowerCount))),
            *((one.channel_id, one.on) for one in session.scalars(select(Confirmation))),
            *((one.id, first_day(one.last_post_on)) for one in session.scalars(select(Channel)) if one.last_post_on),
            *((one.id, one.closed_on) for one in session.scalars(select(Channel)) if one.closed_on),
        ]
    assert len(happened) > 100
    assert [(key, on) for key, on in happened if on < opened.get(key, on) or on > day] == []


def test_a_city_that_has_a_name_keeps_it(tmp_path: Path, today: date) -> None:
    registry = create_registry(tmp_path / "demo.kanal", city="Beispielstadt")
    fill(registry, today=today)
    assert registry.settings()["city.name"] == "Beispielstadt"
    registry.close()


def test_nothing_in_it_is_real(tmp_path: Path, today: date) -> None:
    registry = city(tmp_path, today)
    with registry.reading() as session:
        channels, people = list(session.scalars(select(Channel))), list(session.scalars(select(Person)))
    registry.close()
    for channel in channels:
        host = urlsplit(channel.url or "").hostname or ""
        assert host.endswith(".example") or platform_at(host)
        assert re.search(r"muster|warnungen", (channel.url or "").casefold())
    assert all(person.email is None or person.email.endswith(".example") for person in people)
    assert all(person.phone is None or person.phone.startswith("030 23125-") for person in people)


def test_every_channel_but_the_one_with_a_foreign_address_is_recognised(tmp_path: Path, today: date) -> None:
    registry = city(tmp_path, today)
    with registry.reading() as session:
        channels = list(session.scalars(select(Channel)))
    registry.close()
    unrecognised = [one.title for one in channels if not (one.handle or one.account_id or one.platform == "website")]
    assert unrecognised == ["Museum im Schloss"]


def test_its_appearance_shows_what_the_rules_are_there_for(tmp_path: Path, today: date) -> None:
    registry = city(tmp_path, today)
    with registry.reading() as session:
        found = Counter(one.rule for one in find(session, today, read_settings(session), 4))
        listed = places(session, today)
    registry.close()
    assert {rule: found[rule] for rule in APPEARANCE} == APPEARANCE
    assert found["no-asset"]
    assert Counter(one.why for one in listed) == {Why.CONSENT: 4, Why.REPLACED: 3}


def test_its_pictures_are_what_its_records_say(tmp_path: Path, today: date) -> None:
    registry = city(tmp_path, today)
    with registry.reading() as session:
        versions = list(session.scalars(select(AssetVersion)))
        assert not troubles(session, shelf_of(registry.path))
    for version in versions:
        seen = examine(PICTURES / version.file_name)
        assert (seen.sha256, seen.media_type, len(seen.data)) == (version.sha256, version.media_type, version.size)
        assert (seen.width, seen.height) == (version.width, version.height)
    assert {version.file_name for version in versions} == {file.name for file in PICTURES.iterdir()}
    registry.close()
