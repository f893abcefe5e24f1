"""The appearance of the demo city: pictures drawn for it, who agreed to be shown, and what each channel shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from core.inventory.assets.library import shelf_of
from core.model import (
    Asset,
    AssetKind,
    AssetUse,
    AssetVariant,
    AssetVersion,
    Consent,
    ConsentMedium,
    Placement,
)
from core.storage.journal import insert_many

if TYPE_CHECKING:
    from core.exchange.demo import City
    from core.registry import Registry

PICTURES = Path(__file__).resolve().parent.parent.parent / "resources" / "demo" / "pictures"
_MEDIA_TYPES = {".png": "image/png", ".svg": "image/svg+xml"}

Row = dict[str, Any]


def keep_pictures(registry: Registry, city: City) -> None:
    """Put the city's pictures into the library; whatever has no record yet is no harm there."""
    shelf = shelf_of(registry.path)
    for asset in city.told["asset"]:
        for version in asset["versions"]:
            shelf.put((PICTURES / version["file"]).read_bytes())


def insert_assets(session: Session, city: City) -> None:
    """Make the city's assets with their versions, consents and uses; call inside the action that makes the city."""
    assets: dict[str, UUID] = {asset["key"]: uuid4() for asset in city.told["asset"]}
    versions = {(asset["key"], one["file"]): uuid4() for asset in city.told["asset"] for one in asset["versions"]}
    told = city.told["asset"]
    insert_many(session, Asset, [_asset(city, assets[one["key"]], one) for one in told])
    insert_many(session, AssetVersion, [row for one in told for row in _versions(city, assets, versions, one)])
    insert_many(session, Consent, [row for one in told for row in _consents(city, assets[one["key"]], one)])
    insert_many(session, AssetUse, [row for use in city.told["use"] for row in _uses(city, versions, use)])


def _asset(city: City, asset: UUID, told: Mapping[str, Any]) -> Row:
    plain = ("rights_holder", "licence", "source", "permitted_uses")
    return {
        "id": asset,
        "kind": AssetKind(told["kind"]),
        "title": told["title"],
        "person_id": city.people.get(told.get("person", "")),
        "licence_until": city.day(told.get("licence_until")),
        **{key: told[key] for key in plain if key in told},
    }


def _versions(
    city: City, assets: Mapping[str, UUID], versions: Mapping[tuple[str, str], UUID], told: Mapping[str, Any]
) -> Iterator[Row]:
    key, files = told["key"], told["versions"]
    replacing = {files[one["replaced_by"]]["file"] for one in files if "replaced_by" in one}
    for one in files:
        successor = files[one["replaced_by"]]["file"] if "replaced_by" in one else ""
        yield {
            "id": versions[key, one["file"]],
            "asset_id": assets[key],
            "variant": AssetVariant(one.get("variant", AssetVariant.COLOUR)),
            "number": 2 if one["file"] in replacing else 1,
            **_file(one),
            "issued_on": city.day(one["issued"]),
            "approved_on": city.day(one.get("approved")),
            "approved_by_id": city.people.get(one.get("by", "")),
            "replaced_by_id": versions.get((key, successor)),
        }


def _file(told: Mapping[str, Any]) -> Row:
    """Return what is known of a picture; it was drawn for the city, so that nothing has to be found out."""
    data, name = (PICTURES / told["file"]).read_bytes(), told["file"]
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "file_name": name,
        "media_type": _MEDIA_TYPES[Path(name).suffix],
        "size": len(data),
        "width": told["width"],
        "height": told["height"],
    }


def _consents(city: City, asset: UUID, told: Mapping[str, Any]) -> Iterator[Row]:
    for one in told.get("consents", ()):
        yield {
            "asset_id": asset,
            "medium": ConsentMedium(one["medium"]),
            "given_on": city.day(one["given"]),
            "until": city.day(one.get("until")),
            "withdrawn_on": city.day(one.get("withdrawn")),
        }


def _uses(city: City, versions: Mapping[tuple[str, str], UUID], told: Mapping[str, Any]) -> Iterator[Row]:
    asset, file = told["shows"]
    for platform, title in told["channels"]:
        yield {
            "version_id": versions[asset, file],
            "channel_id": city.channels[platform, title],
            "placement": Placement(told.get("placement", Placement.AVATAR)),
            "since": city.day(told["since"]),
        }
