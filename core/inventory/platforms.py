"""The catalogue of platforms: read from resources/platforms.toml, found by key, by name and by host.

A registry can change it (`core.inventory.platform_changes`); what the open registry says is in force for the whole
process, as its language is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.inventory.url_shapes import Shape, shape_from
from core.inventory.web_address import parsed

CATALOGUE_FILE = Path(__file__).resolve().parent.parent.parent / "resources" / "platforms.toml"
WEBSITE = "website"
"""The key of every address that belongs to no platform: own blogs, forums, guest books, newsletters."""

# What stands around a platform's name in lists: "Facebook-Seite", "Youtubekanal", "Twitter (alt)".
_FILLING_WORDS = (
    *(
        "accounts",
        "account",
        "adresse",
        "auftritt",
        "channel",
        "fanpage",
        "fanseite",
        "firmenseite",
        "gruppe",
        "handle",
    ),
    *("kanal", "kanäle", "konto", "link", "name", "page", "profil", "profile", "seite", "seiten", "site", "url"),
    *(
        "alt",
        "alter",
        "bei",
        "ehemals",
        "ehem",
        "formerly",
        "frueher",
        "früher",
        "jetzt",
        "neu",
        "offiziell",
        "vormals",
    ),
    *("auf", "bzw", "oder", "und", "de", "com", "www"),
)
_USUAL_LABELS = frozenset({"www", "m", "mobile"})
_HOST_LABEL = re.compile(r"(?:www|m|mobile|[a-z]{2}(?:-[a-z]{2})?)\.(?=.+\.)")


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform accounts live on, or "website" for what the city hosts itself."""

    key: str
    name: str
    called: tuple[str, ...] = ()
    """What lists and people call it besides its name."""
    hosts: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Hosts of the platform that never name an account: short links, pictures."""
    shapes: tuple[Shape, ...] = ()
    handle_rule: str = ""
    case: str = "ignored"
    """Whether two spellings are one account ("ignored"), two ("kept"), or all are written small ("lower")."""
    bare_suffix: str = ""
    """What completes a bare handle without a dot ("moers" on Bluesky)."""
    reserved: frozenset[str] = frozenset()
    feed: str = ""
    """The template of the public feed's address."""
    life: str = "active"
    """active, legacy, ending or ended."""
    ends_on: date | None = None
    """The day it is or was shut down; only where a source confirms it."""
    successor: str = ""
    """The key of the platform its accounts moved to."""
    renamed: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Hosts of former days and the name they stood for."""
    terms: str = ""
    privacy: str = ""
    """The page with the privacy and notification settings."""
    recovery: str = ""
    """The page where a lost login is recovered."""
    password: str = ""
    """The page where a login's password is changed; "/path" where every server has its own."""

    def may_be_called(self, name: str) -> bool:
        """Tell whether a text that obeys the handle rule is a handle, not a word or host of the platform's own."""
        folded = name.casefold()
        host_like = any(folded.endswith(host) for host in self.hosts)
        return (
            folded not in self.reserved
            and not host_like
            and not name.endswith(".")
            and any(letter.isalnum() for letter in name)
        )

    def folded(self, handle: str) -> str:
        """Return the form in which two handles are compared."""
        return handle if self.case == "kept" else unicodedata.normalize("NFC", handle.casefold())


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All platforms, and what the file says besides."""

    platforms: Mapping[str, Platform]
    redirects: tuple[str, ...]
    not_fediverse: frozenset[str]


class _State:
    """The catalogue in force; one for the whole process."""

    catalogue: Catalogue | None = None


def platforms() -> Mapping[str, Platform]:
    """Return every platform by its key, in the order of the catalogue."""
    return catalogue().platforms


def catalogue() -> Catalogue:
    """Return the catalogue in force: the program's own, with the changes of the registry that is open."""
    return _State.catalogue or built_in()


@cache
def built_in() -> Catalogue:
    """Read the catalogue as it comes with the program; later calls return the same."""
    data = _data()
    words = frozenset(data["reserved"]["words"])
    known = {key: _platform(key, entry, words) for key, entry in data["platform"].items()}
    links, others = data["redirects"]["links"], data["not_fediverse"]["hosts"]
    return Catalogue(MappingProxyType(known), tuple(links), frozenset(others))


def changed_by(entries: Mapping[str, Mapping[str, Any]]) -> Catalogue:
    """Return the program's catalogue with changes.

    Args:
        entries: By the platform's key what its table in the catalogue says differently; of a new one all of it.
    """
    data, own = _data(), built_in()
    words = frozenset(data["reserved"]["words"])
    changed = {key: _platform(key, {**data["platform"].get(key, {}), **entry}, words) for key, entry in entries.items()}
    return Catalogue(MappingProxyType({**own.platforms, **changed}), own.redirects, own.not_fediverse)


def in_force() -> Catalogue | None:
    """Return the catalogue of the open registry, None where that is the program's own."""
    return _State.catalogue


def use_catalogue(changed: Catalogue | None) -> None:
    """Put a registry's catalogue in force, or with None the program's own."""
    _State.catalogue = changed


def password_page(platform: str, channel_url: str) -> str | None:
    """Return the address of the page where the password of a channel's login is changed, None where none is known.

    Args:
        platform: The key of the channel's platform.
        channel_url: The channel's address; it names the server where every server has such a page.
    """
    known = platforms().get(platform)
    if known is None or not known.password:
        return None
    if not known.password.startswith("/"):
        return known.password
    address = parsed(channel_url)
    return f"https://{address.host}{known.password}" if address is not None and address.plain else None


def platform_named(text: str) -> Platform | None:
    """Find a platform by the name people give it ("Twitter", "fb", "Google +", "Facebook-Seite").

    Returns:
        The platform, or None if the text names none or several.
    """
    squeezed, names = squeezed_name(text), _names(catalogue())
    if key := names.get(squeezed):
        return platforms()[key]
    endings = (squeezed.removesuffix(word) for word in _FILLING_WORDS if squeezed.endswith(word))
    found = {names[rest] for rest in endings if len(rest) > 1 and rest in names} or _named_by_words(text)
    return platforms()[found.pop()] if len(found) == 1 else None


def platform_at(host: str) -> tuple[Platform, str] | None:
    """Find the platform a host belongs to.

    Hosts match exactly, apart from a leading `www.`, `m.`, `mobile.` or country label, so that neither
    "notfacebook.com" nor "facebook.com.evil.example" is Facebook.

    Args:
        host: A host in lower case.

    Returns:
        The platform and the host without such labels, or None.
    """
    for _ in range(3):
        if key := hosts_of(catalogue()).get(host):
            return platforms()[key], host
        label, _, rest = host.partition(".")
        if (key := _host_suffixes(catalogue()).get(rest)) and label not in _USUAL_LABELS:
            return platforms()[key], host
        host = _HOST_LABEL.sub("", host, count=1) if _HOST_LABEL.match(host) else host
    return None


def is_below_a_platform(host: str) -> bool:
    """Tell whether a host is one of a platform's or below one, "studio.youtube.com" as well."""
    known = hosts_of(catalogue()).keys() | catalogue().not_fediverse
    labels = host.split(".")
    return any(".".join(labels[start:]) in known for start in range(len(labels)))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(CATALOGUE_FILE.read_text(encoding="utf-8"))


def _platform(key: str, entry: Mapping[str, Any], reserved_words: frozenset[str]) -> Platform:
    """Make a platform from its table in the catalogue."""
    rule, id_rule = entry.get("handle", "(?!)"), entry.get("id", r"\d+")
    shapes = tuple(shape_from(shape, entry["base"], rule, id_rule) for shape in entry.get("shapes", ()))
    fixed = {shape.fixed_word.casefold() for shape in shapes} - {""}
    labels = _USUAL_LABELS if any(shape.host_suffix for shape in shapes) else frozenset()
    lists: dict[str, Any] = {line: tuple(entry.get(line, ())) for line in ("called", "hosts", "elsewhere")}
    links = ("terms", "privacy", "recovery", "password")
    rest = ("name", "case", "bare_suffix", "feed", "life", "ends_on", "successor", *links)
    return Platform(
        key=key,
        shapes=shapes,
        handle_rule=rule,
        reserved=reserved_words | fixed | labels | frozenset(entry.get("reserved", ())),
        renamed=MappingProxyType(dict(entry.get("renamed", {}))),
        **lists,
        **{line: entry[line] for line in rest if line in entry},
    )


def squeezed_name(text: str) -> str:
    """Return a platform's name without case, blanks and punctuation; the plus of Google+ stays."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum() or letter == "+")


def _named_by_words(text: str) -> set[str]:
    """Return the platforms named by the words of a text if every word names one or says nothing."""
    words = [squeezed_name(word) for word in re.split(r"[^\w+]+", text)]
    telling = [word for word in words if word and word not in _FILLING_WORDS]
    names = _names(catalogue())
    named = {names.get(word) for word in telling}
    return set() if None in named else {key for key in named if key}


@lru_cache(maxsize=4)
def _names(known: Catalogue) -> Mapping[str, str]:
    """Return the key of every name a platform is known by."""
    return {
        squeezed_name(name): platform.key
        for platform in reversed(list(known.platforms.values()))
        for name in (*platform.hosts, *platform.called, platform.key, platform.name)
    }


@lru_cache(maxsize=4)
def hosts_of(known: Catalogue) -> Mapping[str, str]:
    """Return the key of the platform of every host that is listed in full."""
    return {
        host: platform.key
        for platform in known.platforms.values()
        for host in (*platform.hosts, *platform.elsewhere, *(shape.host for shape in platform.shapes))
        if host and "{" not in host
    }


@lru_cache(maxsize=4)
def _host_suffixes(known: Catalogue) -> Mapping[str, str]:
    """Return the key of the platform under whose host accounts have hosts of their own."""
    return {shape.host_suffix: p.key for p in known.platforms.values() for shape in p.shapes if shape.host_suffix}
