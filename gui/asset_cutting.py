"""Cuts a part out of a file of the library and keeps it; runs off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import UnusableFileError
from core.exchange.pictures.deriving import NO_MARGIN, Box, Size, derived
from core.exchange.pictures.kinds import PNG, SVG
from core.exchange.pictures.thumbnails import safe_drawing
from core.i18n import _
from core.inventory.assets.choosing import Pickable
from core.inventory.assets.library import shelf_of
from core.registry import Registry
from gui.crop_box import placed
from gui.drawings import as_png, drawn

DRAWN_SIDE = 2048
"""The longer side that a drawing counts as having: it has no points of its own."""
LARGEST_DRAWN = 6144
"""So large at most is a drawing drawn to be cut."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is to be cut.

    Attributes:
        file: The file.
        source: Its width and height as the box counts them.
        box: Left, top, width and height of the part.
        size: Width and height of what comes out.
        ground: The colour of a margin as one number, CLEAR or NO_MARGIN.
    """

    file: Pickable
    source: Size
    box: Box
    size: Size
    ground: int = NO_MARGIN


def source_size(file: Pickable, shown: Size) -> Size:
    """Return the width and height in which parts of a file are counted.

    Args:
        file: The file.
        shown: Width and height of its picture on the screen, whose proportions a drawing has.
    """
    if file.media_type != SVG and file.width and file.height:
        return file.width, file.height
    longest = DRAWN_SIDE / max(shown)
    return max(1, round(shown[0] * longest)), max(1, round(shown[1] * longest))


def cut_out(registry: Registry, cut: Cut) -> bytes:
    """Return the part as a file of its own.

    Raises:
        BadInputError: The part lies outside.
        UnusableFileError: The file is missing, damaged or cannot be drawn.
    """
    data = shelf_of(registry.path).read(cut.file.sha256)
    if cut.file.media_type != SVG:
        return derived(data, cut.file.media_type, cut.box, cut.size, name=cut.file.title, ground=cut.ground)
    png, box = _drawn_large_enough(data, cut)
    return derived(png, PNG, box, cut.size, name=cut.file.title, ground=cut.ground)


def _drawn_large_enough(data: bytes, cut: Cut) -> tuple[bytes, Box]:
    """Draw a drawing so large that the part has as many points as what comes out."""
    wanted = max(cut.source) * max(1.0, cut.size[0] / cut.box[2])
    drawing = safe_drawing(data, cut.file.media_type)
    image = drawn(drawing, min(round(wanted), LARGEST_DRAWN)) if drawing is not None else None
    if image is None:
        raise UnusableFileError(_("“{title}” cannot be drawn. Please issue it anew.").format(title=cut.file.title))
    scale = image.width() / cut.source[0]
    left, width = _scaled(cut.box[0], cut.box[2], cut.source[0], image.width(), scale)
    top, height = _scaled(cut.box[1], cut.box[3], cut.source[1], image.height(), scale)
    return as_png(image), (left, top, width, height)


def _scaled(start: int, length: int, source: int, whole: int, scale: float) -> tuple[int, int]:
    """Return where a part begins in what was drawn and how long it is, within it or around it as it was before."""
    wanted = max(1, round(length * scale))
    wanted = min(wanted, whole) if length <= source else max(wanted, whole)
    return round(placed(round(start * scale), wanted, whole)), wanted
