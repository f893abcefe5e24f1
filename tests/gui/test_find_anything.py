"""Ctrl+K: one box finds channels, people, units, pages and commands, and Enter goes there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core.inventory.finding_anything import find_anything
from gui.dialogs.find_anything import FindAnything, ways_of

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def done():
    return []


@pytest.fixture
def find(desk, ids, window, done):
    report, off = QAction("Quartals&bericht...", window), QAction("Zoo schließen", window, enabled=False)
    page = QAction("Personen", window)
    page.setObjectName("page-people")
    for one in (report, off, page):
        one.triggered.connect(lambda _on, one=one: done.append(one.text()))
    made = FindAnything(desk.workspace, ways_of([report, off, page]), window)
    made.open()
    desk.settle()
    return made


def lines(find):
    return [find.list.item(row).text() for row in range(find.list.count())]


def test_typing_finds_records_and_enter_goes_there(desk, ids, find):
    desk.type(find.box, "zoo")
    assert lines(find)[0].startswith("Zoo")
    QTest.keyClick(find.box, Qt.Key.Key_Return)
    desk.settle()
    assert desk.went == [("channels", ids["Zoo"])]


def test_people_and_units_are_found_as_well(desk, ids, find):
    desk.type(find.box, "Erika")
    assert [line.split("   ·")[0] for line in lines(find)] == [
        "Erika Mustermann (Leiterin)",
        "Bücherei (Instagram, buecherei)",
    ]
    QTest.keyClick(find.box, Qt.Key.Key_Return)
    desk.settle()
    assert desk.went == [("people", ids["Erika Mustermann"])]
    with desk.registry.reading() as session:
        found = find_anything(session, "internet", desk.today)
    assert ("org_unit", "FD 3.5 Internetredaktion") in [(one.table, one.label) for one in found]


def test_commands_and_pages_are_found_without_their_marks_and_carried_out(desk, find, done):
    assert [line.split("   ·")[0] for line in lines(find)] == ["Quartalsbericht", "Personen"]
    desk.type(find.box, "quartals")
    QTest.keyClick(find.box, Qt.Key.Key_Enter)
    assert done == ["Quartals&bericht..."]


def test_the_arrow_keys_choose_while_the_cursor_stays_in_the_box(desk, find, done):
    QTest.keyClick(find.box, Qt.Key.Key_Down)
    assert find.list.currentRow() == 1
    QTest.keyClick(find.box, Qt.Key.Key_Down)
    assert find.list.currentRow() == 0
    QTest.keyClick(find.box, Qt.Key.Key_Up)
    QTest.keyClick(find.box, Qt.Key.Key_Return)
    assert done == ["Personen"]


def test_what_is_not_there_is_said(desk, find):
    desk.type(find.box, "gibt es nicht")
    assert lines(find) == []
    assert find.nothing.isVisible()
    QTest.keyClick(find.box, Qt.Key.Key_Return)
    assert find.isVisible()


def test_nothing_typed_finds_no_record(desk, ids):
    with desk.registry.reading() as session:
        assert find_anything(session, "  ", desk.today) == []
