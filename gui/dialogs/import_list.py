"""Import of a list: every row as it will be, correctable, before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.errors import RegistryError
from core.i18n import N_, _, ngettext
from gui.dialogs.fitting import FittingDialog
from gui.dialogs.import_decisions import Decisions, propose
from gui.dialogs.import_mapping import MappingRow
from gui.dialogs.import_row import ImportRow
from gui.dialogs.import_rows import OUTCOMES, ImportRows
from gui.tasks import Job, Lane
from gui.widgets import muted, named
from gui.widgets.filter_chips import FilterChips
from gui.widgets.message_bar import MessageBar
from gui.widgets.plain_table import plain_table
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.exchange.importing.proposal import Proposal
    from core.exchange.reading import Workbook


class ImportDialog(FittingDialog):
    """Shows what an import would do and does it; each change of a box, a cell or a row is proposed anew at once."""

    help_topic = "import"

    def __init__(self, workspace: Workspace, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import-dialog")
        self.setWindowTitle(_("Import {file}").format(file=file.name))
        self._workspace = workspace
        self._file = file
        self._workbook: Workbook | None = None
        self.proposal: Proposal | None = None
        self._decisions = Decisions()
        self._job: Job | None = None
        self._make()
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to read the file when the dialog is there to say so."""
        super().showEvent(event)
        if self._job is None:
            self._wait(_("Reading {file}...").format(file=self._file.name))
            self._job = self._workspace.tasks.run(
                Lane.LONG, self._read, self._take_workbook, failed=self._show_failure, owner=self
            )

    def reject(self) -> None:
        """Close without writing anything."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _read(self, _job: Job) -> Workbook:
        from core.exchange.reading import read_workbook

        return read_workbook(self._file)

    def _take_workbook(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self.sheets.addItems([sheet.name for sheet in workbook.sheets])
        self._sheet_line.setVisible(len(workbook.sheets) > 1)
        self._propose()

    def _propose(self) -> None:
        """Ask anew what the import would do; an older question that waits is dropped."""
        workbook = self._workbook
        if workbook is None:
            return
        if self._job is not None:
            self._job.cancel()
        self._wait(_("Comparing with the registry..."))
        asked = self._decisions.asked()
        self._job = self._workspace.read(
            lambda registry: propose(registry, workbook, asked), self._show, failed=self._show_failure, owner=self
        )

    def _show(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self._wait("")
        self.sheets.setCurrentText(proposal.sheet)
        self.mapping.show_columns(proposal.columns)
        kept = self._selected()
        self.rows.show_rows(proposal.rows)
        self._count()
        self._select(kept)
        if proposal.problems:
            self.messages.show_message("\n".join(problem.message for problem in proposal.problems), "warning")
        else:
            self.messages.clear()

    def _count(self) -> None:
        assert self.proposal is not None
        self.chips.show_counts(self.rows.counts())
        self.go.setText(button_text(self.proposal.created, self.proposal.changed))
        self.go.setEnabled(bool(self.proposal.created or self.proposal.changed))

    def _selected(self) -> tuple[int, str]:
        row = self.rows.row_at(self.table.currentIndex().row())
        return (row.row, row.channel) if row else (-1, "")

    def _select(self, wanted: tuple[int, str]) -> None:
        place = max(0, self.rows.place_of(*wanted))
        self.table.selectRow(place)
        self._show_row(self.rows.index(place, 0))

    def _show_row(self, current: QModelIndex, _previous: QModelIndex | None = None) -> None:
        if self.proposal is not None:
            secret = frozenset(problem.at for problem in self.proposal.problems)
            self.row.show_row(self.rows.row_at(current.row()), self.proposal.columns, secret)

    def _filter(self, outcome: str) -> None:
        self.rows.show_only(outcome or None)
        self._select((-1, ""))

    def _choose_sheet(self) -> None:
        self._decisions = Decisions(self.sheets.currentText(), private_data=self.private.isChecked())
        self._propose()

    def _take_private(self, wanted: bool) -> None:
        self._decisions.private_data = wanted
        self._propose()

    def _map(self, column: int, field: str) -> None:
        if self.proposal is not None:
            self._decisions.map(self.proposal.columns, column, field)
        self._propose()

    def _correct(self, row: int, column: int, text: str) -> None:
        self._decisions.corrections[row, column] = text
        self._propose()

    def _leave_out(self, row: int) -> None:
        self._decisions.left_out.add(row)
        self._propose()

    def _take_in(self, row: int) -> None:
        self._decisions.left_out.discard(row)
        self._propose()

    def _import(self) -> None:
        proposal, today = self.proposal, self._workspace.today()
        if proposal is None:
            return
        self._wait(_("Importing..."))

        def work(session: Any) -> None:
            from core.exchange.importing.applying import apply

            apply(session, proposal, today=today)

        said = done_text(self._file.name, proposal.created, proposal.changed)
        self._job = self._workspace.act(
            N_("Import list"), work, lambda _none: self.accept(), said=said, failed=self._show_failure, owner=self
        )

    def _show_failure(self, error: RegistryError) -> None:
        self._wait("")
        self.messages.show_message(error.sentence)

    def _wait(self, sentence: str) -> None:
        """Say what is going on; nothing can be imported meanwhile."""
        self.progress.setText(sentence)
        self._bar.setVisible(bool(sentence))
        self.go.setEnabled(not sentence and self.proposal is not None)

    def _make(self) -> None:
        self.messages = MessageBar()
        self.sheets = named(QComboBox(), "sheet")
        self.sheets.setAccessibleName(_("Sheet"))
        self.mapping = MappingRow()
        self.chips = FilterChips({key: _(word) for key, (word, _picture, _colour) in OUTCOMES.items()})
        self.rows = ImportRows(self)
        self.table = plain_table(self.rows, "rows", _("Rows of the list"), (64, 136, 176))
        self.row = ImportRow()
        self.progress = named(muted(""), "progress-text")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, 0)
        self._bar.setFixedSize(96, 4)
        self.go = named(QPushButton(button_text(0, 0)), "import", primary=True)
        self.go.setEnabled(False)
        self.cancel = named(QPushButton(_("Cancel")), "cancel")
        self.private = named(QCheckBox(_("Import &private telephone numbers and profiles")), "private-data")
        self.private.setToolTip(_("Tick this only if the people concerned have agreed."))

    def _lay_out(self) -> None:
        self.resize(1160, 720)
        self._sheet_line = QWidget()
        sheet = QHBoxLayout(self._sheet_line)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.addWidget(QLabel(_("Sheet")))
        sheet.addWidget(self.sheets)
        self._sheet_line.hide()
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 0)
        head.addWidget(named(QLabel(_("What will this list change?")), "dialog-title"), 1)
        head.addWidget(self._sheet_line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self.mapping)
        column.addWidget(self.chips)
        column.addWidget(self._halves(), 1)
        column.addLayout(self._foot())

    def _halves(self) -> QSplitter:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        left = QWidget()
        beside = QHBoxLayout(left)
        beside.setContentsMargins(16, 0, 0, 0)
        beside.addWidget(self.table)
        halves.addWidget(left)
        halves.addWidget(self.row)
        halves.setSizes([600, 560])
        return halves

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.setSpacing(8)
        foot.addWidget(self.private)
        foot.addWidget(self._bar)
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        return foot

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_row)
        self.chips.chosen.connect(self._filter)
        self.sheets.activated.connect(lambda _row: self._choose_sheet())
        self.private.toggled.connect(self._take_private)
        self.mapping.mapped.connect(self._map)
        self.row.corrected.connect(self._correct)
        self.row.left_out.connect(self._leave_out)
        self.row.taken_in.connect(self._take_in)
        self.go.clicked.connect(self._import)
        self.go.setAutoDefault(False)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)


def button_text(created: int, changed: int) -> str:
    """Say what the button will do."""
    match created, changed:
        case 0, 0:
            return _("Nothing to import")
        case _, 0:
            return ngettext("Add {number} channel", "Add {number} channels", created).format(number=created)
        case 0, _:
            return ngettext("Change {number} channel", "Change {number} channels", changed).format(number=changed)
    return _("Add {created}, change {changed}").format(created=created, changed=changed)


def done_text(file: str, created: int, changed: int) -> str:
    """Say what the import has done."""
    match created, changed:
        case _, 0:
            text = ngettext("{file}: {created} channel added.", "{file}: {created} channels added.", created)
        case 0, _:
            text = ngettext("{file}: {changed} channel changed.", "{file}: {changed} channels changed.", changed)
        case _:
            text = _("{file}: {created} added, {changed} changed.")
    return text.format(file=file, created=created, changed=changed)
