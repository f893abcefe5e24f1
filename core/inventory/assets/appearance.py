"""How channels look: what is shown on each of them today, in which place, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.days import local_day
from core.inventory.assets.permission import is_erased
from core.inventory.assets.presentation import fits
from core.inventory.assets.uses import is_shown
from core.inventory.channels import GONE_STATES
from core.model import Asset, AssetKind, AssetUse, AssetVariant, AssetVersion, Channel, Placement


@dataclass(frozen=True, slots=True)
class Shown:
    """What a channel shows in one of its places.

    Attributes:
        use_id: The use.
        channel_id: The channel.
        platform: The key of its platform.
        placement: The place.
        since: Since when, None if nobody knows.
        asset_id: The asset.
        title: What the asset is called.
        kind: What it is.
        version_id: The version that is shown.
        variant: In which colours.
        number: Which version it is.
        current: Whether nothing has taken its place.
        approved: Whether somebody approved it.
        sha256: Of the file, its name in the library; empty where it was erased with the data of the person shown.
        media_type: What the file is by its content.
        file_name: What it was called.
        width: In points, None where it has none.
        height: In points, None where it has none.
        warnings: Translated sentences about what does not fit the platform's place.
    """

    use_id: UUID
    channel_id: UUID
    platform: str
    placement: Placement
    since: date | None
    asset_id: UUID
    title: str
    kind: AssetKind
    version_id: UUID
    variant: AssetVariant
    number: int
    current: bool
    approved: bool
    sha256: str
    media_type: str
    file_name: str
    width: int | None
    height: int | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a channel looks: its avatar, its cover, and what is shown besides."""

    avatar: Shown | None
    cover: Shown | None
    others: tuple[Shown, ...]


def look_of(session: Session, channel_id: UUID, today: date) -> Look:
    """Return how a channel looks on a day; where two avatars are entered, the one that began last, or was entered last.

    Where nobody knows since when one is shown, it counts from the day on which it was entered.
    """
    shown = shown_on(session, today, channel_id=channel_id)
    newest = {one.placement: one for one in shown}
    avatar, cover = newest.get(Placement.AVATAR), newest.get(Placement.COVER)
    return Look(avatar, cover, tuple(one for one in shown if one not in {avatar, cover}))


def shown_on(
    session: Session, today: date, *, channel_id: UUID | None = None, asset_id: UUID | None = None
) -> list[Shown]:
    """Return what is shown on a day on the channels that count, in the order in which it began and was entered.

    Args:
        session: A session that reads.
        today: The day.
        channel_id: Only on one channel.
        asset_id: Only of one asset.
    """
    query = (
        select(AssetUse, AssetVersion, Asset, Channel.platform, is_erased())
        .join_from(AssetUse, AssetVersion, AssetVersion.id == AssetUse.version_id)
        .join(Asset, Asset.id == AssetVersion.asset_id)
        .join(Channel, Channel.id == AssetUse.channel_id)
        .where(is_shown(today), Channel.state.not_in(GONE_STATES))
        .order_by(AssetUse.created_at, AssetUse.id)
    )
    if channel_id is not None:
        query = query.where(Channel.id == channel_id)
    if asset_id is not None:
        query = query.where(Asset.id == asset_id)
    return [_shown(*row) for row in sorted(session.execute(query), key=lambda row: _began(row[0]))]


def _began(use: AssetUse) -> date:
    """Return the first day of which it is known that a use was there."""
    return use.since or local_day(use.created_at)


def _shown(use: AssetUse, version: AssetVersion, asset: Asset, platform: str, erased: bool) -> Shown:
    return Shown(
        use_id=use.id,
        channel_id=use.channel_id,
        platform=platform,
        placement=use.placement,
        since=use.since,
        asset_id=asset.id,
        title=asset.title,
        kind=asset.kind,
        version_id=version.id,
        variant=version.variant,
        number=version.number,
        current=version.replaced_by_id is None,
        approved=version.approved_on is not None,
        sha256="" if erased else version.sha256,
        media_type=version.media_type,
        file_name=version.file_name,
        width=version.width,
        height=version.height,
        warnings=tuple(fits(version, platform, use.placement)),
    )
