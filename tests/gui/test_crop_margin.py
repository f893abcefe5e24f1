"""Cutting a picture with a margin around it: nothing of a shield is lost in a circle."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.i18n import N_
from core.inventory.assets.assets import NewAsset, add_asset
from core.inventory.assets.library import shelf_of
from core.inventory.assets.versions import KeptFile, issue_version
from core.model import AssetKind, AssetVersion, Placement
from gui.dialogs.derive_asset import DeriveAssetDialog
from gui.widgets.crop_margin import BLACK, WHITE

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="100" height="120"><path d="M0 0h100v120H0z"
fill="#1f4f9f"/></svg>"""


def keep(desk, kind, media_type):
    if kind == "SVG":
        data = DRAWING
    else:
        written = BytesIO()
        Image.new("RGB", (400, 480), "#1f4f9f").save(written, kind)
        data = written.getvalue()
    kept = KeptFile(shelf_of(desk.registry.path).put(data), "arms", media_type, len(data), 400, 480)
    with desk.registry.action(N_("Add asset")) as session:
        asset = add_asset(session, NewAsset(AssetKind.LOGO, kind))
        session.flush()
        return issue_version(session, asset.id, kept, issued_on=desk.today).id


def opened(desk, version):
    dialog = DeriveAssetDialog(desk.workspace, version, target=("facebook", Placement.AVATAR))
    made: list[object] = []
    dialog.kept.connect(made.append)
    dialog.open()
    desk.settle()
    return dialog, made


def cut(desk, dialog, made):
    dialog.decide()
    desk.settle()
    with desk.registry.reading() as session:
        sha256 = session.get_one(AssetVersion, made[0]).sha256
    return shelf_of(desk.registry.path).read(sha256)


@pytest.mark.parametrize(
    ("kind", "media_type", "ground", "corner"),
    [
        ("PNG", "image/png", None, (0, 0, 0, 0)),
        ("PNG", "image/png", BLACK, (0, 0, 0, 255)),
        ("JPEG", "image/jpeg", WHITE, (255, 255, 255, 255)),
        ("SVG", "image/svg+xml", None, (0, 0, 0, 0)),
    ],
)
def test_with_a_margin_the_whole_picture_is_within_the_circle(desk, kind, media_type, ground, corner):
    version = keep(desk, kind, media_type)
    dialog, made = opened(desk, version)
    dialog.margin.check.box.setChecked(True)
    if ground is not None:
        dialog.margin.ground.show_value(ground)
    data = cut(desk, dialog, made)
    picture = Image.open(BytesIO(data)).convert("RGBA")
    assert picture.size == (320, 320)
    assert picture.getpixel((5, 5)) == pytest.approx(corner, abs=3)
    assert picture.getpixel((160, 160)) == pytest.approx((31, 79, 159, 255), abs=3)
    points = picture.convert("RGBA").tobytes()
    blue = [(at % 320, at // 320) for at in range(320 * 320) if points[at * 4 + 2] == 159]
    assert blue or kind == "JPEG"
    assert all((x - 159.5) ** 2 + (y - 159.5) ** 2 <= 161**2 for x, y in blue)


def test_the_keys_go_beyond_the_picture_only_where_a_margin_is_wanted(desk):
    dialog, _made = opened(desk, keep(desk, "PNG", "image/png"))
    for _press in range(40):
        QTest.keyClick(dialog.area, Qt.Key.Key_Plus)
    assert not dialog.area.box.has_margin
    dialog.margin.check.box.setChecked(True)
    assert dialog.area.box.has_margin
    QTest.keyClick(dialog.area, Qt.Key.Key_Minus)
    assert dialog.area.box.width < (400**2 + 480**2) ** 0.5
    for _press in range(40):
        QTest.keyClick(dialog.area, Qt.Key.Key_Plus)
    assert dialog.area.box.width == pytest.approx(1.6 * 480)
    assert "with the margin become" in dialog.facts.text()
    QTest.keyClick(dialog.area, Qt.Key.Key_Home)
    assert dialog.area.box.width == pytest.approx((400**2 + 480**2) ** 0.5)
    dialog.margin.check.box.setChecked(False)
    assert not dialog.area.box.has_margin


def test_a_jpeg_is_offered_no_clear_ground_and_a_typed_colour_is_checked(desk):
    dialog, made = opened(desk, keep(desk, "JPEG", "image/jpeg"))
    dialog.margin.check.box.setChecked(True)
    assert [dialog.margin.ground.itemText(row) for row in range(3)] == [
        "White background",
        "Black background",
        "Other colour",
    ]
    dialog.margin.ground.show_value("own")
    dialog.margin.ground.edited.emit()
    assert not dialog.margin.colour.isHidden()
    dialog.decide()
    assert dialog.messages.text == "Please enter the colour with six digits, for example #1F4F9F."
    dialog.margin.colour.setText("#1b6837")
    picture = Image.open(BytesIO(cut(desk, dialog, made)))
    assert picture.getpixel((5, 5)) == pytest.approx((0x1B, 0x68, 0x37), abs=4)
