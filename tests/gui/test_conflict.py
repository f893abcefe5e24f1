"""Somebody else was quicker than a form: nothing typed is lost, nothing stored is overwritten, a person chooses."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton

from core.i18n import N_
from core.inventory.binding import bind
from core.inventory.editing import Edit, open_record, save_record
from core.inventory.lists import CHANNELS
from core.inventory.overtaken import Side
from gui.dialogs.conflict import ConflictDialog
from gui.pages import channel_detail
from gui.record_form import RecordForm

CHANGE = N_("Change channel")
pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def ids(desk):
    made = desk.fill()
    with desk.registry.action(N_("Bind this account to a person")) as session:
        bind(session, desk.registry.store_id, "Max Mustermann", desk.today)
    return made


@pytest.fixture
def form(desk, ids, qtbot):
    made = RecordForm(desk.workspace, CHANNELS, CHANGE, channel_detail.SECTIONS)
    qtbot.addWidget(made)
    made.show()
    made.load(opened(desk, ids["Stadt"]))
    desk.settle()
    return made


def opened(desk, record_id):
    with desk.registry.reading() as session:
        return open_record(session, CHANNELS, record_id, desk.today)


def stored(desk, record_id, *keys):
    return tuple(opened(desk, record_id).values[key] for key in keys)


def edit(form, key, text):
    editor = form.editor(key)
    editor.show_draft(text)
    editor.edited.emit()


def meanwhile(desk, record_id, **changes: Any):
    """Somebody else saves something."""
    with desk.registry.action(CHANGE) as session:
        save_record(session, Edit(CHANNELS, opened(desk, record_id), changes, desk.today))
    desk.settle()


def changes_of(desk, record_id):
    return len([one for one in desk.registry.log() if one.record_id == record_id and one.label == CHANGE])


def press(key: Qt.Key) -> str:
    """Press a key where the focus is; return where it is then."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    after = QApplication.focusWidget()
    return after.objectName() if after is not None else ""


@pytest.fixture
def dialog(desk, form, ids):
    """Both changed the title, only the other one the notes, only the person at the form the purpose."""
    edit(form, "title", "Mine")
    edit(form, "purpose", "To inform")
    meanwhile(desk, ids["Stadt"], title="Theirs", notes="Their note")
    form.save()
    return desk.dialog(ConflictDialog)


def button(dialog, key, side):
    return dialog.findChild(QRadioButton, f"{key}-{side.value}")


def test_both_versions_are_shown_with_what_was_before_and_who_was_quicker(desk, dialog, ids):
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Title", "Stadt", "Mine", "Theirs", "Notes", "Their note", "Purpose", "To inform"} <= texts
    assert any(text.startswith("by Max Mustermann, ") for text in texts)
    assert button(dialog, "title", Side.THEIRS).accessibleName() == "Title, now in the registry: Theirs"
    assert stored(desk, ids["Stadt"], "title", "notes", "purpose") == ("Theirs", "Their note", None)


def test_what_only_one_changed_is_chosen_and_the_rest_must_be(dialog):
    assert button(dialog, "notes", Side.THEIRS).isChecked()
    assert button(dialog, "purpose", Side.YOURS).isChecked()
    assert not button(dialog, "title", Side.YOURS).isChecked()
    assert not button(dialog, "title", Side.THEIRS).isChecked()
    assert not dialog.primary.isEnabled()
    dialog.choose("title", Side.THEIRS)
    assert dialog.primary.isEnabled()


@pytest.mark.parametrize(("side", "title"), [(Side.YOURS, "Mine"), (Side.THEIRS, "Theirs")])
def test_the_choice_is_saved_as_one_action(desk, form, dialog, ids, side, title):
    before = changes_of(desk, ids["Stadt"])
    dialog.choose("title", side)
    dialog.primary.click()
    desk.settle()
    assert stored(desk, ids["Stadt"], "title", "notes", "purpose") == (title, "Their note", "To inform")
    assert changes_of(desk, ids["Stadt"]) == before + 1
    assert not form.changed
    assert not form.messages.text
    assert form.editor("title").text() == title
    desk.workspace.undo()
    desk.settle()
    assert stored(desk, ids["Stadt"], "title", "notes", "purpose") == ("Theirs", "Their note", None)


def test_whoever_takes_all_of_the_stored_version_writes_nothing(desk, form, dialog, ids):
    before = len(desk.registry.log())
    for key in ("title", "purpose"):
        dialog.choose(key, Side.THEIRS)
    dialog.primary.click()
    desk.settle()
    assert len(desk.registry.log()) == before
    assert not form.changed
    assert form.editor("title").text() == "Theirs"
    assert form.editor("notes").toPlainText() == "Their note"


def test_cancelling_keeps_what_was_typed_and_saves_nothing(desk, form, dialog, ids):
    dialog.reject()
    desk.settle()
    assert stored(desk, ids["Stadt"], "title") == ("Theirs",)
    assert form.changed
    assert form.editor("title").text() == "Mine"
    form.save()
    again = desk.dialog(ConflictDialog)
    assert not button(again, "title", Side.YOURS).isChecked()


def test_a_third_change_asks_again_about_what_is_new(desk, form, dialog, ids):
    dialog.choose("title", Side.YOURS)
    meanwhile(desk, ids["Stadt"], title="Third", audience="Everybody")
    dialog.primary.click()
    again = desk.dialog(ConflictDialog)
    texts = {label.text() for label in again.findChildren(QLabel)}
    assert {"Third", "Everybody", "Mine", "Theirs"} <= texts
    assert button(again, "audience", Side.THEIRS).isChecked()
    assert not again.primary.isEnabled()
    assert stored(desk, ids["Stadt"], "title") == ("Third",)
    again.choose("title", Side.YOURS)
    again.primary.click()
    desk.settle()
    wanted = ("Mine", "Their note", "To inform", "Everybody")
    assert stored(desk, ids["Stadt"], "title", "notes", "purpose", "audience") == wanted


def test_the_same_change_by_both_needs_no_question(desk, form, ids):
    edit(form, "title", "Same")
    meanwhile(desk, ids["Stadt"], title="Same")
    form.save()
    desk.settle()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, ConflictDialog) and one.isVisible()]
    assert not form.changed
    assert not form.messages.text
    assert "Somebody else has saved the same already." in desk.said


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_the_choice_can_be_made_by_keyboard_alone(desk, form, dialog, ids):
    dialog.activateWindow()
    desk.settle()
    assert QApplication.focusWidget() is button(dialog, "title", Side.YOURS)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert button(dialog, "title", Side.THEIRS).isChecked()
    assert [press(Qt.Key.Key_Tab) for _step in range(4)] == ["purpose-yours", "notes-theirs", "cancel", "decide"]
    press(Qt.Key.Key_Return)
    desk.settle()
    assert stored(desk, ids["Stadt"], "title", "purpose") == ("Theirs", "To inform")


def test_a_click_on_a_text_chooses_it(dialog):
    label = next(label for label in dialog.findChildren(QLabel) if label.text() == "Theirs")
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert button(dialog, "title", Side.THEIRS).isChecked()


def test_a_refresh_keeps_what_is_being_typed_and_the_conflict_is_found_later(desk, form, ids):
    edit(form, "title", "Mine")
    meanwhile(desk, ids["Stadt"], title="Theirs")
    form.reload(opened(desk, ids["Stadt"]))
    assert form.editor("title").text() == "Mine"
    form.save()
    dialog = desk.dialog(ConflictDialog)
    assert "Stadt" in {label.text() for label in dialog.findChildren(QLabel)}


def test_what_is_typed_while_saving_is_not_lost(desk, form, ids):
    edit(form, "title", "First")
    form.save()
    edit(form, "title", "First and second")
    edit(form, "notes", "A note")
    desk.settle()
    assert stored(desk, ids["Stadt"], "title", "notes") == ("First", None)
    assert form.changed
    assert form.editor("title").text() == "First and second"
    form.save()
    desk.settle()
    assert stored(desk, ids["Stadt"], "title", "notes") == ("First and second", "A note")
    assert not form.changed


def test_a_record_that_is_left_while_saving_is_saved_and_the_next_one_stays_in_sight(desk, form, ids):
    edit(form, "title", "Saved")
    form.save()
    form.load(opened(desk, ids["Zoo"]))
    edit(form, "title", "Half typ")
    desk.settle()
    assert stored(desk, ids["Stadt"], "title") == ("Saved",)
    assert form.editor("title").text() == "Half typ"
    form.load(opened(desk, ids["Stadt"]))
    assert form.editor("title").text() == "Saved"
    assert not form.changed
