"""How platforms present pictures: the catalogue is sound, and what does not fit is warned about."""

from __future__ import annotations

import pytest

from core.inventory.assets.presentation import (
    Box,
    Measured,
    Shape,
    catalogue,
    fits,
    platforms_with_avatar,
    spec_of,
)
from core.inventory.platforms import platforms
from core.model import Placement

AVATAR, COVER = Placement.AVATAR, Placement.COVER
PNG, SVG, PDF = "image/png", "image/svg+xml", "application/pdf"

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize("spec", catalogue().values(), ids=lambda spec: f"{spec.platform}-{spec.placement}")
def test_a_place_belongs_to_a_living_platform_and_its_parts_lie_within(spec):
    assert platforms()[spec.platform].life in {"active", "legacy"}
    assert spec.shape is Shape.WIDE or spec.width == spec.height
    box = spec.safe
    assert min(box.left, box.top) >= 0
    assert min(box.width, box.height) > 0
    assert box.left + box.width <= spec.width
    assert box.top + box.height <= spec.height


def test_every_living_platform_but_websites_shows_an_avatar():
    living = {key for key, one in platforms().items() if one.life == "active"}
    assert living - set(platforms_with_avatar()) == {"website"}


def test_a_place_is_as_large_as_the_platform_wants_it_and_a_website_wants_none():
    spec = spec_of("youtube", COVER)
    assert spec is not None
    assert (spec.width, spec.height, spec.safe) == (2560, 1440, Box(507, 508, 1546, 423))
    assert spec_of("website", AVATAR) is None


@pytest.mark.parametrize(
    ("width", "height", "blurred", "cropped"),
    [
        (320, 320, False, False),
        (800, 800, False, False),
        (319, 319, True, False),
        (640, 646, False, False),
        (640, 660, False, True),
        (200, 100, True, True),
        (3200, 320, False, True),
    ],
)
def test_size_and_proportions_are_compared_with_the_recommended_ones(width, height, blurred, cropped):
    warnings = " ".join(fits(Measured(PNG, width, height), "facebook", AVATAR))
    assert ("blurred" in warnings) is blurred
    assert ("proportions" in warnings) is cropped


@pytest.mark.parametrize(
    ("media_type", "placement", "warned"),
    [
        (PNG, AVATAR, ""),
        (SVG, AVATAR, "SVG"),
        (PDF, AVATAR, "no picture"),
        (PDF, Placement.TEMPLATE, ""),
        ("font/ttf", Placement.POST_SERIES, ""),
        ("font/ttf", COVER, "no picture"),
    ],
)
def test_what_is_no_picture_fits_no_place_of_one(media_type, placement, warned):
    warnings = fits(Measured(media_type, 800, 800 if placement is AVATAR else 351), "facebook", placement)
    assert warned in " ".join(warnings)
    assert bool(warnings) is bool(warned)


def test_a_small_drawing_is_not_blurred_but_may_be_cut():
    assert len(fits(Measured(SVG, 20, 20), "x", AVATAR)) == 1
    assert len(fits(Measured(SVG, 20, 40), "x", AVATAR)) == 2


def test_where_nothing_is_known_nothing_is_warned_of():
    assert fits(Measured(PNG, 1, 900), "website", AVATAR) == []
    assert fits(Measured(PNG), "facebook", AVATAR) == []
