"""Looks into a zipped workbook before any parser does: what it is, and whether it was made to burst.

The standard library's zipfile costs the child ten milliseconds of importing and forgives more than is wanted here.
"""

from __future__ import annotations

import struct
import zlib

from core.exchange.limits import (
    MAX_PART_BYTES,
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_COUNTS_FROM,
    Refused,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LARGEST_COMMENT = 0xFFFF
_BEYOND_32_BITS = 0xFFFFFFFF
_ZIP64_FIELD = 1
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
# No packed piece of this length can unpack to more than 17 MB.
_STEP = 16 * 1024
_LONGEST_PROLOG = 64 * 1024
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


class Part:
    """One file inside the archive, as the archive's directory describes it."""

    __slots__ = ("check", "flags", "method", "name", "offset", "packed", "size")

    def __init__(self, name: str, numbers: tuple[int, int, int, int, int, int]) -> None:
        self.name = name
        self.flags, self.method, self.check, self.packed, self.size, self.offset = numbers


def open_archive(data: bytes) -> dict[str, Part]:
    """List the parts of an archive, none of them unpacked yet.

    Returns:
        The parts by name.

    Raises:
        Refused: The archive is damaged, protected, or would not stay within the limits.
    """
    try:
        parts = _directory(data)
    except struct.error as error:
        raise Refused("damaged") from error
    _check_sizes(parts, len(data))
    named = {part.name: part for part in parts}
    if len(named) != len(parts):
        raise Refused("damaged")
    if any(part.flags & _ENCRYPTED for part in parts):
        raise Refused("password")
    return named


def kind_of_archive(data: bytes, parts: dict[str, Part]) -> str:
    """Return "xlsx" or "ods".

    Raises:
        Refused: The archive is something else.
    """
    if "xl/workbook.bin" in parts:
        raise Refused("xlsb")
    if "[Content_Types].xml" in parts and any(name.startswith("xl/") for name in parts):
        return "xlsx"
    mimetype = parts.get("mimetype")
    if mimetype is not None and unpacked(data, mimetype).startswith(_ODS):
        return "ods"
    raise Refused("not-a-list" if "mimetype" in parts or "[Content_Types].xml" in parts else "archive")


def inspect(data: bytes, parts: dict[str, Part], kind: str) -> bool:
    """Unpack every part that a parser will read, and check its sum, its true size and its first lines.

    Returns:
        Whether some cell shows an error such as #REF!, which the quick parser would lose.

    Raises:
        Refused: A part is damaged, declares a document type, or is encrypted.
    """
    mark = b' t="e"' if kind == "xlsx" else b'calcext:value-type="error"'
    read = [part for part in parts.values() if part.name.endswith((".xml", ".rels"))]
    # A list and not a generator: every part is to be looked into.
    errors = any([_contains(data, part, mark) for part in read])  # noqa: C419
    manifest = parts.get("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in unpacked(data, manifest):
        raise Refused("password")
    return errors


def unpacked(data: bytes, part: Part) -> bytes:
    """Return the content of one part, never more than its directory entry declares.

    Raises:
        Refused: The content does not match the directory.
    """
    return b"".join(_pieces(data, part))


def _contains(data: bytes, part: Part, mark: bytes) -> bool:
    """Tell whether a part contains a mark, and check its first lines; small pieces stay in the processor's cache."""
    head = end = b""
    found = False
    for piece in _pieces(data, part):
        head += piece[: _LONGEST_PROLOG - len(head)]
        found = found or mark in end + piece
        end = piece[-len(mark) :]
    if part.size:
        _check_prolog(head)
    return found


def _pieces(data: bytes, part: Part) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    packed = _packed(data, part)
    size = check = 0
    for offset in range(0, len(packed), _STEP):
        piece = packed[offset : offset + _STEP]
        try:
            piece = piece if part.method == _STORED else inflater.decompress(piece)
        except zlib.error as error:
            raise Refused("damaged") from error
        size += len(piece)
        check = zlib.crc32(piece, check)
        if size > part.size:
            raise Refused("damaged")
        yield piece
    if size != part.size or check != part.check:
        raise Refused("damaged")


def _packed(data: bytes, part: Part) -> bytes:
    if part.offset + _LOCAL.size > len(data) or part.method not in (_STORED, _DEFLATED):
        raise Refused("damaged")
    header = _LOCAL.unpack_from(data, part.offset)
    name_begins = part.offset + _LOCAL.size
    start = name_begins + header[9] + header[10]
    packed = data[start : start + part.packed]
    # Whoever names a part differently in its two places wants two readers to see different things.
    same_name = data[name_begins : name_begins + header[9]] == _name_bytes(part)
    if header[0] != b"PK\x03\x04" or not same_name or len(packed) != part.packed:
        raise Refused("damaged")
    return packed


def _check_prolog(text: bytes) -> None:
    """Refuse a document type, the seat of entity bombs; it can only stand before the first element."""
    position = 3 if text.startswith(b"\xef\xbb\xbf") else 0
    while True:
        position = text.find(b"<", position)
        if position < 0 or b"\0" in text[:4]:
            # Nobody writes workbooks in UTF-16, which would hide a document type from us.
            raise Refused("damaged")
        if text.startswith(b"<?", position):
            position = _after(text, b"?>", position)
        elif text.startswith(b"<!--", position):
            position = _after(text, b"-->", position + 4)
        elif text.startswith(b"<!", position):
            raise Refused("entities")
        else:
            return


def _after(text: bytes, mark: bytes, position: int) -> int:
    found = text.find(mark, position)
    if found < 0:
        raise Refused("damaged")
    return found + len(mark)


def _check_sizes(parts: list[Part], file_size: int) -> None:
    read = [part for part in parts if part.name.endswith((".xml", ".rels"))]
    too_tight = any(part.size > max(RATIO_COUNTS_FROM, part.packed * MAX_RATIO) for part in read)
    # Overlapping parts share their packed bytes, so that together they claim more than the file holds.
    overlapping = sum(part.packed for part in parts) > file_size
    too_much = max((part.size for part in read), default=0) > MAX_PART_BYTES
    if too_tight or overlapping or too_much or sum(part.size for part in read) > MAX_UNPACKED_BYTES:
        raise Refused("burst")


def _directory(data: bytes) -> list[Part]:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _LARGEST_COMMENT - _END.size))
    if end < 0:
        raise Refused("damaged")
    count, position = _END.unpack_from(data, end)[4], _END.unpack_from(data, end)[6]
    if count > MAX_PARTS:
        raise Refused("burst")
    parts = []
    for _index in range(count):
        part, position = _entry(data, position)
        parts.append(part)
    return parts


def _entry(data: bytes, position: int) -> tuple[Part, int]:
    values = _ENTRY.unpack_from(data, position)
    if values[0] != b"PK\x01\x02":
        raise Refused("damaged")
    name_ends = position + _ENTRY.size + values[10]
    extra_ends = name_ends + values[11]
    name = data[position + _ENTRY.size : name_ends].decode("utf-8" if values[3] & 0x800 else "cp437", "replace")
    sizes = _wide_numbers(data[name_ends:extra_ends], (values[9], values[8], values[16]))
    numbers = (values[3], values[4], values[7], sizes[1], sizes[0], sizes[2])
    return Part(name, numbers), extra_ends + values[12]


def _wide_numbers(extra: bytes, narrow: tuple[int, int, int]) -> list[int]:
    """Return size, packed size and offset, read from the 64-bit field where the 32-bit one says so."""
    position = 0
    wide = b""
    while position + 4 <= len(extra):
        field, length = struct.unpack_from("<HH", extra, position)
        if field == _ZIP64_FIELD:
            wide = extra[position + 4 : position + 4 + length]
        position += 4 + length
    numbers = []
    for number in narrow:
        if number == _BEYOND_32_BITS:
            numbers.append(int(struct.unpack_from("<Q", wide)[0]))
            wide = wide[8:]
        else:
            numbers.append(number)
    return numbers


def _name_bytes(part: Part) -> bytes:
    return part.name.encode("utf-8" if part.flags & 0x800 else "cp437", "replace")
