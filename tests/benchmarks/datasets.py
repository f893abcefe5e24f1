"""Registries of many channels, two responsibilities each: seeded, made quickly, past the log, and kept for a run."""

from __future__ import annotations

import random
import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from core.governance.deriving import derive
from core.inventory.lists import LISTS
from core.model import Badge, Base, ChannelState, KnownBy, ResponsibilityRole
from core.registry import Registry, create_registry
from core.storage import rows

PLATFORMS = ("facebook", "instagram", "youtube", "mastodon", "x", "tiktok", "linkedin", "website")
PLACES = ("Bücherei", "Freibad", "Musikschule", "Feuerwehr", "Jugendamt", "Stadtwerke", "Volkshochschule", "Museum")
KINDS = ("Presse", "Ausbildung", "Veranstaltungen", "Bauen", "Familie", "Verkehr", "Umwelt", "Sport", "Kultur")
QUARTERS = ("Nord", "Süd", "Ost", "West", "Mitte", "Altstadt", "Hafen", "Bahnhof", "Markt", "Schloss", "Wald")
GIVEN = ("Erika", "Max", "Lieschen", "Otto", "Änne", "Jörg", "Zoë", "Karl")
FAMILY = ("Mustermann", "Musterfrau", "Müller-Muster", "Beispiel", "Normal", "Muster", "Beispielmann")

Row = dict[str, Any]


class DataSets:
    """The registries of one run, made when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def registry(self, channels: int) -> Path:
        """Return a registry of so many channels; leave it as it is."""
        path = self.folder / f"{channels}.kanal"
        if not path.exists():
            making = self.folder / f"making-{channels}.kanal"
            _make(making, channels)
            making.rename(path)
        return path

    def copy(self, channels: int) -> Path:
        """Return a copy of such a registry that may be changed."""
        return Path(shutil.copy(self.registry(channels), self.folder / f"{uuid.uuid4().hex}.kanal"))

    def empty(self) -> Path:
        """Return a new, empty registry."""
        path = self.folder / f"{uuid.uuid4().hex}.kanal"
        create_registry(path, city="Musterstadt").close()
        return path


def _make(path: Path, channels: int) -> None:
    registry = create_registry(path, city="Musterstadt")
    try:
        with registry.deriving() as session:
            _insert(session, channels, registry.today())
            derive(session, registry.today())
            for records in LISTS:
                rows.rebuild(session.connection(), records, registry.today())
    finally:
        registry.close()
    Registry(path).close()  # As the program opens it: whatever it still brings up to date is not measured later.


def _insert(session: Session, channels: int, today: date) -> None:
    chance = random.Random(channels)
    units = [_unit(number) for number in range(max(2, channels // 50))]
    people = [_person(chance, units, number, today) for number in range(max(3, channels // 3))]
    made = [_channel(chance, units, number, today) for number in range(channels)]
    owed = [row for channel in made for row in _responsibilities(chance, channel, people)]
    seen = [_confirmation(chance, channel, today) for channel in made if chance.random() < 0.9]
    tables = {"org_unit": units, "person": people, "channel": made, "responsibility": owed, "confirmation": seen}
    for name, listed in tables.items():
        table = Base.metadata.tables[name]
        session.connection().execute(insert(table), [_completed(table, row) for row in listed])


def _completed(table: Table, row: Row) -> Row:
    made = datetime(2026, 1, 5, 9, tzinfo=UTC)
    stamps = {"created_at": made, "updated_at": made, "version": "0" * 32}
    defaults = {c.key: c.default.arg for c in table.columns if c.default is not None and not callable(c.default.arg)}  # type: ignore[attr-defined]
    return {**{c.key: None for c in table.columns}, **defaults, **stamps, **row}


def _id(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def _unit(number: int) -> Row:
    return {
        "id": uuid.uuid5(uuid.NAMESPACE_OID, f"unit {number}"),
        "code": f"FD {number // 10}.{number % 10}",
        "name": f"{PLACES[number % len(PLACES)]} {number}",
    }


def _person(chance: random.Random, units: list[Row], number: int, today: date) -> Row:
    return {
        "id": _id(chance),
        "given_name": chance.choice(GIVEN),
        "family_name": f"{chance.choice(FAMILY)} {number}",
        "function": "Redaktion",
        "unit_id": chance.choice(units)["id"],
        "email": f"person{number}@stadt.example",
        "left_on": today - timedelta(days=30) if chance.random() < 0.03 else None,
    }


def _channel(chance: random.Random, units: list[Row], number: int, today: date) -> Row:
    platform, handle = chance.choice(PLATFORMS), f"{chance.choice(PLACES).lower()}{number:06d}"
    posted = today - timedelta(days=int(chance.expovariate(1 / 20)))
    return {
        "id": _id(chance),
        "platform": platform,
        "handle": handle,
        "url": f"https://{platform}.example/{handle}",
        "url_as_entered": f"{platform}.example/{handle}",
        "account_key": f"{platform}:{handle}",
        "title": f"{chance.choice(PLACES)} {chance.choice(KINDS)} {chance.choice(QUARTERS)} {number}",
        "unit_id": chance.choice(units)["id"],
        "state": chance.choices((ChannelState.ACTIVE, ChannelState.CLOSED, ChannelState.DORMANT), (90, 7, 3))[0],
        "purpose": f"{chance.choice(KINDS)} für {chance.choice(QUARTERS)}",
        "tags": (chance.choice(KINDS), chance.choice(QUARTERS)),
        "opened_on": str(chance.randint(2009, 2024)),
        "registered_on": date(2026, 1, 5),
        "last_post_on": posted.isoformat(),
        "last_post_known_by": KnownBy.ENTERED,
        "imprint_url": "https://stadt.example/impressum",
        "privacy_notice_url": "https://stadt.example/datenschutz",
        "imprint_checked_on": today,
        "official_badge": Badge.VERIFIED,
        "linked_from_site": True,
        "notes": f"{chance.choice(PLACES)} am {chance.choice(QUARTERS)}",
    }


def _responsibilities(chance: random.Random, channel: Row, people: list[Row]) -> Iterator[Row]:
    held = chance.sample(people, 2)
    for role, person in zip((ResponsibilityRole.OWNER, ResponsibilityRole.DEPUTY), held, strict=True):
        since = date(2026, 1, 5)
        yield {
            "id": _id(chance),
            "channel_id": channel["id"],
            "person_id": person["id"],
            "role": role,
            "since": since,
        }


def _confirmation(chance: random.Random, channel: Row, today: date) -> Row:
    day = today - timedelta(days=chance.randint(0, 60))
    return {"id": _id(chance), "channel_id": channel["id"], "on": day}
