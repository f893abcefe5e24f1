"""The page of corporate identity as its user works with it: files in, gallery, search, damaged files."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from core.inventory.assets.asset_sheet import asset_sheet
from core.inventory.assets.library import shelf_of
from core.model import AssetKind
from gui.asset_tiles import TilesModel
from gui.dialogs.add_asset import AddAssetDialog
from tests.gui.asset_people import picture, picture_file, take_in

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def page(assets_page):
    return assets_page


def sheet_of(desk, asset_id):
    with desk.registry.reading() as session:
        return asset_sheet(session, asset_id, desk.today)


def titles(page):
    return [one.title for one in page.library.model.tiles]


def dropped(*files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    return data


def press(desk, widget, name):
    widget.findChild(QPushButton, name).click()
    desk.settle()


def test_an_empty_page_says_what_it_is_for_and_takes_a_dropped_file(desk, page, tmp_path):
    assert page.whole.currentWidget() is page.empty
    assert page.take_data(dropped(picture_file(tmp_path, "wappen_der_stadt.png")))
    dialog = desk.dialog(AddAssetDialog)
    assert dialog.title.text() == "Wappen der stadt"
    assert dialog.kind.value() is AssetKind.COAT_OF_ARMS
    assert "PNG · 120 × 120 pixels · 1 kB" in dialog.file.facts.text()
    dialog.approved.box.setChecked(True)
    dialog.primary.click()
    desk.settle()
    assert titles(page) == ["Wappen der stadt"]
    assert page.whole.currentWidget() is page.splitter
    [version] = page.acts.sheet.versions
    assert version.approved_on == desk.today
    assert shelf_of(desk.registry.path).read(version.sha256) == picture()
    desk.workspace.undo()
    desk.settle()
    assert page.whole.currentWidget() is page.empty, "adding is undone as everything else"


def test_several_dropped_files_are_asked_about_one_after_the_other(desk, page, tmp_path):
    page.take_data(dropped(*(picture_file(tmp_path, f"logo {name}.png", name) for name in ("red", "green", "blue"))))
    assert "2" in desk.dialog(AddAssetDialog).findChild(type(page.header.question), "files-to-follow").text()
    desk.dialog(AddAssetDialog).primary.click()
    desk.settle()
    press(desk, desk.dialog(AddAssetDialog), "leave-out")
    desk.dialog(AddAssetDialog).primary.click()
    desk.settle()
    assert titles(page) == ["Logo blue", "Logo red"]


def test_a_pasted_picture_is_taken_in_with_the_bytes_that_were_copied(desk, page):
    data = QMimeData()
    data.setData("image/png", picture("#00ff00"))
    assert page.take_data(data)
    dialog = desk.dialog(AddAssetDialog)
    assert dialog.title.text() == "Pasted picture"
    dialog.primary.click()
    desk.settle()
    assert shelf_of(desk.registry.path).read(page.acts.sheet.versions[0].sha256) == picture("#00ff00")


def test_copied_cells_are_no_picture_although_they_bring_one_along(page):
    data = QMimeData()
    data.setText("Stadtwappen\tWappen")
    data.setData("image/png", picture())
    assert not page.take_data(data)


def test_an_address_is_no_file_and_goes_on_to_the_window(page):
    data = QMimeData()
    data.setUrls([QUrl("https://www.facebook.com/stadtmoers")])
    assert not page.take_data(data)


@pytest.mark.parametrize("name", ["Kanalliste.xlsx", "team.kdbx", "max.karte", "abgabe.uebergabe", "alt.kanal"])
def test_lists_and_letters_lead_where_they_always_do(page, tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    assert not page.take_data(dropped(tmp_path / name))


def test_a_file_that_is_no_picture_is_refused_with_a_sentence(desk, page, tmp_path):
    file = tmp_path / "logo.png"
    file.write_bytes(b"MZ this is a program")
    page.take_data(dropped(file))
    dialog = desk.dialog(AddAssetDialog)
    assert dialog.messages.text.startswith("logo.png is no file that can be kept here.")
    assert not dialog.primary.isEnabled()
    assert dialog.file.facts.text() == "This file is not taken in."


def test_the_very_same_file_is_known_and_shown(desk, page, tmp_path):
    asset = take_in(desk, "Logo", colour="#112233")
    page.take_data(dropped(picture_file(tmp_path, "again.png", "#112233")))
    dialog = desk.dialog(AddAssetDialog)
    assert "“Logo”, in colour, version 1" in dialog.messages.text
    press(desk, dialog, "message-act")
    assert page.library.gallery.at_cursor() == asset


def test_tiles_are_filtered_by_kind_and_searched_by_every_word(desk, page):
    take_in(desk, "Wappen der Stadt", AssetKind.COAT_OF_ARMS, "#000001")
    take_in(desk, "Logo der Stadt", AssetKind.LOGO, "#000002", approved=True)
    take_in(desk, "Logo der Bücherei", AssetKind.LOGO, "#000003", approved=True)
    assert titles(page) == ["Wappen der Stadt", "Logo der Bücherei", "Logo der Stadt"]
    page.library.chips.buttons["logo"].click()
    assert titles(page) == ["Logo der Bücherei", "Logo der Stadt"]
    page.header.search.setText("stadt logo")
    assert titles(page) == ["Logo der Stadt"]
    page.header.search.setText("nothing at all")
    assert page.library.stack.currentWidget() is page.library.nothing
    press(desk, page.library.nothing, "")
    assert len(titles(page)) == 3
    assert page.header.search.text() == ""
    page.library.chips.buttons["attention"].click()
    assert titles(page) == ["Wappen der Stadt"], "nobody has approved it"


def test_the_cursor_stays_on_its_asset_when_others_come(desk, page):
    take_in(desk, "B", colour="#000001")
    wanted = take_in(desk, "C", colour="#000002")
    page.show_record(wanted)
    desk.settle()
    take_in(desk, "A", colour="#000003")
    assert page.library.gallery.at_cursor() == wanted
    assert page.detail._name.text() == "C"


def test_arrow_keys_go_from_tile_to_tile_and_enter_goes_into_the_detail(desk, page):
    for number in range(3):
        take_in(desk, f"Logo {number}", colour=f"#00000{number}")
    gallery = page.library.gallery
    gallery.choose(page.library.model.tiles[0].id)
    gallery.setFocus()
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    desk.settle()
    assert page.detail._name.text() == "Logo 1"
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    assert page.detail.tabs.tabBar().hasFocus()


def test_thumbnails_come_from_the_child_and_are_drawn_as_they_arrive(desk, page):
    arrived: list[str] = []
    page.pictures.arrived.connect(arrived.append)
    take_in(desk, "Logo", colour="#ff0000")
    page.grab()
    desk.settle()
    assert set(arrived) == {page.library.model.tiles[0].sha256}
    room = page.library.gallery.visualRect(page.library.model.index(0))
    seen = page.library.gallery.viewport().grab().toImage()
    middle = QPoint(room.center().x(), room.top() + 66) * seen.devicePixelRatio()
    assert seen.pixelColor(middle).name() == "#ff0000"


def test_a_missing_and_a_damaged_file_are_shown_and_put_back(desk, page, tmp_path):
    whole, missing, damaged = (take_in(desk, name, colour=f"#{name * 6}", approved=True) for name in "ABC")
    shelf = shelf_of(desk.registry.path)
    (shelf.folder / sheet_of(desk, missing).versions[0].sha256).unlink()
    file = shelf.folder / sheet_of(desk, damaged).versions[0].sha256
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(bytes(content))
    assert page.card.isHidden()
    page.checking.trigger()
    desk.settle()
    assert desk.said[-1] == "2 files of the library are missing or damaged."
    assert "2 files" in page.card.sentence.text()
    press(desk, page.card, "trouble-show")
    assert {one.id for one in page.library.model.tiles} == {missing, damaged}
    assert whole not in {one.id for one in page.library.model.tiles}
    texts = [page.library.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert "File missing" in texts[0]
    assert "File damaged" in texts[1]
    page.take_data(dropped(picture_file(tmp_path, "logo.png", "#BBBBBB")))
    dialog = desk.dialog(AddAssetDialog)
    assert dialog.messages.text == "The library lacks this very file, or holds it damaged."
    press(desk, dialog, "message-act")
    assert desk.said[-1] == "The file is in the library again."
    assert "1 file of the library" in page.card.sentence.text()
    assert len(page.library._all) == 3, "it was put back, not added once more"


def test_the_model_keeps_its_promises(desk, page, qtmodeltester):
    for number in range(3):
        take_in(desk, f"Logo {number}", colour=f"#00000{number}")
    model = TilesModel(page)
    qtmodeltester.check(model)
    model.show_tiles(page.library.model.tiles)
    model.show_troubles({page.library.model.tiles[0].sha256: "missing"})
    model.show_tiles([])


def test_the_library_is_exported_as_it_is_shown(desk, page, tmp_path):
    from core.exchange.exporting import export

    for number in range(3):
        take_in(desk, f"Logo {number}", colour=f"#00000{number}")
    page.header.search.setText("logo 2")
    export(desk.registry, page.exportable(), tmp_path / "library.csv", today=desk.today)
    lines = (tmp_path / "library.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Logo 2" in lines[1]


def test_a_second_file_that_tells_another_variant_is_offered_as_one(desk, page, tmp_path):
    files = [
        picture_file(tmp_path, "wappen_farbe.png", "#112233"),
        picture_file(tmp_path, "wappen_negativ.png", "#fefefe"),
    ]
    page.take_data(dropped(*files))
    dialog = desk.dialog(AddAssetDialog)
    assert dialog.title.text() == "Wappen"
    assert dialog.belongs.text() == ""
    dialog.primary.click()
    desk.settle()
    dialog = desk.dialog(AddAssetDialog)
    assert dialog.belongs.text() == "Wappen"
    assert dialog._own_parts[1].isHidden(), "the title is that of the asset"
    assert dialog.effect.text() == "“Wappen” gets its first file in this variant; nothing else changes."
    dialog.primary.click()
    desk.settle()
    assert titles(page) == ["Wappen"]
    assert [(one.variant.value, one.number) for one in page.acts.sheet.versions] == [("colour", 1), ("negative", 1)]


def test_the_offer_can_be_declined_by_emptying_the_field(desk, page, tmp_path):
    take_in(desk, "Wappen", AssetKind.COAT_OF_ARMS)
    page.take_data(dropped(picture_file(tmp_path, "wappen_negativ.png", "#fefefe")))
    dialog = desk.dialog(AddAssetDialog)
    dialog.belongs.clear()
    assert not dialog._own_parts[1].isHidden()
    dialog.title.setText("Wappen des Landes")
    dialog.primary.click()
    desk.settle()
    assert titles(page) == ["Wappen", "Wappen des Landes"]


def test_a_title_that_is_taken_is_told_and_the_file_can_be_added_there(desk, page, tmp_path):
    asset = take_in(desk, "Wappen", AssetKind.COAT_OF_ARMS)
    page.take_data(dropped(picture_file(tmp_path, "wappen.png", "#445566")))
    dialog = desk.dialog(AddAssetDialog)
    assert dialog.messages.text.startswith("“Wappen” (Coat of arms) is in the library already.")
    dialog.title.setText("Wappen 2")
    dialog.title.textEdited.emit("Wappen 2")
    assert dialog.messages.text == ""
    dialog.title.setText("wappen ")
    dialog.title.textEdited.emit("wappen ")
    press(desk, dialog, "message-act")
    assert "this one takes its place" in dialog.effect.text()
    dialog.primary.click()
    desk.settle()
    assert titles(page) == ["Wappen"]
    assert len(sheet_of(desk, asset).versions) == 2


def test_a_file_called_like_a_person_is_offered_as_a_portrait_of_that_person(desk, page, tmp_path):
    made = desk.fill()
    page.take_data(dropped(picture_file(tmp_path, "erika_mustermann.png")))
    dialog = desk.dialog(AddAssetDialog)
    assert dialog.kind.value() is AssetKind.PORTRAIT
    assert dialog.title.text() == "Erika Mustermann"
    assert dialog.person.value() == made["Erika Mustermann"]
    assert not dialog._person_part.isHidden()
