"""Small pictures and cut ones carry nothing but points; drawings are written anew before Qt sees them."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image, ImageCms, PngImagePlugin

from core.errors import RegistryError
from core.exchange.pictures.deriving import CLEAR, derived
from core.exchange.pictures.kinds import GIF, JPEG, PDF, PNG, SVG, WEBP
from core.exchange.pictures.thumbnails import is_small_png, safe_drawing, thumbnail
from tests.core.exchange.pictures.drawn import pdf, picture, svg

pytestmark = pytest.mark.usefixtures("in_english")

KINDS = {"PNG": PNG, "JPEG": JPEG, "WEBP": WEBP, "GIF": GIF}


def opened(data):
    made = Image.open(BytesIO(data))
    made.load()
    return made


def with_exif(kind, size=(80, 30), orientation=6):
    facts = Image.Exif()
    facts[0x0112], facts[0x010E] = orientation, "Erika Mustermann"
    return picture(size, kind, exif=facts)


@pytest.mark.parametrize(("kind", "mode"), [*((kind, "RGB") for kind in KINDS), ("PNG", "I;16"), ("JPEG", "CMYK")])
def test_a_thumbnail_is_a_small_png_that_looks_like_its_picture(kind, mode):
    made = thumbnail(picture((300, 400), kind, mode), KINDS[kind], 64) or b""
    small = opened(made)
    assert (small.format, small.size) == ("PNG", (48, 64))
    assert is_small_png(made, 64)
    light, dark = (small.convert("L").getpixel(at) for at in ((3, 3), (45, 60)))
    assert light - dark > 90


def test_clear_stays_clear_in_a_thumbnail():
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    written = BytesIO()
    clear.save(written, "PNG")
    assert opened(thumbnail(written.getvalue(), PNG)).getpixel((1, 1))[3] == 0


@pytest.mark.parametrize(("data", "kind"), [(pdf(), PDF), (svg(), SVG), (picture()[:50], PNG), (pdf(), PNG)])
def test_what_cannot_be_drawn_has_no_thumbnail(data, kind):
    assert thumbnail(data, kind) is None


def test_a_part_is_cut_out_and_scaled():
    cut = opened(derived(picture((300, 400)), PNG, (150, 0, 100, 100), (50, 50)))
    assert (cut.format, cut.size, cut.convert("RGB").getpixel((5, 5))) == ("PNG", (50, 50), (0x1F, 0x5F, 0xBF))


@pytest.mark.parametrize(("kind", "becomes"), [("PNG", "PNG"), ("JPEG", "JPEG"), ("WEBP", "PNG"), ("GIF", "PNG")])
def test_what_was_cut_carries_nothing_but_points(kind, becomes):
    data = picture(kind="GIF", comment=b"Erika Mustermann") if kind == "GIF" else with_exif(kind)
    cut = derived(data, KINDS[kind], (0, 0, 20, 20), (20, 20))
    assert opened(cut).format == becomes
    assert not {"exif", "icc_profile", "comment", "xmp"} & opened(cut).info.keys()
    assert b"Mustermann" not in cut


def test_a_picture_is_cut_as_it_is_held_upright():
    with pytest.raises(RegistryError, match="lies outside"):
        derived(with_exif("JPEG"), JPEG, (0, 0, 80, 30), (80, 30))
    assert opened(derived(with_exif("JPEG"), JPEG, (0, 0, 30, 80), (30, 80))).size == (30, 80)


def test_colours_are_those_of_every_screen_whatever_the_profile_was():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Erika Mustermann")
    for profile in (lab, b"no profile at all"):
        cut = opened(derived(picture(icc_profile=profile, pnginfo=told), PNG, (290, 390, 5, 5), (5, 5)))
        assert cut.info == {}
        assert cut.convert("RGB").getpixel((2, 2)) == pytest.approx((0x1F, 0x5F, 0xBF), abs=2)


@pytest.mark.parametrize(
    ("box", "size"),
    [((0, 0, 0, 5), (5, 5)), ((-1, 0, 5, 5), (5, 5)), ((0, 0, 5, 5), (0, 5)), ((0, 0, 5, 5), (9_000, 5))],
)
def test_an_impossible_part_gets_a_sentence(box, size):
    with pytest.raises(RegistryError, match=r"cannot be cut out|lies outside"):
        derived(picture(), PNG, box, size)


def test_only_pictures_are_cut():
    with pytest.raises(RegistryError, match=r"brief\.pdf cannot be drawn"):
        derived(pdf(), PDF, (0, 0, 5, 5), (5, 5), name="brief.pdf")


def test_a_drawing_is_written_anew_with_shapes_and_colours_only():
    editor = (
        '<!-- Erika Mustermann --><metadata>Erika Mustermann</metadata><filter id="f"/>'
        '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="Erika" filter="url(#f)"'
        ' style="fill:#fff;filter:url(#f)"><path d="M0 0h9" marker-end="url(#m)"/></g>'
        "<style>.a{filter:url(#f);fill:red}</style>"
    )
    root = etree.fromstring(safe_drawing(svg(editor), SVG) or b"")
    text = etree.tostring(root).decode()
    assert not any(word in text for word in ("Erika", "filter", "marker", "inkscape", "metadata"))
    assert [one.tag.rpartition("}")[2] for one in root] == ["defs", "path", "g", "style"]
    assert 'style="fill:#fff;"' in text


def test_a_picture_in_a_drawing_is_decoded_and_written_anew():
    jpeg = base64.b64encode(with_exif("JPEG")).decode()
    made = safe_drawing(svg(f'<image href="data:image/jpeg;base64,{jpeg}"/>'), SVG) or b""
    inner = base64.b64decode(made.partition(b"base64,")[2].partition(b'"')[0])
    assert (opened(inner).format, opened(inner).size) == ("PNG", (30, 80))
    assert b"Mustermann" not in inner


def test_a_drawing_that_does_not_pass_is_not_written_anew():
    assert safe_drawing(svg("<script/>"), SVG) is None
    assert safe_drawing(picture(), PNG) is None


def red(kind="PNG", size=(40, 80)):
    made = BytesIO()
    Image.new("RGB", size, "#ff0000").save(made, kind)
    return made.getvalue()


AROUND = (-30, -10, 100, 100)
"""A square around the red picture of 40 by 80 points."""


@pytest.mark.parametrize(
    ("kind", "ground", "corner"),
    [("PNG", -1, (0, 0, 0, 0)), ("PNG", 0x1F4F9F, (31, 79, 159, 255)), ("JPEG", -1, (255, 255, 255, 255))],
)
def test_around_the_whole_picture_there_is_a_margin(kind, ground, corner):
    data = derived(red(kind), KINDS[kind], AROUND, (50, 50), ground=ground)
    assert data == derived(red(kind), KINDS[kind], AROUND, (50, 50), ground=ground), "byte for byte"
    made = opened(data).convert("RGBA")
    assert made.size == (50, 50)
    assert made.getpixel((2, 2)) == pytest.approx(corner, abs=3)
    assert made.getpixel((25, 25)) == pytest.approx((255, 0, 0, 255), abs=3)
    sides = [made.getpixel((x, 25)) == pytest.approx((255, 0, 0, 255), abs=60) for x in (13, 16, 33, 36)]
    assert sides == [False, True, True, False], "it stands in the middle"


def test_a_margin_may_be_in_one_direction_alone():
    made = opened(derived(red(), PNG, (-20, 10, 80, 40), (80, 40), ground=CLEAR))
    assert (made.size, made.getpixel((0, 20))[3], made.getpixel((40, 20))[3]) == ((80, 40), 0, 255)


@pytest.mark.parametrize("box", [(-1, 0, 20, 20), (30, 0, 20, 20), (1, 0, 40, 40), (-400, -400, 900, 900)])
def test_a_part_that_is_neither_within_nor_around_lies_outside(box):
    with pytest.raises(RegistryError, match="lies outside"):
        derived(red(), PNG, box, (20, 20), ground=CLEAR)
