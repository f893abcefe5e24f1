"""Walks through the container of a raster picture inside the limited child process, before any decoder does.

Whoever puts two files into one hides the second behind the end of the first, or in a place that decoders pass over.
"""

from __future__ import annotations

import re

from core.exchange.limits import Refused

MAX_SIDE = 32_768
MAX_PIXELS = 40_000_000
MAX_FRAMES = 600
MAX_PIECES = 50_000
MAX_SCANS = 100
_MARKUP = re.compile(rb"<(?:script|html|iframe|!doctype\s+html|\?php)[\s>]", re.IGNORECASE)
_PDF_IS_LOOKED_FOR_IN = 1024
_END_OF_ARCHIVE = 22
_LARGEST_END = _END_OF_ARCHIVE + 0xFFFF
_FILLING = b"\0\r\n\t "
_WEBP_SIZES = {
    b"VP8X": (24, 3, 0xFFFFFF, 1),
    b"VP8 ": (26, 2, 0x3FFF, 0),
}


def check(data: bytes, kind: str) -> None:
    """Refuse a picture that does not end where it should, or in which another file hides.

    Raises:
        Refused: It is damaged, too large, or two files in one.
    """
    refuse_hidden(data)
    if _MARKUP.search(data):
        raise Refused("two-kinds")
    match kind:
        case "image/png":
            _check_end(data, _end_of_png(data))
        case "image/gif":
            _check_end(data, _end_of_gif(data))
        case "image/webp":
            _check_end(data, _end_of_webp(data))
        case "image/jpeg":
            # Cameras and telephones put more behind the end: a second picture, or what they know of the first.
            if b"\xff\xd9" not in data or data.count(b"\xff\xda") > MAX_SCANS:
                raise Refused("damaged")


def refuse_hidden(data: bytes) -> None:
    """Refuse a file, not itself a PDF or an archive, in which other programs would find one.

    Raises:
        Refused: There is one.
    """
    if b"%PDF-" in data[1:_PDF_IS_LOOKED_FOR_IN] or has_archive(data):
        raise Refused("two-kinds")


def has_archive(data: bytes) -> bool:
    """Tell whether an archive ends where the file ends, as all that unpack them look for it there."""
    tail = data[-_LARGEST_END:]
    end = tail.rfind(b"PK\x05\x06")
    while end >= 0:
        if (
            end + _END_OF_ARCHIVE + int.from_bytes(tail[end + 20 : end + 22], "little") <= len(tail)
            and b"PK\x01\x02" in data
        ):
            return True
        end = tail.rfind(b"PK\x05\x06", 0, end)
    return False


def _check_end(data: bytes, end: int) -> None:
    if end > len(data):
        raise Refused("damaged")
    if data[end:].strip(_FILLING):
        raise Refused("two-kinds")


def _end_of_png(data: bytes) -> int:
    """Return where the last piece ends. Source: PNG (Third Edition), 5.3."""
    if data[12:16] != b"IHDR":
        raise Refused("damaged")
    _check_points(int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
    position = 8
    for _number in range(MAX_PIECES):
        name = data[position + 4 : position + 8]
        position += 12 + int.from_bytes(data[position : position + 4], "big")
        if name == b"IEND":
            return position
    raise Refused("damaged")


def _end_of_webp(data: bytes) -> int:
    """Return where the container says it ends. Source: RFC 9649, 2.4 and 2.7."""
    name = data[12:16]
    if name == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        _check_points((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    elif name in _WEBP_SIZES:
        begins, length, mask, more = _WEBP_SIZES[name]
        sides = [int.from_bytes(data[at : at + length], "little") & mask for at in (begins, begins + length)]
        _check_points(sides[0] + more, sides[1] + more)
    else:
        raise Refused("damaged")
    size = int.from_bytes(data[4:8], "little")
    return 8 + size + size % 2 if 8 + size != len(data) else len(data)


def _end_of_gif(data: bytes) -> int:
    """Return where the trailer ends, counting frames. Source: GIF89a, 18 to 27."""
    _check_points(int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))
    position = 13 + _colours(data[10:11])
    frames = 0
    while True:
        match data[position : position + 1]:
            case b"\x3b":
                return position + 1
            case b"" if frames:
                # Many programs forget the trailer, and nobody misses it.
                return position
            case b"\x21":
                position = _after_blocks(data, position + 2)
            case b"\x2c":
                frames += 1
                if frames > MAX_FRAMES:
                    raise Refused("too-many-frames")
                position = _after_blocks(data, position + 11 + _colours(data[position + 9 : position + 10]))
            case _:
                raise Refused("damaged")


def _colours(flags: bytes) -> int:
    """Return how many bytes the table of colours takes that a byte of flags announces."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    while position < len(data):
        length = data[position]
        position += 1 + length
        if not length:
            return position
    raise Refused("damaged")


def _check_points(width: int, height: int) -> None:
    if not width or not height:
        raise Refused("damaged")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Refused("too-many-points")
