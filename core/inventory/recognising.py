"""Recognises the account in any text a person may paste: platform, handle or immutable ID, canonical address.

Nothing is refused: what is no account stays a plain web address, with a hint that says why. The canonical form of a
canonical form is itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.inventory import fediverse
from core.inventory.hints import NOTES, Hint, hint, life_hints
from core.inventory.pasted_text import found_in
from core.inventory.platforms import WEBSITE, Platform, catalogue, platform_at, platform_named, platforms
from core.inventory.url_shapes import Filled, Shape, filled_by, filled_by_id, filled_by_name, url_of, written
from core.inventory.web_address import Address, comparable, decoded, parsed

__all__ = ["NOTES", "Hint", "Recognised", "recognise"]

_FEDIVERSE = "mastodon"
_LABELLED = re.compile(r"([^:/@]{1,40}):\s+(\S+)")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised in a text; without a platform it holds neither account nor address."""

    input: str
    platform: str | None = None
    handle: str | None = None
    account_id: str | None = None
    url: str | None = None
    hints: tuple[Hint, ...] = ()

    @property
    def key(self) -> str:
        """What two addresses of one account have in common; empty if nothing was recognised."""
        if self.platform is None:
            return ""
        if self.handle is not None:
            return f"{self.platform}:{platforms()[self.platform].folded(self.handle)}"
        if self.account_id is not None:
            return f"{self.platform}#{self.account_id}"
        return f"{self.platform}:{comparable(self.url or '')}"


def recognise(text: str, platform: str | None = None) -> Recognised:
    """Recognise the account in a text.

    Args:
        text: Anything: an address with or without scheme, a handle, a markdown link, a sentence around an address.
        platform: The key (or a name) of the platform the user or the list named; a bare handle needs it.

    Returns:
        The account; or a plain web address (platform "website") with a hint; or, if the text is neither, only a hint.
    """
    named, pasted = _named(platform), found_in(text)
    if pasted.empty:
        return Recognised(text, hints=(hint("empty"),))
    word = pasted.word
    if named is None and (label := _LABELLED.fullmatch(text.strip())) and not pasted.several:
        named, word = platform_named(label[1]), label[2]
    found = _read(word or text.strip(), named)
    several = (hint("several-addresses"),) if pasted.several else ()
    return replace(found, input=text, hints=(*found.hints, *several))


def _named(platform: str | None) -> Platform | None:
    """Return the platform with a key, or else the one people call so."""
    return (platforms().get(platform) or platform_named(platform)) if platform else None


def _read(word: str, named: Platform | None) -> Recognised:
    """Recognise one word: a bare handle, a handle of the Fediverse or an address."""
    if named is not None and (bare := _read_bare(word, named)):
        return bare
    written_account = _read_fediverse_handle(word, named)
    if written_account is not None:
        return written_account
    address = parsed(word)
    if address is None:
        return Recognised(word, hints=(_why_no_address(word, named),))
    while target := _redirected_to(address):
        address = target
    return _read_address(address, named)


def _read_bare(word: str, named: Platform) -> Recognised | None:
    """Recognise a handle or ID typed without an address, or a path on the platform ("in/name", "r/name")."""
    if "://" in word or _is_somebodys_host(word, named):
        return None
    if "/" in word:
        path_word = "." not in word.partition("/")[0]
        at_home = parsed(f"https://{named.hosts[0]}/{word.lstrip('/')}") if named.hosts and path_word else None
        return _account_at(named, named.hosts[0], at_home) if at_home else None
    name = decoded(word).lstrip("@+")
    completed = name if "." in name else name + named.bare_suffix
    for shape in named.shapes:
        filled = filled_by_name(shape, completed) or filled_by_id(shape, name)
        if filled is not None and (account := _account_of(named, shape, filled)):
            return account
    return None


def _is_somebodys_host(word: str, named: Platform) -> bool:
    """Tell whether a word begins with a host that is certainly no handle: "www.…" or a platform's."""
    address = parsed(word)
    if address is None or (named.bare_suffix and address.host.endswith(named.bare_suffix)):
        return False
    return platform_at(address.host) is not None or address.host.startswith("www.")


def _read_fediverse_handle(word: str, named: Platform | None) -> Recognised | None:
    """Recognise "@name@host", and "name@host" where Mastodon was named."""
    mastodon = platforms()[_FEDIVERSE]
    account = fediverse.account_written_in(word, mastodon, needs_at=named is not mastodon)
    return _fediverse_account(account, named) if account else None


def _read_address(address: Address, named: Platform | None) -> Recognised:
    """Recognise the account an address names, else keep the address as it is."""
    home = platform_at(address.host)
    if home is not None and address.plain:
        found = _account_at(*home, address)
        return (
            _with_mismatch(_with_rename(found, *home), home[0], named) if found else _no_account(address, *home, named)
        )
    if named is None or named.key in {WEBSITE, _FEDIVERSE}:
        mastodon = platforms()[_FEDIVERSE]
        if account := fediverse.account_addressed_by(address, mastodon, named=named is mastodon):
            return _fediverse_account(account, named)
    return _website(address, *_why_website(address, home[0] if home else None, named))


def _account_at(platform: Platform, host: str, address: Address) -> Recognised | None:
    """Return the account a platform's address names; a route behind "#!" is the address meant."""
    if address.fragment.startswith("!/"):
        path, _, query = address.fragment.removeprefix("!").partition("?")
        address = replace(address, path=path, query=query, fragment="")
    if host in platform.elsewhere:
        return None
    for shape in platform.shapes:
        filled = filled_by(shape, host, address) if shape.host or host in platform.hosts else None
        if filled is not None and (account := _account_of(platform, shape, filled)):
            return account
    return None


def _account_of(platform: Platform, shape: Shape, filled: Filled) -> Recognised | None:
    """Return the account a filled form stands for, unless its name is a word of the platform's own."""
    name = filled.get("name")
    if name is not None and (not platform.may_be_called(name) or _is_somebodys_host(name, platform)):
        return None
    if name is not None and platform.case == "lower":
        filled = {**filled, "name": name.lower()}
    return Recognised(
        "",
        platform=platform.key,
        handle=written(shape.writes, filled) or None,
        account_id=filled.get("id"),
        url=url_of(shape, filled),
        hints=life_hints(platform),
    )


def _fediverse_account(account: str, named: Platform | None) -> Recognised:
    """Return an account "name@host"."""
    mastodon = platforms()[_FEDIVERSE]
    found = Recognised("", mastodon.key, account, url=fediverse.url_of_account(account))
    return _with_mismatch(found, mastodon, named)


def _with_mismatch(found: Recognised, platform: Platform, named: Platform | None) -> Recognised:
    """Add a hint if another platform was named than the one found."""
    if named is None or named is platform:
        return found
    mismatch = hint("other-platform", platform=platform.name, named=named.name)
    return replace(found, hints=(mismatch, *found.hints))


def _with_rename(found: Recognised, platform: Platform, host: str) -> Recognised:
    """Add a hint if the host stands for the platform's former name."""
    former = platform.renamed.get(host)
    return (
        replace(found, hints=(hint("renamed", former=former, platform=platform.name), *found.hints))
        if former
        else found
    )


def _website(address: Address, *hints: Hint) -> Recognised:
    """Keep an address as a plain web address, without the punctuation that dropping its end may have laid bare."""
    url = address.text()
    while (shorter := parsed(found_in(url).word)) and shorter.text() != url:
        url = shorter.text()
    return Recognised("", WEBSITE, url=url, hints=hints)


def _no_account(address: Address, platform: Platform, host: str, named: Platform | None) -> Recognised:
    """Keep an address of a platform that names no account, and say why."""
    first = next(iter(address.segments), "")
    if not first or host in platform.elsewhere or host not in platform.hosts:
        reason = hint("no-account", platform=platform.name)
    elif first.casefold() in platform.reserved:
        reason = hint("reserved-word", text=first, platform=platform.name)
    else:
        reason = hint("bad-handle", text=first, platform=platform.name)
    return _with_mismatch(_website(address, reason), platform, named)


def _why_website(address: Address, home: Platform | None, named: Platform | None) -> tuple[Hint, ...]:
    """Say why an address of no platform is kept as a plain one."""
    trick = (hint("user-or-port", platform=home.name),) if home else ()
    match named.key if named else None:
        case None:
            return trick or (hint("not-recognised"),)
        case "website":
            return trick
        case "mastodon":
            return trick or (hint("not-recognised"),)
        case _:
            assert named is not None
            return (hint("host-not-of-platform", host=address.host, platform=named.name), *trick)


def _why_no_address(word: str, named: Platform | None) -> Hint:
    """Say why a text is neither an address nor a handle."""
    if re.fullmatch(r"(?:mailto:)?[^\s@/]+@[^\s@/]+\.[^\s@/]+", word, re.IGNORECASE):
        return hint("mail-address", text=word)
    if named is None or named.key == WEBSITE:
        return hint("platform-unknown", text=word)
    if named.key == _FEDIVERSE:
        return hint("server-missing")
    if word.casefold().lstrip("@") in named.reserved:
        return hint("reserved-word", text=word, platform=named.name)
    return hint("bad-handle", text=word, platform=named.name)


def _redirected_to(address: Address) -> Address | None:
    """Return the address a link leads on to, if it is one of the links in the catalogue that only do that."""
    page = address.host.removeprefix("www.").removeprefix("m.") + address.path.rstrip("/")
    for link in catalogue().redirects:
        wanted, _, parameter = link.partition("?")
        same = page.endswith(wanted.rstrip("/")[1:]) if wanted.startswith("*") else page == wanted.rstrip("/")
        target = address.parameters.get(parameter.lower(), "") if same and address.plain else ""
        if target:
            return parsed(found_in(f"https://{address.host}{target}" if target.startswith("/") else target).word)
    return None
