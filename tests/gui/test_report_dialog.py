"""The report dialog, with a real report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from core.inventory.people import add_person
from core.model import PersonKind
from gui.dialogs.report import ReportDialog
from gui.tasks import Tasks
from gui.workspace import Workspace


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
    made = ReportDialog(workspace, parent)
    made.open()
    yield made
    workspace.close()
    qtbot.waitUntil(tasks.idle, timeout=60_000)
    tasks.close()


def test_the_last_closed_quarter_and_the_committee_are_preselected(dialog):
    assert dialog.quarter.currentData() == "2026Q3"
    assert dialog.reader.currentData() == "committee"
    assert Path(dialog.target.text()).name == "channel-report-2026Q3.xlsx"
    dialog.accept()


def test_a_past_quarter_says_what_it_shows_and_leads_to_today(dialog):
    assert "how things stood on 30 Sep 2026. What was changed after that day is not in it." in dialog.stand.text()
    dialog.running.click()
    assert dialog.quarter.currentData() == "2026Q4"
    assert "how things stand today" in dialog.stand.text()
    assert not dialog.running.isVisible()
    assert Path(dialog.target.text()).name == "channel-report-2026Q4.xlsx"
    dialog.accept()


def test_another_quarter_suggests_another_file_in_the_same_folder(dialog, tmp_path):
    dialog.target.setText(str(tmp_path / "x.xlsx"))
    dialog.quarter.setCurrentIndex(dialog.quarter.findData("2026Q2"))
    assert Path(dialog.target.text()) == tmp_path / "channel-report-2026Q2.xlsx"
    dialog.accept()


def test_the_report_is_made_and_can_then_be_opened(dialog, qtbot, tmp_path):
    dialog.target.setText(str(tmp_path / "bericht.xlsx"))
    dialog.primary.click()
    qtbot.waitUntil(dialog.folder.isVisible, timeout=60_000)
    assert (tmp_path / "bericht.xlsx").stat().st_size > 0
    assert dialog.primary.text() == "Open"
    assert dialog.primary.isDefault()
    closing = [one for one in dialog.findChildren(QPushButton) if one.isVisible() and one.text() == "Close"]
    assert len(closing) == 1
    dialog.accept()


def test_a_file_that_cannot_be_written_is_explained_and_can_be_changed(dialog, qtbot, tmp_path):
    dialog.target.setText(str(tmp_path / "nowhere" / "bericht.xlsx"))
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.messages.text != "", timeout=60_000)
    assert dialog.target.isEnabled()
    assert dialog.primary.isEnabled()
    assert dialog.isVisible()
    dialog.reject()


def test_a_past_quarter_says_what_is_not_in_its_report(dialog):
    assert "09/30/2026" in dialog.stand.text() or "30" in dialog.stand.text()
    past = dialog.stand.text()
    dialog.quarter.setCurrentIndex(0)
    assert dialog.stand.text() != past
    dialog.accept()


def test_people_without_a_function_are_counted_for_the_committee_and_can_be_shown(dialog, qtbot):
    workspace, went = dialog.workspace, []
    workspace.going.connect(lambda page, wanted: went.append((page, dict(wanted.values))))
    with workspace.registry.action("People") as session:
        for name in ("Erika Mustermann", "Max Mustermann", "Pressestelle"):
            add_person(session, name)
    for index in (dialog.reader.findData("internal"), dialog.reader.findData("committee")):
        dialog.reader.setCurrentIndex(index)
    qtbot.waitUntil(dialog.nameless.isVisible, timeout=60_000)
    assert "2 people" in dialog.nameless.text()
    dialog.nameless.click()
    assert went == [("people", {"kind": PersonKind.PERSON, "function": None})]
