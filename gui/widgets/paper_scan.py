"""A signed paper as proof: the scan stays where it is, only its checksum goes into the handover."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.custody.identity.cards import in_groups
from core.errors import UnusableFileError
from core.i18n import _
from core.system_reasons import reason_of
from gui.dialogs.file_decision import documents_folder
from gui.tasks import Job, Lane
from gui.widgets import muted, named
from gui.workspace import Workspace

_SHOWN = 16


class PaperScan(QWidget):
    """A button that asks for the scan, and the file that was chosen."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.digest: str | None = None
        self.chosen = QLabel(wordWrap=True)
        self.chosen.setTextFormat(Qt.TextFormat.PlainText)
        self.chosen.hide()
        self.choosing = named(QPushButton(_("Add a signed paper...")), "choose-scan")
        self.choosing.setAutoDefault(False)
        self.choosing.clicked.connect(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.choosing)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.chosen)
        column.addWidget(
            muted(_("If somebody signed on paper, choose the scan. Only its checksum is noted; keep the paper."))
        )
        self.setFocusProxy(self.choosing)

    def choose(self) -> None:
        """Ask for the file, and work out its checksum."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Scan of the signed paper"), str(documents_folder()))
        if chosen:
            self.read(Path(chosen))

    def read(self, file: Path) -> None:
        """Work out the checksum of a file."""

        def work(_job: Job) -> str:
            return _digest_of(file)

        def show(digest: str) -> None:
            self.show_digest(file.name, digest)

        self._workspace.tasks.run(Lane.LONG, work, show, failed=lambda error: self._show(error.sentence), owner=self)

    def show_digest(self, name: str, digest: str) -> None:
        """Show which file was chosen."""
        self.digest = digest
        begins = in_groups(digest[:_SHOWN])
        self._show(_("“{name}”, checksum begins {digest}").format(name=name, digest=begins))

    def _show(self, text: str) -> None:
        self.chosen.setText(text)
        self.chosen.show()


def _digest_of(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=reason_of(error))
        ) from error
