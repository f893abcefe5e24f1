"""A web address taken apart and put together again in one stable form.

The standard library's parser raises on odd input and removes characters inside the address; people paste both, so the
address is taken apart here. Whatever `parsed` returns, `parsed(address.text())` returns again.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote

_PARTS = re.compile(r"(?:(https?):/*|//)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"[\w-]{1,63}")
_SEVERAL_LABELS_AND_A_TOP_LEVEL = re.compile(r".+\.(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)")
_IP6 = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT_IN_PATHS = "/:@!$&'()*+,;=-._~%"
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|igshid|igsh|mc_cid|mc_eid)=.*", re.IGNORECASE)
LONGEST = 8_000
"""No address is longer; browsers and servers stop at about as many characters."""
_GERMAN_LETTERS = frozenset("äöüß")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address; the host is lower-case, path, query and fragment are percent-encoded in one way."""

    scheme: str
    user: str
    host: str
    port: str
    path: str
    query: str
    fragment: str

    @property
    def plain(self) -> bool:
        """Whether the address has neither a user before nor a port behind its host, as no platform's has."""
        return not self.user and not self.port

    @property
    def segments(self) -> tuple[str, ...]:
        """The decoded parts of the path between slashes, empty ones left out."""
        return tuple(decoded(part) for part in self.path.split("/") if part)

    @property
    def parameters(self) -> dict[str, str]:
        """The decoded query, names in lower case; of a repeated name the first counts."""
        pairs = [part.partition("=") for part in reversed(self.query.split("&"))]
        return {decoded(name).lower(): decoded(value.replace("+", " ")) for name, _, value in pairs if value}

    def text(self) -> str:
        """Write the address in full."""
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.scheme}://{user}{self.host}{port}{self.path}{query}{fragment}"


def parsed(text: str) -> Address | None:
    """Take a web address apart.

    A password before the host is dropped, because a secret is kept nowhere. A fragment is kept only where it is a
    route of the site ("#!/news", "#/map").

    Args:
        text: An address with or without scheme; without one, the host must end in a plausible top-level domain.

    Returns:
        The address, or None if the text is none that a browser would open over http or https.
    """
    match = _PARTS.fullmatch(text.strip().replace("\\", "/"))
    if match is None:
        return None
    scheme, authority, path, query, fragment = (part or "" for part in match.groups())
    user, _, host_and_port = authority.rpartition("@")
    host, port = _host_and_port(host_and_port)
    if not host or not (scheme or _SEVERAL_LABELS_AND_A_TOP_LEVEL.fullmatch(host)) or (user and not scheme):
        return None
    name = quote(decoded(user.partition(":")[0]), safe="", errors="replace")
    route = encoded(fragment, "?") if fragment.startswith(("!", "/")) else ""
    address = Address((scheme or "https").lower(), name, host, port, encoded(path) or "/", encoded(query, "?"), route)
    return address if len(address.text()) <= LONGEST else None


def comparable(url: str) -> str:
    """Return what two addresses of one website have in common: no scheme, no `www.`, no last slash, no tracking."""
    address = parsed(url)
    if address is None:
        return url
    parts = [part for part in address.query.split("&") if part and not _TRACKING.fullmatch(part)]
    host = address.host.removeprefix("www.") + (f":{address.port}" if address.port else "")
    user = f"{address.user}@" if address.user else ""
    query = "?" + "&".join(parts) if parts else ""
    fragment = f"#{address.fragment}" if address.fragment else ""
    return f"{user}{host}{address.path.rstrip('/')}{query}{fragment}"


def shown_host(host: str) -> str | None:
    """Return a host in the one form it is kept in, or None if it is no host.

    German umlauts are shown; every other foreign letter is written in punycode, so that a Cyrillic letter in
    "facebook.com" shows.

    Args:
        host: The host as typed, with Unicode letters or in punycode.
    """
    lowered = unicodedata.normalize("NFKC", host.replace("。", ".")).lower().removesuffix(".")
    if _IP6.fullmatch(lowered):
        return lowered
    labels = [_shown_label(label) for label in lowered.split(".")]
    shown = ".".join(labels)
    return shown if all(labels) and len(shown) <= 253 else None


def encoded(text: str, also_kept: str = "") -> str:
    """Percent-encode a path, query or fragment in one way, whichever way it was written."""
    readable = unicodedata.normalize("NFC", _ENCODED.sub(_decoded_letters, text))
    return quote(_STRAY_PERCENT.sub("%25", readable), safe=_KEPT_IN_PATHS + also_kept, errors="replace")


def decoded(text: str) -> str:
    """Percent-decode a part of an address to composed Unicode."""
    return unicodedata.normalize("NFC", unquote(text))


def _host_and_port(text: str) -> tuple[str, str]:
    """Split "host:port"; a port that is no number makes the host none."""
    match = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::([0-9]{0,5}))?", text)
    return ((shown_host(match[1]) or "") if match else "", (match[2] or "") if match else "")


def _shown_label(label: str) -> str:
    """Return one label of a host as it is kept, or an empty text if it is none."""
    if label.startswith("xn--"):
        label = _from_punycode(label)
    if not _LABEL.fullmatch(label) or not label.strip("-_"):
        return ""
    foreign = {letter for letter in label if not letter.isascii()}
    shown = label if foreign <= _GERMAN_LETTERS else "xn--" + label.encode("punycode").decode("ascii")
    return shown if _LABEL.fullmatch(shown) else ""


def _from_punycode(label: str) -> str:
    """Decode a label if that is reversible, else return it as it is."""
    try:
        letters = label[4:].encode("ascii").decode("punycode")
        again = "xn--" + letters.encode("punycode").decode("ascii")
    except (ValueError, OverflowError):
        return label
    usual = letters == unicodedata.normalize("NFKC", letters).lower() and not letters.isascii()
    return letters if again == label and usual and _LABEL.fullmatch(letters) else label


def _decoded_letters(match: re.Match[str]) -> str:
    """Decode the bytes of letters beyond ASCII; bytes that are no UTF-8 stay encoded."""
    try:
        return bytes.fromhex(match[0].replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return match[0].upper()
