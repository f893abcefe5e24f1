"""The logins of the demo city: what they open and where they are kept; their secrets are nobody's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from core.model import Credential, CredentialChannel, CredentialKind, KeptIn, SecondFactor
from core.storage.journal import insert_many

if TYPE_CHECKING:
    from core.exchange.demo import City

Row = dict[str, Any]


def insert_logins(session: Session, city: City) -> None:
    """Make the city's logins and tie them to their channels; call inside the action that makes the city."""
    told = {uuid4(): login for login in city.told["credential"]}
    insert_many(session, Credential, [_login(city, one, login) for one, login in told.items()])
    insert_many(session, CredentialChannel, [tie for one, login in told.items() for tie in _ties(city, one, login)])


def _login(city: City, one: UUID, told: Mapping[str, Any]) -> Row:
    facts = dict(told.get("facts", {}))
    if "second_factor" in facts:
        facts["second_factor"] = SecondFactor(facts["second_factor"])
    return {
        "id": one,
        "kind": CredentialKind(told["kind"]),
        "label": told["label"],
        "login_name": told.get("login_name"),
        "kept_in": KeptIn(told.get("kept_in", KeptIn.KEYRING)),
        "place": told.get("place"),
        "holder_id": city.people.get(told.get("holder", "")),
        "second_factor_holder_id": city.people.get(told.get("second_factor_holder", "")),
        "revision": 1 if "changed" in told else 0,
        "rotated_on": city.day(told.get("changed")),
        **facts,
    }


def _ties(city: City, one: UUID, told: Mapping[str, Any]) -> Iterator[Row]:
    for platform, title in told["channels"]:
        yield {"credential_id": one, "channel_id": city.channels[platform, title]}
