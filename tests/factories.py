"""Records with sensible defaults, so that a test names only what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.model import Channel, OrgUnit, Person, Responsibility, ResponsibilityRole

TODAY = date(2026, 11, 22)


def make_channel(**values: Any) -> Channel:
    """An active Facebook page, registered at the beginning of the year."""
    handle = values.setdefault("handle", "stadtmoers")
    platform = values.setdefault("platform", "facebook")
    defaults = {
        "url_as_entered": f"{platform}.com/{handle}",
        "url": f"https://www.{platform}.com/{handle}",
        "account_key": f"{platform}:{handle}",
        "title": "Stadt Moers",
        "registered_on": date(2026, 1, 5),
    }
    return Channel(**{**defaults, **values})


def make_person(**values: Any) -> Person:
    """Erika Mustermann, at work."""
    return Person(**{"given_name": "Erika", "family_name": "Mustermann", **values})


def make_unit(**values: Any) -> OrgUnit:
    """The internet editorial team."""
    return OrgUnit(**{"code": "FD 3.5", "name": "Internetredaktion", **values})


def make_owner(channel: Channel, person: Person, **values: Any) -> Responsibility:
    """A person owns a channel, since a day that nobody knows."""
    defaults = {"channel_id": channel.id, "person_id": person.id, "role": ResponsibilityRole.OWNER}
    return Responsibility(**{**defaults, **values})
