"""The quarterly report: which quarter, for whom, into which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from core.errors import RegistryError
from core.i18n import _
from gui.dialogs.decision import Decision
from gui.tasks import Job
from gui.widgets import muted, named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry

OFFERED_QUARTERS = 8
FULL = 100


class ReportDialog(Decision):
    """The last closed quarter and the committee are preselected, so that Enter makes the usual report."""

    help_topic = "report"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Which report do you need?"), _("Make report"), parent)
        self.setObjectName("report-dialog")
        self._job: Job | None = None
        self._path = Path()
        self.quarter = named(QComboBox(), "quarter")
        self.reader = named(QComboBox(), "reader")
        self.target = named(QLineEdit(), "target")
        self.target.setAccessibleName(_("File"))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(4)
        self.progress.hide()
        self.after = named(QWidget(), "after")
        self.after.hide()
        self._fill()
        self._lay_out()
        self.quarter.currentIndexChanged.connect(self._suggest)
        self.primary.setFocus()

    def decide(self) -> None:
        """Make the report on the lane of long work."""
        from core.exchange.report.making import make_report

        quarter, reader = str(self.quarter.currentData()), str(self.reader.currentData())
        out, today = Path(self.target.text()).expanduser(), self.workspace.today()

        def work(registry: Registry, job: Job) -> Any:
            def progress(share: float) -> None:
                job.report(round(share * FULL), FULL)

            return make_report(
                registry, quarter, out, reader=reader, today=today, progress=progress, cancelled=job.cancelled
            )

        self._wait(True)
        self._job = self.workspace.read_long(
            work, self._made, failed=self._failed, progressed=self._show_progress, stopped=self._stopped, owner=self
        )

    def reject(self) -> None:
        """Stop a report that is being made; close if there is none."""
        if self._job is not None and not self._job.cancelled():
            self._job.cancel()
        else:
            super().reject()

    def _made(self, made: Any) -> None:
        self._job = None
        self._wait(False)
        self._path = Path(made.path)
        self.workspace.say(_("The report was written: “{path}”.").format(path=made.path))
        note = made.note or _("The report was written: “{path}”.").format(path=made.path)
        self.messages.show_message(note, "warning" if made.note else "good")
        self.after.show()
        self.primary.hide()
        back = self.findChild(QPushButton, "cancel")
        if back is not None:
            back.hide()

    def _failed(self, error: RegistryError) -> None:
        self._job = None
        self._wait(False)
        self.refuse(error)

    def _stopped(self) -> None:
        self._job = None
        self._wait(False)
        self.messages.show_message(_("The report was not made. What was there before is unchanged."), "notice")

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _wait(self, waiting: bool) -> None:
        self.messages.clear()
        self.progress.setRange(0, 0)
        self.progress.setVisible(waiting)
        for part in (self.quarter, self.reader, self.target, self.primary):
            part.setEnabled(not waiting)

    def _fill(self) -> None:
        from core.exchange.report.readers import Reader
        from core.governance.quarters import last_closed, quarter_of

        today = self.workspace.today()
        one = quarter_of(today)
        for _number in range(OFFERED_QUARTERS):
            self.quarter.addItem(one.title, str(one))
            one = last_closed(one.first_day)
        self.quarter.setCurrentIndex(1)
        for reader in Reader:
            self.reader.addItem(_(reader.label), reader.value)
        self.reader.setCurrentIndex(self.reader.findData(Reader.COMMITTEE.value))
        self._suggest()

    def _suggest(self) -> None:
        folder = Path(self.target.text()).parent if self.target.text() else documents_folder()
        name = _("channel-report-{quarter}.xlsx").format(quarter=self.quarter.currentData())
        self.target.setText(str(folder / name))

    def _choose_target(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Make report"), self.target.text(), "*.xlsx")
        if chosen:
            self.target.setText(chosen)

    def _lay_out(self) -> None:
        choose = named(QPushButton(_("Choose...")), "choose-target")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_target)
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.target, 1)
        line.addWidget(choose)
        place.setFocusProxy(self.target)
        self.body.addWidget(muted(_("Figures, channels, responsible people and findings as an Excel workbook.")))
        self.body.addSpacing(8)
        self.ask(_("&Quarter"), self.quarter)
        self.ask(_("&For whom"), self.reader)
        self.ask(_("F&ile"), place)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.after)
        self._lay_out_after()

    def _lay_out_after(self) -> None:
        show = named(QPushButton(_("Open")), "open-report", primary=True)
        show.clicked.connect(lambda: self._visit(self._path))
        folder = named(QPushButton(_("Show folder")), "show-folder")
        folder.clicked.connect(lambda: self._visit(self._path.parent))
        line = QHBoxLayout(self.after)
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(8)
        close = named(QPushButton(_("Close")), "close-report")
        close.clicked.connect(self.accept)
        line.addStretch(1)
        line.addWidget(close)
        line.addWidget(folder)
        line.addWidget(show)

    def _visit(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.messages.show_message(_("This computer has no program to open “{path}”.").format(path=path), "warning")


def documents_folder() -> Path:
    """Return where the user keeps documents."""
    kept = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(kept) if kept and Path(kept).is_dir() else Path.home()
