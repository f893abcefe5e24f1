"""Everything that is known about one person, as a file for that person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from core.exchange.file_names import safe_name
from core.i18n import N_, _
from core.protection.rights.contacts import missing_contacts
from gui.dialogs.file_decision import FileDecision
from gui.running_apart import run_apart
from gui.tasks import Job
from gui.widgets import muted, named
from gui.widgets.severity import SeverityLabel
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
        self._person_id = person_id
        self.format = named(QComboBox(), "format")
        for ending, told in FORMATS:
            self.format.addItem(_(told), ending)
        told = _("Everything about this person and nothing about others: they appear by their function only.")
        self.body.addWidget(muted(told))
        self.missing = named(SeverityLabel("notice", sentences=True), "missing-contacts")
        self.missing.hide()
        self.body.addWidget(self.missing)
        self.ask(_("&Format"), self.format)
        self.reason = named(QLineEdit(), "extract.reason")
        told = _("For example when they asked for it. It may be empty; it stands in the log.")
        self.ask(_("&Reason"), self.reason, told)
        self.ask_target()
        self.kept += [self.format, self.reason]
        told = _("extract-{name}-{day}.pdf").format(name=safe_name(name), day=workspace.today().isoformat())
        self.suggest(told)
        self.format.currentIndexChanged.connect(self._follow_format)
        self.primary.setFocus()
        workspace.read(lambda registry: missing_contacts(registry.settings()), self._show_missing, owner=self)

    def _show_missing(self, missing: Sequence[str]) -> None:
        """Say what of Art. 15 GDPR nobody has entered yet; nobody can fill it in on paper."""
        told = _("Not entered yet, so the extract does not name it: {what}. Enter it in the settings, “Personal data”.")
        self.missing.setVisible(bool(missing))
        if missing:
            self.missing.show_severity(
                "notice", told.format(what=", ".join(_("“{name}”").format(name=one) for one in missing))
            )

    def suffix(self) -> str:
        """Return what the file's name ends in."""
        return str(self.format.currentData())

    def make(self) -> None:
        """Write it in a process of its own, for Qt holds Python still while it lays paper out.

        The reason goes there on stdin: it says something about a person, and other accounts can read command lines.
        """
        target, person, reason = self.path, str(self._person_id), self.reason.text().strip()

        def work(registry: Registry, job: Job) -> bool:
            words = ["people", "extract", person, "--out", str(target)]
            return run_apart(registry.path, [*words, *(["--reason=-"] if reason else [])], job.cancelled, reason)

        self.write(work, lambda done: self._done(target) if done else None)

    def _done(self, target: Path) -> None:
        self.finish(target, _("The extract was written: “{path}”.").format(path=target))

    def _follow_format(self) -> None:
        """Let the file's name end in the format that was chosen."""
        self.end_in(self.suffix())
