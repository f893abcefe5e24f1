"""Small pictures to show instead of the files themselves: made in the limited child process, as PNG."""

from __future__ import annotations

import time as clock

from core.exchange.limits import Refused
from core.exchange.pictures.asking import ask
from core.exchange.pictures.kinds import RASTERS, SVG

SIDE = 256
LARGEST_SIDE = 2048
MAX_BYTES = 32 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"


def thumbnail(data: bytes, media_type: str, side: int = SIDE, *, seconds: float = 10.0) -> bytes | None:
    """Make a small PNG of a raster picture; call it off the GUI thread.

    Args:
        data: The file as it lies in the library.
        media_type: What it was found to be.
        side: How many points the longer side has at most.
        seconds: After this time the child is ended.

    Returns:
        The picture; None for a drawing (see `safe_drawing`), for what cannot be drawn and for what broke the child.
    """
    if media_type not in RASTERS or not 0 < side <= LARGEST_SIDE:
        return None
    try:
        message = ask(("thumbnail", side), data, clock.monotonic() + seconds)
    except Refused:
        return None
    match message:
        case ("picture", bytes(picture)) if is_small_png(picture, side):
            return picture
    return None


def safe_drawing(data: bytes, media_type: str, *, seconds: float = 10.0) -> bytes | None:
    """Write a drawing anew with nothing in it but shapes and colours, so that Qt can be let at it.

    Embedded pictures are decoded and written anew as PNG; filters, markers and all that editors left are gone.

    Returns:
        The drawing as SVG in UTF-8; None where it is none or does not pass.
    """
    if media_type != SVG:
        return None
    try:
        message = ask(("redraw",), data, clock.monotonic() + seconds)
    except Refused:
        return None
    match message:
        case ("drawing", bytes(drawing)):
            return drawing
    return None


def is_small_png(data: bytes, side: int) -> bool:
    """Tell whether a picture is a PNG no larger than one of ours, before anything else decodes it."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) > MAX_BYTES:
        return False
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return 0 < width <= side and 0 < height <= side
