"""Runs inside the limited child process: decodes one picture and writes it anew, small, as PNG without anything else.

Whatever a decoder trips over ends the child; the parent says then that the picture is damaged.
"""

from __future__ import annotations

import marshal
import sys
from io import BytesIO
from typing import Any

from core.exchange.limits import Refused, limit_this_process

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LARGEST_SIDE = 512
SMALLEST_SIDE = 64
MAX_PICTURE_BYTES = 200_000
MAX_PIXELS = 40_000_000


def main() -> None:
    """Read a picture from standard input, write one frame with its new form, or with the reason for having none."""
    sys.dont_write_bytecode = True
    limit_this_process(int(sys.argv[-1]))
    try:
        message: tuple[Any, ...] = ("picture", made_anew(sys.stdin.buffer.read()))
    except Refused as refusal:
        message = ("refused", refusal.reason, 0)
    except MemoryError:
        message = ("refused", "memory", 0)
    payload = marshal.dumps(message, 2)
    sys.stdout.buffer.write(len(payload).to_bytes(4, "big") + payload)
    sys.stdout.buffer.flush()


def made_anew(data: bytes) -> bytes:
    """Decode a picture and return it as PNG.

    Raises:
        Refused: It is no picture of a kind that is read, or has too many points.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # Counted below, before anything is decoded, and refused with a reason.
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Refused("not-a-picture") from error
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused("too-many-points")
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    return _small_enough(Image.frombytes("RGBA", upright.size, upright.tobytes()))


def _small_enough(picture: Any) -> bytes:
    """Write a picture smaller and smaller until it fits."""
    side = LARGEST_SIDE
    while True:
        picture.thumbnail((side, side))
        written = BytesIO()
        picture.save(written, "PNG", optimize=True)
        if len(written.getvalue()) <= MAX_PICTURE_BYTES or side <= SMALLEST_SIDE:
            return written.getvalue()
        side = side * 3 // 4
