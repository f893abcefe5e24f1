"""What can be shown on a channel: the files in force, those first that were cut for its platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.inventory.assets.consents import ConsentState, medium_of, state_of
from core.inventory.assets.standing import MASTER, by_asset, terms_query
from core.model import Asset, AssetKind, AssetVariant, AssetVersion, Consent, Placement
from core.storage.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Pickable:
    """A version that can be shown.

    Attributes:
        version_id: The version.
        asset_id: Its asset.
        title: What the asset is called.
        kind: What it is.
        variant: In which colours.
        number: Which version it is.
        sha256: Of the file.
        media_type: What the file is by its content.
        width: In points, None where it has none.
        height: In points, None where it has none.
        derived_for: Platform and placement it was cut for; empty for a master.
        approved: Whether somebody approved it.
        may_be_shown: Whether the person in it agreed; always so where nobody is shown.
    """

    version_id: UUID
    asset_id: UUID
    title: str
    kind: AssetKind
    variant: AssetVariant
    number: int
    sha256: str
    media_type: str
    width: int | None
    height: int | None
    derived_for: str
    approved: bool
    may_be_shown: bool


def pickable(session: Session, platform: str, today: date) -> list[Pickable]:
    """Return what can be shown on a platform on a day, by asset; what was cut for the platform before its master."""
    query = (
        select(AssetVersion, Asset)
        .join(Asset, Asset.id == AssetVersion.asset_id)
        .outerjoin(MASTER, MASTER.id == AssetVersion.derived_from_id)
        .where(AssetVersion.replaced_by_id.is_(None), MASTER.replaced_by_id.is_(None), Asset.kind != AssetKind.FONT)
        .where(or_(Asset.retired_on.is_(None), Asset.retired_on > today))
        .where(or_(AssetVersion.derived_for.is_(None), AssetVersion.derived_for.startswith(f"{platform}/")))
    )
    agreed = _agreed(session, platform, today)
    return sorted((_pickable(version, asset, agreed) for version, asset in session.execute(query)), key=_order)


def version_to_cut(session: Session, version_id: UUID) -> Pickable | None:
    """Return the file itself from which a version was cut, or the version where it is one."""
    version = session.get(AssetVersion, version_id)
    if version is not None and version.derived_from_id is not None:
        version = session.get(AssetVersion, version.derived_from_id)
    if version is None:
        return None
    return _pickable(version, session.get_one(Asset, version.asset_id), None)


def is_cut_for(one: Pickable, platform: str, placement: Placement) -> bool:
    """Say whether a file was cut for a place of a platform."""
    return one.derived_for == f"{platform}/{placement.value}"


def _agreed(session: Session, platform: str, today: date) -> set[UUID]:
    """Return the portraits whose person agreed to be shown on a platform."""
    rows = session.execute(terms_query().where(Consent.medium == medium_of(platform)))
    terms = by_asset(rows).items()
    return {asset_id for (asset_id, _medium), some in terms if state_of(some, today)[0] is ConsentState.GIVEN}


def _pickable(version: AssetVersion, asset: Asset, agreed: set[UUID] | None) -> Pickable:
    """Describe a version; where nobody asked who agreed, it may be shown."""
    may_be_shown = agreed is None or asset.kind is not AssetKind.PORTRAIT or asset.id in agreed
    return Pickable(
        version_id=version.id,
        asset_id=asset.id,
        title=asset.title,
        kind=asset.kind,
        variant=version.variant,
        number=version.number,
        sha256=version.sha256,
        media_type=version.media_type,
        width=version.width,
        height=version.height,
        derived_for=version.derived_for or "",
        approved=version.approved_on is not None,
        may_be_shown=may_be_shown,
    )


def _order(one: Pickable) -> tuple[Any, ...]:
    kinds, variants = list(AssetKind), list(AssetVariant)
    place = kinds.index(one.kind), sort_key(one.title), variants.index(one.variant)
    return *place, not one.derived_for, one.derived_for, -one.number, one.version_id.int
