"""The pages on which a thing of a handover is changed: only those that the program itself knows.

What the registry says of a platform is not asked. Whoever can write to its file could lead a password elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.handover.formats.items import Item
from core.custody.handover.listing import ItemRow
from core.i18n import _
from core.inventory.channels import label_of
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


def role_on(session: Session, item: Item | ItemRow) -> tuple[str, str | None]:
    """Return how a role is called with its channel, and the channel's own address.

    Args:
        session: A session that reads.
        item: The role; of one that this registry does not know only the label is told.
    """
    access = session.get(Access, item.id)
    channel = session.get(Channel, access.channel_id) if access is not None else None
    if access is None or channel is None:
        return item.label, None
    page = _own_page(channel) or page_of(session, item)
    label = label_of(channel.title, channel.platform)
    if access.platform_role is None:
        return label, page
    return _("{role} on {channel}").format(role=_(access.platform_role.label), channel=label), page


def _own_page(channel: Channel) -> str | None:
    """Return a channel's address where it lies on its platform, so that whoever wrote it leads nobody elsewhere."""
    known, address = built_in().platforms.get(channel.platform), urlsplit(channel.url or "")
    if known is None or address.scheme != "https" or address.hostname is None or address.username is not None:
        return None
    host = address.hostname.removeprefix("www.")
    return channel.url if any(host == one or host.endswith(f".{one}") for one in known.hosts) else None


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
