"""Looks through the styles of a drawing inside the limited child process: only colours, shapes and its own parts."""

from __future__ import annotations

import re

from core.exchange.limits import Refused

_PLAIN_COMMENT = re.compile(r"/\*[^*()'\"@\\]*\*/")
"""Only what cannot be anything but a comment, not even where it stands in a string or an address, is passed over."""

_FUNCTION = re.compile(r"([^\s(:;,{}'\"]*)\s*\(\s*([^)]*)")
_OWN_PART = re.compile(r"['\"]?#[^'\"()\s]+['\"]?\s*")
_HARMLESS = frozenset(
    {"rgb", "rgba", "hsl", "hsla", "matrix", "translate", "translatex", "translatey", "scale", "scalex", "scaley"}
    | {"rotate", "skewx", "skewy", "var", "calc", "cubic-bezier", "polygon", "circle", "ellipse", "inset", "not"}
    | {"icc-color", "device-cmyk", ""}
)
_AT_RULES = frozenset({"@media", "@charset", "@namespace"})
_AT = re.compile(r"@[\w-]*")


def check(style: str) -> None:
    """Refuse styles that fetch something, or that could be read in another way than they are read here.

    Args:
        style: The text of a `style` element or attribute, or of an attribute that can be styled.

    Raises:
        Refused: They do.
    """
    plain = _PLAIN_COMMENT.sub(" ", style).casefold()
    if "\\" in plain or "://" in plain.replace("http://www.w3.org/", ""):
        # With a backslash any word can be written so that nobody finds it.
        raise Refused("outside")
    if not _AT_RULES.issuperset(_AT.findall(plain)):
        raise Refused("outside")
    for name, argument in _FUNCTION.findall(plain):
        if name == "url":
            if not _OWN_PART.fullmatch(argument):
                raise Refused("outside")
        elif name not in _HARMLESS:
            raise Refused("active" if name == "expression" else "outside")
