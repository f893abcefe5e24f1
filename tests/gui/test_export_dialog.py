"""The dialog that writes what a list shows."""

import csv
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from core.exchange.exporting import Export
from core.inventory.lists import CHANNELS
from gui.dialogs.export_list import ExportDialog
from gui.pages.channels import COLUMNS, ChannelModel
from gui.record_table import RecordTable

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def table(desk, qtbot):
    desk.fill()
    model = ChannelModel(desk.workspace, CHANNELS)
    made = RecordTable(desk.workspace, model, COLUMNS)
    model.setParent(made)
    qtbot.addWidget(made)
    made.setAccessibleName("Kanäle")
    made.show()
    model.reload()
    desk.settle()
    return made


def shown(table):
    keys = tuple(table.records.records.fields[column].key for column in table.columns.shown())
    return Export(CHANNELS, keys, table.records.view, table.accessibleName())


def test_the_file_holds_what_the_list_shows(desk, table, window, tmp_path):
    table.columns.show(table.records.column("owner"), on=False)
    table.search("stadt")
    desk.settle()
    dialog = ExportDialog(desk.workspace, shown(table), window)
    dialog.open()
    dialog.kind.setCurrentIndex(1)
    assert Path(dialog.target.text()).suffix == ".csv"
    dialog.target.setText(str(tmp_path / "list.csv"))
    dialog.decide()
    desk.settle()
    rows = list(csv.reader((tmp_path / "list.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    fields = table.records.records.fields
    assert rows[0] == [*(fields[column].title for column in table.columns.shown()), "Erstellt für"]
    assert len(rows) == 1 + table.records.rowCount()
    assert desk.said
    assert not any(map(str.isdigit, desk.said[-1].replace(str(tmp_path / "list.csv"), "")))


def test_a_place_that_cannot_be_written_is_said_in_the_dialog(desk, table, window, tmp_path):
    dialog = ExportDialog(desk.workspace, shown(table), window)
    dialog.open()
    dialog.target.setText(str(tmp_path / "no-folder" / "list.xlsx"))
    dialog.decide()
    desk.settle()
    assert dialog.isVisible()
    assert dialog.messages.isVisible()
    assert dialog.primary.isEnabled()
