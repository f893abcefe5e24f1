"""Addresses that a cell may lead to: only those of the web, written so that every spreadsheet program takes them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

MOST_LINKS = 65_530
"""How many links a sheet can have (Excel's own limit); further addresses stay plain texts."""

_LONGEST = 2_079
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][!$&'()*+,\-./:;=?@_~#\w%]*)?", re.ASCII
)
_KEPT = "!$&'()*+,-./:;=?@_~%"


def link_to(address: object) -> str | None:
    """Return what a link to an address points to, None where the address is none of the web or cannot be linked."""
    if not isinstance(address, str) or len(address) > _LONGEST:
        return None
    if _PLAIN.fullmatch(address) and address.count("#") < 2:
        return address
    made = _encoded(address)
    return made if made is not None and len(made) <= _LONGEST and _PLAIN.fullmatch(made) else None


def _encoded(address: str) -> str | None:
    """Return an address with all beyond ASCII encoded as browsers do it."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
        rest = quote(parts.path, safe=_KEPT)
        query, fragment = quote(parts.query, safe=_KEPT), quote(parts.fragment, safe=_KEPT)
    except ValueError:
        return None
    ends = (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    return f"{parts.scheme}://{host}{port}{rest}{ends}"
