"""The page of the units: what hangs on each, adding, moving, ending and removing one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from core.i18n import N_
from core.inventory import units
from core.inventory.lists import UNITS
from gui.dialogs.add_unit import AddUnitDialog
from gui.dialogs.move_unit import MoveUnitDialog
from gui.pages.units import UnitsPage

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def page(desk, qtbot, in_english):
    made = UnitsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


@pytest.fixture
def filled(desk, page):
    desk.fill()
    desk.settle()
    return page


def shown(page):
    model = page.table.records
    column = model.column("name")
    return [model.index(row, column).data() for row in range(model.rowCount())]


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def add(desk, *names):
    with desk.registry.action(N_("Add unit")) as session:
        made = [units.add_unit(session, name) for name in names]
    desk.settle()
    return [one.id for one in made]


def test_without_units_the_page_says_what_it_is_for_and_offers_the_handbook(desk, page):
    assert page.whole.currentWidget() is page.empty
    commands: list[str] = []
    desk.workspace.commanded.connect(commands.append)
    for button in page.empty.findChildren(QPushButton):
        if button.text() == "More in the handbook":
            button.click()
    assert commands == ["show_handbook"]


def test_the_first_unit_is_shown_with_its_channels_and_people(filled):
    assert shown(filled) == ["Internetredaktion"]
    assert {"Ämter", "Bücherei", "Stadt", "Zoo", "Nobody."} <= set(texts(filled.detail.ties))


def test_a_unit_is_added_and_shown(desk, filled):
    filled.findChild(QPushButton, "add-unit").click()
    dialog = desk.dialog(AddUnitDialog)
    desk.type(dialog.name, "FB 4 Bildung")
    dialog.decide()
    desk.settle()
    assert shown(filled) == ["Bildung", "Internetredaktion"]
    assert desk.went[-1][0] == "units"


def test_a_sub_unit_is_added_from_the_unit_above_it(desk, filled):
    filled.detail.add_below()
    dialog = desk.dialog(AddUnitDialog)
    assert dialog.above.text() == "FD 3.5 Internetredaktion"
    desk.type(dialog.name, "Videoteam")
    dialog.decide()
    desk.settle()
    assert "Videoteam" in texts(filled.detail.ties)


def test_a_unit_is_moved_and_a_circle_is_refused(desk, filled):
    (above,) = add(desk, "FB 3 Presse")
    filled.detail.ask_where()
    dialog = desk.dialog(MoveUnitDialog)
    desk.type(dialog.above, "Presse")
    dialog.above.completer().activated.emit("FB 3 Presse")
    dialog.above.setText("FB 3 Presse")
    dialog.decide()
    desk.settle()
    assert "FB 3 Presse" in filled.detail._about.text()
    filled.show_record(above)
    desk.settle()
    filled.detail.ask_where()
    dialog = desk.dialog(MoveUnitDialog)
    desk.type(dialog.above, "Internetredaktion")
    dialog.above.setText("FD 3.5 Internetredaktion")
    dialog.decide()
    desk.settle()
    assert "cannot be part of itself" in dialog.messages.text


def test_a_unit_ends_and_exists_again(desk, filled):
    detail = filled.detail
    assert detail.ending.isVisible()
    detail.ending.trigger()
    desk.settle()
    assert shown(filled) == ["Internetredaktion (no longer exists)"]
    assert "channels still hang on it" in detail._about.text()
    assert detail.reviving.isVisible()
    detail.reviving.trigger()
    desk.settle()
    assert shown(filled) == ["Internetredaktion"]


def test_only_a_bare_unit_can_be_removed(desk, filled):
    assert not filled.detail.removing.isEnabled()
    (bare,) = add(desk, "Archiv")
    filled.show_record(bare)
    desk.settle()
    assert filled.detail.removing.isEnabled()
    filled.detail.removing.trigger()
    desk.settle()
    assert shown(filled) == ["Internetredaktion"]
    desk.workspace.undo()
    desk.settle()
    assert "Archiv" in shown(filled)


def test_searching_narrows_the_list_and_nothing_found_says_so(desk, filled):
    add(desk, "Archiv")
    desk.type(filled.header.search, "archiv")
    assert shown(filled) == ["Archiv"]
    desk.type(filled.header.search, "xyz")
    assert filled.stack.currentWidget() is filled.nothing


def test_every_field_of_a_unit_can_be_edited_and_is_named(filled):
    for field in UNITS.fields:
        editor = filled.detail.facts.findChild(QLineEdit, field.key) or filled.detail.facts.editor(field.key)
        assert editor.accessibleName() == field.title


def test_a_change_in_the_form_is_saved_as_one_action(desk, filled):
    editor = filled.detail.facts.editor("name")
    editor.setText("Onlineredaktion")
    editor.edited.emit()
    filled.detail.facts.save()
    desk.settle()
    assert shown(filled) == ["Onlineredaktion"]
    assert desk.registry.undoable == "Change unit"


def test_what_no_longer_exists_is_quiet_in_the_list(desk, filled):
    filled.detail.ending.trigger()
    desk.settle()
    model = filled.table.records
    assert model.index(0, model.column("name")).data(Qt.ItemDataRole.ForegroundRole) is not None
