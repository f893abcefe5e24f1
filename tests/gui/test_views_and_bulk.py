"""Lists: views that are kept under a name, and what is done with several channels at once."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from core.model import Channel, ChannelState
from gui.dialogs.assign_person import AssignPersonDialog
from gui.dialogs.change_several import ChangeState, ChangeTags, ChangeUnit
from gui.dialogs.save_view import SaveViewDialog
from gui.pages.channels import ChannelsPage
from gui.pages.people import PeoplePage
from gui.pages.units import UnitsPage
from gui.saved_views import SavedView, keep_view, saved_views

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def show(desk, ids, qtbot):
    """Show a page as the window does."""

    def make(kind):
        page = kind(desk.workspace)
        qtbot.addWidget(page)
        page.resize(1080, 720)
        page.show()
        page.open_registry(desk.registry)
        desk.workspace.changed.connect(page.refresh)
        desk.settle()
        return page

    return make


def press(desk, widget, name):
    button = widget.findChild(QPushButton, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()


def save_view(desk, page, name):
    press(desk, page, "save-view")
    dialog = desk.dialog(SaveViewDialog)
    dialog.name.clear()
    desk.type(dialog.name, name)
    press(desk, dialog, "decide")


def titles(page, key="title"):
    model = page.table.records
    return [model.data(model.index(row, model.column(key))) for row in range(model.rowCount())]


def do(desk, page, name):
    page.findChild(QAction, name).trigger()
    desk.settle()


def all_channels(desk):
    with desk.registry.reading() as session:
        return list(session.query(Channel))


def test_a_view_brings_search_filter_order_and_columns_back(desk, show):
    page = show(ChannelsPage)
    press(desk, page.chips, "filter-unowned")
    page.header.search.setText("stadt")
    page.table.sortByColumn(page.table.records.column("platform"), Qt.SortOrder.DescendingOrder)
    page.table.columns.show(page.table.records.column("tags"), on=True)
    save_view(desk, page, "Meine Lücken")
    kept = page.table.columns.arrangement()
    press(desk, page.chips, "filter-all")
    page.header.search.clear()
    page.table.columns.reset()
    desk.settle()
    assert len(titles(page)) == 4
    press(desk, page.views, "view-Meine Lücken")
    assert titles(page) == ["Stadt"]
    assert (page.header.search.text(), page.chips.key) == ("stadt", "unowned")
    assert page.table.columns.arrangement() == kept


def test_a_view_is_removed_by_its_chip_with_the_keyboard(desk, show):
    page = show(ChannelsPage)
    save_view(desk, page, "Eins")
    save_view(desk, page, "Zwei")
    chip = page.views.findChild(QPushButton, "view-Eins")
    page.activateWindow()
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    desk.settle()
    assert [one.name for one in saved_views(desk.registry.id, "channel")] == ["Zwei"]
    assert page.views.findChild(QPushButton, "view-Eins") is None
    press(desk, page.views, "remove-view")
    assert saved_views(desk.registry.id, "channel") == []
    assert page.views.isHidden()


def test_typing_another_search_leaves_the_view(desk, show):
    page = show(PeoplePage)
    save_view(desk, page, "Alle")
    assert page.views.findChild(QPushButton, "view-Alle").isChecked()
    desk.type(page.header.search, "Erika")
    assert not page.views.findChild(QPushButton, "view-Alle").isChecked()


def test_a_view_of_the_same_name_is_replaced_and_views_belong_to_one_registry(own_folders):
    keep_view("a", "channel", SavedView("Eins", "x"))
    keep_view("a", "channel", SavedView("Zwei"))
    keep_view("a", "channel", SavedView("Eins", "y"))
    assert [(one.name, one.search) for one in saved_views("a", "channel")] == [("Eins", "y"), ("Zwei", "")]
    assert saved_views("b", "channel") == saved_views("a", "person") == []


def test_the_bar_says_how_many_are_selected(desk, show, in_english):
    page = show(ChannelsPage)
    assert page.selection_bar.isHidden()
    page.table.selectAll()
    assert not page.selection_bar.isHidden()
    assert page.selection_bar.selected.text() == "4 of 4 selected"


def test_several_channels_get_a_state_and_one_undo_takes_it_back(desk, show):
    page = show(ChannelsPage)
    page.table.selectAll()
    do(desk, page, "change-state")
    dialog = desk.dialog(ChangeState)
    dialog.state.show_value(ChannelState.DORMANT)
    press(desk, dialog, "decide")
    assert {one.state for one in all_channels(desk)} == {ChannelState.DORMANT}
    desk.workspace.undo()
    desk.settle()
    assert {one.state for one in all_channels(desk)} == {ChannelState.ACTIVE}


def test_several_channels_lose_their_unit_and_get_tags(desk, show):
    page = show(ChannelsPage)
    page.table.selectAll()
    do(desk, page, "change-unit")
    press(desk, desk.dialog(ChangeUnit), "decide")
    assert {one.unit_id for one in all_channels(desk)} == {None}
    do(desk, page, "change-tags")
    dialog = desk.dialog(ChangeTags)
    desk.type(dialog.added, "Kultur, Jugend")
    press(desk, dialog, "decide")
    assert {one.tags for one in all_channels(desk)} == {("Kultur", "Jugend")}


def test_a_unit_that_was_not_chosen_changes_nothing(desk, show):
    page = show(ChannelsPage)
    page.table.selectAll()
    do(desk, page, "change-unit")
    dialog = desk.dialog(ChangeUnit)
    desk.type(dialog.unit, "gibt es nicht")
    press(desk, dialog, "decide")
    assert dialog.isVisible()
    assert None not in {one.unit_id for one in all_channels(desk)}


def test_several_channels_are_approved_as_existing_stock(desk, show, in_english):
    page = show(ChannelsPage)
    page.table.selectAll()
    do(desk, page, "approve-existing")
    told = {(one.approved_on, one.approved_under) for one in all_channels(desk)}
    assert told == {(desk.today, "Existing stock")}


def test_several_channels_get_a_deputy(desk, show):
    page = show(ChannelsPage)
    page.table.selectAll()
    do(desk, page, "assign-deputy")
    dialog = desk.dialog(AssignPersonDialog)
    desk.type(dialog.person, "Erika Mustermann")
    press(desk, dialog, "decide")
    page.table.columns.show(page.table.records.column("deputy"), on=True)
    desk.settle()
    assert set(titles(page, "deputy")) == {"Erika Mustermann"}


@pytest.mark.parametrize(
    ("key", "row", "kept"),
    [
        ("platform", "Zoo", ["Zoo"]),
        ("state", "Zoo", ["Ämter", "Bücherei", "Stadt", "Zoo"]),
        ("owner", "Stadt", ["Ämter", "Stadt"]),
        ("registered_on", "Zoo", ["Ämter", "Bücherei", "Stadt", "Zoo"]),
        ("tags", "Ämter", ["Ämter"]),
        ("findings", "Bücherei", ["Bücherei"]),
    ],
)
def test_a_list_is_filtered_by_the_value_of_any_cell(desk, ids, show, key, row, kept):
    with desk.registry.action("Tag") as session:
        session.get_one(Channel, ids["Ämter"]).tags = ("Kultur", "Jugend")
    page = show(ChannelsPage)
    model = page.table.records
    page.table.columns.show(model.column(key), on=True)
    page.table.setCurrentIndex(model.index(titles(page).index(row), model.column(key)))
    do(desk, page, "filter-by-value")
    assert titles(page) == kept
    press(desk, page.chips, "filter-passing")
    desk.settle()
    assert len(titles(page)) == 4


def selected(page):
    model = page.table.records
    rows = {index.row() for index in page.table.selectionModel().selectedRows()}
    return {titles(page)[row] for row in rows if row < model.rowCount()}


def select(page, *wanted):
    for place, title in enumerate(wanted):
        flag = (
            QItemSelectionModel.SelectionFlag.ClearAndSelect if not place else QItemSelectionModel.SelectionFlag.Select
        )
        index = page.table.records.index(titles(page).index(title), 0)
        page.table.selectionModel().select(index, flag | QItemSelectionModel.SelectionFlag.Rows)


def test_the_selection_stays_on_the_same_records_through_a_change_and_its_undo(desk, show):
    page = show(ChannelsPage)
    select(page, "Ämter", "Zoo")
    do(desk, page, "change-state")
    dialog = desk.dialog(ChangeState)
    dialog.state.show_value(ChannelState.DORMANT)
    press(desk, dialog, "decide")
    assert selected(page) == {"Ämter", "Zoo"}
    desk.workspace.undo()
    desk.settle()
    assert selected(page) == {"Ämter", "Zoo"}


def test_records_that_left_a_filtered_list_are_selected_again_when_an_undo_brings_them_back(desk, show):
    page = show(ChannelsPage)
    press(desk, page.chips, "filter-unowned")
    select(page, "Ämter", "Stadt")
    do(desk, page, "assign-selected")
    dialog = desk.dialog(AssignPersonDialog)
    desk.type(dialog.person, "Erika Mustermann")
    press(desk, dialog, "decide")
    assert titles(page) == ["Zoo"]
    desk.workspace.undo()
    desk.settle()
    assert selected(page) == {"Ämter", "Stadt"}


def test_what_was_selected_otherwise_in_the_meantime_stays_selected(desk, show):
    page = show(ChannelsPage)
    press(desk, page.chips, "filter-unowned")
    select(page, "Ämter")
    do(desk, page, "assign-selected")
    dialog = desk.dialog(AssignPersonDialog)
    desk.type(dialog.person, "Erika Mustermann")
    press(desk, dialog, "decide")
    select(page, "Zoo")
    desk.workspace.undo()
    desk.settle()
    assert selected(page) == {"Zoo"}


@pytest.mark.parametrize(
    ("kind", "name", "key", "row", "kept"),
    [
        (PeoplePage, "family_name", "state", "Pressestelle", ["Mustermann", "Pressestelle"]),
        (PeoplePage, "family_name", "kind", "Pressestelle", ["Pressestelle"]),
        (UnitsPage, "code", "kind", "FD 3.5", ["FD 3.5"]),
    ],
)
def test_people_and_units_are_filtered_by_value_and_the_filter_is_kept_in_a_view(
    desk, ids, show, kind, name, key, row, kept
):
    page = show(kind)
    everything = titles(page, name)
    model = page.table.records
    page.table.setCurrentIndex(model.index(everything.index(row), model.column(key)))
    do(desk, page, "filter-by-value")
    assert titles(page, name) == kept
    save_view(desk, page, "Meine")
    press(desk, page.chips, "filter-passing")
    assert titles(page, name) == everything
    press(desk, page.views, "view-Meine")
    assert titles(page, name) == kept
    assert page.chips.passing.values.keys() == {key}
