"""Dialogs that write a file: where to, how far it is, and how to stop it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QWidget

from core.cloud_folders import cloud_warning
from core.errors import RegistryError
from core.i18n import _
from gui.dialogs.decision import Decision
from gui.tasks import Job, Lane
from gui.widgets import named
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry


_AFTER_TYPING = 300  # Milliseconds without a key after which the folder is looked at.


class FileDecision(Decision):
    """A dialog asks what else there is to ask, then calls `ask_target`; `write` runs on the lane of long work.

    Attributes:
        cancelled_text: Source text of what is said when the user stopped the work.
    """

    cancelled_text: str = ""

    def __init__(self, workspace: Workspace, question: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, question, verb, parent)
        self._job: Job | None = None
        self.target = named(QLineEdit(), "target")
        self.target.setAccessibleName(_("File"))
        self.choosing = named(QPushButton(_("Choose...")), "choose-target")
        self.choosing.setAutoDefault(False)
        self.choosing.clicked.connect(self._choose_target)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(_("Progress"))
        self.progress.hide()
        self.kept: list[QWidget] = [self.target, self.choosing, self.primary]
        self.cloud = SeverityLabel("warning", sentences=True)
        self.cloud.hide()
        self._typed = QTimer(self, singleShot=True, interval=_AFTER_TYPING)
        self._typed.timeout.connect(self._look_for_cloud)
        self.target.textChanged.connect(lambda _text: self._typed.start())

    @property
    def path(self) -> Path:
        """The file that was asked for."""
        return Path(self.target.text()).expanduser()

    def ask_target(self, label: str = "") -> None:
        """Ask for the file, or what the label names, and leave room for the progress below."""
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.target, 1)
        line.addWidget(self.choosing)
        place.setFocusProxy(self.target)
        self.ask(label or _("F&ile"), place)
        self.body.addWidget(self.cloud)
        self.body.addWidget(self.progress)

    def suffix(self) -> str:
        """Return what the file's name ends in."""
        raise NotImplementedError

    def write(self, work: Callable[[Registry, Job], Any], done: Callable[[Any], None]) -> None:
        """Do the work off the GUI thread; nothing can be changed meanwhile."""

        def written(result: Any) -> None:
            self._wait(False)
            done(result)

        self._wait(True)
        self._job = self.workspace.read_long(
            work, written, failed=self._failed, progressed=self._show_progress, stopped=self._stopped, owner=self
        )

    def reject(self) -> None:
        """Stop the work that is under way; close if there is none."""
        if self._job is not None and not self._job.cancelled():
            self._job.cancel()
        else:
            super().reject()

    def _failed(self, error: RegistryError) -> None:
        self._wait(False)
        self.refuse(error)

    def _stopped(self) -> None:
        self._wait(False)
        self.messages.show_message(_(self.cancelled_text), "notice")

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _wait(self, waiting: bool) -> None:
        self.messages.clear()
        self.progress.setRange(0, 0)
        self.progress.setVisible(waiting)
        for part in self.kept:
            part.setEnabled(not waiting)
        if not waiting:
            self._job = None

    def _look_for_cloud(self) -> None:
        """Warn of a folder that a cloud service synchronises, before anything is written; a drive may be slow."""
        path = self.path
        self.workspace.tasks.run(Lane.LONG, lambda _job: cloud_warning(path), self._warn_of_cloud, owner=self)

    def _warn_of_cloud(self, warning: str) -> None:
        self.cloud.show_severity("warning", warning)
        self.cloud.setVisible(bool(warning))

    def _choose_target(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, self.primary.text(), self.target.text(), f"*{self.suffix()}")
        if chosen:
            self.target.setText(chosen)


def documents_folder() -> Path:
    """Return where the user keeps documents."""
    kept = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(kept) if kept and Path(kept).is_dir() else Path.home()
