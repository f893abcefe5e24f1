"""What the cover of a report says besides the figures: names in its text are warned of, and its maker is asked for."""

from __future__ import annotations

import pytest

from core.settings import change_setting
from gui.dialogs.report import ReportDialog
from gui.dialogs.who import WhoDialog

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def opened(desk, tmp_path):
    """Open the dialog as often as it is asked for."""
    desk.fill()

    def dialog():
        made = ReportDialog(desk.workspace, desk.window)
        made.open()
        made.target.setText(str(tmp_path / "report.xlsx"))
        desk.settle()
        return made

    return dialog


def read_by(desk, dialog, reader):
    dialog.reader.setCurrentIndex(dialog.reader.findData(reader))
    desk.settle()
    return dialog.text


def test_a_text_that_names_somebody_is_warned_of_unless_it_stays_in_the_house(desk, opened, qtbot):
    dialog = opened()
    qtbot.keyClicks(dialog.cover, "Questions to Erika Mustermann.")
    assert dialog.text.warning.isVisible()
    assert "names “Erika Mustermann”" in dialog.text.sentence
    assert not read_by(desk, dialog, "internal").warning.isVisible()
    assert read_by(desk, dialog, "public").warning.isVisible()
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.made_at is not None, timeout=60_000)
    assert not dialog.cover.isEnabled()
    assert dialog.text.warning.isEnabled()  # It is read, not changed.
    assert "names “Erika Mustermann”" in dialog.messages.text
    dialog.accept()


def test_a_text_that_was_kept_is_warned_of_at_once(desk, opened):
    with desk.registry.action("Cover") as session:
        change_setting(session, "report.cover-text", "Dank an Erika Mustermann.")
    dialog = opened()
    assert dialog.text.warning.isVisible()
    dialog.accept()


def test_where_nobody_is_named_as_maker_it_can_be_said_who_that_is(desk, opened):
    dialog = opened()
    assert dialog.text.maker.isVisible()
    assert not read_by(desk, dialog, "public").maker.isVisible()
    assert read_by(desk, dialog, "committee").maker.isVisible()
    dialog.text.maker.click()
    asked = desk.dialog(WhoDialog)
    asked.person.setText("Erika Mustermann")
    asked.primary.click()
    desk.settle()
    assert not dialog.text.maker.isVisible()
    assert desk.registry.me() is not None
    dialog.accept()
