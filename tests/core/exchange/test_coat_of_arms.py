"""The coat of arms: pictures of every kind are made anew and kept; hostile files get a sentence."""

from __future__ import annotations

import random
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin
from sqlalchemy import select

from core.errors import BadInputError, RegistryError
from core.exchange.coat_of_arms import change_coat_of_arms, coat_of_arms, read_picture
from core.exchange.picturing import MAX_PICTURE_BYTES
from core.i18n import N_
from core.model import RegistrySetting

pytestmark = pytest.mark.usefixtures("in_english")


def _picture(size=(900, 1200), kind="PNG", **how):
    made = Image.new("RGB", size, "#1f5fbf")
    made.paste("#ffffff", (10, 10, size[0] // 2, size[1] // 2))
    written = BytesIO()
    made.save(written, kind, **how)
    return written.getvalue()


def _file(tmp_path, data, name="wappen.png"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def _png(*chunks):
    def chunk(name, data):
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_of_every_kind_becomes_a_small_png(tmp_path, kind):
    made = read_picture(_file(tmp_path, _picture(kind=kind)))
    with Image.open(BytesIO(made)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", (384, 512), "RGBA")


def test_nothing_else_that_stood_in_the_file_is_kept(tmp_path):
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Erika Mustermann")
    made = read_picture(_file(tmp_path, _picture(pnginfo=told) + b"trailing"))
    assert b"Mustermann" not in made
    assert not made.endswith(b"trailing")


def test_a_picture_full_of_noise_is_made_small_enough(tmp_path):
    noise = Image.frombytes("RGB", (700, 700), random.Random(1).randbytes(700 * 700 * 3))
    written = BytesIO()
    noise.save(written, "PNG")
    made = read_picture(_file(tmp_path, written.getvalue()))
    assert len(made) <= MAX_PICTURE_BYTES


HOSTILE = {
    "empty": (b"", "is empty"),
    "text": (b"no picture at all", "is no picture"),
    "svg": (b'<?xml version="1.0"?>\n<svg onload="alert(1)"/>', "is a drawing"),
    "cut off": (_picture()[:400], "is damaged"),
    "bmp": (_picture(kind="BMP"), "is no picture"),
    "tiff": (_picture(kind="TIFF"), "is no picture"),
    "huge": (
        _png((b"IHDR", (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"), (b"IDAT", zlib.compress(b"\0" * 9_999))),
        "has too many points",
    ),
    "no data": (_png((b"IHDR", (64).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"), (b"IEND", b"")), "is damaged"),
    "zip": (b"PK\x03\x04" + bytes(100), "is no picture"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_sentence(tmp_path, name):
    data, sentence = HOSTILE[name]
    with pytest.raises(RegistryError, match=sentence) as refusal:
        read_picture(_file(tmp_path, data))
    assert refusal.value.sentence.startswith("wappen.png ")


def test_mutated_pictures_end_in_a_picture_or_a_sentence(tmp_path, rounds):
    dice = random.Random(7)
    whole = {kind: _picture((200, 240), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF")}
    for number in range(rounds(8, 400)):
        data = bytearray(whole[dice.choice(list(whole))])
        for _change in range(dice.randrange(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            made = read_picture(_file(tmp_path, bytes(data)))
        except RegistryError as error:
            made = error.sentence.encode()
        assert made.startswith((b"\x89PNG", b"wappen.png ")), number


@pytest.mark.parametrize("name", ["nowhere.png", "."])
def test_what_is_no_file_gets_a_sentence(tmp_path, name):
    with pytest.raises(RegistryError, match=r"was not found|is a folder"):
        read_picture(tmp_path / name)


def test_the_coat_of_arms_is_kept_taken_away_and_back(registry, tmp_path):
    made = read_picture(_file(tmp_path, _picture()))
    with registry.action(N_("Change coat of arms")) as session:
        change_coat_of_arms(session, made)
    with registry.reading() as session:
        assert coat_of_arms(session) == made
    with registry.action(N_("Remove coat of arms")) as session:
        change_coat_of_arms(session, None)
    with registry.reading() as session:
        assert coat_of_arms(session) is None
    registry.undo()
    with registry.reading() as session:
        assert coat_of_arms(session) == made


def test_a_picture_that_was_not_made_anew_is_neither_kept_nor_shown(registry):
    with pytest.raises(BadInputError), registry.action(N_("Change coat of arms")) as session:
        change_coat_of_arms(session, _picture())
    with registry.action(N_("Change coat of arms")) as session:
        session.add(RegistrySetting(key="city.arms", value={"value": "no base64!"}))
    with registry.reading() as session:
        assert coat_of_arms(session) is None
        assert session.scalars(select(RegistrySetting.key).where(RegistrySetting.key == "city.arms")).all()
