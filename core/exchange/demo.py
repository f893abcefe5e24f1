"""The demo city: a registry filled with fictional channels and people, so that everything can be tried at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from core.exchange.demo_assets import insert_assets, keep_pictures
from core.exchange.demo_logins import insert_logins
from core.i18n import N_
from core.inventory.channels import address_facts
from core.inventory.recognising import recognise
from core.model import (
    Access,
    AccessKind,
    Channel,
    ChannelKind,
    ChannelState,
    Confirmation,
    FollowerCount,
    KnownBy,
    OrgUnit,
    Person,
    PersonKind,
    PlatformRole,
    Responsibility,
    ResponsibilityRole,
    UnitKind,
)
from core.partial_dates import first_day
from core.settings import change_setting, read_settings
from core.storage.journal import insert_many

if TYPE_CHECKING:
    from core.registry import Registry

CITY_FILE = Path(__file__).resolve().parent.parent.parent / "resources" / "demo" / "city.toml"
CREATE_DEMO = N_("Create demo city")

Row = dict[str, Any]
"""The columns of one record to be made."""


@dataclass(frozen=True, slots=True)
class City:
    """What the file tells, and the ids that its records get.

    Attributes:
        told: The file's content.
        today: The day from which its days are counted.
        units: Ids by code.
        people: Ids by key.
        channels: Ids by platform and title.
    """

    told: Mapping[str, Any]
    today: date
    units: Mapping[str, UUID]
    people: Mapping[str, UUID]
    channels: Mapping[tuple[str, str], UUID] = field(default_factory=dict)

    def day(self, ago: int | None) -> date | None:
        """Return the day so many days ago."""
        return None if ago is None else self.today - timedelta(days=ago)


def fill(registry: Registry, *, today: date) -> None:
    """Fill a registry with the demo city, as one action.

    Args:
        registry: An open registry without a city of its own.
        today: The day from which all its dates are counted.
    """
    city = _read(today)
    keep_pictures(registry, city)
    with registry.action(CREATE_DEMO) as session:
        if not read_settings(session)["city.name"]:
            change_setting(session, "city.name", city.told["city"])
        _insert(session, city)


def _read(today: date) -> City:
    told = tomllib.loads(CITY_FILE.read_text(encoding="utf-8"))
    return City(
        told,
        today,
        {unit["code"]: uuid4() for unit in told["unit"]},
        {person["key"]: uuid4() for person in told["person"]},
        {(channel["platform"], channel["title"]): uuid4() for channel in told["channel"]},
    )


def _insert(session: Session, city: City) -> None:
    insert_many(session, OrgUnit, [_unit(city, unit) for unit in city.told["unit"]])
    insert_many(session, Person, [_person(city, person) for person in city.told["person"]])
    insert_many(session, Channel, [_channel(city, channel) for channel in city.told["channel"]])
    insert_many(
        session, Responsibility, [row for told in city.told["channel"] for row in _responsibilities(city, told)]
    )
    insert_many(session, Confirmation, [row for told in city.told["channel"] for row in _confirmations(city, told)])
    insert_many(session, FollowerCount, [row for told in city.told["channel"] for row in _counts(city, told)])
    insert_many(session, Access, [_access(city, access) for access in city.told["access"]])
    insert_logins(session, city)
    insert_assets(session, city)


def _unit(city: City, told: Mapping[str, Any]) -> Row:
    return {
        "id": city.units[told["code"]],
        "code": told["code"],
        "name": told["name"],
        "kind": UnitKind(told["kind"]),
        "parent_id": city.units.get(told.get("parent", "")),
    }


def _person(city: City, told: Mapping[str, Any]) -> Row:
    plain = ("name_title", "given_name", "family_name", "function", "email", "phone", "public_contact")
    days = ("absent_until", "leaving_on", "left_on")
    return {
        "id": city.people[told["key"]],
        "kind": PersonKind(told.get("kind", PersonKind.PERSON)),
        "unit_id": city.units[told["unit"]],
        "successor_id": city.people.get(told.get("successor", "")),
        **{key: told[key] for key in plain if key in told},
        **{key: city.day(told[key]) for key in days if key in told},
    }


def _channel(city: City, told: Mapping[str, Any]) -> Row:
    last_post = city.day(told.get("last_post"))
    facts = {key: tuple(value) if isinstance(value, list) else value for key, value in told.get("facts", {}).items()}
    return {
        "id": city.channels[told["platform"], told["title"]],
        **address_facts(recognise(told["address"], told["platform"]), told["platform"]),
        "title": told["title"],
        "unit_id": city.units[told["unit"]],
        "kind": ChannelKind(told.get("kind", ChannelKind.CENTRAL)),
        "state": ChannelState(told.get("state", ChannelState.ACTIVE)),
        "opened_on": _opened(city, told),
        "registered_on": city.day(city.told["registered"]),
        "closed_on": city.day(told.get("closed")),
        "last_post_on": last_post.isoformat() if last_post else None,
        "last_post_known_by": KnownBy.ENTERED if last_post else None,
        **facts,
    }


def _opened(city: City, told: Mapping[str, Any]) -> str | None:
    opened = told.get("opened")
    return (city.today - timedelta(days=opened)).isoformat() if isinstance(opened, int) else opened


def _responsibilities(city: City, told: Mapping[str, Any]) -> Iterator[Row]:
    held = [(ResponsibilityRole.OWNER, told.get("owner")), (ResponsibilityRole.DEPUTY, told.get("deputy"))]
    held += [(ResponsibilityRole.EDITOR, editor) for editor in told.get("editors", ())]
    since = {person["key"]: city.day(person.get("answers_since")) for person in city.told["person"]}
    opened = _opened(city, told)
    for role, person in held:
        if person is not None:
            began = since[person]
            yield {
                "channel_id": city.channels[told["platform"], told["title"]],
                "person_id": city.people[person],
                "role": role,
                "since": max(began, first_day(opened)) if began and opened else began,
            }


def _confirmations(city: City, told: Mapping[str, Any]) -> Iterator[Row]:
    if "confirmed" in told:
        yield {
            "channel_id": city.channels[told["platform"], told["title"]],
            "person_id": city.people.get(told.get("owner", "")),
            "on": city.day(told["confirmed"]),
        }


def _counts(city: City, told: Mapping[str, Any]) -> Iterator[Row]:
    """Give the counts at the end of the last two years and of lately; none of before there was anything to count."""
    year, opened = city.today.year, _opened(city, told)
    days = (date(year - 2, 12, 31), date(year - 1, 12, 31), city.today - timedelta(days=city.told["last_counted"]))
    begun = first_day(opened) if opened else date.min
    # In the middle of January the last two are one day.
    for day, followers in dict(zip(days, told.get("followers", ()), strict=False)).items():
        if followers and day >= begun:
            yield {"channel_id": city.channels[told["platform"], told["title"]], "on": day, "count": followers}


def _access(city: City, told: Mapping[str, Any]) -> Row:
    return {
        "channel_id": city.channels[told["platform"], told["title"]],
        "person_id": city.people.get(told.get("person", "")),
        "holder": told.get("holder"),
        "kind": AccessKind(told.get("kind", AccessKind.PLATFORM_ROLE)),
        "platform_role": PlatformRole(told["role"]),
        "reason": told.get("reason"),
        "granted_on": city.day(told["granted"]),
        "withdrawn_on": city.day(told.get("withdrawn")),
    }
