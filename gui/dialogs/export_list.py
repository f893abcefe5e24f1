"""Export of what a list shows: in which format, into which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QWidget

from core.errors import RegistryError
from core.i18n import N_, _, ngettext
from gui.dialogs.decision import Decision
from gui.dialogs.report import documents_folder
from gui.record_table import RecordTable
from gui.tasks import Job
from gui.widgets import muted, named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.exchange.exporting import Exported
    from core.registry import Registry

KINDS = {
    ".xlsx": N_("Excel workbook (.xlsx)"),
    ".csv": N_("Text with separators (.csv)"),
    ".json": N_("For programs (.json)"),
}


class ExportDialog(Decision):
    """The columns, the filter and the order of the list go into the file as they are on screen."""

    help_topic = "channels#list"

    def __init__(self, workspace: Workspace, table: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Into which file should the list go?"), _("Export"), parent)
        self.setObjectName("export-dialog")
        self._table = table
        self._job: Job | None = None
        self.kind = named(QComboBox(), "format")
        for suffix, label in KINDS.items():
            self.kind.addItem(_(label), suffix)
        self.target = named(QLineEdit(), "target")
        self.target.setAccessibleName(_("File"))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(_("Progress"))
        self.progress.hide()
        self.target.setText(str(documents_folder() / f"{table.accessibleName()}-{workspace.today().isoformat()}.xlsx"))
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self.primary.setFocus()

    def decide(self) -> None:
        """Write the file on the lane of long work."""
        from core.exchange.exporting import Export, export

        records, shown = self._table.records.records, self._table.columns.shown()
        keys = tuple(records.fields[column].key for column in shown)
        wanted = Export(records, keys, self._table.records.view, self._table.accessibleName())
        out, today = Path(self.target.text()).expanduser(), self.workspace.today()

        def work(registry: Registry, job: Job) -> Any:
            return export(registry, wanted, out, today=today, progress=job.report, cancelled=job.cancelled)

        self._wait(True)
        self._job = self.workspace.read_long(
            work, self._written, failed=self._failed, progressed=self._show_progress, stopped=self._stopped, owner=self
        )

    def reject(self) -> None:
        """Stop an export that is under way; close if there is none."""
        if self._job is not None and not self._job.cancelled():
            self._job.cancel()
        else:
            super().reject()

    def _written(self, exported: Exported) -> None:
        self._job = None
        sentence = ngettext(
            "{number} record was written: “{path}”.", "{number} records were written: “{path}”.", exported.count
        ).format(number=exported.count, path=exported.path)
        self.workspace.say(f"{sentence} {exported.note}".strip())
        self.accept()

    def _failed(self, error: RegistryError) -> None:
        self._job = None
        self._wait(False)
        self.refuse(error)

    def _stopped(self) -> None:
        self._job = None
        self._wait(False)
        self.messages.show_message(_("The list was not exported. What was there before is unchanged."), "notice")

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _wait(self, waiting: bool) -> None:
        self.messages.clear()
        self.progress.setRange(0, 0)
        self.progress.setVisible(waiting)
        for part in (self.kind, self.target, self._choose, self.primary):
            part.setEnabled(not waiting)

    def _follow_kind(self) -> None:
        self.target.setText(str(Path(self.target.text()).with_suffix(str(self.kind.currentData()))))

    def _choose_target(self) -> None:
        pattern = f"*{self.kind.currentData()}"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export"), self.target.text(), pattern)
        if chosen:
            self.target.setText(chosen)

    def _lay_out(self) -> None:
        self._choose = named(QPushButton(_("Choose...")), "choose-target")
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._choose_target)
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.target, 1)
        line.addWidget(self._choose)
        place.setFocusProxy(self.target)
        self.body.addWidget(muted(_("The file gets the columns, the filter and the order that you see now.")))
        self.ask(_("&Format"), self.kind)
        self.ask(_("F&ile"), place)
        self.body.addWidget(self.progress)
