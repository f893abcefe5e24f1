"""Looks into templates of office programs inside the limited child process.

They are kept and handed on, never shown; refused is what would act or fetch something once somebody opens them.
"""

from __future__ import annotations

import encodings.cp437  # Names in archives can be written in it, and later it could not be opened.
import re

from core.exchange.archive import Part, open_archive, unpacked
from core.exchange.limits import MEBIBYTE, Refused
from core.exchange.pictures.kinds import OFFICE

MAX_UNPACKED = 192 * MEBIBYTE
_needed = encodings.cp437
_DEFINITION = re.compile(rb"<!(?:DOCTYPE|ENTITY|ATTLIST|ELEMENT)")
_PLAIN_TYPE = re.compile(
    rb"""<!DOCTYPE\s+[\w:-]+\s+PUBLIC\s+"-//OpenOffice\.org//DTD [\w. ]+//EN"\s+"[A-Za-z]+\.(?:dtd|mod)"\s*>"""
)
_EXTERNAL = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_MAIN = re.compile(rb"""ContentType\s*=\s*["']([^"']+)\.main\+xml["']""")
_FETCHED = re.compile(
    rb"""<(?:draw:(?:image|object|object-ole|plugin|applet|floating-frame|fill-image)|form:form|style:font-face\S*)\s"""
    rb"""[^>]*xlink:href\s*=\s*["'](?:[a-z]+:|//|/|\.\./)""",
    re.IGNORECASE,
)
_ACTING = re.compile(rb"ppaction://(?:program|macro)|[\"']vnd\.sun\.star\.script:|[\"']macro:", re.IGNORECASE)
_ORDERS = re.compile(rb"""<(?:\w+:)?(?:instrText[^>]*>([^<]*)|fldSimple\s[^>]*?instr\s*=\s*["']([^"']*))""")
_ACTING_ORDER = re.compile(rb"\bDDE(?:AUTO)?\b", re.IGNORECASE)
_FETCHING_ORDER = re.compile(rb"\bINCLUDE(?:PICTURE|TEXT)\b", re.IGNORECASE)
_PROGRAMS = ("basic/", "scripts/", "dialogs/")
_PARTS_OF_OTHERS = ("activex/", "/embeddings/oleobject", "/externallinks/")


def kind_of_template(data: bytes) -> str:
    """Look into an archive and return the media type of the template that it is.

    Raises:
        Refused: It is damaged or no template, or it would act or fetch something.
    """
    parts = open_archive(data)
    if sum(part.size for part in parts.values()) > MAX_UNPACKED:
        raise Refused("burst")
    office, open_document = "[Content_Types].xml" in parts, "mimetype" in parts
    if office == open_document:
        raise Refused("two-kinds" if office else "archive")
    manifest = parts.get("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in unpacked(data, manifest):
        raise Refused("password")
    kind = _office_kind(data, parts) if office else unpacked(data, parts["mimetype"]).decode("ascii", "replace")
    if kind not in OFFICE:
        raise Refused("archive")
    for part in parts.values():
        _check_part(part.name.casefold(), data, part)
    return kind


def _office_kind(data: bytes, parts: dict[str, Part]) -> str:
    types = unpacked(data, parts["[Content_Types].xml"])
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise Refused("active")
    found = [name.decode("ascii", "replace") for name in _MAIN.findall(types)]
    return next((name for name in found if name in OFFICE), "")


def _check_part(name: str, data: bytes, part: Part) -> None:
    if name.endswith("vbaproject.bin") or name.startswith(_PROGRAMS) or any(one in name for one in _PARTS_OF_OTHERS):
        raise Refused("active")
    if name.startswith("/") or ".." in name.split("/"):
        raise Refused("two-kinds")
    content = unpacked(data, part)
    if name.endswith((".xml", ".rels")):
        _check_beginning(content)
    if name.endswith(".rels"):
        for relation in _EXTERNAL.findall(content):
            if b"External" in relation and not _LINK.search(relation):
                raise Refused("outside")
    elif name.endswith(".xml"):
        _check_text(content)


def _check_beginning(content: bytes) -> None:
    """Refuse definitions, the seat of entity bombs; older office programs name a type of document without any."""
    if b"\0" in content[:4]:
        # Nobody writes templates in UTF-16, which would hide definitions from us.
        raise Refused("damaged")
    if _DEFINITION.search(_PLAIN_TYPE.sub(b"", content, count=1)):
        raise Refused("entities")


def _check_text(content: bytes) -> None:
    # An order can be torn into several pieces, so they are read as one.
    orders = b"".join(piece for found in _ORDERS.findall(content) for piece in found)
    if _ACTING.search(content) or _ACTING_ORDER.search(orders):
        raise Refused("active")
    if _FETCHED.search(content) or _FETCHING_ORDER.search(orders):
        raise Refused("outside")
