"""Where the documents on data protection are to be written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from core.i18n import N_, _
from gui.dialogs.file_decision import FileDecision
from gui.running_apart import run_apart
from gui.tasks import Job
from gui.widgets import muted
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry


class WriteDocumentsDialog(FileDecision):
    """Asks for a folder; when the documents are there, the same button opens it."""

    help_topic = "privacy#documents"
    cancelled_text = N_("It was stopped. Some of the documents may have been written.")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Where should the documents be?"), _("Write"), parent)
        self.setObjectName("write-documents-dialog")
        told = _(
            "Five documents in German and English, each as a PDF and as text that Word and LibreOffice open. What the "
            "city has to fill in is marked in yellow."
        )
        self.body.addWidget(muted(told))
        self.ask_target(_("F&older"))
        self.suggest(_("data-protection-{day}").format(day=workspace.today().isoformat()))
        self.primary.setFocus()

    def suffix(self) -> str:
        """Return nothing: it is a folder."""
        return ""

    def make(self) -> None:
        """Write them in a process of their own, for they speak both languages."""
        folder = self.path

        def work(registry: Registry, job: Job) -> bool:
            return run_apart(registry.path, ["documents", "--out", str(folder)], job.cancelled)

        self.write(work, lambda done: self._done(folder) if done else None)

    def _done(self, folder: Path) -> None:
        self.finish(folder, _("The documents were written: “{path}”.").format(path=folder), verb=_("Open folder"))

    def _choose_target(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.windowTitle(), str(self.path.parent))
        if chosen:
            self.target.setText(chosen)
