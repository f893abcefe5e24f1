"""Versions of assets: the files that took each other's place, what was cut from them, and who approved them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.fields import Day, Field, Number, OneOf, Reference
from core.i18n import N_, _, show_date
from core.model import Asset, AssetVariant, AssetVersion, Placement

FIELDS = (
    Field("asset", N_("Asset"), Reference("asset"), required=True, help=N_("Of which asset it is a file.")),
    Field("variant", N_("Variant"), OneOf(AssetVariant), required=True, help=N_("In which colours it is drawn.")),
    Field("number", N_("Version"), Number(), required=True, help=N_("1 for the first file of a variant.")),
    Field("file_name", N_("File"), required=True, help=N_("What the file was called when it was taken in.")),
    Field("media_type", N_("Type of file"), required=True, help=N_("What the file is by its content.")),
    Field("size", N_("Size"), Number(N_("bytes")), required=True, help=N_("How long the file is.")),
    Field("width", N_("Width"), Number(N_("pixels")), help=N_("Of a picture, in points.")),
    Field("height", N_("Height"), Number(N_("pixels")), help=N_("Of a picture, in points.")),
    Field("issued_on", N_("Issued on"), Day(), required=True, help=N_("Since when it is the one to use.")),
    Field("approved_on", N_("Approved on"), Day(), help=N_("When it was approved (Berlin, corporate identity).")),
    Field("approved_by", N_("Approved by"), Reference("person"), help=N_("Who approved it.")),
    Field("valid_until", N_("Valid until"), Day(), help=N_("The last day on which it may be shown.")),
    Field("replaced_by", N_("Replaced by"), Reference("asset_version"), help=N_("The file that took its place.")),
    Field("derived_from", N_("Cut from"), Reference("asset_version"), help=N_("The file from which it was cut.")),
    Field("derived_for", N_("Cut for"), help=N_("Platform and placement for which it was cut.")),
    Field("sha256", N_("Fingerprint"), required=True, help=N_("SHA-256 of the file; its name in the library.")),
)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that lies in the library, and what it was found to be."""

    sha256: str
    file_name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a file and when, and until when it may be shown."""

    on: date | None = None
    by: UUID | None = None
    valid_until: date | None = None


NOT_APPROVED = Approval()


def issue_version(  # noqa: PLR0913 - what is told of a file that is issued
    session: Session,
    asset_id: UUID,
    kept: KeptFile,
    *,
    variant: AssetVariant = AssetVariant.COLOUR,
    issued_on: date,
    approval: Approval = NOT_APPROVED,
) -> AssetVersion:
    """Issue a file as the one of its variant that is to be used; it takes the place of the one before. In an action.

    Raises:
        ConflictError: The asset is gone or retired.
        BadInputError: The file is the one in force already, or would be issued before it.
    """
    _usable(session, asset_id)
    before = current_version(session, asset_id, variant)
    if before is not None:
        _refuse_successor(before, kept, issued_on)
    version = _version(asset_id, kept, variant, issued_on, approval)
    session.add(version)
    if before is not None:
        version.number = before.number + 1
        before.replaced_by_id = version.id
    return version


def add_derived(  # noqa: PLR0913 - what is told of a file that was cut
    session: Session, version_id: UUID, kept: KeptFile, *, platform: str, placement: Placement, today: date
) -> AssetVersion:
    """Add what was cut and scaled from a file for a place of a platform; it is approved as that file is. In an action.

    What was cut for the same place before is replaced.

    Raises:
        ConflictError: The file it was cut from is gone, or has been replaced.
    """
    master = master_of(session, version_id)
    if master.replaced_by_id is not None:
        raise ConflictError(_("A newer version has taken this file's place. Please cut from the newer one."))
    derived = _version(
        master.asset_id,
        kept,
        master.variant,
        today,
        Approval(master.approved_on, master.approved_by_id, master.valid_until),
    )
    derived.number, derived.derived_from_id, derived.derived_for = master.number, master.id, f"{platform}/{placement}"
    before = _cut_from(session, master, derived.derived_for)
    if before is not None and before.sha256 == kept.sha256:
        return before
    session.add(derived)
    if before is not None:
        before.replaced_by_id = derived.id
    return derived


def approve(session: Session, version_id: UUID, on: date, by: UUID | None) -> AssetVersion:
    """Note that a file was approved, and with it what was cut from it; call inside an action.

    Raises:
        ConflictError: It is gone or approved already.
    """
    version = session.get(AssetVersion, version_id)
    if version is None or version.approved_on is not None:
        raise ConflictError(_("This version was approved or removed in the meantime. Nothing was saved."))
    cut = select(AssetVersion).where(AssetVersion.derived_from_id == version_id, AssetVersion.approved_on.is_(None))
    for one in [version, *session.scalars(cut)]:
        one.approved_on, one.approved_by_id = on, by
    return version


def versions_of(session: Session, asset_id: UUID) -> list[AssetVersion]:
    """Return an asset's files: by variant, the newest first, what was cut from one after it."""
    found = session.scalars(select(AssetVersion).where(AssetVersion.asset_id == asset_id))
    variants = list(AssetVariant)

    def order(one: AssetVersion) -> tuple[Any, ...]:
        replaced = one.replaced_by_id is not None
        return (
            variants.index(one.variant),
            -one.number,
            one.derived_from_id is not None,
            replaced,
            one.derived_for or "",
        )

    return sorted(found, key=order)


def current_version(session: Session, asset_id: UUID, variant: AssetVariant) -> AssetVersion | None:
    """Return the file of a variant that nothing has taken the place of, None where there is none."""
    one = AssetVersion
    query = select(one).where(one.asset_id == asset_id, one.variant == variant, one.derived_from_id.is_(None))
    return session.scalars(query.where(one.replaced_by_id.is_(None)).order_by(one.number.desc())).first()


def master_of(session: Session, version_id: UUID) -> AssetVersion:
    """Return the file itself, or for what was cut from one: that one.

    Raises:
        ConflictError: It is gone.
    """
    version = session.get(AssetVersion, version_id)
    if version is not None and version.derived_from_id is not None:
        version = session.get(AssetVersion, version.derived_from_id)
    if version is None:
        raise ConflictError(_("This version was removed in the meantime. Nothing was saved."))
    return version


def version_to_use(session: Session, version_id: UUID, day: date) -> AssetVersion:
    """Return what is to be shown on a day instead of a version: what is in force, cut for the same place if it was."""
    version = session.get_one(AssetVersion, version_id)
    master = _last(session, master_of(session, version_id), day)
    cut = _cut_from(session, master, version.derived_for) if version.derived_for is not None else None
    return cut or master


def _last(session: Session, version: AssetVersion, day: date) -> AssetVersion:
    """Follow a chain of successors to the last one that had been issued by a day."""
    while version.replaced_by_id is not None:
        successor = session.get_one(AssetVersion, version.replaced_by_id)
        if successor.issued_on > day:
            break
        version = successor
    return version


def _cut_from(session: Session, master: AssetVersion, cut_for: str) -> AssetVersion | None:
    one = AssetVersion
    query = select(one).where(one.derived_from_id == master.id, one.derived_for == cut_for)
    return session.scalars(query.where(one.replaced_by_id.is_(None)).order_by(one.created_at.desc())).first()


def _usable(session: Session, asset_id: UUID) -> None:
    asset = session.get(Asset, asset_id)
    if asset is None or asset.retired_on is not None:
        raise ConflictError(_("This asset was removed or retired in the meantime. Nothing was saved."))


def _refuse_successor(before: AssetVersion, kept: KeptFile, issued_on: date) -> None:
    """Refuse what cannot take a file's place.

    Raises:
        BadInputError: It is the same file, or would be issued before it.
    """
    if before.sha256 == kept.sha256:
        raise BadInputError(_("“{file}” is the version in force already.").format(file=kept.file_name))
    if issued_on < before.issued_on:
        raise BadInputError(
            _("The version in force was issued on {day}; a newer one cannot be issued before.").format(
                day=show_date(before.issued_on)
            )
        )


def _version(
    asset_id: UUID, kept: KeptFile, variant: AssetVariant, issued_on: date, approval: Approval
) -> AssetVersion:
    return AssetVersion(
        asset_id=asset_id,
        variant=variant,
        sha256=kept.sha256,
        file_name=kept.file_name,
        media_type=kept.media_type,
        size=kept.size,
        width=kept.width,
        height=kept.height,
        issued_on=issued_on,
        approved_on=approval.on,
        approved_by_id=approval.by,
        valid_until=approval.valid_until,
    )
