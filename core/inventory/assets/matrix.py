"""Channels by assets: which version of which asset is shown where today, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.assets.appearance import Shown, shown_on
from core.inventory.assets.gallery import Tile, tiles
from core.inventory.assets.places_to_clean import Why, places
from core.inventory.channels import label_of
from core.model import AssetKind, Channel, ChannelState
from core.storage.sorting import sort_key

IN_SIGHT = (ChannelState.APPROVED, ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING)
"""Channels that somebody can see, or soon will."""


@dataclass(frozen=True, slots=True)
class MatrixChannel:
    """A channel on which something is, or could be shown: its title alone, and with its platform."""

    id: UUID
    title: str
    label: str
    platform: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is shown where.

    Attributes:
        assets: What can be shown on channels, or is.
        channels: The channels by name.
        uses: What is shown where.
        to_clean: Why a use has to end, by the use; those that may stay are not in it.
    """

    assets: tuple[Tile, ...] = ()
    channels: tuple[MatrixChannel, ...] = ()
    uses: tuple[Shown, ...] = ()
    to_clean: Mapping[UUID, Why] = field(default_factory=dict)


def read_matrix(session: Session, today: date) -> Matrix:
    """Read assets, channels and what is shown where on a day."""
    uses = tuple(shown_on(session, today))
    return Matrix(
        tuple(one for one in tiles(session, today) if one.uses or _can_be_shown(one)),
        tuple(_channels(session, {one.channel_id for one in uses})),
        uses,
        {one.use_id: one.why for one in places(session, today) if one.done_on is None},
    )


def _can_be_shown(tile: Tile) -> bool:
    return not tile.retired and tile.kind is not AssetKind.FONT


def _channels(session: Session, used: set[UUID]) -> list[MatrixChannel]:
    query = select(Channel.id, Channel.title, Channel.platform, Channel.state)
    found = [
        MatrixChannel(id_, title, label_of(title, platform), platform)
        for id_, title, platform, state in session.execute(query)
        if state in IN_SIGHT or id_ in used
    ]
    return sorted(found, key=lambda one: (sort_key(one.label), one.id.int))
