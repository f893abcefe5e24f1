"""Cuts a picture to the size a platform wants; what comes out carries nothing but the points."""

from __future__ import annotations

import time as clock

from core.errors import BadInputError
from core.exchange.limits import Refused
from core.exchange.pictures.asking import ask
from core.exchange.pictures.kinds import RASTERS
from core.exchange.pictures.refusals import in_words
from core.i18n import _

LARGEST_SIDE = 8192
SECONDS = 10.0
Box = tuple[int, int, int, int]
"""Left, top, width and height, in points of the original held upright."""
Size = tuple[int, int]


NO_MARGIN, CLEAR, WHITE = -2, -1, 0xFFFFFF
"""There may be no margin; there may be a clear one, which is white in a JPEG; and the greatest number of a colour."""


def derived(  # noqa: PLR0913 - what is told of a part
    data: bytes, media_type: str, box: Box, size: Size, *, name: str = "", ground: int = NO_MARGIN
) -> bytes:
    """Cut a part out of a raster picture and scale it; a drawing has to be drawn as PNG first.

    Args:
        data: The original, which stays as it is.
        media_type: What it was found to be.
        box: The part that is kept; it lies within the original, or in a direction holds all of it and a margin.
        size: Width and height of what comes out.
        name: What to call the file in a sentence.
        ground: The colour of a margin as one number for red, green and blue, CLEAR, or NO_MARGIN.

    Returns:
        A JPEG of a JPEG, and a PNG of everything else, in sRGB and without EXIF.

    Raises:
        BadInputError: It is no picture, or box or size are not possible.
        UnusableFileError: The picture is damaged or needs too much of the machine.
    """
    name = name or _("The picture")
    if min(*box[2:], *size) < 1 or max(size) > LARGEST_SIDE or not NO_MARGIN <= ground <= WHITE:
        raise BadInputError(_("This part of the picture cannot be cut out. Please draw the frame anew."))
    if media_type not in RASTERS:
        raise in_words(name, Refused("no-drawing"))
    try:
        return _cut(data, (*box, *size, ground), clock.monotonic() + SECONDS)
    except Refused as refusal:
        if refusal.reason == "box":
            raise BadInputError(_("The frame lies outside the picture. Please draw it anew.")) from None
        raise in_words(name, refusal) from None


def _cut(data: bytes, numbers: tuple[int, ...], deadline: float) -> bytes:
    match ask(("derive", *numbers), data, deadline):
        case ("picture", bytes(picture)) if picture:
            return picture
    raise Refused("damaged")
