"""How platforms present pictures of an account: recommended sizes, how they are cut, and what does not fit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from core.i18n import _
from core.inventory.platforms import platforms
from core.model import Placement

CATALOGUE_FILE = Path(__file__).resolve().parent.parent.parent.parent / "resources" / "placements.toml"
TOLERANCE = 0.02
"""So much may the proportions of a picture differ from the place's before anybody sees it cut."""


class Shape(StrEnum):
    """How a platform cuts a picture: a circle, a square, or the proportions of the recommended size."""

    ROUND = "round"
    SQUARE = "square"
    WIDE = "wide"


class Box(NamedTuple):
    """A part of a picture, in points from its upper left corner."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Spec:
    """How a platform shows pictures in one place.

    Attributes:
        platform: The platform's key.
        placement: The place.
        width: Of the recommended size, in points.
        height: Of the recommended size, in points.
        shape: How it is cut.
        safe: What is seen on every device, in points of the recommended size.
    """

    platform: str
    placement: Placement
    width: int
    height: int
    shape: Shape
    safe: Box


class Measurable(Protocol):
    """A file of which it is known what it is and how large: a version of an asset, for example."""

    @property
    def media_type(self) -> str:
        """What it is by its content."""

    @property
    def width(self) -> int | None:
        """In points, None where it has none."""

    @property
    def height(self) -> int | None:
        """In points, None where it has none."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What has to be known of a file to see whether it fits."""

    media_type: str
    width: int | None = None
    height: int | None = None


@cache
def catalogue() -> Mapping[tuple[str, Placement], Spec]:
    """Return all places of all platforms of which something is known."""
    told: dict[str, dict[str, Any]] = tomllib.loads(CATALOGUE_FILE.read_text(encoding="utf-8"))
    found = {
        (platform, Placement(key)): _spec(platform, Placement(key), one)
        for platform, places in told.items()
        for key, one in places.items()
    }
    return MappingProxyType(found)


def spec_of(platform: str, placement: Placement) -> Spec | None:
    """Return how a platform shows pictures in a place, None where nothing is known."""
    return catalogue().get((platform, placement))


@cache
def platforms_with_avatar() -> tuple[str, ...]:
    """Return the keys of the platforms that show an avatar; a website or a forum of one's own has none."""
    return tuple(sorted(platform for platform, placement in catalogue() if placement is Placement.AVATAR))


def fits(version: Measurable, platform: str, placement: Placement) -> list[str]:
    """Return translated sentences about what does not fit a place of a platform; nothing where all does.

    Nothing is refused for it: whoever uploads the file sees what the platform makes of it.
    """
    spec = spec_of(platform, placement)
    if not version.media_type.startswith("image/"):
        return [] if placement in {Placement.TEMPLATE, Placement.POST_SERIES} else [_("The file is no picture.")]
    warnings = []
    if version.media_type == "image/svg+xml":
        warnings.append(_("Platforms take no drawings (SVG). Please cut a PNG from it."))
    if spec is None or version.width is None or version.height is None:
        return warnings
    return [*warnings, *_misfits(spec, version.media_type, version.width, version.height)]


def _misfits(spec: Spec, media_type: str, width: int, height: int) -> list[str]:
    """Compare a picture's size with the recommended one; a drawing is as large as one likes."""
    known = platforms().get(spec.platform)
    told = {
        "width": width,
        "height": height,
        "platform": known.name if known else spec.platform,
        "wanted_width": spec.width,
        "wanted_height": spec.height,
    }
    found = []
    if media_type != "image/svg+xml" and (width < spec.width or height < spec.height):
        found.append(
            _(
                "The picture has {width} × {height} pixels; {platform} recommends {wanted_width} × {wanted_height}. "
                "It will look blurred."
            ).format(**told)
        )
    if abs(width * spec.height - height * spec.width) > TOLERANCE * width * spec.height:
        found.append(
            _(
                "The picture has {width} × {height} pixels; {platform} cuts it to the proportions of {wanted_width} × "
                "{wanted_height}."
            ).format(**told)
        )
    return found


def _spec(platform: str, placement: Placement, told: Mapping[str, Any]) -> Spec:
    width, height = int(told["width"]), int(told["height"])
    safe = Box(*told["safe"]) if "safe" in told else Box(0, 0, width, height)
    return Spec(platform, placement, width, height, Shape(told["shape"]), safe)
