"""The platforms in the settings: an own one added, a built-in one changed and reset, refusals said in the dialog."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from core import fields as kinds
from core.fields import Field
from core.inventory import channels
from core.inventory.narrowing import Where
from core.inventory.platforms import platforms, use_catalogue
from core.inventory.recognising import recognise
from gui.dialogs.edit_platform import EditPlatformDialog
from gui.editors import PlatformEditor
from gui.pages.settings import SettingsPage


@pytest.fixture
def page(desk, qtbot, in_english):
    made = SettingsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    desk.workspace.changed.connect(made.refresh)
    made.open_registry(desk.registry)
    made.show_where(Where("", {"section": "platforms"}))
    desk.settle()
    yield made
    use_catalogue(None)


def _rows(page):
    model = page.platforms.platforms
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def _add(page, desk, **typed):
    page.platforms.adding.click()
    dialog = desk.dialog(EditPlatformDialog)
    for key, text in {"name": "Stadtnetz", "hosts": "stadtnetz.example", **typed}.items():
        editor = dialog.links.get(key) or getattr(dialog, key)
        editor.setFocus()
        editor.selectAll()
        desk.type(editor, text)
    dialog.primary.click()
    desk.settle()
    return dialog


def test_an_own_platform_is_added_recognised_offered_and_removed(page, desk):
    with desk.registry.action("Add channel") as session:
        channels.add_channel(session, "https://stadtnetz.example/zoo", today=desk.today)
    editor = PlatformEditor(Field("platform", "Platform", kinds.Platform(), required=True))
    _add(page, desk)
    assert recognise("stadtnetz.example/amt").platform == "stadtnetz"
    assert ["Stadtnetz", "In use", "1", "your own"] in _rows(page)
    editor.renew()
    assert editor.findText("Stadtnetz") >= 0
    page.platforms.choose("stadtnetz")
    assert page.platforms.resetting.text() == "Remove"
    page.platforms.resetting.click()
    desk.settle()
    assert "stadtnetz" not in platforms()
    desk.workspace.undo()
    desk.settle()
    assert platforms()["stadtnetz"].name == "Stadtnetz"


def test_a_built_in_platform_gets_its_end_and_is_reset(page, desk):
    page.platforms.choose("x")
    assert not page.platforms.resetting.isVisible()
    page.platforms.table.setFocus()
    QTest.keyClick(page.platforms.table, Qt.Key.Key_Return)
    dialog = desk.dialog(EditPlatformDialog)
    assert not hasattr(dialog.form.labelForField(dialog.hosts), "text")
    dialog.life.setCurrentIndex(dialog.life.findData("ending"))
    dialog.ends_on.setText("31.3.2027")
    dialog.primary.click()
    desk.settle()
    assert ["X", "Will be shut down: 31 Mar 2027", "0", "changed"] in _rows(page)
    assert page.platforms.chosen().key == "x"
    page.platforms.resetting.click()
    desk.settle()
    assert ["X", "In use", "0", ""] in _rows(page)


def test_what_cannot_be_used_is_said_in_the_dialog_and_nothing_is_stored(page, desk):
    dialog = _add(page, desk, hosts="facebook.com")
    assert dialog.isVisible()
    assert dialog.messages.text == "facebook.com belongs to Facebook already."
    dialog.hosts.setText("stadtnetz.example")
    dialog.links["terms"].setText("javascript:alert(1)")
    dialog.primary.click()
    desk.settle()
    assert dialog.messages.text == "Terms: “javascript:alert(1)” is no web address. It begins with “https://”."
    assert "stadtnetz" not in platforms()


def test_the_table_of_the_platforms_is_a_sound_model(page):
    QAbstractItemModelTester(page.platforms.platforms, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert len(_rows(page)) == len(platforms()) - 1
