"""The report dialog, with a real report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from sqlalchemy import select

from core.inventory.people import add_person
from core.model import PersonKind, ReportRun
from core.settings import change_setting, read_settings
from gui.dialogs import report_writing
from gui.dialogs.report import ReportDialog
from gui.tasks import Tasks
from gui.workspace import Workspace
from tests.core.exchange.report.workbooks import load

COVER = "report.cover-text"


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
    assert Path(dialog.target.text()).name == "channel-report-2026Q3-committee.xlsx"
    dialog.accept()


def test_a_past_quarter_says_what_it_shows_and_leads_to_today(dialog):
    assert (
        "how things stood on 30 Sep 2026. What was changed after that day is not in it." in dialog.choice.stand.text()
    )
    dialog.choice.running.click()
    assert dialog.quarter.currentData() == "2026Q4"
    assert "how things stand today" in dialog.choice.stand.text()
    assert not dialog.choice.running.isVisible()
    assert Path(dialog.target.text()).name == "channel-report-2026Q4-committee.xlsx"
    dialog.accept()


def test_quarter_and_reader_suggest_another_file_in_the_same_folder(dialog, tmp_path):
    dialog.target.setText(str(tmp_path / Path(dialog.target.text()).name))
    dialog.quarter.setCurrentIndex(dialog.quarter.findData("2026Q2"))
    assert Path(dialog.target.text()) == tmp_path / "channel-report-2026Q2-committee.xlsx"
    dialog.reader.setCurrentIndex(dialog.reader.findData("internal"))
    assert Path(dialog.target.text()) == tmp_path / "channel-report-2026Q2-press-office.xlsx"
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
    assert "09/30/2026" in dialog.choice.stand.text() or "30" in dialog.choice.stand.text()
    past = dialog.choice.stand.text()
    dialog.quarter.setCurrentIndex(0)
    assert dialog.choice.stand.text() != past
    dialog.accept()


def made(dialog, qtbot, out):
    """Make the report into a file and wait until it is there."""
    dialog.target.setText(str(out))
    dialog.primary.click()
    qtbot.waitUntil(dialog.folder.isVisible, timeout=60_000)
    return dialog.messages.text


def again(dialog, qtbot):
    """Close the dialog and open it anew."""
    workspace, parent = dialog.workspace, dialog.parent()
    dialog.accept()
    other = ReportDialog(workspace, parent)
    other.open()
    qtbot.waitUntil(workspace.tasks.idle, timeout=60_000)
    return other


def stored_cover(dialog):
    with dialog.workspace.registry.reading() as session:
        return read_settings(session)[COVER]


def test_each_reader_has_a_sentence_that_says_what_is_seen(dialog):
    said = {}
    for place in range(dialog.reader.count()):
        dialog.reader.setCurrentIndex(place)
        said[dialog.reader.currentData()] = dialog.choice.seen.text()
    assert said["internal"] == "It names people and logins, so it stays in the house."
    assert "functions instead of names" in said["committee"]
    assert "without people, logins and findings" in said["public"]


def test_the_text_on_the_cover_is_kept_for_the_next_report_and_can_be_undone(dialog, qtbot, tmp_path):
    qtbot.keyClicks(dialog.cover, "Presented on 1 December.")
    said: list[str] = []
    dialog.workspace.done.connect(said.append)
    made(dialog, qtbot, tmp_path / "a.xlsx")
    shown = [cell for row in load(tmp_path / "a.xlsx").worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "Presented on 1 December." in shown
    assert said == ["The text on the cover of the report was changed."]
    other = again(dialog, qtbot)
    assert other.cover.toPlainText() == "Presented on 1 December."
    other.workspace.undo()
    qtbot.waitUntil(lambda: stored_cover(other) == "", timeout=60_000)
    other.accept()


def test_typing_in_the_cover_text_is_undone_letter_by_letter_and_never_before_what_was_kept(dialog, qtbot):
    with dialog.workspace.registry.action("Cover") as session:
        change_setting(session, COVER, "As agreed.")
    other = again(dialog, qtbot)
    qtbot.keyClicks(other.cover, "X")
    assert other.cover.toPlainText() == "XAs agreed."
    for _time in range(3):
        QTest.keySequence(other.cover, "Ctrl+Z")
    assert other.cover.toPlainText() == "As agreed."
    other.accept()


def test_what_was_not_changed_is_not_written_to_the_log(dialog, qtbot, tmp_path):
    said: list[str] = []
    dialog.workspace.done.connect(said.append)
    made(dialog, qtbot, tmp_path / "a.xlsx")
    assert said == []


def test_the_sheets_are_protected_where_that_is_ticked(dialog, qtbot, tmp_path):
    dialog.protect.box.setChecked(True)
    made(dialog, qtbot, tmp_path / "a.xlsx")
    assert all(sheet.protection.sheet for sheet in load(tmp_path / "a.xlsx").worksheets)


def test_the_same_is_written_as_a_pdf_beside_the_workbook(dialog, qtbot, tmp_path):
    dialog.pdf.box.setChecked(True)
    said = made(dialog, qtbot, tmp_path / "report.xlsx")
    assert said == f"The report was written: “{tmp_path / 'report.xlsx'}”, and as “report.pdf” beside it."
    pdf = tmp_path / "report.pdf"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.stat().st_mode & 0o777 == 0o600


def test_a_pdf_that_is_there_is_replaced_only_when_it_was_asked_about_itself(dialog, qtbot, tmp_path, monkeypatch):
    (tmp_path / "report.pdf").write_bytes(b"my own letter")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(tmp_path / "report.xlsx"), ""))
    dialog.pdf.box.setChecked(True)
    dialog.choosing.click()
    dialog.primary.click()
    qtbot.waitUntil(lambda: "“report.pdf” is there already" in dialog.messages.text, timeout=60_000)
    assert (tmp_path / "report.pdf").read_bytes() == b"my own letter"
    assert not (tmp_path / "report.xlsx").exists()
    dialog.accept()


def test_a_pdf_that_never_can_be_written_is_noticed_before_the_report_is_made(dialog, qtbot, tmp_path):
    dialog.pdf.box.setChecked(True)
    (tmp_path / "report.pdf").mkdir()
    dialog.target.setText(str(tmp_path / "report.xlsx"))
    dialog.primary.click()
    qtbot.waitUntil(lambda: "report.pdf” is a folder" in dialog.messages.text, timeout=60_000)
    assert not (tmp_path / "report.xlsx").exists()


def test_a_pdf_that_cannot_be_written_takes_nothing_away_from_the_workbook(dialog, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.report_printing.pdf_apart", lambda *_of: (tmp_path / "report.pdf").mkdir() or b"%PDF")
    dialog.pdf.box.setChecked(True)
    dialog.target.setText(str(tmp_path / "report.xlsx"))
    said = made(dialog, qtbot, tmp_path / "report.xlsx")
    assert said.startswith(f"The report was written: “{tmp_path / 'report.xlsx'}”. ")
    assert "report.pdf" in said
    assert load(tmp_path / "report.xlsx").sheetnames


def test_cancelling_leaves_no_file_and_the_choice_as_it_was(dialog, qtbot, tmp_path):
    dialog.pdf.box.setChecked(True)
    dialog.target.setText(str(tmp_path / "report.xlsx"))
    dialog.primary.click()
    qtbot.waitUntil(dialog.progress.isVisible, timeout=60_000)
    dialog.back.click()
    qtbot.waitUntil(lambda: "was not made" in dialog.messages.text, timeout=60_000)
    assert not list(tmp_path.glob("report.*"))
    assert dialog.isVisible()
    assert dialog.choice.isEnabled()
    assert dialog.primary.isEnabled()
    with dialog.workspace.registry.reading() as session:
        assert session.scalars(select(ReportRun)).all() == []


def test_whoever_cancels_when_the_workbook_is_there_is_told_so(dialog, qtbot, tmp_path, monkeypatch):
    print_it = report_writing.Writing._print

    def stop_first(writing, issued, job):
        job.cancel()
        return print_it(writing, issued, job)

    monkeypatch.setattr(report_writing.Writing, "_print", stop_first)
    dialog.pdf.box.setChecked(True)
    said = made(dialog, qtbot, tmp_path / "report.xlsx")
    assert said.endswith("You stopped before the PDF was written.")
    assert (tmp_path / "report.xlsx").exists()
    assert not (tmp_path / "report.pdf").exists()


def test_a_report_made_again_says_where_the_differences_from_the_issued_one_stand(dialog, qtbot, tmp_path):
    qtbot.waitUntil(dialog.workspace.tasks.idle, timeout=60_000)
    assert not dialog.choice.corrects.isVisible()
    made(dialog, qtbot, tmp_path / "a.xlsx")
    with dialog.workspace.registry.action("People") as session:
        add_person(session, "Erika Mustermann")
    other = again(dialog, qtbot)
    assert other.choice.corrects.isVisible()
    assert other.choice.corrects.text().startswith("This report was issued on ")
    assert "the sheet “Corrections” lists both versions" in other.choice.corrects.text()
    other.reader.setCurrentIndex(other.reader.findData("public"))
    qtbot.waitUntil(other.workspace.tasks.idle, timeout=60_000)
    assert not other.choice.corrects.isVisible()
    other.accept()


def test_afterwards_the_report_and_its_folder_can_be_opened(dialog, qtbot, tmp_path, monkeypatch):
    opened: list[QUrl] = []

    def note(url):
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    made(dialog, qtbot, tmp_path / "a.xlsx")
    assert dialog.focusWidget() is dialog.primary
    dialog.primary.click()
    dialog.folder.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path / "a.xlsx")), QUrl.fromLocalFile(str(tmp_path))]


def test_the_reports_so_far_are_a_step_away(dialog):
    went: list[str] = []
    dialog.workspace.going.connect(lambda page, _wanted: went.append(page))
    dialog.past.click()
    assert went == ["reports"]
    assert not dialog.isVisible()


def test_people_without_a_function_are_counted_for_the_committee_and_can_be_shown(dialog, qtbot):
    workspace, went = dialog.workspace, []
    workspace.going.connect(lambda page, wanted: went.append((page, dict(wanted.values))))
    with workspace.registry.action("People") as session:
        for name in ("Erika Mustermann", "Max Mustermann", "Pressestelle"):
            add_person(session, name)
    for index in (dialog.reader.findData("internal"), dialog.reader.findData("committee")):
        dialog.reader.setCurrentIndex(index)
    qtbot.waitUntil(dialog.choice.nameless.isVisible, timeout=60_000)
    assert "2 people" in dialog.choice.nameless.text()
    dialog.choice.nameless.click()
    assert went == [("people", {"kind": PersonKind.PERSON, "function": None})]
