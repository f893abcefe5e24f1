"""One asset as its user works with it: versions, places, consents, files out."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from core.exchange.pictures.kinds import endings_of
from core.inventory.assets.asset_sheet import asset_sheet
from core.inventory.assets.library import shelf_of
from core.model import AssetKind, AssetVariant, ConsentMedium, Placement
from gui.asset_words import standings
from gui.dialogs.give_consent import GiveConsentDialog
from gui.dialogs.issue_version import IssueVersionDialog
from gui.dialogs.show_asset_on import ShowAssetOnDialog
from gui.dialogs.withdraw_consent import WithdrawConsentDialog
from tests.gui.asset_people import picture, take_in

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def page(assets_page):
    return assets_page


def press(desk, widget, name):
    widget.findChild(QPushButton, name).click()
    desk.settle()


def sheet_of(desk, asset_id):
    with desk.registry.reading() as session:
        return asset_sheet(session, asset_id, desk.today)


def shown_on(desk, page, channels):
    page.acts.showing.trigger()
    dialog = desk.dialog(ShowAssetOnDialog)
    dialog.channels.show_channels((one, str(one)) for one in channels)
    dialog.primary.click()
    desk.settle()


def test_a_new_version_lists_the_places_and_ticking_them_off_empties_the_list(desk, page):
    made = desk.fill()
    asset = take_in(desk, "Wappen", AssetKind.COAT_OF_ARMS, "#000001", approved=True)
    page.show_record(asset)
    desk.settle()
    shown_on(desk, page, [made["Ämter"], made["Bücherei"], made["Stadt"]])
    assert [one.placement for one in page.acts.sheet.open_uses] == [Placement.AVATAR] * 3
    page.acts.issuing.trigger()
    dialog = desk.dialog(IssueVersionDialog)
    assert "The 3 places that show it" in dialog.effect.text()
    assert not dialog.primary.isEnabled()
    issue(desk, dialog, "#000002")
    assert page.acts.sheet.to_clean == 3
    assert page.library.model.tiles[0].to_clean == 3
    page.detail.tabs.setCurrentWidget(page.detail.uses)
    for left in (2, 1, 0):
        press(desk, page.detail.uses, "tick-off")
        assert page.acts.sheet.to_clean == left
    assert [one.number for one in page.acts.sheet.open_uses] == [2, 2, 2]
    desk.workspace.undo()
    desk.settle()
    assert page.acts.sheet.to_clean == 1


def issue(desk, dialog, colour, approve=True):
    from gui.asset_files import Pasted

    dialog.file.look(Pasted(picture(colour), "new.png"))
    desk.settle()
    dialog.approved.box.setChecked(approve)
    dialog.primary.click()
    desk.settle()


def test_another_variant_replaces_nothing(desk, page):
    asset = take_in(desk, "Wappen", AssetKind.COAT_OF_ARMS, "#000001")
    page.show_record(asset)
    desk.settle()
    page.acts.issuing.trigger()
    dialog = desk.dialog(IssueVersionDialog)
    dialog.variant.show_value(AssetVariant.NEGATIVE)
    dialog.variant.edited.emit()
    assert "first file in this variant" in dialog.effect.text()
    issue(desk, dialog, "#fefefe")
    assert {(one.variant, one.number, one.replaced) for one in page.acts.sheet.versions} == {
        (AssetVariant.COLOUR, 1, False),
        (AssetVariant.NEGATIVE, 1, False),
    }


def test_the_variant_is_proposed_by_the_name_of_the_file_until_one_is_chosen(desk, page):
    from gui.asset_files import Pasted

    page.show_record(take_in(desk, "Wappen", AssetKind.COAT_OF_ARMS, "#000001"))
    desk.settle()
    page.acts.issuing.trigger()
    dialog = desk.dialog(IssueVersionDialog)
    dialog.file.look(Pasted(picture("#fefefe"), "wappen-negativ.png"))
    desk.settle()
    assert dialog.variant.value() is AssetVariant.NEGATIVE
    assert "first file in this variant" in dialog.effect.text()
    dialog.variant.show_value(AssetVariant.BLACK_WHITE)
    dialog.variant.edited.emit()
    dialog.file.look(Pasted(picture("#fefeff"), "wappen-negativ.png"))
    desk.settle()
    assert dialog.variant.value() is AssetVariant.BLACK_WHITE
    dialog.reject()


def test_of_several_files_the_tile_and_the_page_say_how_many_are_not_approved(desk, page):
    page.show_record(take_in(desk, "Wappen", AssetKind.COAT_OF_ARMS, "#000001", approved=True))
    desk.settle()
    page.acts.issuing.trigger()
    dialog = desk.dialog(IssueVersionDialog)
    dialog.variant.show_value(AssetVariant.NEGATIVE)
    dialog.variant.edited.emit()
    issue(desk, dialog, "#fefefe", approve=False)
    [tile] = page.library.model.tiles
    [told] = standings(tile, "")
    assert told.word == "1 approval missing"
    assert "1 approval missing" in {one.text() for one in page.detail._standing.findChildren(QLabel)}


def test_approving_is_one_click_and_can_be_undone(desk, page):
    page.show_record(take_in(desk, "Logo"))
    desk.settle()
    assert not page.library.model.tiles[0].approved
    press(desk, page.detail.versions, "approve-version")
    assert page.library.model.tiles[0].approved
    desk.workspace.undo()
    desk.settle()
    assert not page.library.model.tiles[0].approved


def test_a_portraits_consent_is_entered_with_its_form_and_withdrawn(desk, page):
    made = desk.fill()
    asset = take_in(desk, "Porträt", AssetKind.PORTRAIT, person_id=made["Erika Mustermann"])
    page.show_record(asset)
    desk.settle()
    shown_on(desk, page, [made["Ämter"], made["Bücherei"]])
    assert page.acts.sheet.to_clean == 2, "nobody agreed yet"
    page.acts.consenting.trigger()
    dialog = desk.dialog(GiveConsentDialog)
    dialog.media[ConsentMedium.PRESS].setChecked(True)
    assert dialog.unproved.text() == "Without the form the consent is not proved."
    assert dialog.unproved.isVisible()
    assert dialog.primary.isEnabled(), "it may be entered all the same"
    dialog.form.look(form())
    desk.settle()
    assert not dialog.unproved.isVisible()
    dialog.primary.click()
    desk.settle()
    assert page.acts.sheet.to_clean == 0
    assert {one.form_name for one in page.acts.sheet.consents} == {"Einwilligung.pdf"}
    page.detail.tabs.setCurrentWidget(page.detail.consents)
    press(desk, page.detail.consents, "withdraw-consent")
    withdrawing = desk.dialog(WithdrawConsentDialog)
    assert "shown in 2 places" in withdrawing.effect.text()
    withdrawing.primary.click()
    desk.settle()
    assert page.acts.sheet.to_clean == 2
    assert sum(one.withdrawn_on is not None for one in sheet_of(desk, asset).consents) == 1


def test_a_form_that_comes_later_is_added_and_that_can_be_undone(desk, page, monkeypatch, tmp_path):
    made = desk.fill()
    page.show_record(take_in(desk, "Porträt", AssetKind.PORTRAIT, person_id=made["Erika Mustermann"]))
    desk.settle()
    page.acts.consenting.trigger()
    desk.dialog(GiveConsentDialog).primary.click()
    desk.settle()
    scan = tmp_path / "Einwilligung.pdf"
    scan.write_bytes(form().data)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(scan), ""))
    page.detail.tabs.setCurrentWidget(page.detail.consents)
    press(desk, page.detail.consents, "add-form")
    [consent] = page.acts.sheet.consents
    assert consent.form_name == "Einwilligung.pdf"
    assert shelf_of(desk.registry.path).read(consent.form_sha256) == scan.read_bytes()
    assert page.detail.consents.findChild(QPushButton, "add-form") is None
    desk.workspace.undo()
    desk.settle()
    assert page.acts.sheet.consents[0].form_name is None


def form():
    from gui.asset_files import Pasted

    return Pasted(picture("#ffffff", (300, 400), "PDF"), "Einwilligung.pdf")


def test_consents_are_for_portraits_alone(desk, page):
    page.show_record(take_in(desk, "Logo"))
    desk.settle()
    assert not page.detail.tabs.isTabVisible(page.detail.tabs.indexOf(page.detail.consents))
    assert not page.acts.consenting.isVisible()


def test_a_copy_is_saved_under_a_name_that_says_what_it_is(desk, page, monkeypatch, tmp_path):
    page.show_record(take_in(desk, "Logo: Stadt/Land", colour="#00ff00"))
    desk.settle()
    offered = []

    def answer(_window, _title, suggested):
        offered.append(suggested)
        return str(tmp_path / "copy.png"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    press(desk, page.detail.versions, "save-copy")
    assert offered[0].endswith("Logo Stadt Land in colour 1.png")
    assert (tmp_path / "copy.png").read_bytes() == picture("#00ff00")


def test_a_copy_is_not_saved_as_what_it_is_not(desk, page, monkeypatch, tmp_path):
    page.show_record(take_in(desk, "Logo", colour="#00ff00"))
    desk.settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "copy.pdf"), ""))
    press(desk, page.detail.versions, "save-copy")
    assert desk.refused == ["A file “copy.pdf” cannot be written. Let its name end in .png."]
    assert not (tmp_path / "copy.pdf").exists()


@pytest.mark.parametrize(
    ("name", "endings"),
    [("a.png", (".png",)), ("A.JPG", (".jpg", ".jpeg")), ("a.jpeg", (".jpg", ".jpeg")), ("Consent", ())],
)
def test_how_a_copy_may_end_follows_from_the_name_that_is_offered(name, endings):
    assert endings_of(Path(name).suffix) == endings


def test_all_files_of_an_asset_are_saved_as_a_kit(desk, page, monkeypatch, tmp_path):
    page.show_record(take_in(desk, "Logo", colour="#00ff00"))
    desk.settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "kit"), ""))
    page.acts.packing.trigger()
    desk.settle()
    with ZipFile(tmp_path / "kit.zip") as kit:
        assert kit.read("Logo in colour 1.png") == picture("#00ff00")
    assert desk.said[-1] == "Saved as “kit.zip”."


def drag_away(gallery):
    """Move the first tile with the button held down, and let go before the copy is there."""
    port, place = gallery.viewport(), gallery.visualRect(gallery.tiles.index(0)).center()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=place)
    for step in (20, 40):
        there = place + QPoint(step, 0)
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        around = QPointF(port.mapToGlobal(there))
        move = QMouseEvent(QEvent.Type.MouseMove, QPointF(there), around, Qt.MouseButton.NoButton, left, none)
        QCoreApplication.sendEvent(port, move)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=place)


def test_a_file_dragged_out_is_a_private_copy_that_goes_again(desk, page):
    asset = take_in(desk, "Logo", colour="#00ff00")
    drag_away(page.library.gallery)
    desk.settle()
    [folder] = page.dragging._copies._folders
    [copy] = Path(folder.name).iterdir()
    assert copy.name == "Logo.png"
    assert copy.read_bytes() == picture("#00ff00")
    page.dragging._copies.clear()
    assert not copy.exists()
    assert asset == page.library.gallery.at_cursor()


def test_retiring_and_bringing_back(desk, page):
    page.show_record(take_in(desk, "Logo"))
    desk.settle()
    page.acts.retiring.trigger()
    desk.settle()
    assert page.library.model.tiles[0].retired
    assert not page.acts.showing.isEnabled()
    page.acts.returning.trigger()
    desk.settle()
    assert not page.library.model.tiles[0].retired
