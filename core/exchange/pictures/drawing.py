"""Looks through a drawing (SVG) inside the limited child process: what is not known to be harmless is refused.

The list says what may be in it. Scripts, events, animation, foreign content, and whatever is fetched from elsewhere are
not on it.
"""

from __future__ import annotations

import base64
import binascii
import re
from itertools import chain
from typing import Any

from core.exchange.limits import MEBIBYTE, Refused
from core.exchange.pictures import containers, kinds, rasters, style_sheets, tangles

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
MAX_BYTES = 8 * MEBIBYTE
MAX_ELEMENTS = 20_000
SHAPES = frozenset(
    {"svg", "g", "defs", "symbol", "use", "switch", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"text", "tspan", "textPath", "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "image"}
    | {"style", "title", "desc", "metadata"}
)
"""Elements that a drawing needs, and that are drawn here."""

_NOT_DRAWN = frozenset(
    {"marker", "view", "filter", "flowRoot", "flowRegion", "flowPara", "flowSpan"}
    | {"feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting"}
    | {"feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR"}
    | {"feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting"}
    | {"feSpotLight", "feTile", "feTurbulence"}
)
_FETCHING = frozenset({"a", "audio", "color-profile", "cursor", "feImage", "font-face-uri", "iframe", "tref", "video"})
_ACTING = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "discard", "handler", "listener"})
_PLAIN_VALUES = frozenset({"id", "class", "d", "points"})
_PLAIN_NAMES = ("{", "data-", "aria-")
"""How attributes begin that no style can be in."""

_EDITORS = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://inkscape.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
    "http://ns.adobe.com/",
    "adobe:ns:meta/",
    "http://www.serif.com/",
    "http://www.bohemiancoding.com/",
    "http://www.figma.com/",
    "http://vectornator.io",
    "http://www.corel.com/",
    "http://xml.openoffice.org/",
)
_EVENTS = "{http://www.w3.org/2001/xml-events}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ENCODINGS = frozenset({"utf-8", "us-ascii", "iso-8859-1", "windows-1252"})
_DECLARED = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s+(?:svg\s+PUBLIC\s+["']-//W3C//DTD SVG [\w. ]+//EN["']\s+"""
    rb"""["']https?://www\.w3\.org/[\w./-]+\.dtd["']|svg)\s*>"""
)
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|)\s*")
_POINTS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LARGEST_LENGTH = 1_000_000


def bring_in() -> None:
    """Import all that looking through a drawing can come to need; afterwards no module can be opened any more."""
    import lxml.etree

    _needed = lxml.etree
    rasters.bring_in()


def size_of(data: bytes) -> tuple[int | None, int | None]:
    """Look through a drawing and return the width and height it names, in points.

    Raises:
        Refused: It is damaged, or something in it is not known to be harmless.
    """
    root = screened(data)
    sides = [_length(root.get("width")), _length(root.get("height"))]
    if None in sides:
        box = (root.get("viewBox") or "").replace(",", " ").split()
        sides = [_length(text) for text in box[2:]] if len(box) == len("xywh") else [None, None]
    return (sides[0], sides[1]) if None not in sides else (None, None)


def screened(data: bytes) -> Any:
    """Parse a drawing, look at everything in it, and return its outermost element.

    Raises:
        Refused: It is damaged, or something in it is not known to be harmless.
    """
    root = _parsed(data)
    if root.tag != f"{SVG}svg":
        raise Refused("foreign-parts")
    # Instructions stand before and behind the outermost element, too.
    around = (*root.itersiblings(preceding=True), *root.itersiblings())
    for number, element in enumerate(chain(around, root.iter())):
        if number >= MAX_ELEMENTS:
            raise Refused("tangled")
        _check_element(element)
    tangles.check(root)
    return root


def embedded(reference: str) -> bytes | None:
    """Return the picture that stands in a reference itself; None for any other reference.

    Raises:
        Refused: It is no picture.
    """
    begins = _EMBEDDED.match(reference)
    if begins is None:
        return None
    try:
        return base64.b64decode("".join(reference[begins.end() :].split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused("damaged") from error


def _parsed(data: bytes) -> Any:
    from lxml import etree

    if len(data) > MAX_BYTES:
        raise Refused("too-large")
    containers.refuse_hidden(data)
    _check_beginning(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error


def _check_beginning(data: bytes) -> None:
    """Refuse definitions, and encodings in which they could not be seen.

    The plain document type of SVG 1.0 and 1.1 is let through: many programs write it, it defines nothing, and it is
    fetched neither here nor by any viewer.
    """
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if (declared is not None and declared[1].decode("ascii").casefold() not in _ENCODINGS) or b"\0" in data:
        raise Refused("damaged")
    without = _DOCTYPE.sub(b"", data, count=1)
    if b"<!DOCTYPE" in without or b"<!ENTITY" in without or b"<!ATTLIST" in without:
        raise Refused("entities")


def _check_element(element: Any) -> None:
    from lxml import etree

    if not isinstance(element.tag, str):
        # An instruction can name a style sheet, an entity can be anything. Comments say nothing to anybody, nor do the
        # marks around the facts that an editor notes.
        if element.tag is etree.Comment or (element.tag is etree.PI and element.target == "xpacket"):
            return
        raise Refused("entities" if element.tag is etree.Entity else "outside")
    name = element.tag.removeprefix(SVG)
    if element.tag.startswith(SVG):
        if name not in SHAPES and name not in _NOT_DRAWN:
            raise Refused(_reason_against(name))
    elif not element.tag.startswith(tuple(f"{{{editor}" for editor in _EDITORS)):
        raise Refused("foreign-parts")
    if name == "style":
        style_sheets.check("".join(element.itertext()))
    for attribute, value in element.items():
        _check_attribute(name, attribute, value)


def _reason_against(name: str) -> str:
    if name in _ACTING or name in {"script", "set"}:
        return "active"
    return "outside" if name in _FETCHING else "foreign-parts"


def _check_attribute(element: str, name: str, value: str) -> None:
    if name.startswith(_EVENTS) or name.casefold().startswith("on"):
        raise Refused("active")
    if name == _BASE:
        raise Refused("outside")
    if name in ("href", f"{XLINK}href", "src"):
        _check_reference(element, value)
    elif (
        name not in _PLAIN_VALUES
        and not name.startswith(_PLAIN_NAMES)
        and (name == "style" or re.search(r"[(\\]", value))
    ):
        style_sheets.check(value)


def _check_reference(element: str, value: str) -> None:
    reference = value.strip()
    if not reference or re.fullmatch(r"#[^\s\\]+", reference):
        return
    picture = embedded(reference) if element == "image" else None
    if picture is None:
        raise Refused("active" if reference.casefold().startswith("javascript") else "outside")
    kind = kinds.kind_of(picture)
    if kind not in kinds.RASTERS:
        raise Refused("foreign-parts")
    rasters.size_of(picture, kind)


def _length(text: str | None) -> int | None:
    found = _LENGTH.fullmatch(text or "")
    if found is None:
        return None
    points = float(found[1]) * _POINTS[found[2]]
    return max(1, round(points)) if 0 < points <= _LARGEST_LENGTH else None
