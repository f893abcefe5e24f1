"""The dialog that answers the council, with a real registry and a real workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.dialogs.council_answers import CouncilAnswersDialog
from gui.tasks import Tasks
from gui.workspace import Workspace
from tests.core.exchange.report.workbooks import load

pytestmark = pytest.mark.usefixtures("in_english")


class _OnADay(Workspace):
    def today(self) -> date:
        return date(2026, 11, 23)


@pytest.fixture
def dialog(qtbot, in_english, tmp_path):
    tasks = Tasks()
    workspace = _OnADay(tasks)
    with qtbot.waitSignal(workspace.opened, timeout=60_000):
        workspace.create(tmp_path / "r.kanal", city="Musterstadt")
    parent = QWidget()
    qtbot.addWidget(parent)
    made = CouncilAnswersDialog(workspace, parent)
    made.open()
    made.target.setText(str(tmp_path / "answers.xlsx"))
    yield made
    workspace.close()
    qtbot.waitUntil(tasks.idle, timeout=60_000)
    tasks.close()


def done(qtbot, dialog):
    dialog.decide()
    qtbot.waitUntil(dialog.workspace.tasks.idle, timeout=60_000)


def test_enter_answers_everything_as_of_the_last_years_and_today(dialog, qtbot, tmp_path):
    assert dialog.days.text() == "31 Dec 2024, 31 Dec 2025, 23 Nov 2026"
    assert dialog.reader.currentData() == "committee"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.primary.text() == "Open", timeout=60_000)
    assert len(load(tmp_path / "answers.xlsx").sheetnames) == 8
    assert "The answers were written" in dialog.messages.text
    dialog.accept()


def test_only_what_is_ticked_is_answered_as_of_the_days_that_are_named(dialog, qtbot, tmp_path):
    for key, check in dialog.questions.items():
        check.box.setChecked(key in {"planned", "closed"})
    dialog.days.setText("31.12.2025; 2026-06-30")
    done(qtbot, dialog)
    book = load(tmp_path / "answers.xlsx")
    assert book.sheetnames == ["Cover", "Planned", "Closed"]
    assert [cell.value for cell in book["Planned"][4]][-2:] == ["31 Dec 2025", "30 Jun 2026"]
    dialog.accept()


def test_the_public_is_offered_only_what_it_gets(dialog):
    dialog.reader.setCurrentIndex(dialog.reader.findData("public"))
    assert dialog.chosen() == ["accounts", "opened", "followers"]
    dialog.reader.setCurrentIndex(dialog.reader.findData("internal"))
    assert len(dialog.chosen()) == 7
    dialog.accept()


@pytest.mark.parametrize(
    ("days", "sentence"), [("", "at least one day"), ("soon", "is no day"), ("31.12.2099", "has not come yet")]
)
def test_a_wrong_day_is_said_in_the_dialog_and_nothing_is_lost(days, sentence, dialog, qtbot, tmp_path):
    dialog.days.setText(days)
    done(qtbot, dialog)
    assert sentence in dialog.messages.text
    assert (dialog.days.text(), dialog.days.isEnabled(), dialog.primary.isEnabled()) == (days, True, True)
    assert not Path(dialog.target.text()).exists()
    dialog.accept()


def test_it_can_be_cancelled_and_leaves_no_file(dialog, qtbot):
    dialog.decide()
    qtbot.waitUntil(dialog.progress.isVisible, timeout=60_000)
    dialog.reject()
    qtbot.waitUntil(dialog.workspace.tasks.idle, timeout=60_000)
    assert "were not made" in dialog.messages.text
    assert not Path(dialog.target.text()).exists()
    dialog.accept()


def test_everything_has_a_name_for_those_who_do_not_see(dialog):
    named = [*(check.box for check in dialog.questions.values()), dialog.days, dialog.reader, dialog.target]
    assert all(one.accessibleName() for one in named)
    dialog.accept()
