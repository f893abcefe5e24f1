"""The quarterly report: which quarter, for whom, with what on its cover, into which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QWidget

from core.exchange.report.readers import parse_reader
from core.i18n import N_, _
from core.settings import change_setting, read_settings
from gui.dialogs.file_decision import FileDecision
from gui.dialogs.report_choice import ReportChoice, without_function
from gui.dialogs.report_cover import CoverText
from gui.dialogs.report_words import reader_name
from gui.dialogs.report_writing import PDF, Wanted, Writing, Written
from gui.unsaved import tell_of_unsaved
from gui.widgets import muted, named
from gui.widgets.wrapped_check import WrappedCheck
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry

WIDTH = 680
COVER_TEXT = "report.cover-text"
RUNS = frozenset({"report_run"})


class ReportDialog(FileDecision):
    """The last closed quarter and the committee are preselected, so that Enter makes the usual report."""

    help_topic = "report"
    cancelled_text = N_("The report was not made. What was there before is unchanged.")

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *, quarter: str = "", reader: str = ""
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            parent: The window.
            quarter: The quarter of a report that is made again, as in "2026Q3"; empty for the last closed one.
            reader: Its reader; empty for the committee.
        """
        super().__init__(workspace, _("Which report do you need?"), _("Make report"), parent)
        self.setObjectName("report-dialog")
        self.setMinimumWidth(WIDTH)
        self._writing: Writing | None = None
        self._kept_cover: str | None = None  # Not known yet.
        self.choice = ReportChoice(workspace, quarter, reader)
        self.quarter, self.reader = self.choice.quarter, self.choice.reader
        self.text = CoverText(workspace)
        self.cover = self.text.editor
        self.protect = WrappedCheck(_("Protect the sheets: they can be read, not changed"), "protect")
        self.pdf = WrappedCheck(_("Also as a PDF, beside the workbook"), "pdf")
        self.folder = named(QPushButton(_("Show in folder")), "show-folder")
        self.past = named(QPushButton(_("Reports so far")), "past-reports", link=True)
        self.kept += [self.choice, *self.text.kept, self.protect, self.pdf]
        self._lay_out()
        self._connect()
        self.workspace.read(_cover_text, self._show_cover, owner=self)
        self.primary.setFocus()
        tell_of_unsaved(self)

    def suffix(self) -> str:
        """Return what the file's name ends in."""
        return ".xlsx"

    def files(self) -> list[Path]:
        """Return the workbook and, where it is wanted, the PDF beside it."""
        return [self.path, *([self.path.with_suffix(PDF)] if self.pdf.box.isChecked() else [])]

    def make(self) -> None:
        """Keep what was typed for the cover, then make the report on the lane of long work.

        What is ticked while the text is being kept was not asked about, and does not count any more.
        """
        text = self.cover.toPlainText().strip()
        same = text == (self._kept_cover or "")
        wanted = self._wanted(self._kept_cover if same else text)
        if same:
            self._make(wanted)
            return

        def kept(_none: None) -> None:
            self._kept_cover = text
            self._make(wanted)

        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Change text on the cover"),
            lambda session: change_setting(session, COVER_TEXT, text),
            kept,
            said=_("The text on the cover of the report was changed."),
            failed=self.refuse,
            owner=self,
        )

    def _wanted(self, cover_text: str | None) -> Wanted:
        quarter, reader = str(self.quarter.currentData()), str(self.reader.currentData())
        ticked = self.protect.box.isChecked(), self.pdf.box.isChecked()
        return Wanted(quarter, reader, self.path, self.workspace.today(), cover_text, *ticked)

    def _make(self, wanted: Wanted) -> None:
        self._writing = Writing(wanted)
        self.write(self._writing.work, self._made)

    def _stopped(self) -> None:
        """Whoever stops too late has a report all the same."""
        if self._writing is not None and self._writing.written is not None:
            self._wait(False)
            self._made(self._writing.written)
        else:
            super()._stopped()

    def _made(self, written: Written) -> None:
        self.finish(written.workbook, written.sentence, f"{written.note} {self.text.sentence}".strip())
        self.choice.end()
        self.folder.show()
        self.workspace.changed.emit(RUNS)
        self.workspace.check_again(quietly=True)  # It is no longer missing: runs lie outside the log.

    def _lay_out(self) -> None:
        self.body.addWidget(muted(_("Figures, channels, responsible people and findings as an Excel workbook.")))
        self.body.addSpacing(8)
        self.body.addWidget(self.choice)
        self.ask(_("&Text on the cover"), self.text)
        self.body.addWidget(self.protect)
        self.body.addWidget(self.pdf)
        self.ask_target()
        self.buttons.insertWidget(0, self.past)
        self.buttons.insertWidget(2, self.folder)
        for button in (self.past, self.folder):
            button.setAutoDefault(False)
        self.folder.hide()

    def _connect(self) -> None:
        self.choice.chosen.connect(self._suggest)
        self.choice.nameless_wanted.connect(self._show_nameless)
        self.folder.clicked.connect(lambda: self._visit(self.path.parent))
        self.past.clicked.connect(self._show_past)
        self._suggest()

    def _suggest(self) -> None:
        quarter, reader = self.quarter.currentData(), parse_reader(str(self.reader.currentData()))
        name = _("channel-report-{quarter}-{reader}.xlsx").format(quarter=quarter, reader=reader_name(reader))
        self.suggest(name)
        self.text.follow(reader)

    def _show_cover(self, text: str) -> None:
        """Show the text of the registry, unless something has been typed already."""
        self._kept_cover = text
        if not self.cover.document().isModified():
            self.cover.show_value(text)

    def _show_nameless(self) -> None:
        self.reject()
        self.workspace.go("people", without_function())

    def _show_past(self) -> None:
        self.reject()
        self.workspace.go("reports")


def _cover_text(registry: Registry) -> Any:
    with registry.reading() as session:
        return read_settings(session)[COVER_TEXT]
