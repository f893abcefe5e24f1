"""Thumbnails: made once, the newest wish first, no more in memory than allowed, and gone with their registry."""

from __future__ import annotations

import pytest

from core.exchange.pictures.kinds import JPEG, PDF, PNG, SVG
from core.inventory.assets.library import shelf_of
from gui import asset_pictures
from gui.asset_pictures import WISHES, pictures_of, scaled, thumbnail_of
from tests.gui.asset_people import picture

pytestmark = pytest.mark.usefixtures("in_english")
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 80"><path d="M0 0h40v80h-40z" fill="#c00"/></svg>'


@pytest.fixture
def pictures(desk):
    return pictures_of(desk.workspace)


def put(desk, *colours):
    shelf = shelf_of(desk.registry.path)
    return [shelf.put(picture(colour)) for colour in colours]


def wish(pictures, names, side=64):
    return [pictures.picture(name, PNG, side) for name in names]


def test_there_is_one_store_of_pictures_for_a_window(desk, pictures):
    assert pictures_of(desk.workspace) is pictures


def test_a_picture_is_made_off_the_gui_thread_and_kept(desk, pictures):
    [name] = put(desk, "#ff0000")
    assert pictures.picture(name, PNG, 64) is None
    desk.settle()
    made = pictures.picture(name, PNG, 64)
    assert made is not None
    assert (made.width(), made.height()) == (64, 64)
    assert made.toImage().pixelColor(32, 32).name() == "#ff0000"


def test_the_newest_wish_is_fulfilled_first_and_what_was_scrolled_past_never(desk, pictures):
    names = put(desk, "#000001", "#000002", "#000003")
    arrived: list[str] = []
    pictures.arrived.connect(arrived.append)
    wish(pictures, names)
    desk.settle()
    assert arrived == [names[0], names[2], names[1]], "the first was under way, then comes the last that was asked for"
    wish(pictures, [f"{number:064}" for number in range(WISHES + 50)])
    assert len(pictures._wishes) <= WISHES
    desk.settle()


def test_no_more_is_kept_in_memory_than_allowed(desk, pictures, monkeypatch):
    names = put(desk, *(f"#0000{number:02}" for number in range(6)))
    one = 64 * 64 * 4
    monkeypatch.setattr(asset_pictures, "LARGEST", one * 3)
    for name in names:
        wish(pictures, [name])
        desk.settle()
    assert pictures._size <= one * 3
    assert [key[0] for key in pictures._kept] == names[-3:]


def test_a_missing_file_is_told_and_not_asked_for_again_and_again(desk, pictures):
    damaged: list[str] = []
    pictures.damaged.connect(damaged.append)
    for _attempt in range(3):
        wish(pictures, ["f" * 64])
        desk.settle()
    assert damaged == ["f" * 64]
    assert pictures.has_none("f" * 64)
    pictures.look_again()
    assert not pictures.has_none("f" * 64)


def test_what_has_no_picture_is_known_to_have_none(desk, pictures):
    name = shelf_of(desk.registry.path).put(picture("#ffffff", form="PDF"))
    pictures.picture(name, PDF, 64)
    desk.settle()
    assert pictures.has_none(name)


def test_another_registry_begins_with_nothing(desk, pictures, tmp_path):
    wish(pictures, put(desk, "#123456"))
    desk.settle()
    assert pictures._kept
    desk.workspace.create(tmp_path / "other.kanal")
    desk.settle()
    assert not pictures._kept
    assert pictures._size == 0


@pytest.mark.parametrize(
    ("data", "media_type", "size"),
    [
        (picture("#00ff00", (400, 200)), PNG, (100, 50)),
        (picture("#00ff00", (400, 200), "JPEG"), JPEG, (100, 50)),
        (DRAWING, SVG, (50, 100)),
    ],
)
def test_pictures_and_drawings_become_small_pngs(qapp, data, media_type, size):
    small = thumbnail_of(data, media_type)
    made = scaled(small, 100) if small is not None else None
    assert made is not None
    assert (made.width(), made.height()) == size


@pytest.mark.parametrize("data", [b"", b"GIF89a", picture(form="JPEG")])
def test_nothing_but_png_is_decoded_by_the_window(qapp, data):
    assert scaled(data, 100) is None
