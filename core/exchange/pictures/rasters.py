"""Decodes raster pictures inside the limited child process: their size, a small one, and a part of one."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

from core.exchange.limits import Refused
from core.exchange.pictures import containers
from core.exchange.pictures.containers import MAX_FRAMES, MAX_PIXELS
from core.exchange.pictures.kinds import GIF, JPEG, PNG, WEBP

FORMATS = {PNG: "PNG", JPEG: "JPEG", WEBP: "WEBP", GIF: "GIF"}
JPEG_QUALITY = 92
NO_MARGIN, CLEAR, WHITE = -2, -1, 0xFFFFFF
"""Grounds of a margin, as one number for red, green and blue; and that there may be none."""
MOST_MARGIN = 20
"""So many times as long as the picture is a part at most."""
_WIDE_MODES = ("I", "F")
_WITH_ALPHA = ("RGBA", "LA", "PA", "La", "RGBa")


def bring_in() -> None:
    """Import all that decoding can come to need; afterwards no module can be opened any more."""
    import copy

    from PIL import (
        Image,
        ImageCms,
        ImageColor,
        ImageFile,
        ImageFilter,
        ImageOps,
        ImagePalette,
        MpoImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    # Counted below, before anything is decoded, and refused with a reason.
    Image.MAX_IMAGE_PIXELS = None
    Image.preinit()
    _needed = (copy, ImageCms, ImageColor, ImageFile, ImageFilter, ImageOps, ImagePalette)
    _plugins = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)


def size_of(data: bytes, kind: str) -> tuple[int, int]:
    """Decode a picture and return width and height, held upright.

    Raises:
        Refused: It is damaged, too large, or something else hides in it.
    """
    picture = _opened(data, kind)
    picture.load()
    width, height = picture.size
    return (height, width) if _lies_on_its_side(picture) else (width, height)


def small(data: bytes, kind: str, side: int) -> bytes:
    """Return a picture as PNG of at most so many points a side.

    Raises:
        Refused: It is damaged or too large.
    """
    picture = _opened(data, kind)
    # A JPEG can be decoded at an eighth of its size, which is many times faster.
    picture.draft(None, (side * 2, side * 2))
    upright = _upright(picture)
    upright.thumbnail((side, side))
    return _written(_plain(_in_srgb(upright, picture)), "PNG")


def cut(
    data: bytes, kind: str, box: tuple[int, int, int, int], size: tuple[int, int], ground: int = NO_MARGIN
) -> bytes:
    """Cut a part out of a picture and scale it: JPEG of a JPEG, PNG of everything else.

    Where a margin may be, in each direction either the part lies within the picture, or the picture within the part.

    Args:
        data: The picture.
        kind: What it is.
        box: Left, top, width and height of the part.
        size: Of what comes out.
        ground: The colour of a margin as one number, CLEAR for none, which is white in a JPEG; NO_MARGIN where there
            may not be one.

    Raises:
        Refused: It is damaged or too large, or the part lies outside.
    """
    from PIL import Image

    picture = _opened(data, kind)
    upright = _upright(picture)
    across, down = (
        _kept((start, length), whole, wanted, margin=ground != NO_MARGIN)
        for start, length, whole, wanted in zip(box[:2], box[2:], upright.size, size, strict=True)
    )
    part = _in_srgb(upright.crop((across.start, down.start, across.end, down.end)), picture)
    inner = (across.length, down.length)
    scaled = part if part.size == inner else part.resize(inner, Image.Resampling.LANCZOS)
    if box[2:] != part.size:
        scaled = _on_ground(scaled, size, (across.at, down.at), WHITE if kind == JPEG and ground == CLEAR else ground)
    if kind == JPEG:
        return _written(scaled.convert("RGB"), "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    return _written(_plain(scaled), "PNG", optimize=True)


class _Kept(NamedTuple):
    """What of a picture is kept in one direction: from where to where, at what place, and how long it becomes."""

    start: int
    end: int
    at: int
    length: int


def _kept(part: tuple[int, int], whole: int, wanted: int, *, margin: bool) -> _Kept:
    """Return what of a picture a part keeps in one direction.

    Raises:
        Refused: It neither lies within the picture nor holds all of it, or is mostly margin.
    """
    start, length = part
    within, around = start >= 0 and start + length <= whole, start <= 0 and start + length >= whole
    if not (within or (margin and around)) or length > MOST_MARGIN * whole:
        raise Refused("box")
    if within:
        return _Kept(start, start + length, 0, wanted)
    return _Kept(0, whole, round(-start * wanted / length), max(1, round(whole * wanted / length)))


def _on_ground(part: Any, size: tuple[int, int], at: tuple[int, int], ground: int) -> Any:
    """Put a picture on a ground that is larger; what is clear in it shows the ground."""
    from PIL import Image

    part = part.convert("RGBA")
    colour = (0, 0, 0, 0) if ground == CLEAR else (ground >> 16 & 255, ground >> 8 & 255, ground & 255, 255)
    canvas = Image.new("RGBA", size, colour)
    canvas.alpha_composite(part, (min(at[0], size[0] - part.width), min(at[1], size[1] - part.height)))
    return canvas


def _opened(data: bytes, kind: str) -> Any:
    from PIL import Image, UnidentifiedImageError

    containers.check(data, kind)
    try:
        picture = Image.open(BytesIO(data), formats=(FORMATS[kind],))
    except UnidentifiedImageError as error:
        raise Refused("damaged") from error
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused("too-many-points")
    if getattr(picture, "n_frames", 1) > MAX_FRAMES:
        raise Refused("too-many-frames")
    return picture


def _lies_on_its_side(picture: Any) -> bool:
    orientation = 0x0112  # Exif 2.32, 4.6.4
    turned_by_a_quarter = range(5, 9)
    return picture.getexif().get(orientation) in turned_by_a_quarter


def _upright(picture: Any) -> Any:
    """Decode a picture, hold it upright, and bring it into colours that can be scaled."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith(_WIDE_MODES):
        # Sixteen bits a point, of which the upper eight are shown; Pillow would cut off at 255.
        return upright.convert("I").point(lambda value: value / 256).convert("L")
    if upright.mode == "CMYK" or upright.mode in ("L", "RGB", "RGBA"):
        return upright
    return upright.convert("RGBA" if _has_alpha(upright) else "RGB")


def _has_alpha(picture: Any) -> bool:
    return picture.mode in _WITH_ALPHA or "transparency" in picture.info


def _in_srgb(picture: Any, original: Any) -> Any:
    """Turn colours into those that every screen shows, by the profile in the original where that can be used."""
    from PIL import ImageCms

    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    profile = original.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=target)
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that is damaged or made for other colours is as good as none.
            turned = None
        if turned is not None:
            return turned
    return picture if picture.mode == "L" else picture.convert(target)


def _plain(picture: Any) -> Any:
    """Return the points alone, without anything else that stood in the file."""
    from PIL import Image

    return Image.frombytes(picture.mode, picture.size, picture.tobytes())


def _written(picture: Any, kind: str, **how: Any) -> bytes:
    picture.info.clear()
    written = BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()
