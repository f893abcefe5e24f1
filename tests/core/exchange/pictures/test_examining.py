"""What a file is comes from its content; whole and harmless ones pass unchanged, all others get a sentence."""

from __future__ import annotations

import base64
import hashlib
import re
from io import BytesIO

import pytest
from PIL import Image

from core.errors import BadInputError, RegistryError
from core.exchange.limits import MAX_FILE_BYTES, Refused
from core.exchange.pictures import drawing, kinds
from core.exchange.pictures.examining import Examined, examine, examine_bytes
from core.exchange.pictures.refusals import in_words
from tests.core.exchange.pictures import hostile
from tests.core.exchange.pictures.drawn import (
    CONTENT_TYPES,
    RELATIONS,
    WORD,
    archive,
    font,
    open_document,
    packed_objects,
    pdf,
    picture,
    svg,
    woff,
    word,
)
from tests.core.exchange.pictures.hostile_drawings import hostile_drawings

pytestmark = pytest.mark.usefixtures("in_english")

EMBEDDED = base64.b64encode(picture((20, 20), "JPEG")).decode()
DOCTYPE = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<svg'
LINK = '<Relationship Id="r1" Type="http://x.example/hyperlink" Target="https://x.example/" TargetMode="External"/>'
ILLUSTRATOR = (
    '<metadata><?xpacket begin="" id="W5M0"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?></metadata>'
    '<g data-name="Ebene (1)" aria-label="Wappen (gro\u00df)"/>'
)
INKSCAPE = (
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
    '<n:namedview xmlns:n="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" n:cx="1"/>'
    '<g style="filter:url(#f);fill:#fff" transform="translate(1,2)"><filter id="f"><feGaussianBlur/></filter></g>'
)
WHOLE = {
    "png": (picture(), "image/png", (300, 400)),
    "png of a palette": (picture(mode="P"), "image/png", (300, 400)),
    "png of sixteen bits": (picture(mode="I;16"), "image/png", (300, 400)),
    "png of two colours": (picture(mode="1"), "image/png", (300, 400)),
    "png with filling behind it": (picture() + bytes(16), "image/png", (300, 400)),
    "jpeg": (picture(kind="JPEG"), "image/jpeg", (300, 400)),
    "jpeg of a printer": (picture(kind="JPEG", mode="CMYK"), "image/jpeg", (300, 400)),
    "grey jpeg that comes little by little": (
        picture(kind="JPEG", mode="L", progressive=True),
        "image/jpeg",
        (300, 400),
    ),
    "jpeg with more behind its end": (picture(kind="JPEG") + picture(kind="JPEG"), "image/jpeg", (300, 400)),
    "webp": (picture(kind="WEBP"), "image/webp", (300, 400)),
    "webp without loss": (picture(kind="WEBP", mode="RGBA", lossless=True), "image/webp", (300, 400)),
    "gif": (picture(kind="GIF"), "image/gif", (300, 400)),
    "gif without a trailer": (picture(kind="GIF")[:-1], "image/gif", (300, 400)),
    "drawing": (svg(), "image/svg+xml", (120, 60)),
    "drawing of an editor": (svg(INKSCAPE), "image/svg+xml", (120, 60)),
    "drawing of another editor": (svg(ILLUSTRATOR), "image/svg+xml", (120, 60)),
    "drawing with the plain document type": (svg().replace(b"<svg", DOCTYPE, 1), "image/svg+xml", (120, 60)),
    "drawing with a picture in it": (
        svg(f'<image href="data:image/jpeg;base64,{EMBEDDED}"/>'),
        "image/svg+xml",
        (120, 60),
    ),
    "drawing in millimetres": (
        svg().replace(b'"120"', b'"25.4mm"').replace(b'"60"', b'"1in"'),
        "image/svg+xml",
        (96, 96),
    ),
    "drawing that fills its place": (
        svg().replace(b'width="120" height="60"', b'width="100%" viewBox="0 0 30.2,40"'),
        "image/svg+xml",
        (30, 40),
    ),
    "pdf": (pdf(), "application/pdf", (None, None)),
    "pdf with packed objects": (pdf(packed_objects(b"3 0 <</Type/Page>>")), "application/pdf", (None, None)),
    "font": (font(), "font/ttf", (None, None)),
    "other font": (font(b"OTTO"), "font/otf", (None, None)),
    "web font": (woff(), "font/woff", (None, None)),
    "template": (word(relations=LINK), WORD, (None, None)),
    "open template": (open_document(), "application/vnd.oasis.opendocument.text-template", (None, None)),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_and_harmless_file_passes_unchanged(name):
    data, media_type, size = WHOLE[name]
    found = examine_bytes(data, name)
    assert found == Examined(data, hashlib.sha256(data).hexdigest(), media_type, *size, name)


def test_a_name_decides_nothing(tmp_path):
    (tmp_path / "wappen.svg").write_bytes(picture(kind="JPEG"))
    found = examine(tmp_path / "wappen.svg")
    assert (found.media_type, found.file_name) == ("image/jpeg", "wappen.svg")


def test_a_picture_is_measured_as_it_is_held_upright():
    turned = Image.Exif()
    turned[0x0112] = 6
    assert examine_bytes(picture((80, 30), "JPEG", exif=turned), "a").height == 80


HOSTILE = {name: told for name, told in hostile.everything().items() if told[1] != "|"}
DRAWINGS = {name: (data, sentence) for name, data, sentence in hostile_drawings() if sentence != "|"}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_hostile_drawing_gets_a_sentence(name):
    # Most refuse at the same place: the child, which takes its time to start, is asked in the long runs.
    data, sentence = DRAWINGS[name]
    with pytest.raises(Refused) as refusal:
        assert kinds.kind_of(data) == kinds.SVG
        drawing.size_of(data)
    assert re.search(sentence, in_words("datei", refusal.value).sentence)


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - DRAWINGS.keys()))
def test_a_hostile_or_broken_file_gets_a_sentence(name):
    data, sentence = HOSTILE[name]
    with pytest.raises(RegistryError, match=sentence) as refusal:
        examine_bytes(data, "datei")
    assert refusal.value.sentence.startswith("datei ")
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("name", "sentence"), [("nowhere.png", "was not found"), (".", "is a folder"), ("a\0b", "was not found")]
)
def test_what_is_no_file_gets_a_sentence(tmp_path, name, sentence):
    with pytest.raises(RegistryError, match=sentence):
        examine(tmp_path / name)


def test_a_file_larger_than_the_limit_is_not_even_looked_at():
    with pytest.raises(RegistryError, match="is larger than 64 MB"):
        examine_bytes(bytes(MAX_FILE_BYTES + 1), "gross.png")


def test_an_office_document_of_an_unknown_kind_is_an_archive():
    parts = {"[Content_Types].xml": CONTENT_TYPES.format(kind="application/visio"), "a.rels": RELATIONS.format("")}
    with pytest.raises(BadInputError, match="is an archive"):
        examine_bytes(archive(parts), "plan.vsdx")


def test_pictures_of_every_mode_can_be_decoded_where_no_module_can_be_loaded_any_more():
    made = Image.effect_noise((40, 40), 80).convert("RGB").quantize(16)
    for how in ({}, {"transparency": 3}):
        written = BytesIO()
        made.save(written, "PNG", **how)
        assert examine_bytes(written.getvalue(), "a").width == 40
