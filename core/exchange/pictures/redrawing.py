"""Writes a drawing anew inside the limited child process, with nothing in it but shapes and colours.

What another parser reads is what this one wrote: whatever the two could read differently is gone.
"""

from __future__ import annotations

import base64
import re
from typing import Any, cast

from core.exchange.pictures import drawing, kinds, rasters
from core.exchange.pictures.drawing import SVG, XLINK

LARGEST_EMBEDDED_SIDE = 1024
_KEPT = drawing.SHAPES - {"metadata", "title", "desc"}
_REFERENCES = ("href", f"{XLINK}href")
_LEFT_OUT = ("filter", "marker", "marker-start", "marker-mid", "marker-end", "src")
_NOT_DRAWN = re.compile(r"(?<![\w-])(?:filter|marker[\w-]*)\s*:[^;}]*;?", re.IGNORECASE)


def redrawn(data: bytes) -> bytes:
    """Return a drawing in UTF-8, without anything that is not drawn.

    Raises:
        Refused: It does not pass.
    """
    from lxml import etree

    root = drawing.screened(data)
    drawn = _copy(root, None)
    etree.cleanup_namespaces(drawn)
    return etree.tostring(drawn, encoding="UTF-8", xml_declaration=True)


def _copy(element: Any, parent: Any) -> Any:
    from lxml import etree

    attributes = dict(filter(None, (_attribute(*pair) for pair in element.items())))
    if parent is None:
        names = cast("dict[str, str]", {None: SVG[1:-1], "xlink": XLINK[1:-1]})  # The stubs know no default namespace.
        drawn = etree.Element(element.tag, attributes, nsmap=names)
    else:
        drawn = etree.SubElement(parent, element.tag, attributes)
    drawn.text, drawn.tail = element.text, element.tail
    if element.tag == f"{SVG}style":
        drawn.text = _NOT_DRAWN.sub("", element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith(SVG) and child.tag.removeprefix(SVG) in _KEPT:
            _copy(child, drawn)
    return drawn


def _attribute(name: str, value: str) -> tuple[str, str] | None:
    if name in _REFERENCES:
        return (f"{XLINK}href", _reference(value))
    if name == "style":
        return (name, _NOT_DRAWN.sub("", value))
    if name.startswith("{") or name in _LEFT_OUT:
        return None
    return (name, value)


def _reference(value: str) -> str:
    picture = drawing.embedded(value.strip())
    if picture is None:
        return value.strip()
    made = rasters.small(picture, kinds.kind_of(picture), LARGEST_EMBEDDED_SIDE)
    return "data:image/png;base64," + base64.b64encode(made).decode("ascii")
