"""One table for every record: read page by page, sorted and filtered by the cache, remembered and copied."""

from uuid import UUID

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from core import workstation
from core.i18n import N_
from core.inventory import channels
from core.inventory.editing import still_there
from core.inventory.lists import LISTS
from core.model import Channel
from gui import paged_model, record_model
from gui.pages.channels import COLUMNS, ChannelModel
from gui.record_model import RecordModel
from gui.record_table import RecordTable


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def table(desk, ids, qtbot):
    model = ChannelModel(desk.workspace, LISTS[0])
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made = RecordTable(desk.workspace, model, COLUMNS)
    model.setParent(made)
    tester.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    model.reload()
    desk.settle()
    return made


def texts(table, key="title"):
    model = table.records
    return [model.data(model.index(row, model.column(key))) for row in range(model.rowCount())]


@pytest.mark.parametrize("number", range(len(LISTS)))
def test_every_list_is_a_proper_model(desk, ids, number, qtbot):
    model = RecordModel(desk.workspace, LISTS[number])
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.reload()
    desk.settle()
    assert (
        model.rowCount()
        == {"channel": 4, "person": 3, "org_unit": 1, "credential": 0, "asset": 0, "asset_use": 0}[LISTS[number].name]
    )
    for column in range(model.columnCount()):
        model.sort(column, Qt.SortOrder.DescendingOrder)
    desk.settle()
    model.clear()
    assert model.rowCount() == 0
    model.deleteLater()
    desk.settle()


def test_rows_stand_in_german_order_and_say_what_is_missing(table):
    assert texts(table) == ["Ämter", "Bücherei", "Stadt", "Zoo"]
    assert texts(table, "platform") == ["Facebook", "Instagram", "X", "Website"]
    assert texts(table, "owner")[1:] == ["Erika Mustermann", texts(table, "owner")[0], "Max Mustermann"]
    assert texts(table, "owner")[0]


def test_long_texts_are_no_order(in_english, desk, table):
    notes, header = table.records.column("notes"), table.horizontalHeader()
    before = texts(table)
    header.setSortIndicator(notes, Qt.SortOrder.AscendingOrder)
    desk.settle()
    assert texts(table) == before
    assert table.records.view.sort == "title"
    assert header.sortIndicatorSection() == table.records.column("title")
    tip = table.records.headerData(notes, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "sorted by long texts" in tip
    assert table.records.headerData(
        0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    ) == table.records.headerData(0, Qt.Orientation.Horizontal)


def test_an_order_that_is_no_longer_offered_is_forgotten(desk, table):
    table.columns.arrange({"columns": ["title", "notes"], "sort": "notes", "descending": True})
    assert table.records.view.sort == "title"


def test_the_list_is_filtered_as_one_types(desk, table):
    for typed, found in (("büch", ["Bücherei"]), ("mustermann", ["Bücherei", "Zoo"]), ("", None), ("nichts", [])):
        table.search(typed)
        desk.settle()
        assert texts(table) == (found if found is not None else ["Ämter", "Bücherei", "Stadt", "Zoo"])


def test_any_column_sorts_either_way(desk, table):
    table.sortByColumn(table.records.column("platform"), Qt.SortOrder.DescendingOrder)
    desk.settle()
    assert texts(table, "platform") == ["X", "Website", "Instagram", "Facebook"]


def test_the_selection_follows_its_records_when_rows_move(desk, table, ids):
    table.choose(ids["Stadt"])
    desk.settle()
    with desk.registry.action(N_("Rename")) as session:
        channels.rename(still_there(session, Channel, ids["Stadt"]), "Aa Stadt")
    table.records.reload()
    desk.settle()
    assert texts(table)[0] == "Aa Stadt"
    assert table.chosen_id() == ids["Stadt"]
    assert table.currentIndex().row() == 0
    assert len(table.selected_rows()) == 1


def test_a_record_chosen_before_its_row_is_there_is_found_later(desk, table):
    with desk.registry.action(N_("Add")) as session:
        fresh = channels.add_channel(session, "facebook.com/neu", title="Neu", today=desk.today).id
    table.choose(fresh)
    table.records.reload()
    desk.settle()
    assert table.chosen_id() == fresh


def test_selected_rows_are_copied_as_a_table(desk, table):
    table.selectAll()
    table.copy()
    desk.settle()
    data = QApplication.clipboard().mimeData()
    lines = [line.split("\t") for line in data.text().splitlines()]
    assert [line[0] for line in lines[1:]] == ["Ämter", "Bücherei", "Stadt", "Zoo"]
    assert len(lines[0]) == len(COLUMNS)
    assert "<td>Bücherei</td>" in data.html()
    QApplication.clipboard().clear()


def test_ids_of_all_selected_records_are_given_in_their_order(desk, table, ids):
    table.selectAll()
    got: list[UUID] = []
    table.with_selected_ids(got.extend)
    desk.settle()
    assert got == [ids[title] for title in ("Ämter", "Bücherei", "Stadt", "Zoo")]


def test_chosen_columns_and_their_order_are_remembered(desk, table, qtbot):
    column = table.records.column("last_post_on")
    next(one for one in table.columns.actions() if one.objectName() == "column-last_post_on").trigger()
    next(one for one in table.columns.actions() if one.objectName() == "column-unit").trigger()
    table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    table.columns.keep()
    again = RecordTable(desk.workspace, ChannelModel(desk.workspace, LISTS[0], table), COLUMNS)
    qtbot.addWidget(again)
    keys = [LISTS[0].fields[place].key for place in again.columns.shown()]
    assert keys == ["title", "platform", "owner", "findings", "last_post_on"]
    assert (again.records.view.sort, again.records.view.descending) == ("last_post_on", True)
    again.columns.reset()
    assert [LISTS[0].fields[place].key for place in again.columns.shown()] == list(COLUMNS)
    desk.settle()


def test_a_remembered_column_that_is_gone_is_forgotten(desk, ids, qtbot):
    workstation.remember("table.channel", {"columns": ["gone", "title"], "widths": {}, "sort": "gone"})
    table = RecordTable(desk.workspace, ChannelModel(desk.workspace, LISTS[0]), COLUMNS)
    qtbot.addWidget(table)
    assert [LISTS[0].fields[place].key for place in table.columns.shown()] == ["title"]
    assert table.records.view.sort == "title"
    desk.settle()


def test_the_last_column_cannot_be_hidden(table):
    for column in list(table.columns.shown()):
        table.columns.show(column, on=False)
    assert len(table.columns.shown()) == 1


def test_a_long_list_shows_its_first_rows_and_reads_on(desk, ids, table, monkeypatch):
    monkeypatch.setattr(record_model, "FIRST", 2)
    monkeypatch.setattr(paged_model, "PAGE", 2)
    counts = []
    table.records.loaded.connect(lambda: counts.append(table.records.rowCount()))
    table.search("zoo")
    desk.settle()
    table.search("")
    desk.settle()
    assert counts[-2:] == [2, 4]
    texts(table)
    desk.settle()
    assert texts(table) == ["Ämter", "Bücherei", "Stadt", "Zoo"]


def test_enter_in_the_search_leads_to_the_first_row(desk, table, ids):
    table.clearSelection()
    table.selectionModel().setCurrentIndex(table.rootIndex(), QItemSelectionModel.SelectionFlag.Clear)
    table.enter()
    desk.settle()
    assert table.chosen_id() == ids["Ämter"]
