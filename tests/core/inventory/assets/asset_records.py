"""Assets, versions, consents and uses with sensible defaults, so that a test names only what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.model import (
    Asset,
    AssetKind,
    AssetUse,
    AssetVersion,
    Channel,
    Consent,
    ConsentMedium,
    Person,
    Placement,
)
from tests.factories import make_channel, make_person

LONG_AGO = date(2026, 1, 5)


def make_asset(**values: Any) -> Asset:
    """The city's coat of arms."""
    return Asset(**{"kind": AssetKind.COAT_OF_ARMS, "title": "Wappen", **values})


def make_portrait(person: Person | None = None, **values: Any) -> Asset:
    """A portrait of somebody."""
    person_id = person.id if person is not None else None
    return make_asset(
        **{"kind": AssetKind.PORTRAIT, "title": "Erika Mustermann 2026", "person_id": person_id, **values}
    )


def make_version(asset: Asset, **values: Any) -> AssetVersion:
    """An approved PNG, issued at the beginning of the year."""
    defaults = {
        "asset_id": asset.id,
        "sha256": "a" * 64,
        "file_name": "wappen.png",
        "media_type": "image/png",
        "size": 1_000,
        "width": 800,
        "height": 800,
        "issued_on": LONG_AGO,
        "approved_on": LONG_AGO,
    }
    return AssetVersion(**{**defaults, **values})


def make_use(version: AssetVersion, channel: Channel, **values: Any) -> AssetUse:
    """A version is the avatar of a channel since the beginning of the year."""
    defaults = {"version_id": version.id, "channel_id": channel.id, "placement": Placement.AVATAR, "since": LONG_AGO}
    return AssetUse(**{**defaults, **values})


def make_consent(portrait: Asset, **values: Any) -> Consent:
    """A person agreed to be shown on social media at the beginning of the year."""
    defaults = {"asset_id": portrait.id, "medium": ConsentMedium.SOCIAL_MEDIA, "given_on": LONG_AGO}
    return Consent(**{**defaults, **values})


def wrong_appearance(today: date) -> list[object]:
    """Return records for which every rule about appearance has something to say, in every variant of its sentence."""
    person, nameless = make_person(function="Bürgermeisterin"), make_person()
    known, unnamed, unknown = make_portrait(person), make_portrait(nameless), make_portrait(title="Jemand")
    portraits = [known, unnamed, unknown]
    shown = [make_version(one) for one in portraits]
    gone = [make_portrait(person), make_portrait(title="Jemand")]
    withdrawn = [make_version(one) for one in gone]
    consents = [make_consent(one, withdrawn_on=today) for one in gone]
    arms, retired, unlicensed = make_asset(), make_asset(retired_on=today), make_asset(licence_until=LONG_AGO)
    new = make_version(arms, number=2, valid_until=LONG_AGO, approved_on=None)
    versions = [make_version(arms, replaced_by_id=new.id), new, make_version(retired), make_version(unlicensed)]
    shown += [*withdrawn, *versions]
    channels = [make_channel(account_key="") for _one in shown]
    uses = [make_use(version, channel) for version, channel in zip(shown, channels, strict=True)]
    bare = make_channel(account_key="")
    over = make_use(new, bare, until=today)
    people = [person, nameless]
    return [*people, *portraits, *gone, arms, retired, unlicensed, *shown, *consents, *channels, *uses, bare, over]
