"""The import dialog, with real lists and a real registry."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs import list_files
from gui.dialogs.import_list import ImportDialog, button_text, done_text
from gui.tasks import Tasks
from gui.workspace import Workspace
from tests.founding import new_registry


@pytest.fixture
def workspace(qtbot, in_english, tmp_path):
    tasks = Tasks()
    made = Workspace(tasks)
    with qtbot.waitSignal(made.opened, timeout=60_000):
        made.create(tmp_path / "r.kanal", city="Musterstadt")
    yield made
    made.close()
    qtbot.waitUntil(tasks.idle, timeout=60_000)
    tasks.close()


class _Imports:
    """Opens import dialogs and waits until they have their answer."""

    def __init__(self, workspace, qtbot, data, parent):
        self.workspace, self.qtbot, self.data, self.parent = workspace, qtbot, data, parent

    def __call__(self, name: str) -> ImportDialog:
        dialog = ImportDialog(self.workspace, self.data / name, self.parent)
        dialog.open()
        self.settle(dialog)
        return dialog

    def settle(self, dialog: ImportDialog) -> None:
        self.qtbot.waitUntil(lambda: self.workspace.tasks.idle() and not dialog.progress.text(), timeout=60_000)


@pytest.fixture
def show(workspace, qtbot, data):
    parent = QWidget()
    qtbot.addWidget(parent)
    return _Imports(workspace, qtbot, data, parent)


def _row(dialog, number):
    rows = dialog.rows
    return next(rows.row_at(place) for place in range(rows.rowCount()) if rows.row_at(place).row == number)


def _type(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_the_list_of_moers_shows_ten_rows_and_offers_nine_channels(show):
    dialog = show("kanalliste-moers.xlsx")
    QAbstractItemModelTester(dialog.rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert dialog.rows.rowCount() == 10
    assert dialog.go.text() == "Add 9 channels"
    assert dialog.go.isEnabled()
    dialog.reject()


def test_a_chip_shows_only_its_rows(show):
    dialog = show("kanalliste-moers.xlsx")
    dialog.chips.buttons["doubtful"].click()
    assert {dialog.rows.row_at(place).outcome for place in range(dialog.rows.rowCount())} == {"doubtful"}
    assert not dialog.chips.buttons["changed"].isVisibleTo(dialog)
    dialog.reject()


def test_a_date_that_does_not_exist_is_named_at_its_cell_and_can_be_corrected(show, qtbot):
    dialog = show("kanalliste-moers.xlsx")
    wrong = next(
        dialog.rows.row_at(place)
        for place in range(dialog.rows.rowCount())
        if any("30.02.2010" in problem.message for problem in dialog.rows.row_at(place).problems)
    )
    dialog.table.selectRow(dialog.rows.place_of(wrong.row, wrong.channel))
    at = next(problem.at for problem in wrong.problems if "30.02.2010" in problem.message)
    line = dialog.row.lines[at]
    assert line.problem.isVisibleTo(dialog)
    _type(qtbot, line.cell, "28.02.2010")
    show.settle(dialog)
    assert not any("30.02.2010" in problem.message for problem in _row(dialog, wrong.row).problems)
    assert line.cell.text() == "28.02.2010"
    assert not line.problem.isVisibleTo(dialog)
    dialog.reject()


def test_a_row_left_out_is_not_imported_and_can_be_taken_in_again(show, qtbot):
    dialog = show("kanalliste-moers.xlsx")
    dialog.table.selectRow(1)
    dialog.row.leave_out.click()
    show.settle(dialog)
    assert dialog.go.text() == "Add 8 channels"
    dialog.row.leave_out.click()
    show.settle(dialog)
    assert dialog.go.text() == "Add 9 channels"
    dialog.reject()


def test_a_changed_mapping_shows_its_effect_at_once(show):
    dialog = show("kanalliste-moers.xlsx")
    owner = next(column for column in dialog.proposal.columns if column.field == "owner")
    dialog.mapping.mapped.emit(owner.column, "")
    show.settle(dialog)
    assert next(one for one in dialog.proposal.columns if one.column == owner.column).field is None
    assert dialog.mapping.boxes[owner.column].currentData() == ""
    assert all("owner" not in dialog.rows.row_at(place).values for place in range(dialog.rows.rowCount()))
    dialog.reject()


@pytest.mark.parametrize("name", ["kanalliste-moers.xlsx", "profile-muelheim.xlsx", "kanalliste-semikolon.csv"])
def test_importing_the_same_list_again_offers_nothing(show, workspace, qtbot, name):
    dialog = show(name)
    with qtbot.waitSignal(workspace.done, timeout=60_000):
        dialog.go.click()
    again = show(name)
    assert again.go.text() == "Nothing to import"
    assert not again.go.isEnabled()
    again.reject()


def test_an_import_is_said_and_undone_as_one(show, workspace, qtbot):
    dialog = show("kanalliste-moers.xlsx")
    with qtbot.waitSignal(workspace.done, timeout=60_000) as said:
        dialog.go.click()
    assert said.args == ["kanalliste-moers.xlsx: 9 channels added."]
    with qtbot.waitSignal(workspace.said, timeout=60_000) as undone:
        workspace.undo()
    assert undone.args == ["Undone: Import list"]
    again = show("kanalliste-moers.xlsx")
    assert again.go.text() == "Add 9 channels"
    again.reject()


def test_what_is_no_list_is_explained(workspace, qtbot, tmp_path):
    (tmp_path / "brief.xlsx").write_bytes(b"Sehr geehrte Damen und Herren")
    dialog = ImportDialog(workspace, tmp_path / "brief.xlsx", None)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.messages.text != "", timeout=60_000)
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_cells_of_a_password_column_are_never_shown(workspace, show, qtbot, tmp_path, data):
    (tmp_path / "mit-passwort.csv").write_text(
        "Plattform;Adresse;Passwort\nFacebook;facebook.com/stadtmoers;geheim123\n", encoding="utf-8"
    )
    dialog = ImportDialog(workspace, tmp_path / "mit-passwort.csv", None)
    qtbot.addWidget(dialog)
    dialog.open()
    show.settle(dialog)
    cell = dialog.row.lines[2].cell
    assert cell.echoMode() is QLineEdit.EchoMode.Password or cell.text() == ""
    assert cell.isReadOnly()
    assert "geheim123" not in dialog.messages.text
    dialog.reject()


@pytest.mark.parametrize(
    ("created", "changed", "text"),
    [
        (0, 0, "Nothing to import"),
        (1, 0, "Add 1 channel"),
        (34, 0, "Add 34 channels"),
        (0, 1, "Change 1 channel"),
        (34, 5, "Add 34, change 5"),
    ],
)
def test_the_button_says_what_it_will_do(in_english, created, changed, text):
    assert button_text(created, changed) == text


@pytest.mark.parametrize(
    ("created", "changed", "text"),
    [(1, 0, "x: 1 channel added."), (0, 2, "x: 2 channels changed."), (3, 4, "x: 3 added, 4 changed.")],
)
def test_afterwards_it_says_what_was_done(in_english, created, changed, text):
    assert done_text("x", created, changed) == text


def test_a_row_with_a_column_per_platform_says_which_cell_is_this_channel(show):
    dialog = show("profile-muelheim.xlsx")
    place = next(p for p in range(dialog.rows.rowCount()) if dialog.rows.row_at(p).values["platform"] == "instagram")
    dialog.table.selectRow(place)
    told = {
        column.header: dialog.row.lines[column.column].understood.text()
        for column in dialog.proposal.columns
        if column.header in {"Facebook", "Instagram"}
    }
    assert told["Instagram"] == dialog.rows.row_at(place).values["url"]
    assert told["Facebook"] == "a channel of its own"
    dialog.reject()


def test_private_numbers_come_in_only_if_ticked(workspace, qtbot, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text(
        "Plattform;Adresse;Verantwortlich;Handy privat\nFacebook;facebook.com/stadt;Erika Mustermann;0170 0000000\n",
        encoding="utf-8",
    )
    parent = QWidget()
    qtbot.addWidget(parent)
    show = _Imports(workspace, qtbot, tmp_path, parent)
    dialog = show("liste.csv")
    assert not dialog.private.isChecked()
    assert dialog.proposal is not None
    assert [problem.column for problem in dialog.proposal.problems] == ["Handy privat"]
    dialog.private.click()
    show.settle(dialog)
    assert not dialog.proposal.problems


def test_the_empty_list_is_not_saved_over_a_registry_open_or_not(workspace, qtbot, monkeypatch, tmp_path):
    """It is saved with or without an open registry; neither way is anything lost."""
    other, parent = tmp_path / "andere.xlsx", QWidget()
    qtbot.addWidget(parent)
    new_registry(other).close()
    monkeypatch.setattr("gui.dialogs.list_files.QFileDialog.getSaveFileName", lambda *_args: (str(other), ""))
    refused: list[str] = []
    before = other.read_bytes()
    workspace.refused.connect(refused.append)
    list_files.save_template(workspace, parent)
    qtbot.waitUntil(workspace.tasks.idle, timeout=60_000)
    workspace.close()
    list_files.save_template(workspace, parent)
    qtbot.waitUntil(workspace.tasks.idle, timeout=60_000)
    assert [sentence.partition("”")[2] for sentence in refused] == [
        " is a registry or a backup of one. Please name another file."
    ] * 2
    assert other.read_bytes() == before
