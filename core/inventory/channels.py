"""Channels: what they show, the query that lists them, and what can be done with one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import _, show_date
from core.inventory.channel_fields import FIELDS, GONE_STATES
from core.inventory.channel_listing import listing
from core.inventory.dates_in_text import read_date
from core.inventory.platforms import WEBSITE, Platform, platform_named, platforms
from core.inventory.recognising import Recognised, recognise
from core.model import Channel, ChannelState, FormerHandle, KnownBy
from core.partial_dates import first_day, show_partial

__all__ = [
    "FIELDS",
    "GONE_STATES",
    "add_channel",
    "address_facts",
    "begin_closing",
    "change_address",
    "close",
    "default_title",
    "enter_last_post",
    "label_of",
    "listing",
    "mark_dormant",
    "rename",
    "reopen",
    "same_account",
]

_BRACKETS = re.compile(r"[()]")
_DOUBTS_HOST = frozenset({"host-not-of-platform", "other-platform"})


def label_of(title: str, platform: str) -> str:
    """Return what tells a channel apart in sentences and lists of findings: "Stadt Moers (Facebook)"."""
    known = platforms().get(platform)
    name = known.name if known else platform
    told = f" {name} ".casefold() in f" {_BRACKETS.sub(' ', title)} ".casefold()
    return title if told else f"{title} ({name})"


def address_facts(found: Recognised, named: str | None = None) -> dict[str, Any]:
    """Return the columns of a channel that follow from its address.

    Args:
        found: What was recognised in the address.
        named: The key of the platform that the user or a list named. It is kept even where the address belongs to
            another host, because that contradiction is a finding (`foreign-host`).
    """
    kept = named if named not in {None, WEBSITE} else found.platform
    return {
        "platform": kept,
        "url_as_entered": found.input.strip(),
        "url": found.url,
        "handle": found.handle,
        "account_id": found.account_id,
        "account_key": found.key,
        "host_belongs": kept == found.platform or not any(hint.code in _DOUBTS_HOST for hint in found.hints),
    }


def same_account(session: Session, account_key: str, *, besides: UUID | None = None) -> Channel | None:
    """Return a channel that counts and is the same account, None where there is none."""
    query = select(Channel).where(Channel.account_key == account_key, Channel.state.not_in(GONE_STATES))
    others = (channel for channel in session.scalars(query) if channel.id != besides)
    return next(others, None) if account_key else None


def add_channel(  # noqa: PLR0913 - the facts that a person gives with an address
    session: Session,
    text: str,
    *,
    platform: str | None = None,
    title: str | None = None,
    unit_id: UUID | None = None,
    today: date,
    state: ChannelState = ChannelState.ACTIVE,
) -> Channel:
    """Add a channel by its address, or by its handle if the platform is named; call inside an action.

    Raises:
        BadInputError: Nothing can be recognised in the text, or the account is in the registry already.
    """
    named = _platform(platform)
    facts = _usable_facts(session, text, named.key if named else None)
    title = (title or "").strip() or default_title(facts)
    channel = Channel(title=title, unit_id=unit_id, state=state, registered_on=today, **facts)
    session.add(channel)
    return channel


def change_address(
    session: Session, channel: Channel, text: str, platform: str | None = None, *, today: date
) -> FormerHandle | None:
    """Give a channel another address; call inside an action.

    A bare handle is read on the channel's own platform; an address of another platform moves the channel there unless
    a platform is named.

    Returns:
        The former handle that is kept, None if the account is still called the same.

    Raises:
        BadInputError: Nothing can be recognised in the text, or the account is in the registry already.
    """
    named = _platform(platform)
    key = named.key if named else _own_platform(channel, text)
    facts = _usable_facts(session, text, key, besides=channel.id)
    former = _former_handle(channel, today) if facts["account_key"] != channel.account_key else None
    if former is not None:
        session.add(former)
    for column, value in facts.items():
        setattr(channel, column, value)
    return former


def rename(channel: Channel, title: str) -> None:
    """Give a channel another title; call inside an action.

    Raises:
        BadInputError: The title is empty.
    """
    if not title.strip():
        raise BadInputError(_("A channel needs a title."))
    channel.title = title.strip()


def enter_last_post(channel: Channel, text: str, *, today: date, known_by: KnownBy = KnownBy.ENTERED) -> None:
    """Note when a channel last posted, to the day, the month or the year; call inside an action.

    Raises:
        BadInputError: The text is no date, or the day has not come yet.
    """
    read = read_date(text)
    if read.value is None:
        raise BadInputError(_("“{text}” is no date. Write it like 31.12.2026.").format(text=text))
    if first_day(read.value) > today:
        raise BadInputError(_("{day} has not come yet.").format(day=show_partial(read.value)))
    channel.last_post_on, channel.last_post_known_by = read.value, known_by


def mark_dormant(channel: Channel) -> None:
    """Note that a channel is deliberately silent; call inside an action."""
    _move(channel, ChannelState.DORMANT, {ChannelState.ACTIVE, ChannelState.APPROVED})


def begin_closing(channel: Channel) -> None:
    """Note that a channel is to be closed; call inside an action."""
    _move(channel, ChannelState.CLOSING, {ChannelState.ACTIVE, ChannelState.APPROVED, ChannelState.DORMANT})


def close(channel: Channel, *, on: date, reason: str | None = None, successor_id: UUID | None = None) -> None:
    """Close a channel after its last day; call inside an action.

    Raises:
        BadInputError: The channel would succeed to itself.
    """
    if successor_id == channel.id:
        raise BadInputError(_("A channel cannot be its own successor. Please choose another one."))
    channel.state, channel.closed_on = ChannelState.CLOSED, on
    channel.closing_reason, channel.successor_id = (reason or "").strip() or None, successor_id


def reopen(channel: Channel) -> None:
    """Take a channel up again that was dormant, closing or closed; call inside an action."""
    _move(channel, ChannelState.ACTIVE, {ChannelState.DORMANT, ChannelState.CLOSING, ChannelState.CLOSED})
    channel.closed_on = channel.closing_reason = channel.successor_id = None


def _move(channel: Channel, state: ChannelState, allowed: Iterable[ChannelState]) -> None:
    if channel.state is not state and channel.state not in allowed:
        raise BadInputError(
            _("“{title}” is {state}; that cannot be done with it.").format(
                title=channel.title, state=_(channel.state.label)
            )
        )
    channel.state = state


def _platform(text: str | None) -> Platform | None:
    if not text:
        return None
    found = platforms().get(text) or platform_named(text)
    if found is None:
        raise BadInputError(_("No platform is called “{name}”. Please choose one of the list.").format(name=text))
    return found


def _own_platform(channel: Channel, text: str) -> str | None:
    """Return the channel's platform if a new address is to be read there, None if it says itself where it belongs."""
    hints = {hint.code for hint in recognise(text, channel.platform).hints}
    return None if "other-platform" in hints else channel.platform


def _usable_facts(session: Session, text: str, named: str | None, *, besides: UUID | None = None) -> dict[str, Any]:
    found = recognise(text, named)
    if found.platform is None:
        raise BadInputError(found.hints[0].text if found.hints else _("There is no address here."))
    known = same_account(session, found.key, besides=besides)
    if known is not None:
        raise BadInputError(
            _("This account is in the registry already: {channel}, since {day}.").format(
                channel=label_of(known.title, known.platform), day=show_date(known.registered_on)
            )
        )
    return address_facts(found, named)


def default_title(facts: dict[str, Any]) -> str:
    """Return the handle, else the address without its scheme."""
    return facts["handle"] or re.sub(r"^https?://(?:www\.)?", "", facts["url"] or facts["url_as_entered"]).rstrip("/")


def _former_handle(channel: Channel, today: date) -> FormerHandle:
    handle = channel.handle or channel.account_id or channel.url or channel.url_as_entered
    return FormerHandle(channel_id=channel.id, handle=handle, url=channel.url, until=today)
