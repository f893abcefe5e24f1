"""Export of what a list shows: in which format, into which file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QWidget

from core.i18n import N_, _
from gui.dialogs.file_decision import FileDecision
from gui.tasks import Job
from gui.unsaved import tell_of_unsaved
from gui.widgets import muted, named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.exchange.exporting import Exportable, Exported
    from core.registry import Registry

KINDS = {
    ".xlsx": N_("Excel workbook (.xlsx)"),
    ".csv": N_("Text with separators (.csv)"),
    ".json": N_("For programs (.json)"),
}


class ExportDialog(FileDecision):
    """The columns, the filter and the order of the list go into the file as they are on screen."""

    help_topic = "channels#list"
    cancelled_text = N_("The list was not exported. What was there before is unchanged.")

    def __init__(self, workspace: Workspace, wanted: Exportable, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Into which file should the list go?"), _("Export"), parent)
        self.setObjectName("export-dialog")
        self._wanted = wanted
        self.kind = named(QComboBox(), "format")
        for suffix, label in KINDS.items():
            self.kind.addItem(_(label), suffix)
        self.kept.append(self.kind)
        self.suggest(f"{wanted.title}-{workspace.today().isoformat()}.xlsx")
        self.body.addWidget(muted(_("The file gets the columns, the filter and the order that you see now.")))
        self.ask(_("&Format"), self.kind)
        self.ask_target()
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self.primary.setFocus()
        tell_of_unsaved(self)

    def suffix(self) -> str:
        """Return what the file's name ends in."""
        return str(self.kind.currentData())

    def make(self) -> None:
        """Write the file on the lane of long work."""
        from core.exchange.exporting import export

        wanted, out, today = self._wanted, self.path, self.workspace.today()

        def work(registry: Registry, job: Job) -> Any:
            return export(registry, wanted, out, today=today, progress=job.report, cancelled=job.cancelled)

        self.write(work, self._written)

    def _written(self, exported: Exported) -> None:
        sentence = _("The list was written: “{path}”.").format(path=exported.path)  # Of one person nothing is counted.
        self.workspace.say(f"{sentence} {exported.note}".strip())
        self.accept()

    def _follow_kind(self) -> None:
        self.end_in(self.suffix())
