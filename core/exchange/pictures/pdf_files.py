"""Looks into PDF files inside the limited child process.

They are kept and handed on, never shown; refused is what would act or fetch something once somebody opens them.
"""

from __future__ import annotations

import re
import zlib

from core.exchange.limits import MEBIBYTE, Refused
from core.exchange.pictures import containers

MAX_OBJECTS = 32 * MEBIBYTE
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|RichMedia|EmbeddedFiles?|ImportData|SubmitForm|Movie|Rendition)\b|/XFA\s*[\[\d]"
)
_OUTSIDE = re.compile(rb"/(?:GoToR|GoToE|FFilter)\b|/FS\s*/URL\b")
_OBJECTS = re.compile(rb"/ObjStm\b")
_PACKED = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode\s*[\]/>]")
_STREAM = re.compile(rb"stream\r?\n")
_LONGEST_DICTIONARY = 2048


def check(data: bytes) -> None:
    """Refuse a PDF that is not whole, or that would act or fetch something; packed objects are looked into, too.

    Raises:
        Refused: It is or would, or nobody can tell.
    """
    end = data.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in data[-_LONGEST_DICTIONARY - len(data) + end :]:
        raise Refused("damaged")
    if data[end + 5 :].strip(b"\0\r\n\t ") or containers.has_archive(data):
        raise Refused("two-kinds")
    written_out = _check_names(data)
    if len(_OBJECTS.findall(written_out)) != len(_OBJECTS.findall(data)):
        # Whoever hides where objects lie packed hides what is in them.
        raise Refused("active")
    left = MAX_OBJECTS
    for found in _OBJECTS.finditer(data):
        objects = _objects(data, found.end(), left)
        left -= len(objects)
        _check_names(objects)


def _check_names(text: bytes) -> bytes:
    """Refuse what acts by the names by which a PDF calls it, and return the text with all names written out.

    Source: ISO 32000-2, 7.3.5 and 12.6.4.
    """
    names = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text
    if re.search(rb"/Encrypt\b", names):
        raise Refused("password")
    if _ACTIVE.search(names):
        raise Refused("active")
    if _OUTSIDE.search(names):
        raise Refused("outside")
    return names


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
