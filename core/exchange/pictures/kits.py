"""Kits: the files of one asset, or all that a channel shows, in one archive to hand on.

The same files give the same archive, byte for byte, whoever makes it and when.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.exchange.file_names import safe_name
from core.exchange.pictures.kinds import SUFFIXES
from core.exchange.targets import refuse_target
from core.i18n import _, show_date
from core.inventory.assets.appearance import shown_on
from core.inventory.assets.library import shelf_of
from core.inventory.assets.versions import versions_of
from core.model import Asset, AssetVersion, Channel
from core.registry import Registry
from core.storage.places import written_aside

SUFFIX = ".zip"
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The time that every file in a kit bears; when it was packed is nothing that it should differ by."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a kit: under which name, which file of the library, and what whoever gets it has to know."""

    name: str
    sha256: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """What goes into one archive, and what it is called."""

    title: str
    files: tuple[Packed, ...]


def kit_of_asset(session: Session, asset_id: UUID) -> Kit:
    """Return the files of an asset that are in force: every variant, and what was cut from it.

    Raises:
        ConflictError: The asset is gone.
        BadInputError: It has no file.
    """
    asset = session.get(Asset, asset_id)
    if asset is None:
        raise ConflictError(_("This asset was removed in the meantime. Nothing was saved."))
    current = [one for one in versions_of(session, asset_id) if one.replaced_by_id is None]
    return _kit(asset.title, ((asset, version, version.derived_for or "") for version in current))


def kit_of_channel(session: Session, channel_id: UUID, today: date) -> Kit:
    """Return the files that a channel shows on a day.

    Raises:
        ConflictError: The channel is gone.
        BadInputError: It shows none.
    """
    channel = session.get(Channel, channel_id)
    if channel is None:
        raise ConflictError(_("This channel was removed in the meantime. Nothing was saved."))
    shown = shown_on(session, today, channel_id=channel_id)
    records = (
        (session.get_one(Asset, one.asset_id), session.get_one(AssetVersion, one.version_id), _(one.placement.label))
        for one in shown
    )
    return _kit(channel.title, records)


def write_kit(registry: Registry, kit: Kit, target: Path) -> None:
    """Write a kit, with a list of what is in it and on what terms it may be used.

    Raises:
        BadInputError: The target's name does not end in .zip.
        DamagedFileError: A file of the library is missing or damaged; nothing is written then.
        UnusableFileError: It cannot be written there.
    """
    refuse_target(target, (SUFFIX,))
    shelf = shelf_of(registry.path)
    with written_aside(target, shared=True) as aside, zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in kit.files:
            _pack(archive, one.name, shelf.read(one.sha256))
        contents = _("Contents")
        _pack(archive, f"{contents}.txt", _contents(kit).encode())


def _kit(title: str, records: Iterable[tuple[Asset, AssetVersion, str]]) -> Kit:
    files: dict[str, Packed] = {}
    for asset, version, place in records:
        name = _free_name(" ".join(filter(None, (place.replace("/", " "), _name_of(asset, version)))), version, files)
        files[name.casefold()] = Packed(name, version.sha256, _told(asset, version))
    if not files:
        raise BadInputError(_("“{title}” has no file that could be handed on.").format(title=title))
    return Kit(title, tuple(sorted(files.values(), key=lambda one: one.name)))


def _free_name(text: str, version: AssetVersion, taken: Iterable[str]) -> str:
    """Return a name that no file of the kit has yet, not even in other capitals."""
    suffix = SUFFIXES.get(version.media_type, "")
    name, number = safe_name(text, suffix), 1
    while name.casefold() in taken:
        number += 1
        name = safe_name(text, f" ({number}){suffix}")
    return name


def _name_of(asset: Asset, version: AssetVersion) -> str:
    return f"{asset.title} {_(version.variant.label)} {version.number}"


def _told(asset: Asset, version: AssetVersion) -> tuple[str, ...]:
    """Return what whoever uses a file has to know of it."""
    facts = (
        (_("Rights holder: {name}"), "name", asset.rights_holder),
        (_("Licence: {licence}"), "licence", asset.licence),
        (_("Licence until: {day}"), "day", asset.licence_until and show_date(asset.licence_until)),
        (_("May be used for: {uses}"), "uses", asset.permitted_uses),
        (_("May be shown until: {day}"), "day", version.valid_until and show_date(version.valid_until)),
        ("SHA-256: {hash}", "hash", version.sha256),
    )
    return tuple(sentence.format(**{key: value}) for sentence, key, value in facts if value)


def _contents(kit: Kit) -> str:
    lines = [kit.title]
    for one in kit.files:
        lines += ["", one.name, *(f"  {fact}" for fact in one.told)]
    return "\n".join(lines) + "\n"


def _pack(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    described = zipfile.ZipInfo(name, _ALWAYS)
    described.compress_type = zipfile.ZIP_DEFLATED
    described.create_system = 3  # Unix, on every system, for the same bytes.
    described.external_attr = 0o644 << 16
    archive.writestr(described, data)
