"""Accounts of Mastodon and the rest of the Fediverse: any host can carry them, so no catalogue can list the hosts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.inventory.platforms import is_below_a_platform
from core.inventory.web_address import Address, shown_host

if TYPE_CHECKING:
    from core.inventory.platforms import Platform

_WRITTEN = re.compile(r"(@?)([^@\s/:]+)@([^@\s/:?#]+)")
_PATH_WORDS = frozenset({"web", "deck"})


def account_written_in(text: str, mastodon: Platform, *, needs_at: bool) -> str | None:
    """Return "name@host" of a handle typed without an address.

    Args:
        text: What was typed, "@name@host" or "name@host".
        mastodon: The catalogue's entry with the handle rule.
        needs_at: Whether the leading @ is needed to tell a handle from an e-mail address.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None or (needs_at and not match[1]):
        return None
    return _account(match[2], match[3], mastodon)


def account_addressed_by(address: Address, mastodon: Platform, *, named: bool) -> str | None:
    """Return "name@host" if an address is that of an account on a host no other platform owns.

    A remote account shown on another server ("https://host/@name@home") is the account at its home.

    Args:
        address: The address.
        mastodon: The catalogue's entry with the handle rule.
        named: Whether Mastodon was named, so that `/users/name` means an account as well.
    """
    segments = list(address.segments)
    while segments and segments[0].lower() in _PATH_WORDS:
        segments.pop(0)
    if not segments or not address.plain:
        return None
    if named and len(segments) > 1 and segments[0].lower() == "users":
        return _account(segments[1], address.host, mastodon)
    name, _, home = segments[0].removeprefix("@").partition("@")
    return _account(name, home or address.host, mastodon) if segments[0].startswith("@") else None


def url_of_account(account: str) -> str:
    """Write the address of "name@host"."""
    name, _, host = account.partition("@")
    return f"https://{host}/@{name}"


def _account(name: str, host: str, mastodon: Platform) -> str | None:
    """Join name and host if the name can be one and the host is nobody else's."""
    shown = shown_host(host)
    if not shown or "." not in shown or is_below_a_platform(shown) or not shown.split(".")[-1][0].isalpha():
        return None
    return f"{name}@{shown}" if re.fullmatch(mastodon.handle_rule, name) else None
