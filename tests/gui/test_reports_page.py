"""The page of the reports that were made, with real reports."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from core.exchange.report.archive import folder_of
from core.exchange.report.making import make_report
from core.governance.findings import stored
from core.governance.quarters import last_closed
from core.model import Channel
from core.settings import change_setting
from gui.dialogs.report import ReportDialog
from gui.mending import mend
from gui.pages.reports import ReportsPage
from tests.core.exchange.report.workbooks import load

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def quarter(desk):
    return last_closed(desk.today)


@pytest.fixture
def make(desk, tmp_path, quarter):
    """Make a report as the command line does, in another program."""

    def report(reader="committee", name="report.xlsx"):
        return make_report(desk.registry, str(quarter), tmp_path / name, reader=reader, today=desk.today)

    return report


@pytest.fixture
def show(desk, qtbot):
    def page():
        made = ReportsPage(desk.workspace)
        qtbot.addWidget(made)
        desk.workspace.closed.connect(made.close_registry)
        made.resize(1080, 720)
        made.open_registry(desk.registry)
        made.show()
        desk.settle()
        return made

    return page


def row(page, number):
    return [page.model.index(number, column).data() for column in range(page.model.columnCount())]


def overdue(desk):
    with desk.registry.reading() as session:
        return [one for one in stored(session) if one.rule == "report-overdue"]


def note(opened, url):
    """Stand in for the desktop, which opens a file."""
    opened.append(Path(url.toLocalFile()))
    return True


def press(page, name):
    QTest.mouseClick(page.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_without_a_report_the_page_offers_to_make_the_first(desk, show):
    page = show()
    commands: list[str] = []
    desk.workspace.commanded.connect(commands.append)
    assert page.whole.currentWidget() is page.empty
    page.empty.findChild(QPushButton).click()
    assert commands == ["make_report"]


def test_the_finding_about_the_missing_report_goes_when_the_report_is_made(desk, quarter, tmp_path):
    desk.fill()
    with desk.registry.action("Overdue") as session:
        change_setting(session, "report-overdue.days", 0)
        for channel in session.scalars(select(Channel)):
            channel.registered_on = quarter.first_day
    desk.settle()
    (finding,) = overdue(desk)
    commands: list[str] = []
    desk.workspace.commanded.connect(commands.append)
    mend(desk.workspace, "make-report", [finding], desk.window)
    assert commands == ["make_report"]
    dialog = ReportDialog(desk.workspace, desk.window)
    dialog.open()
    assert dialog.quarter.currentData() == finding.evidence["quarter"]
    dialog.target.setText(str(tmp_path / "report.xlsx"))
    dialog.primary.click()
    desk.settle()
    assert overdue(desk) == []


def test_each_report_is_a_row_the_newest_first(desk, show, make, quarter):
    desk.fill()
    make()
    make("internal", "house.xlsx")
    page = show()
    QAbstractItemModelTester(page.model)
    title, reader, at, by, language, figures = row(page, 0)
    assert (title, reader, by, language) == (quarter.title, "The press office", "unknown", "English")
    assert at.startswith(f"{desk.today.day}")
    assert figures == "4 channels"  # Nobody looked after them yet on the last day of that quarter.
    assert row(page, 1)[1] == "The committee"
    assert page.told.text().endswith("issued as “house.xlsx”.")
    assert page.table.accessibleName() == "Reports"


def test_the_public_is_told_of_no_findings(desk, show, make):
    desk.fill()
    make("public")
    assert row(show(), 0)[-1] == "4 channels"


def test_what_was_issued_is_opened_as_a_copy_that_cannot_be_altered(desk, show, make, monkeypatch):
    made = make()
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", partial(note, opened))
    page = show()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    desk.settle()
    (copy,) = opened
    assert copy.read_bytes() == made.path.read_bytes()
    assert copy.name == "report.xlsx"
    assert copy.stat().st_mode & 0o777 == 0o400
    assert folder_of(desk.registry.path) not in copy.parents
    assert desk.said[-1] == "A copy of the issued file was opened. The archive stays as it is."
    page.close_registry()
    assert not copy.exists()


def test_an_issued_file_that_was_altered_is_told_and_not_opened(desk, show, make):
    made = make()
    kept = folder_of(desk.registry.path) / f"{made.sha256}.xlsx"
    kept.write_bytes(b"altered")
    page = show()
    assert page.told.text().startswith("The issued file is missing from the archive or was altered.")
    assert not page.opening.isEnabled()
    assert page.again.isEnabled()


def test_a_report_is_made_again_with_its_quarter_and_its_reader(desk, show, make, quarter, tmp_path):
    make("public")
    desk.fill()
    page = show()
    press(page, "make-again")
    dialog = desk.dialog(ReportDialog)
    assert (dialog.quarter.currentData(), dialog.reader.currentData()) == (str(quarter), "public")
    assert dialog.choice.corrects.isVisible()
    dialog.target.setText(str(tmp_path / "again.xlsx"))
    dialog.primary.click()
    desk.settle()
    dialog.reject()
    page.refresh(frozenset({"report_run"}))
    desk.settle()
    assert page.model.rowCount() == 2
    assert load(tmp_path / "again.xlsx").sheetnames


def test_a_quarter_long_ago_can_be_made_again(desk, qtbot):
    dialog = ReportDialog(desk.workspace, desk.window, quarter="2019Q2", reader="internal")
    assert (dialog.quarter.currentData(), dialog.reader.currentData()) == ("2019Q2", "internal")
    dialog.open()
    desk.settle()
    dialog.reject()


def test_the_cursor_stays_on_its_report_when_another_program_makes_one(desk, show, make):
    make(name="first.xlsx")
    page = show()
    make(name="second.xlsx")
    page.hide()
    page.show()
    desk.settle()
    assert page.model.rowCount() == 2
    assert page.chosen().file_name == "first.xlsx"
