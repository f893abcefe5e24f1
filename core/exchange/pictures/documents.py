"""Looks into PDF files and templates of office programs inside the limited child process.

They are kept and handed on, never shown; refused is what would act or fetch something once somebody opens them.
"""

from __future__ import annotations

import encodings.cp437  # Names in archives can be written in it, and later it could not be opened.
import re
import zlib

from core.exchange.archive import Part, inspect, open_archive, unpacked
from core.exchange.limits import MEBIBYTE, Refused
from core.exchange.pictures import containers
from core.exchange.pictures.kinds import ARCHIVE, OFFICE, PDF

MAX_UNPACKED = 192 * MEBIBYTE
MAX_OBJECTS = 32 * MEBIBYTE
_needed = encodings.cp437
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|RichMedia|EmbeddedFiles?|ImportData|SubmitForm|Movie|Rendition)\b|/XFA\s*[\[\d]"
)
_OUTSIDE = re.compile(rb"/(?:GoToR|GoToE)\b")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_PACKED = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode\s*[\]/>]")
_STREAM = re.compile(rb"stream\r?\n")
_LONGEST_DICTIONARY = 2048
_EXTERNAL = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_MAIN = re.compile(rb"""ContentType\s*=\s*["']([^"']+)\.main\+xml["']""")
_FETCHED = re.compile(
    rb"""<(?:draw:(?:image|object|object-ole|plugin|applet|floating-frame|fill-image)|form:form|style:font-face\S*)\s"""
    rb"""[^>]*xlink:href\s*=\s*["'](?:[a-z]+:|//|/|\.\./)""",
    re.IGNORECASE,
)
_PROGRAMS = ("basic/", "scripts/", "dialogs/")


def checked(data: bytes, kind: str) -> str:
    """Look into a document and return its media type.

    Args:
        data: The file.
        kind: PDF or ARCHIVE.

    Raises:
        Refused: It is damaged or no template, or it would act or fetch something.
    """
    if kind == PDF:
        _check_pdf(data)
        return PDF
    if kind != ARCHIVE:
        raise Refused("unknown")
    return _template(data)


def _check_pdf(data: bytes) -> None:
    end = data.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in data[-_LONGEST_DICTIONARY - len(data) + end :]:
        raise Refused("damaged")
    if data[end + 5 :].strip(b"\0\r\n\t ") or containers.has_archive(data):
        raise Refused("two-kinds")
    _check_names(data)
    left = MAX_OBJECTS
    for found in _OBJECTS.finditer(data):
        objects = _objects(data, found.end(), left)
        left -= len(objects)
        _check_names(objects)


def _check_names(text: bytes) -> None:
    """Refuse what acts: the names by which a PDF calls it, written out or with escapes. Source: ISO 32000-2, 12.6.4."""
    names = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text
    if re.search(rb"/Encrypt\b", names):
        raise Refused("password")
    if _ACTIVE.search(names):
        raise Refused("active")
    if _OUTSIDE.search(names):
        raise Refused("outside")


def _objects(data: bytes, position: int, left: int) -> bytes:
    """Unpack objects that lie packed in a stream."""
    begins = _STREAM.search(data, position, position + _LONGEST_DICTIONARY)
    head = data[max(0, position - _LONGEST_DICTIONARY) : begins.start()] if begins is not None else b""
    # Packed in any other way, what is in them could not be seen here.
    if begins is None or not _PACKED.search(head[head.rfind(b" obj") :]):
        raise Refused("damaged")
    inflater = zlib.decompressobj()
    try:
        objects = inflater.decompress(data[begins.end() :], left + 1)
    except zlib.error as error:
        raise Refused("damaged") from error
    if len(objects) > left:
        raise Refused("burst")
    return objects


def _template(data: bytes) -> str:
    parts = open_archive(data)
    if sum(part.size for part in parts.values()) > MAX_UNPACKED:
        raise Refused("burst")
    office, open_document = "[Content_Types].xml" in parts, "mimetype" in parts
    if office == open_document:
        raise Refused("two-kinds" if office else "archive")
    inspect(data, parts, "xlsx")
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
    if name.endswith("vbaproject.bin") or "activex/" in name or name.startswith(_PROGRAMS):
        raise Refused("active")
    if name.startswith("/") or ".." in name.split("/"):
        raise Refused("two-kinds")
    content = unpacked(data, part)
    if name.endswith(".rels"):
        for relation in _EXTERNAL.findall(content):
            if b"External" in relation and not _LINK.search(relation):
                raise Refused("outside")
    elif name.endswith(".xml") and _FETCHED.search(content):
        raise Refused("outside")
