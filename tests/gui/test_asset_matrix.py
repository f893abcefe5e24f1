"""The page of channels by assets: what it shows, how it is narrowed, and where it leads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from core.model import AssetKind, Placement
from gui.asset_matrix_model import AssetMatrixModel
from gui.dialogs.choose_picture import ChoosePictureDialog
from gui.pages.asset_matrix import AssetMatrixPage
from gui.pages.channel_look import LOOK
from gui.workspace import FieldOf
from tests.gui.asset_office import add_arms, add_picture, renew_arms, show, skyline

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def city(desk, in_english):
    """Two assets; the coat of arms is the avatar of two channels, the skyline the cover of one."""
    ids = desk.fill()
    before = desk.today - timedelta(days=30)
    ids |= {f"arms-{name}": id_ for name, id_ in add_arms(desk.registry, before).items()}
    made = add_picture(desk.registry, AssetKind.BANNER, "Skyline", skyline((1640, 720)), before)
    ids |= {f"skyline-{name}": id_ for name, id_ in made.items()}
    show(desk.registry, ids["arms-colour"], [ids["Ämter"], ids["Stadt"]], Placement.AVATAR, before)
    show(desk.registry, ids["skyline-version"], [ids["Ämter"]], Placement.COVER, before)
    desk.settle()
    return ids


@pytest.fixture
def page(desk, qtbot, city):
    made = AssetMatrixPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1096, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


def names(model, way):
    count = model.rowCount() if way is Qt.Orientation.Vertical else model.columnCount()
    return [model.headerData(place, way) for place in range(count)]


def at(page, channel, asset):
    model = page.model
    row = next(row for row, one in enumerate(model.channels) if one.label.startswith(channel))
    column = next(place for place, one in enumerate(model.assets) if one.title.startswith(asset))
    return model.index(row, column)


def test_the_model_keeps_its_promises(desk, page):
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.header.search.setText("Stadt")
    page.header.search.clear()


def test_channels_are_rows_and_assets_columns_with_what_is_shown_between(desk, page):
    assert names(page.model, Qt.Orientation.Horizontal) == ["Wappen der Stadt", "Skyline"]
    assert [one.split(" (")[0] for one in names(page.model, Qt.Orientation.Vertical)] == [
        "Ämter",
        "Bücherei",
        "Stadt",
        "Zoo",
    ]
    assert at(page, "Ämter", "Wappen").data() == "Avatar"
    assert at(page, "Ämter", "Skyline").data() == "Cover picture"
    assert at(page, "Zoo", "Wappen").data() == ""


def test_a_screen_reader_hears_the_whole_cell(desk, page, city):
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert at(page, "Zoo", "Wappen").data(spoken).endswith("Wappen der Stadt: not shown")
    renew_arms(desk.registry, city["arms-asset"], desk.today)
    desk.settle()
    told = at(page, "Stadt", "Wappen").data(spoken)
    assert "Avatar: " in told
    assert "A newer version has taken its place." in told


def test_a_replaced_version_leads_to_the_places_to_clean(desk, page, city):
    page.table.setCurrentIndex(at(page, "Stadt", "Wappen"))
    assert not page.bar.cleaning.isEnabled()
    renew_arms(desk.registry, city["arms-asset"], desk.today)
    desk.settle()
    page.table.setCurrentIndex(at(page, "Stadt", "Wappen"))
    assert "A newer version has taken its place." in page.bar.sentence.text()
    page.bar.cleaning.trigger()
    assert desk.went[-1] == ("asset-places", city["arms-asset"])


def test_return_shows_the_channel_or_asks_what_is_to_be_shown_there(desk, page, city):
    page.table.setFocus()
    page.table.setCurrentIndex(at(page, "Ämter", "Wappen"))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert desk.went[-1] == ("channels", FieldOf(city["Ämter"], LOOK))
    page.table.setCurrentIndex(at(page, "Zoo", "Skyline"))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    dialog = desk.dialog(ChoosePictureDialog)
    assert dialog.files.value().version_id == city["skyline-version"]
    dialog.reject()


def test_typing_leaves_the_channels_or_the_assets_that_match(desk, page):
    page.header.search.setText("sky")
    assert names(page.model, Qt.Orientation.Horizontal) == ["Skyline"]
    assert page.model.rowCount() == 4
    page.header.search.setText("zoo")
    assert page.model.rowCount() == 1
    assert page.model.columnCount() == 2
    page.header.search.setText("nowhere")
    assert page.list.stack.currentWidget() is page.nothing
    page.nothing.findChild(type(page.bar._buttons[page.bar.using])).click()
    assert page.list.stack.currentWidget() is not page.nothing


def test_a_kind_leaves_its_assets(desk, page):
    page.list.chips.buttons["banner"].click()
    assert names(page.model, Qt.Orientation.Horizontal) == ["Skyline"]
    page.list.chips.buttons[""].click()
    assert page.model.columnCount() == 2


def test_a_record_that_is_asked_for_is_at_the_cursor(desk, page, city):
    page.list.chips.buttons["banner"].click()
    page.show_record(city["arms-asset"])
    assert page.model.assets[page.table.currentIndex().column()].id == city["arms-asset"]


def test_without_assets_the_page_says_what_it_is_for(desk, qtbot):
    made = AssetMatrixPage(desk.workspace)
    qtbot.addWidget(made)
    made.open_registry(desk.registry)
    desk.settle()
    assert made.whole.currentWidget() is made.empty
    assert isinstance(made.model, AssetMatrixModel)
