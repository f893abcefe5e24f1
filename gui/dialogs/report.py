"""The quarterly report: which quarter, for whom, into which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from core.i18n import N_, _, ngettext, show_date
from gui.dialogs.file_decision import FileDecision, documents_folder
from gui.tasks import Job
from gui.widgets import muted, named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.exchange.report.making import Made
    from core.inventory.narrowing import Where
    from core.registry import Registry

OFFERED_QUARTERS = 8
FULL = 100


class ReportDialog(FileDecision):
    """The last closed quarter and the committee are preselected, so that Enter makes the usual report.

    When it is made, the same button opens it, so that Enter goes on.
    """

    help_topic = "report"
    cancelled_text = N_("The report was not made. What was there before is unchanged.")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Which report do you need?"), _("Make report"), parent)
        self.setObjectName("report-dialog")
        self._made_at: Path | None = None
        self.quarter = named(QComboBox(), "quarter")
        self.reader = named(QComboBox(), "reader")
        self.kept += [self.quarter, self.reader]
        self.stand = muted("")
        self.running = named(QPushButton(_("Report on today instead")), "running-quarter", link=True)
        self.running.setAutoDefault(False)
        self.nameless = named(QPushButton(), "people-without-function", link=True)
        self.nameless.setAutoDefault(False)
        self.nameless.hide()
        self.folder = named(QPushButton(_("Show folder")), "show-folder")
        self.folder.setAutoDefault(False)
        self.folder.hide()
        self._fill()
        self._lay_out()
        self._connect()
        self.primary.setFocus()

    def suffix(self) -> str:
        """Return what the file's name ends in."""
        return ".xlsx"

    def decide(self) -> None:
        """Make the report on the lane of long work; open it when it is made."""
        if self._made_at is not None:
            self._visit(self._made_at)
            return
        from core.exchange.report.making import make_report

        quarter, reader = str(self.quarter.currentData()), str(self.reader.currentData())
        out, today = self.path, self.workspace.today()

        def work(registry: Registry, job: Job) -> Any:
            def progress(share: float) -> None:
                job.report(round(share * FULL), FULL)

            return make_report(
                registry, quarter, out, reader=reader, today=today, progress=progress, cancelled=job.cancelled
            )

        self.write(work, self._made)

    def _made(self, made: Made) -> None:
        """Offer to open the report; nothing can be chosen any more."""
        self._made_at = Path(made.path)
        written = _("The report was written: “{path}”.").format(path=made.path)
        self.workspace.say(written)
        self.messages.show_message(made.note or written, "warning" if made.note else "good", closable=False)
        for part in (self.quarter, self.reader, self.target, self.choosing):
            part.setEnabled(False)
        self.running.hide()
        self.nameless.hide()
        self.folder.show()
        self.back.setText(_("Close"))
        self.primary.setText(_("Open"))
        self.primary.setFocus()

    def _fill(self) -> None:
        from core.exchange.report.readers import Reader
        from core.governance.quarters import last_closed, quarter_of

        one = quarter_of(self.workspace.today())
        for _number in range(OFFERED_QUARTERS):
            self.quarter.addItem(one.title, str(one))
            one = last_closed(one.first_day)
        self.quarter.setCurrentIndex(1)
        for reader in Reader:
            self.reader.addItem(_(reader.label), reader.value)
        self.reader.setCurrentIndex(self.reader.findData(Reader.COMMITTEE.value))

    def _lay_out(self) -> None:
        self.body.addWidget(muted(_("Figures, channels, responsible people and findings as an Excel workbook.")))
        self.body.addSpacing(8)
        self.ask(_("&Quarter"), self.quarter)
        self.body.addWidget(self.stand)
        self.body.addWidget(self.running, 0, Qt.AlignmentFlag.AlignLeft)
        self.ask(_("&For whom"), self.reader)
        self.body.addWidget(self.nameless)
        self.ask_target()
        self.buttons.insertWidget(1, self.folder)

    def _connect(self) -> None:
        self.quarter.currentIndexChanged.connect(self._suggest)
        self.reader.currentIndexChanged.connect(self._ask_for_functions)
        self.folder.clicked.connect(lambda: self._visit(self.path.parent))
        self.nameless.clicked.connect(self._show_nameless)
        self.running.clicked.connect(lambda: self.quarter.setCurrentIndex(0))
        self._suggest()
        self._ask_for_functions()

    def _suggest(self) -> None:
        folder = Path(self.target.text()).parent if self.target.text() else documents_folder()
        name = _("channel-report-{quarter}.xlsx").format(quarter=self.quarter.currentData())
        self.target.setText(str(folder / name))
        self._say_stand()

    def _say_stand(self) -> None:
        """Say which state of things the report shows; what `Registry.snapshot(as_of=...)` gives is told here."""
        from core.governance.quarters import parse_quarter

        last_day = parse_quarter(str(self.quarter.currentData())).last_day
        over = last_day < self.workspace.today()
        self.running.setVisible(over)
        if not over:
            self.stand.setText(_("The quarter is still running. The report shows how things stand today."))
            return
        self.stand.setText(
            _(
                "The report shows how things stood on {day}. What was changed after that day is not in it. "
                "Responsibilities and accesses count from the day they began, even if you entered them later."
            ).format(day=show_date(last_day))
        )

    def _ask_for_functions(self) -> None:
        """Look up how many people the committee would see without a function."""
        from core.exchange.report.readers import Reader

        self.nameless.hide()
        if self.reader.currentData() == Reader.COMMITTEE.value:
            self.workspace.read(_without_function, self._show_missing, owner=self)

    def _show_missing(self, number: int) -> None:
        text = ngettext(
            "{number} person has no function. Show who that is",
            "{number} people have no function. Show who they are",
            number,
        )
        self.nameless.setText(text.format(number=number))
        self.nameless.setVisible(bool(number) and self._made_at is None)

    def _show_nameless(self) -> None:
        self.reject()
        self.workspace.go("people", _nameless())

    def _visit(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.messages.show_message(_("This computer has no program to open “{path}”.").format(path=path), "warning")


def _nameless() -> Where:
    from core.inventory.narrowing import Where
    from core.model import PersonKind

    return Where(_("without function"), {"kind": PersonKind.PERSON, "function": None})


def _without_function(registry: Registry) -> int:
    from core.inventory.lists import PEOPLE
    from core.inventory.narrowing import how_many

    with registry.reading() as session:
        return how_many(session, PEOPLE, _nameless().values, registry.today())
