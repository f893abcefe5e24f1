"""The page of the reports: which ones were made, what was issued, and the way to make one, or one again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.exchange.report.issued_copy import IssuedCopies
from core.exchange.report.runs import PastRun, past_runs
from core.i18n import _, show_date
from core.registry import Registry
from gui.actions import action
from gui.dialogs.report import ReportDialog
from gui.pages import Page
from gui.reports_model import WIDTHS, ReportsModel
from gui.widgets import muted, named
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.plain_table import plain_table
from gui.workspace import Workspace


class ReportsPage(Page):
    """All reports that were made, newest first."""

    help_topic = "report#past"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Which reports have been made?")
        self._copies = IssuedCopies()
        self.header = PageHeader(self.question)
        self.model = ReportsModel(self)
        self.table = plain_table(self.model, "reports-table", _("Reports"), WIDTHS)
        self.told = named(muted(""), "issued-state")
        self._make_actions()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._say())
        self.table.activated.connect(lambda _index: self.opening.trigger())
        self._say()

    def open_registry(self, registry: Registry) -> None:
        """Show the registry's reports."""
        del registry
        self.refresh(frozenset())

    def close_registry(self) -> None:
        """Show nothing; the copies that were opened go."""
        self._copies.clear()
        self.model.show_runs([])
        self.whole.setCurrentWidget(self.nothing)

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the reports again if one was made, or if people have other names."""
        if self.workspace.is_open and (not tables or tables & {"report_run", "person"}):
            self.workspace.read(_read, self._show_runs, owner=self)

    def focus_search(self) -> None:
        """Put the cursor into the list; there is nothing to search here."""
        self.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again: a scheduled task makes reports, too, and the log says nothing of them."""
        super().showEvent(event)
        self.refresh(frozenset())

    def chosen(self) -> PastRun | None:
        """Return the report at the cursor."""
        row = self.table.currentIndex().row()
        return self.model.runs[row] if 0 <= row < len(self.model.runs) else None

    def make_again(self) -> None:
        """Ask for the same report once more."""
        if (run := self.chosen()) is not None:
            ReportDialog(self.workspace, self.window(), quarter=str(run.quarter), reader=run.reader.value).open()

    def open_issued(self) -> None:
        """Open a copy of what was issued: nobody can alter the archive by saving it."""
        run = self.chosen()
        if run is not None and run.archived is not None:
            archived, name = run.archived, run.file_name
            self.workspace.read(lambda _registry: self._copies.lay_out(archived, name), self._visit, owner=self)

    def _make_actions(self) -> None:
        workspace = self.workspace
        making = action(self, "make-report", _("Make report..."), lambda: workspace.command("make_report"))
        answering = action(
            self, "answer-council", _("Answers for the council..."), lambda: workspace.command("answer_council")
        )
        self.again = action(self, "make-again", _("Make &again..."), self.make_again, "Ctrl+Shift+M")
        self.opening = action(self, "open-issued", _("Open the &issued file"), self.open_issued, "Ctrl+Shift+O")
        self.header.add_button(answering)
        self.making = self.header.add_primary(making)
        self.making.hide()
        self.menu_actions = [self.again, self.opening]

    def _lay_out(self) -> None:
        self.nothing = QWidget()
        self.empty = EmptyState(
            "file-text",
            _("No reports yet"),
            _("Reports for the committee, the press office and the public are listed here once they have been made."),
        )
        self.empty.offer(_("Make report..."), lambda: self.workspace.command("make_report"))
        self.empty.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)
        self.whole = QStackedWidget()
        self.listed = self._list()
        for part in (self.nothing, self.listed, self.empty):
            self.whole.addWidget(part)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.whole, 1)

    def _list(self) -> QWidget:
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 0, 16, 8)
        bar.setSpacing(8)
        for one in (self.again, self.opening):
            bar.addWidget(_button(one))
        bar.addWidget(self.told, 1)
        rows = QVBoxLayout()
        rows.setContentsMargins(20, 0, 0, 0)
        rows.addWidget(self.table)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addLayout(rows, 1)
        return listed

    def _show_runs(self, runs: list[PastRun]) -> None:
        chosen = self.chosen()
        if runs != self.model.runs:
            self.model.show_runs(runs)
            self.table.selectRow(self.model.row_of(chosen.id if chosen is not None else None))
        self.making.setVisible(bool(runs))  # Where there is nothing yet, the page itself offers it.
        self.whole.setCurrentWidget(self.listed if runs else self.empty)
        self._say()
        self.rows_came.emit()

    def _say(self) -> None:
        """Say what became of the chosen report's file."""
        run = self.chosen()
        self.again.setEnabled(run is not None)
        self.opening.setEnabled(run is not None and run.archived is not None)
        self.told.setText(_state(run) if run is not None else "")

    def _visit(self, copy: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self.workspace.say(_("A copy of the issued file was opened. The archive stays as it is."))
        else:
            self.workspace.refused.emit(_("This computer has no program to open “{path}”.").format(path=copy.name))


def _button(one: QAction) -> QPushButton:
    button = named(QPushButton(one.text().replace("&", "")), one.objectName())
    button.setToolTip(one.toolTip())
    button.clicked.connect(one.trigger)
    one.changed.connect(lambda: button.setEnabled(one.isEnabled()))
    return button


def _state(run: PastRun) -> str:
    if run.archived is None and run.removed_on is not None:
        told = _(
            "The issued file was removed on {day}, because it named people whose data was to be erased. The report can "
            "be made again; it then says what they did instead of who they were."
        )
        return told.format(day=show_date(run.removed_on))
    if run.archived is None:
        return _("The issued file is missing from the archive or was altered. The report can be made again.")
    return _("As of {day}, issued as “{file}”.").format(day=show_date(run.as_of), file=run.file_name)


def _read(registry: Registry) -> list[PastRun]:
    with registry.reading() as session:
        return past_runs(session, registry.path)
