"""What assets and their versions are called where they are named beside other records."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import _
from core.model import Asset, AssetVariant, AssetVersion


def version_label(title: str, variant: AssetVariant, number: int) -> str:
    """Return what a version is called: "Wappen, in colour, version 2"."""
    return _("{title}, {variant}, version {number}").format(title=title, variant=_(variant.label), number=number)


def names_of_assets(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return what those of some ids are called that are assets or versions; at most as many as a statement takes."""
    titles = select(Asset.id, Asset.title).where(Asset.id.in_(ids))
    found = {one: title for one, title in session.execute(titles).all()}  # noqa: C416 - Row is no pair
    versions = select(AssetVersion.id, Asset.title, AssetVersion.variant, AssetVersion.number)
    versions = versions.join(Asset, Asset.id == AssetVersion.asset_id).where(AssetVersion.id.in_(ids))
    rows = session.execute(versions).all()
    return found | {one: version_label(title, variant, number) for one, title, variant, number in rows}
