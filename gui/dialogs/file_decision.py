"""Dialogs that write a file: where to, how far it is, how to stop it, and what is done with what lay there before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QWidget

from core.cloud_folders import cloud_warning
from core.errors import BadInputError, RegistryError
from core.i18n import _, ngettext
from gui.dialogs.decision import Decision
from gui.tasks import Job, Lane
from gui.widgets import named
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry


_AFTER_TYPING = 300  # Milliseconds without a key after which the folder is looked at.
_MOST_TRIED = 100


class FileDecision(Decision):
    """A dialog asks what else there is to ask, then calls `ask_target`; `make` calls `write` on the lane of long work.

    A file that lies there already is replaced only when that is said a second time. Once the new one is made, the same
    button opens it, so that Enter goes on.

    Attributes:
        cancelled_text: Source text of what is said when the user stopped the work.
    """

    cancelled_text: str = ""

    def __init__(self, workspace: Workspace, question: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, question, verb, parent)
        self._job: Job | None = None
        self._verb = verb
        self._agreed: frozenset[Path] = frozenset()
        self._suggested = ""
        self._folder = documents_folder()
        self.made_at: Path | None = None
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
        self.target.textChanged.connect(self._follow_target)
        self.target.editingFinished.connect(self._show_whole)

    @property
    def path(self) -> Path:
        """The file that was asked for; a name alone means the folder that was suggested or chosen."""
        return self._folder / Path(self.target.text().strip()).expanduser()

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
        """Return what the file's name ends in, nothing for a folder."""
        raise NotImplementedError

    def suggest(self, name: str) -> None:
        """Suggest a name that no file has yet, unless another one was typed; the folder stays."""
        typed = self.path if self.target.text() else documents_folder() / name
        self._folder = typed.parent
        if typed.name == self._suggested or not self.target.text():
            free = free_name(typed.parent / name)
            self._suggested = free.name
            self.target.setText(str(free))

    def end_in(self, suffix: str) -> None:
        """Let the name end in the format that was chosen; what was suggested stays a suggestion, and free."""
        if not self.target.text():
            return
        renamed = self.path.with_suffix(suffix)
        if self.path.name == self._suggested:
            renamed = free_name(renamed)
            self._suggested = renamed.name
        self.target.setText(str(renamed))

    def make(self) -> None:
        """Make the file; a dialog says here how."""
        raise NotImplementedError

    def decide(self) -> None:
        """Make the file, or open it once it is made; whether one lies there is looked up apart, for drives are slow."""
        if self.made_at is not None:
            self._visit(self.made_at)
        elif not self.target.text().strip():
            self.refuse(BadInputError(_("Please say where it is to be written.")))
            self.target.setFocus()
        elif not self.suffix():
            self._show_whole()
            self.make()
        else:
            self._show_whole()
            self._look(self.files())

    def _look(self, files: list[Path]) -> None:
        """Look which files are there already, once it is sure that they may be written at all."""
        suffix, registry = self.suffix(), self.workspace.registry.path
        self.primary.setEnabled(False)
        self.workspace.tasks.run(
            Lane.LONG,
            lambda _job: _lying_there(files, suffix, registry),
            lambda there: self._looked(files, there),
            failed=self.refuse,
            owner=self,
        )

    def files(self) -> list[Path]:
        """Return the files that will be written."""
        return [self.path]

    def _looked(self, files: list[Path], there: list[Path]) -> None:
        self.primary.setEnabled(True)
        unasked = [one for one in there if one not in self._agreed]
        if files != self.files():
            self.decide()  # Something else was chosen while these were looked up.
        elif unasked:
            self._ask_about(unasked)
        else:
            self.make()

    def _ask_about(self, there: list[Path]) -> None:
        """Let it be said a second time that files are replaced; about others it is asked again."""
        self._agreed |= frozenset(there)
        told = ngettext(
            "“{name}” is there already. Replace it, or enter another name.",
            "These files are there already: {name}. Replace them, or enter another name.",
            len(there),
        )
        self.messages.show_message(told.format(name=", ".join(one.name for one in there)), "warning")
        self.primary.setText(_("Replace"))
        self.target.setFocus()
        self.target.selectAll()

    def _show_whole(self) -> None:
        """Show where a name alone leads."""
        if self.target.text().strip() and self.target.text() != str(self.path):
            self.target.setText(str(self.path))

    def _follow_target(self) -> None:
        self._typed.start()
        if self._agreed and self.path not in self._agreed:
            self._agreed = frozenset()
            self.messages.clear()
            self.primary.setText(self._verb)

    def write(self, work: Callable[[Registry, Job], Any], done: Callable[[Any], None]) -> None:
        """Do the work off the GUI thread; nothing can be changed meanwhile."""

        def written(result: Any) -> None:
            self._wait(False)
            done(result)

        self._wait(True)
        self._job = self.workspace.read_long(
            work, written, failed=self._failed, progressed=self._show_progress, stopped=self._stopped, owner=self
        )

    def finish(self, path: Path, sentence: str, note: str = "", verb: str = "") -> None:
        """Say what was made, and offer to open it; nothing can be chosen any more.

        Args:
            path: The file, or the folder.
            sentence: What was made.
            note: What should be known about it besides.
            verb: What opens it; "Open" without one.
        """
        self.made_at = path
        self.workspace.say(sentence)
        told = f"{sentence} {note}".strip()
        self.messages.show_message(told, "warning" if note else "good", closable=False)
        for part in self.kept:
            part.setEnabled(part is self.primary)
        self.back.setText(_("Close"))
        self.primary.setText(verb or _("Open"))
        self.primary.setFocus()

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
            self._folder = self.path.parent
            self._agreed = frozenset({self.path})  # The system has asked about this file, and about no other.

    def _visit(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.messages.show_message(_("This computer has no program to open “{path}”.").format(path=path), "warning")


def _lying_there(files: list[Path], suffix: str, registry: Path) -> list[Path]:
    """Return which of some files are there already and may be replaced.

    Raises:
        RegistryError: One of them cannot be written, or must not be.
    """
    from core.exchange.targets import refuse_protected, refuse_target

    for place, one in enumerate(files):
        if place:
            refuse_protected(one, registry)
        else:
            refuse_target(one, (suffix,), registry)
    return [one for one in files if one.exists()]


def free_name(path: Path) -> Path:
    """Return a path at which nothing lies, with a number behind the name where it is needed."""
    counted = (path.with_stem(f"{path.stem}-{number}") for number in range(2, _MOST_TRIED))
    return next((one for one in (path, *counted) if not one.exists()), path)


def documents_folder() -> Path:
    """Return where the user keeps documents."""
    kept = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(kept) if kept and Path(kept).is_dir() else Path.home()
