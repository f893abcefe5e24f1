"""The pages on which a thing of a handover is changed: only those that the program itself knows.

What the registry says of a platform is not asked. Whoever can write to its file could lead a password elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.handover.formats.items import Item
from core.custody.handover.listing import ItemRow
from core.inventory.credentials import channels_of
from core.inventory.platforms import Platform, built_in
from core.model import Access, Channel, ItemKind, Responsibility, Way


def page_of(session: Session, item: Item | ItemRow) -> str | None:
    """Return the address of the page on which a thing is changed, None where the program knows none.

    Args:
        session: A session that reads.
        item: The thing; for a reset the page is the one where who is signed out gets a new password.
    """
    found = (_page(channel.platform, item.way) for channel in _channels(session, item.kind, item.id))
    return next((page for page in found if page), None)


def _channels(session: Session, kind: ItemKind, item_id: UUID) -> Iterable[Channel]:
    match kind:
        case ItemKind.CREDENTIAL:
            return channels_of(session, item_id)
        case ItemKind.ACCESS | ItemKind.RESPONSIBILITY:
            tie: Access | Responsibility | None
            tie = session.get(Access, item_id) if kind is ItemKind.ACCESS else session.get(Responsibility, item_id)
            channel = session.get(Channel, tie.channel_id) if tie is not None else None
            return (channel,) if channel is not None else ()


def _page(key: str, way: Way) -> str | None:
    known = built_in().platforms.get(key)
    if known is None:
        return None
    wanted = {Way.RESET: known.recovery, Way.SEALED: known.password}.get(way, "")
    return wanted if wanted.startswith("https://") else _home(known)


def _home(platform: Platform) -> str | None:
    """Return a platform's first page; where every server is its own platform there is none."""
    return f"https://{platform.hosts[0]}" if platform.hosts else None
