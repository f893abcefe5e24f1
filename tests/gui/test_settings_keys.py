"""Who is head of press, chosen in the settings by name, changed, and taken away again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from core.custody.identity.circle import HEAD_OF_PRESS
from core.inventory.narrowing import Where
from gui.pages.settings import SettingsPage

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def page(desk, qtbot, in_english):
    made = SettingsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    desk.workspace.changed.connect(made.refresh)
    made.open_registry(desk.registry)
    made.show_where(Where("", {"section": "keys"}))
    desk.settle()
    return made


def head(desk):
    return desk.registry.settings()[HEAD_OF_PRESS]


def test_the_head_of_press_is_found_by_name_and_named(desk, page):
    ids = desk.fill()
    box, naming = page.keys.head, page.keys.findChild(QPushButton, "name-head")
    assert not naming.isEnabled()
    desk.type(box, "Erika Mustermann")
    assert naming.isEnabled()
    assert head(desk) == "", "nothing is stored while one types"
    naming.click()
    desk.settle()
    assert head(desk) == str(ids["Erika Mustermann"])
    assert box.text().startswith("Erika Mustermann")
    assert not naming.isEnabled()
    desk.workspace.undo()
    desk.settle()
    assert head(desk) == ""


def test_enter_names_and_an_empty_field_means_nobody(desk, page):
    desk.fill()
    desk.type(page.keys.head, "Erika Mustermann")
    QTest.keyClick(page.keys.head, Qt.Key.Key_Return)
    desk.settle()
    assert head(desk)
    page.keys.head.clear()
    page.keys.naming.click()
    desk.settle()
    assert head(desk) == ""


def test_an_unfinished_name_names_nobody(desk, page):
    desk.fill()
    desk.type(page.keys.head, "Mus")
    assert not page.keys.naming.isEnabled()
    QTest.keyClick(page.keys.head, Qt.Key.Key_Return)
    desk.settle()
    assert head(desk) == ""
