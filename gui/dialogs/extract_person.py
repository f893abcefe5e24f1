"""Everything that is known about one person, as a file for that person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QWidget

from core.i18n import N_, _
from gui.dialogs.file_decision import FileDecision, documents_folder
from gui.running_apart import run_apart
from gui.tasks import Job
from gui.widgets import muted, named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry

FORMATS = (
    (".pdf", N_("PDF, to read and to print")),
    (".html", N_("HTML, to read in the browser")),
    (".txt", N_("Text")),
    (".json", N_("JSON, for programs")),
)


class ExtractPersonDialog(FileDecision):
    """Asks for the format and the file; when it is there, the same button opens it."""

    help_topic = "privacy#extract"
    cancelled_text = N_("The extract was not written.")

    def __init__(self, workspace: Workspace, person_id: UUID, name: str, parent: QWidget | None = None) -> None:
        question = _("What does the registry know about {name}?").format(name=name)
        super().__init__(workspace, question, _("Write"), parent)
        self.setObjectName("extract-person-dialog")
        self._person_id, self._written = person_id, Path()
        self.format = named(QComboBox(), "format")
        for ending, told in FORMATS:
            self.format.addItem(_(told), ending)
        told = _("Everything about this person and nothing about others: they appear by their function only.")
        self.body.addWidget(muted(told))
        self.ask(_("&Format"), self.format)
        self.ask_target()
        self.kept.append(self.format)
        self.target.setText(str(documents_folder() / _("extract-{day}.pdf").format(day=workspace.today().isoformat())))
        self.format.currentIndexChanged.connect(self._follow_format)
        self.primary.setFocus()

    def suffix(self) -> str:
        """Return what the file's name ends in."""
        return str(self.format.currentData())

    def decide(self) -> None:
        """Write it in a process of its own, for Qt holds Python still while it lays paper out; then open it."""
        if self._written.name:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))
            return
        target, person = self.path, str(self._person_id)

        def work(registry: Registry, job: Job) -> bool:
            return run_apart(registry.path, ["people", "extract", person, "--out", str(target)], job.cancelled)

        self.write(work, lambda done: self._done(target) if done else None)

    def _done(self, target: Path) -> None:
        self._written = target
        written = _("The extract was written: “{path}”.").format(path=target)
        self.workspace.say(written)
        self.messages.show_message(written, "good", closable=False)
        for part in self.kept:
            part.setEnabled(part is self.primary)
        self.back.setText(_("Close"))
        self.primary.setText(_("Open"))
        self.primary.setFocus()

    def _follow_format(self) -> None:
        """Let the file's name end in the format that was chosen."""
        if self.target.text():
            self.target.setText(str(self.path.with_suffix(self.suffix())))
