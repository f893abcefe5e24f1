"""Which channels an entry of a KeePass file opens: by its addresses, else by its platform and the name on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.keepass.entries import Entry
from core.i18n import _
from core.inventory.channels import GONE_STATES
from core.inventory.platforms import WEBSITE, platform_at, platform_named, platforms
from core.inventory.recognising import recognise
from core.inventory.web_address import parsed
from core.model import Channel


@dataclass(frozen=True, slots=True)
class KnownChannel:
    """What a channel is found by."""

    id: UUID
    title: str
    platform: str
    account_key: str
    handle: str
    host: str

    @property
    def label(self) -> str:
        """How it is called in lists: its title and its platform."""
        platform = platforms()[self.platform].name if self.platform in platforms() else self.platform
        return f"{self.title} ({platform})" if self.title else platform


@dataclass(frozen=True, slots=True)
class Match:
    """The channels found; a doubt says why a person should look."""

    channels: tuple[KnownChannel, ...] = ()
    doubt: str = ""


class Channels:
    """The channels of a registry that still exist, or whose login at least may."""

    def __init__(self, session: Session) -> None:
        query = select(Channel).order_by(Channel.title, Channel.platform, Channel.id)
        found = [(_known(one), one.state in GONE_STATES) for one in session.scalars(query)]
        self.all = tuple(one for one, _gone in found)
        self._open = tuple(one for one, gone in found if not gone)
        self._by_key = {one.account_key: one for one, gone in reversed(found) if one.account_key and gone}
        self._by_key |= {one.account_key: one for one in reversed(self._open) if one.account_key}
        self.by_id = {one.id: one for one in self.all}

    def match(self, entry: Entry) -> Match:
        """Find the channels of an entry."""
        exact = (self._by_key.get(key) for key in account_keys(entry))
        if found := tuple(dict.fromkeys(one for one in exact if one is not None)):
            return Match(found)
        candidates = self._at_the_same_place(entry)
        named = tuple(one for one in candidates if _is_named(one, entry))
        if len(named) == 1:
            return Match(named)
        if len(candidates) == 1:
            sure = candidates[0].platform == WEBSITE
            doubt = _("The entry does not say which account is meant. Is it this one?")
            return Match(candidates, "" if sure else doubt)
        if candidates:
            return Match((), _("Several channels could be meant. Please choose one."))
        return Match((), _("No channel of the registry fits. Choose one, or leave the entry out."))

    def _at_the_same_place(self, entry: Entry) -> tuple[KnownChannel, ...]:
        """Return the channels on the platform or at the host that the entry leads to or is called after."""
        places = {_place_of(url) for url in entry.urls} - {""}
        if not places:
            named = (platform_named(text) for text in (entry.title, *entry.groups[-1:]))
            places = {one.key for one in named if one is not None and one.key != WEBSITE}
        return tuple(one for one in self._open if one.platform in places or f"//{one.host}" in places)


def account_keys(entry: Entry) -> list[str]:
    """Return the keys of the accounts that an entry's addresses name."""
    return [key for url in entry.urls if (key := recognise(url).key)]


def host_of(entry: Entry) -> str:
    """Return the host of an entry's first address, empty if it has none."""
    hosts = (_host(url) for url in entry.urls)
    return next((host for host in hosts if host), "")


def sign_in_page(entry: Entry, channels: Iterable[KnownChannel]) -> str | None:
    """Return the address where one signs in, unless it is the channel itself; without what may be secret in it."""
    keys = {one.account_key for one in channels}
    for url in entry.urls:
        address = parsed(url)
        if address is not None and address.path != "/" and recognise(url).key not in keys:
            port = f":{address.port}" if address.port else ""
            return f"{address.scheme}://{address.host}{port}{address.path}"
    return None


def _known(channel: Channel) -> KnownChannel:
    host = _host(channel.url or channel.url_as_entered)
    return KnownChannel(channel.id, channel.title, channel.platform, channel.account_key, channel.handle or "", host)


def _host(url: str) -> str:
    address = parsed(url)
    return address.host.removeprefix("www.") if address is not None else ""


def _place_of(url: str) -> str:
    """Return the key of the platform that an address belongs to, or else its host after two slashes."""
    host = _host(url)
    at = platform_at(host) if host else None
    labels = host.split(".")
    # Platforms have people sign in below their own host: "business.facebook.com", "accounts.google.com".
    below = (platform_at(".".join(labels[start:])) for start in range(1, len(labels) - 1))
    at = at or next((one for one in below if one is not None), None)
    if at is not None:
        return at[0].key
    return f"//{host}" if host else ""


def _is_named(channel: KnownChannel, entry: Entry) -> bool:
    """Tell whether title or login name of an entry are the channel's handle or title."""
    platform = platforms().get(channel.platform)
    fold = platform.folded if platform is not None else str.casefold
    names = {fold(text.strip().lstrip("@")) for text in (entry.title, entry.login_name) if text.strip()}
    return bool(names & {fold(text.lstrip("@")) for text in (channel.handle, channel.title) if text})
