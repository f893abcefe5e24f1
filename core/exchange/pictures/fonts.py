"""Looks at the tables of a font inside the limited child process; no font is ever drawn with."""

from __future__ import annotations

import struct
import zlib

from core.exchange.limits import MEBIBYTE, Refused
from core.exchange.pictures import containers
from core.exchange.pictures.kinds import WOFF, WOFF2

MAX_TABLES = 128
MAX_UNPACKED = 128 * MEBIBYTE
_NEEDED = frozenset({b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name"})
_MAGIC = b"\x5f\x0f\x3c\xf5"
_SFNT, _SFNT_TABLE = struct.Struct(">4sHHHH"), struct.Struct(">4sLLL")
_WOFF, _WOFF_TABLE = struct.Struct(">4s4sLHHLHHLLLLL"), struct.Struct(">4sLLLL")
_WOFF2 = struct.Struct(">4s4sLHHLLHHLLLLL")
_SFNT_KINDS = (b"\0\1\0\0", b"true", b"OTTO")


def check(data: bytes, kind: str) -> None:
    """Refuse a font whose tables do not lie where it says, or that lacks one.

    Raises:
        Refused: They do not, or it would grow beyond measure.
    """
    containers.refuse_hidden(data)
    try:
        if kind == WOFF:
            _check_woff(data)
        elif kind == WOFF2:
            _check_woff2(data)
        else:
            _check_sfnt(data)
    except struct.error as error:
        raise Refused("damaged") from error


def _check_sfnt(data: bytes) -> None:
    """Source: OpenType 1.9.1, Organization of an OpenType Font."""
    count = _SFNT.unpack_from(data)[1]
    _expect(0 < count <= MAX_TABLES)
    names, heads = set(), []
    for number in range(count):
        name, _sum, offset, length = _SFNT_TABLE.unpack_from(data, _SFNT.size + number * _SFNT_TABLE.size)
        _expect(offset + length <= len(data) and name not in names)
        names.add(name)
        if name == b"head":
            heads.append(data[offset : offset + length])
    _check_tables(names, heads)


def _check_woff(data: bytes) -> None:
    """Source: WOFF File Format 1.0, 3 and 4."""
    _signature, flavour, length, count, _reserved, whole, *_more = _WOFF.unpack_from(data)
    _expect(length == len(data) and flavour in _SFNT_KINDS and 0 < count <= MAX_TABLES)
    if whole > MAX_UNPACKED:
        raise Refused("burst")
    names, heads = set(), []
    left = MAX_UNPACKED
    for number in range(count):
        name, offset, packed, size, _sum = _WOFF_TABLE.unpack_from(data, _WOFF.size + number * _WOFF_TABLE.size)
        _expect(offset + packed <= len(data) and packed <= size and name not in names)
        left -= size
        table = _unpacked(data[offset : offset + packed], size, left)
        names.add(name)
        if name == b"head":
            heads.append(table)
    _check_tables(names, heads)


def _unpacked(table: bytes, size: int, left: int) -> bytes:
    if left < 0:
        raise Refused("burst")
    if len(table) == size:
        return table
    inflater = zlib.decompressobj()
    try:
        unpacked = inflater.decompress(table, size + 1)
    except zlib.error as error:
        raise Refused("damaged") from error
    _expect(len(unpacked) == size and inflater.eof)
    return unpacked


def _check_woff2(data: bytes) -> None:
    """Its tables are packed in a way that is not unpacked here. Source: WOFF File Format 2.0, 4.1."""
    _signature, flavour, length, count, _reserved, whole, packed, *_more = _WOFF2.unpack_from(data)
    _expect(length == len(data) and flavour in _SFNT_KINDS and 0 < count <= MAX_TABLES and 0 < packed < length)
    if whole > MAX_UNPACKED:
        raise Refused("burst")


def _check_tables(names: set[bytes], heads: list[bytes]) -> None:
    _expect(names >= _NEEDED and heads[0][12:16] == _MAGIC)


def _expect(holds: bool) -> None:
    if not holds:
        raise Refused("damaged")
