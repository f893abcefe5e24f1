"""Takes files into the library: what passed is kept there first, and recorded in one action afterwards.

When the record is refused, the file goes again. Should the program end in between, a file lies in the library that no
record names: `asset verify` tells of it, and the next erasure removes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import BadInputError, RegistryError
from core.exchange.pictures.examining import Examined, examine_bytes
from core.exchange.pictures.kinds import FONTS, PDF, RASTERS, SUFFIXES, SVG
from core.i18n import N_, _
from core.inventory.assets import assets, versions
from core.inventory.assets.consents import Given, add_form, give
from core.inventory.assets.library import shelf_of
from core.inventory.assets.unrecorded import remove_unrecorded
from core.inventory.assets.versions import Approval, KeptFile
from core.model import Asset, AssetKind, AssetVariant, ConsentMedium, Placement
from core.registry import Registry

_PICTURES = frozenset({*RASTERS, SVG, PDF})
_TAKEN = {
    AssetKind.COAT_OF_ARMS: _PICTURES,
    AssetKind.LOGO: _PICTURES,
    AssetKind.PORTRAIT: frozenset(RASTERS),
    AssetKind.BANNER: _PICTURES,
    AssetKind.FONT: frozenset(FONTS),
    AssetKind.TEMPLATE: frozenset(SUFFIXES) - frozenset(FONTS),
}
_NOT_TAKEN = {
    AssetKind.PORTRAIT: N_("{file} is no photograph. Please choose a PNG, JPEG, WebP or GIF file."),
    AssetKind.FONT: N_("{file} is no font. Please choose a TTF, OTF, WOFF or WOFF2 file, or another kind."),
    AssetKind.TEMPLATE: N_("{file} is a font. Please choose the kind “Font”."),
}
_NO_PICTURE = N_("{file} is no picture. Please choose a picture, or another kind.")
_FORMS = frozenset({*RASTERS, PDF})


@dataclass(frozen=True, slots=True)
class NewFile:
    """What is told of an asset that is added with its first file.

    Attributes:
        approved: Whether whoever works here approves the file.
        valid_until: The last day on which the file may be shown.
    """

    examined: Examined
    kind: AssetKind
    title: str
    variant: AssetVariant = AssetVariant.COLOUR
    person_id: UUID | None = None
    rights_holder: str | None = None
    approved: bool = False
    licence: str | None = None
    licence_until: date | None = None
    source: str | None = None
    permitted_uses: str | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What is told of a file that takes the place of another, or is the first of its variant."""

    examined: Examined
    variant: AssetVariant = AssetVariant.COLOUR
    approved: bool = False
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class NewConsent:
    """What the person of a portrait agreed to, and the scanned form if there is one."""

    media: Sequence[ConsentMedium]
    given_on: date
    until: date | None = None
    form: Examined | None = None


def take_in_asset(registry: Registry, told: NewFile, today: date) -> UUID:
    """Keep a file and add the asset that it is, in one action.

    Returns:
        The asset's id.

    Raises:
        BadInputError: The file is none of that kind, or something told of it is wrong.
        UnusableFileError: It cannot be kept.
    """
    refuse_other_kind(told.examined, told.kind)
    approval = _approval(registry, today, approved=told.approved, valid_until=told.valid_until)
    kept = _kept(registry, told.examined)
    with _recording(registry, N_("Add asset"), told.examined) as session:
        asset = assets.add_asset(session, _new_asset(told))
        session.flush()
        versions.issue_version(session, asset.id, kept, variant=told.variant, issued_on=today, approval=approval)
        return asset.id


def take_in_version(registry: Registry, asset_id: UUID, told: NewVersion, today: date) -> UUID:
    """Keep a file and issue it as the one of its variant that is to be used, in one action.

    Returns:
        The version's id.

    Raises:
        BadInputError: The file is none of the asset's kind, or in force already.
        ConflictError: The asset is gone or retired.
        UnusableFileError: It cannot be kept.
    """
    approval = _approval(registry, today, approved=told.approved, valid_until=told.valid_until)
    kept = _kept(registry, told.examined)
    with _recording(registry, N_("Issue version of an asset"), told.examined) as session:
        version = versions.issue_version(
            session, asset_id, kept, variant=told.variant, issued_on=today, approval=approval
        )
        refuse_other_kind(told.examined, session.get_one(Asset, asset_id).kind)
        return version.id


def keep_derived(  # noqa: PLR0913, PLR0917 - what is told of a file that was cut
    registry: Registry, version_id: UUID, data: bytes, platform: str, placement: Placement, today: date
) -> UUID:
    """Keep what was cut from a version for a place of a platform, in one action.

    Returns:
        The id of the version that was cut.

    Raises:
        ConflictError: The version is gone, or has been replaced.
        UnusableFileError: It cannot be kept.
    """
    examined = examine_bytes(data, f"{platform}-{placement}")
    named = f"{examined.file_name}-{examined.width}x{examined.height}{SUFFIXES[examined.media_type]}"
    kept = _kept(registry, examined, named)
    with _recording(registry, N_("Cut picture to size"), examined) as session:
        derived = versions.add_derived(session, version_id, kept, platform=platform, placement=placement, today=today)
        return derived.id


def take_in_consent(registry: Registry, asset_id: UUID, told: NewConsent) -> None:
    """Keep the form and enter a consent for each medium, in one action.

    Raises:
        BadInputError: The form is none, or the asset is no portrait.
        ConflictError: The asset is gone.
        UnusableFileError: The form cannot be kept.
    """
    sha256, name = (keep_form(registry, told.form), told.form.file_name) if told.form is not None else (None, None)
    with _recording(registry, N_("Enter consent"), told.form) as session:
        for medium in told.media:
            give(session, asset_id, Given(medium, told.given_on, told.until, sha256, name))


def take_in_form(registry: Registry, consent_id: UUID, form: Examined) -> None:
    """Keep the form of a consent that was entered without it, in one action.

    Raises:
        BadInputError: It is neither a picture nor a PDF.
        ConflictError: The consent is gone, or has a form already.
        UnusableFileError: It cannot be kept.
    """
    sha256 = keep_form(registry, form)
    with _recording(registry, N_("Add form of a consent"), form) as session:
        add_form(session, consent_id, sha256, form.file_name)


def keep_form(registry: Registry, form: Examined) -> str:
    """Keep the scanned form of a consent; what it proves is recorded with the consent.

    Returns:
        Its SHA-256.

    Raises:
        BadInputError: It is neither a picture nor a PDF.
        UnusableFileError: It cannot be kept.
    """
    if form.media_type not in _FORMS:
        raise BadInputError(
            _("{file} is no scanned form. Please choose a PDF or a picture.").format(file=form.file_name)
        )
    return shelf_of(registry.path).put(form.data)


def refuse_other_kind(examined: Examined, kind: AssetKind) -> None:
    """Refuse a file that cannot be an asset of a kind.

    Raises:
        BadInputError: It cannot.
    """
    if examined.media_type not in _TAKEN[kind]:
        raise BadInputError(_(_NOT_TAKEN.get(kind, _NO_PICTURE)).format(file=examined.file_name))


@contextmanager
def _recording(registry: Registry, label: str, examined: Examined | None) -> Iterator[Session]:
    """Give the session of an action that records a kept file; the file goes again when that is refused."""
    recorded = False
    try:
        with registry.action(label) as session:
            if examined is not None:
                shelf_of(registry.path).put(examined.data)  # An erasure may just have swept away what nothing named.
            yield session
        recorded = True
    finally:
        if examined is not None and not recorded:
            _remove_again(registry, hashlib.sha256(examined.data).hexdigest())


def _remove_again(registry: Registry, sha256: str) -> None:
    """Remove a kept file of which nothing tells; where that fails, the next erasure does it."""
    with suppress(RegistryError), registry.deriving() as session:
        remove_unrecorded(session, registry.path, {sha256})


def _kept(registry: Registry, examined: Examined, name: str | None = None) -> KeptFile:
    sha256 = shelf_of(registry.path).put(examined.data)
    size = len(examined.data)
    return KeptFile(sha256, name or examined.file_name, examined.media_type, size, examined.width, examined.height)


def _approval(registry: Registry, today: date, *, approved: bool, valid_until: date | None) -> Approval:
    return Approval(today, registry.me(), valid_until) if approved else Approval(valid_until=valid_until)


def _new_asset(told: NewFile) -> assets.NewAsset:
    return assets.NewAsset(
        told.kind,
        told.title,
        told.person_id,
        told.rights_holder,
        told.licence,
        told.licence_until,
        told.source,
        told.permitted_uses,
    )
