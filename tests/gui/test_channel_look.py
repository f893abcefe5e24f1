"""How a channel looks: seen as the platform cuts it, chosen from the library, cut to size, noted as taken down."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from core.i18n import N_
from core.inventory.assets.appearance import look_of
from core.inventory.assets.assets import NewAsset, add_asset
from core.inventory.assets.library import folder_of, shelf_of
from core.inventory.assets.versions import KeptFile, issue_version
from core.model import AssetKind, AssetVersion, Placement
from gui.crop_box import CropBox
from gui.dialogs.choose_picture import ChannelPlace, ChoosePictureDialog
from gui.dialogs.derive_asset import DeriveAssetDialog
from gui.pages.channel_look import ChannelLook
from gui.pages.channel_look_line import LookLine
from gui.widgets.look_preview import LookPreview
from tests.gui.asset_office import add_arms, add_picture, face, renew_arms, show, skyline

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="100" height="120"><path d="M5 5h90v60L50 115 5 65z"
fill="#1f4f9f"/></svg>"""


@pytest.fixture
def city(desk, in_english):
    ids, before = desk.fill(), desk.today - timedelta(days=30)
    ids |= {f"arms-{name}": id_ for name, id_ in add_arms(desk.registry, before).items()}
    made = add_picture(desk.registry, AssetKind.BANNER, "Skyline", skyline((1640, 720)), before)
    ids |= {f"skyline-{name}": id_ for name, id_ in made.items()}
    show(desk.registry, ids["arms-colour"], [ids["Ämter"]], Placement.AVATAR, before)
    desk.settle()
    return ids


@pytest.fixture
def tab(desk, qtbot, city):
    made = ChannelLook(desk.workspace)
    qtbot.addWidget(made)
    made.resize(400, 720)
    made.show()
    made._platform, made._title = "facebook", "Ämter (Facebook)"
    made.show_record(city["Ämter"])
    desk.workspace.changed.connect(lambda _tables: made.show_record(city["Ämter"]))
    desk.settle()
    return made


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def press(desk, tab, name):
    tab.findChild(QPushButton, name).click()
    desk.settle()


def look(desk, channel):
    with desk.registry.reading() as session:
        return look_of(session, channel, desk.today)


def has_picture(line):
    return all(not one._picture.isNull() for one in line._previews)


def test_the_avatar_is_seen_large_and_small_and_the_cover_is_missing(desk, tab):
    avatar, cover = tab.findChildren(LookLine)
    assert has_picture(avatar)
    assert len(avatar._previews) == 2
    assert "Wappen der Stadt" in texts(avatar)
    assert "Nothing is recorded." in texts(cover)


def test_a_replaced_avatar_says_so_and_leads_to_the_places_to_clean(desk, tab, city):
    renew_arms(desk.registry, city["arms-asset"], desk.today)
    desk.settle()
    avatar = tab.findChildren(LookLine)[0]
    assert "A newer version has taken its place." in texts(avatar)
    press(desk, tab, "clean")
    assert desk.went[-1] == ("asset-places", city["arms-asset"])


def test_a_cover_is_chosen_from_the_library_and_seen_as_the_platform_cuts_it(desk, tab, city):
    press(desk, tab, "choose-cover")
    dialog = desk.dialog(ChoosePictureDialog)
    QTest.keyClicks(dialog.files.search, "sky")
    desk.settle()
    assert dialog.files.value().version_id == city["skyline-version"]
    assert not dialog.findChild(LookPreview)._picture.isNull()
    dialog.decide()
    desk.settle()
    assert look(desk, city["Ämter"]).cover.asset_id == city["skyline-asset"]
    assert has_picture(tab.findChildren(LookLine)[1])
    desk.workspace.undo()
    desk.settle()
    assert look(desk, city["Ämter"]).cover is None


def test_the_arrow_keys_of_the_search_field_go_through_the_files(desk, city):
    dialog = ChoosePictureDialog(desk.workspace, ChannelPlace(city["Zoo"], "Zoo", "website"))
    dialog.open()
    desk.settle()
    first = dialog.files.value()
    QTest.keyClick(dialog.files.search, Qt.Key.Key_Down)
    assert dialog.files.value() != first
    QTest.keyClicks(dialog.files.search, "nothing of the kind")
    assert dialog.files.value() is None
    dialog.decide()
    assert dialog.messages.text == "Please choose a file first."


def test_a_portrait_without_consent_warns_before_it_is_used(desk, city):
    add_picture(desk.registry, AssetKind.PORTRAIT, "Portrait", face((600, 800)), desk.today)
    dialog = ChoosePictureDialog(desk.workspace, ChannelPlace(city["Stadt"], "Stadt", "x"))
    dialog.open()
    desk.settle()
    QTest.keyClicks(dialog.files.search, "portrait")
    desk.settle()
    assert "There is no consent to show this person here." in texts(dialog)


def test_an_avatar_is_taken_down_and_that_taken_back(desk, tab, city):
    press(desk, tab, "take-down")
    assert look(desk, city["Ämter"]).avatar is None
    desk.workspace.undo()
    desk.settle()
    assert look(desk, city["Ämter"]).avatar is not None


def test_a_copy_is_saved_to_be_put_on_the_platform(desk, tab, city, tmp_path, monkeypatch):
    target = tmp_path / "avatar.png"
    monkeypatch.setattr("gui.asset_saving.QFileDialog.getSaveFileName", lambda *_asked: (str(target), ""))
    press(desk, tab, "save-copy")
    with Image.open(target) as picture:
        assert picture.size == (640, 720)
    assert desk.said[-1] == "Saved as “avatar.png”."


def test_a_part_is_cut_with_the_keys_kept_and_offered_for_the_channel(desk, tab, city):
    press(desk, tab, "cut-to-size")
    dialog = desk.dialog(DeriveAssetDialog)
    assert dialog.area.box.points() == (0, 40, 640, 640)
    QTest.keyClick(dialog.area, Qt.Key.Key_Minus)
    QTest.keyClick(dialog.area, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(dialog.area, Qt.Key.Key_Right)
    chosen = dialog.area.box.points()
    assert chosen[2] < 640
    dialog.decide()
    desk.settle()
    choosing = desk.dialog(ChoosePictureDialog)
    cut = choosing.files.value()
    assert (cut.derived_for, cut.width, cut.height) == ("facebook/avatar", 320, 320)
    choosing.decide()
    desk.settle()
    assert look(desk, city["Ämter"]).avatar.version_id == cut.version_id
    with desk.registry.reading() as session:
        assert session.get_one(AssetVersion, cut.version_id).derived_from_id == city["arms-colour"]


def part_of(dialog: DeriveAssetDialog) -> CropBox:
    assert dialog.area.box is not None
    return dialog.area.box


def test_home_and_the_slider_size_the_part_and_the_mouse_moves_it(desk, city):
    dialog = DeriveAssetDialog(desk.workspace, city["skyline-version"], target=("facebook", Placement.AVATAR))
    dialog.open()
    desk.settle()
    dialog.zoom.setValue(40)
    small = part_of(dialog)
    assert small.width < 720
    middle = dialog.area._part(small).center().toPoint()
    QTest.mousePress(dialog.area, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(dialog.area, middle + QPoint(-40, 0))
    QTest.mouseRelease(dialog.area, Qt.MouseButton.LeftButton, pos=middle + QPoint(-40, 0))
    assert part_of(dialog).left < small.left
    QTest.keyClick(dialog.area, Qt.Key.Key_Home)
    assert part_of(dialog).points()[2:] == (720, 720)
    dialog.place.show_value(next(one for one in dialog.place._values if one.placement is Placement.COVER))
    dialog.place.edited.emit()
    assert part_of(dialog).width > 1400


def test_a_drawing_is_cut_as_sharp_as_the_platform_wants_it(desk, city):
    kept = KeptFile(shelf_of(desk.registry.path).put(DRAWING), "arms.svg", "image/svg+xml", len(DRAWING), 100, 120)
    with desk.registry.action(N_("Add asset")) as session:
        asset = add_asset(session, NewAsset(AssetKind.LOGO, "Drawing"))
        session.flush()
        version = issue_version(session, asset.id, kept, issued_on=desk.today).id
    made: list[object] = []
    dialog = DeriveAssetDialog(desk.workspace, version, target=("youtube", Placement.AVATAR))
    dialog.kept.connect(made.append)
    dialog.open()
    desk.settle()
    dialog.decide()
    desk.settle()
    with desk.registry.reading() as session:
        sha256 = session.get_one(AssetVersion, made[0]).sha256
    with Image.open(BytesIO(shelf_of(desk.registry.path).read(sha256))) as picture:
        assert picture.size == (800, 800)
        assert picture.convert("RGB").getpixel((400, 200)) == (31, 79, 159)


def test_a_part_that_is_too_small_warns(desk, city):
    tiny = add_picture(desk.registry, AssetKind.LOGO, "Tiny", skyline((90, 90)), desk.today)
    dialog = DeriveAssetDialog(desk.workspace, tiny["version"], target=("facebook", Placement.AVATAR))
    dialog.open()
    desk.settle()
    assert dialog.blurred.isVisible()


def test_a_file_that_is_missing_is_told_and_nothing_is_cut(desk, city):
    with desk.registry.reading() as session:
        sha256 = session.get_one(AssetVersion, city["skyline-version"]).sha256
    (folder_of(desk.registry.path) / sha256).unlink()
    dialog = DeriveAssetDialog(desk.workspace, city["skyline-version"])
    dialog.open()
    desk.settle()
    assert dialog.messages.text
    assert not dialog.primary.isEnabled()


def test_all_that_a_channel_shows_is_saved_as_a_kit(desk, tab, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "kit.zip"), ""))
    press(desk, tab, "save-kit")
    with ZipFile(tmp_path / "kit.zip") as kit:
        assert any(name.endswith(".png") for name in kit.namelist())
    assert desk.said[-1] == "Saved as “kit.zip”."


def test_what_is_drawn_in_white_stands_on_a_dark_ground(desk, tab, city):
    show(desk.registry, city["arms-negative"], [city["Ämter"]], Placement.AVATAR, desk.today)
    desk.settle()
    tab.show_record(city["Ämter"])
    desk.settle()
    large = tab.findChildren(LookLine)[0]._previews[0]
    seen = large.grab().toImage()
    near_edge = QPoint(4, large.height() // 2) * seen.devicePixelRatio()
    assert seen.pixelColor(near_edge).lightness() < 90


def test_the_kit_of_a_channel_is_in_its_menu(desk, qtbot, city, tmp_path, monkeypatch):
    from gui.pages.channel_detail import ChannelDetail

    detail = ChannelDetail(desk.workspace)
    qtbot.addWidget(detail)
    detail.show_record(city["Ämter"])
    desk.settle()
    more = detail.head.findChild(QPushButton, "more")
    assert isinstance(more, QPushButton)
    offered = [one.objectName() for one in more.menu().actions()]
    assert "save-channel-kit" in offered
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "kit.zip"), ""))
    detail.packing.trigger()
    desk.settle()
    with ZipFile(tmp_path / "kit.zip") as kit:
        assert "Avatar Wappen der Stadt in colour 1.png" in kit.namelist()
