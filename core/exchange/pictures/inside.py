"""Runs inside the limited child process: carries out one order on one file of the city's identity.

The first line it reads is the order, the rest the file. It brings in what the kind of file needs, and from there on can
open neither a file nor a connection. Whatever a decoder trips over ends the child; the parent says then that the file
is damaged.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from typing import Any

from core.exchange.limits import MEBIBYTE, Refused, limit_this_process, limit_time, shut_in
from core.exchange.pictures import kinds

PROCESSOR_SECONDS = 1.6
"""Enough for forty megapixels; a person who waits for an answer has it within two seconds."""

MEMORY_BYTES = 1024 * MEBIBYTE
Message = tuple[Any, ...]


def main() -> None:
    """Read an order and a file from standard input, and write what came of it or the reason for refusing."""
    sys.dont_write_bytecode = True
    sys.excepthook = _break_off
    limit_this_process(int(sys.argv[-1]), MEMORY_BYTES)
    limit_time(PROCESSOR_SECONDS)
    line, _newline, data = sys.stdin.buffer.read().partition(b"\n")
    word, *numbers = line.decode("ascii").split()
    try:
        message = ORDERS[word](data, *map(int, numbers))
    except Refused as refusal:
        message = ("refused", refusal.reason, 0)
    except MemoryError:
        message = ("refused", "memory", 0)
    payload = marshal.dumps(message, 2)
    sys.stdout.buffer.write(len(payload).to_bytes(4, "big") + payload)
    sys.stdout.buffer.flush()
    # Everything is said; to take a picture apart in order would only cost time.
    os._exit(0)


def _break_off(*_what: object) -> None:
    """End without a word: to tell where it broke, the interpreter would look for source files."""
    os._exit(1)


def _examine(data: bytes) -> Message:
    kind = kinds.kind_of(data)
    if kind in kinds.RASTERS:
        from core.exchange.pictures import rasters

        rasters.bring_in()
        shut_in()
        return ("examined", kind, *rasters.size_of(data, kind))
    if kind == kinds.SVG:
        from core.exchange.pictures import drawing

        drawing.bring_in()
        shut_in()
        return ("examined", kind, *drawing.size_of(data))
    from core.exchange.pictures import fonts, pdf_files, templates  # They need next to nothing.

    shut_in()
    if kind in kinds.FONTS:
        fonts.check(data, kind)
    elif kind == kinds.PDF:
        pdf_files.check(data)
    else:
        kind = templates.kind_of_template(data)
    return ("examined", kind, None, None)


def _thumbnail(data: bytes, side: int) -> Message:
    from core.exchange.pictures import rasters

    rasters.bring_in()
    shut_in()
    return ("picture", rasters.small(data, _raster(data), side))


def _derive(data: bytes, *numbers: int) -> Message:
    from core.exchange.pictures import rasters

    rasters.bring_in()
    shut_in()
    left, top, width, height, wide, high, ground = numbers
    return ("picture", rasters.cut(data, _raster(data), (left, top, width, height), (wide, high), ground))


def _redraw(data: bytes) -> Message:
    from core.exchange.pictures import drawing, redrawing

    drawing.bring_in()
    shut_in()
    if kinds.kind_of(data) != kinds.SVG:
        raise Refused("no-drawing")
    return ("drawing", redrawing.redrawn(data))


def _raster(data: bytes) -> str:
    kind = kinds.kind_of(data)
    if kind not in kinds.RASTERS:
        raise Refused("no-drawing")
    return kind


ORDERS: dict[str, Callable[..., Message]] = {
    "examine": _examine,
    "thumbnail": _thumbnail,
    "derive": _derive,
    "redraw": _redraw,
}
