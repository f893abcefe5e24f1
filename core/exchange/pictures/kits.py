"""Kits: the files of one asset, or all that a channel shows, in one archive to hand on.

The same files give the same archive, byte for byte, whoever makes it and when. A portrait whose person does not agree
to be shown is left out, and the list of contents says so.
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
from core.inventory.assets.consents import medium_of
from core.inventory.assets.library import shelf_of
from core.inventory.assets.permission import gap_of, media_allowed
from core.inventory.assets.versions import versions_of
from core.model import Asset, AssetVersion, Channel, ConsentMedium
from core.registry import Registry
from core.storage.places import written_aside

SUFFIX = ".zip"
EARLIEST = 1980
"""Archives know no year before."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a kit: its name there, which file of the library, since when, and what its user has to know."""

    name: str
    sha256: str
    issued_on: date
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """What goes into one archive, what it is called, and in sentences what was left out and why."""

    title: str
    files: tuple[Packed, ...]
    left_out: tuple[str, ...] = ()

    @property
    def issued_on(self) -> date:
        """When the newest file was issued: all files bear this day, for when it was packed must make no difference."""
        return max(one.issued_on for one in self.files)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file that is to be handed on: for which place, why it may not be, and where its person agrees to be shown."""

    asset: Asset
    version: AssetVersion
    place: str
    gap: str
    media: tuple[ConsentMedium, ...]


def kit_of_asset(session: Session, asset_id: UUID, today: date) -> Kit:
    """Return the files of an asset that are in force: every variant, and what was cut from it.

    Raises:
        ConflictError: The asset is gone.
        BadInputError: It has no file, or is a portrait whose person agrees to no medium.
    """
    asset = session.get(Asset, asset_id)
    if asset is None:
        raise ConflictError(_("This asset was removed in the meantime. Nothing was saved."))
    current = [one for one in versions_of(session, asset_id) if one.replaced_by_id is None]
    gap, media = gap_of(session, asset, None, today), media_allowed(session, asset, today)
    return _kit(asset.title, (_Wanted(asset, one, one.derived_for or "", gap, media) for one in current))


def kit_of_channel(session: Session, channel_id: UUID, today: date) -> Kit:
    """Return the files that a channel shows on a day.

    Raises:
        ConflictError: The channel is gone.
        BadInputError: It shows none, or only portraits whose person does not agree to be shown there.
    """
    channel = session.get(Channel, channel_id)
    if channel is None:
        raise ConflictError(_("This channel was removed in the meantime. Nothing was saved."))
    medium, records = medium_of(channel.platform), list[_Wanted]()
    for one in shown_on(session, today, channel_id=channel_id):
        asset, version = session.get_one(Asset, one.asset_id), session.get_one(AssetVersion, one.version_id)
        gap, media = gap_of(session, asset, medium, today), media_allowed(session, asset, today)
        records.append(_Wanted(asset, version, _(one.placement.label), gap, media))
    return _kit(channel.title, records)


def write_kit(registry: Registry, kit: Kit, target: Path) -> None:
    """Write a kit, with a list of what is in it and on what terms it may be used.

    Raises:
        BadInputError: The target's name does not end in .zip.
        DamagedFileError: A file of the library is missing or damaged; nothing is written then.
        UnusableFileError: It cannot be written there.
    """
    refuse_target(target, (SUFFIX,), registry.path)
    shelf = shelf_of(registry.path)
    with written_aside(target, shared=True) as aside, zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in kit.files:
            _pack(archive, one.name, shelf.read(one.sha256), kit.issued_on)
        contents = _("Contents")
        _pack(archive, f"{contents}.txt", _contents(kit).encode(), kit.issued_on)


def _kit(title: str, records: Iterable[_Wanted]) -> Kit:
    files: dict[str, Packed] = {}
    left_out: dict[str, None] = {}
    for one in records:
        if one.gap:
            left_out[one.gap] = None
            continue
        place, version = one.place.replace("/", " "), one.version
        name = _free_name(" ".join(filter(None, (place, _name_of(one.asset, version)))), version, files)
        files[name.casefold()] = Packed(name, version.sha256, version.issued_on, _told(one))
    if not files:
        nothing = _("“{title}” has no file that could be handed on.").format(title=title)
        raise BadInputError(" ".join((nothing, *left_out)))
    return Kit(title, tuple(sorted(files.values(), key=lambda one: one.name)), tuple(left_out))


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


def _told(one: _Wanted) -> tuple[str, ...]:
    """Return what whoever uses a file has to know of it."""
    asset, version = one.asset, one.version
    approved = () if version.approved_on is not None else (_("Not approved: please ask before you use it."),)
    facts = (
        (_("Rights holder: {name}"), "name", asset.rights_holder),
        (_("Licence: {licence}"), "licence", asset.licence),
        (_("Licence until: {day}"), "day", asset.licence_until and show_date(asset.licence_until)),
        (_("May be used for: {uses}"), "uses", asset.permitted_uses),
        (_("The person agrees to: {media}"), "media", ", ".join(_(medium.label) for medium in one.media)),
        (_("May be shown until: {day}"), "day", version.valid_until and show_date(version.valid_until)),
        ("SHA-256: {hash}", "hash", version.sha256),
    )
    return (*approved, *(sentence.format(**{key: value}) for sentence, key, value in facts if value))


def _contents(kit: Kit) -> str:
    lines = [kit.title]
    for one in kit.files:
        lines += ["", one.name, *(f"  {fact}" for fact in one.told)]
    if kit.left_out:
        lines += ["", _("Left out"), *(f"  {sentence}" for sentence in kit.left_out)]
    return "\n".join(lines) + "\n"


def _pack(archive: zipfile.ZipFile, name: str, data: bytes, day: date) -> None:
    described = zipfile.ZipInfo(name, (max(day.year, EARLIEST), day.month, day.day, 0, 0, 0))
    described.compress_type = zipfile.ZIP_DEFLATED
    described.create_system = 3  # Unix, on every system, for the same bytes.
    described.external_attr = 0o644 << 16
    archive.writestr(described, data)
