"""Notices what other programs do to the open registry's file; its content is never read here, only on the lane."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from core.errors import BusyError, RegistryError
from core.i18n import _
from gui.tasks import Lane
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry
    from core.storage.catching_up import News

PAUSE = 200  # Milliseconds in which a program that writes may finish, and several changes become one.
AGAIN = 1_000
PATROL = 2_000  # Only where the system cannot watch the file.


class Watching(QObject):
    """Watches one file; asks the log only when something happened to it, so that an idle window sleeps.

    Signals:
        noticed: A sentence that says what somebody else did.
    """

    noticed = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._path: Path | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._asking = self._anew = False
        self._files = QFileSystemWatcher(self)
        self._files.fileChanged.connect(self._touched)
        self._files.directoryChanged.connect(self._look)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self._patrol = QTimer(self, interval=PATROL)
        self._patrol.timeout.connect(self._look)
        workspace.opened.connect(self._begin)
        workspace.closed.connect(self._stop)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._come_back)

    def _begin(self, registry: Registry) -> None:
        self._stop()
        self._path = registry.path
        self._stamp = _stamp(registry.path)
        self._files.addPaths([str(registry.path), str(registry.path.parent)])
        self._see_to_it()
        self._touched()  # What happened between opening and watching.

    def _stop(self) -> None:
        watched = [*self._files.files(), *self._files.directories()]
        if watched:
            self._files.removePaths(watched)
        self._pause.stop()
        self._patrol.stop()
        self._path = None

    def _see_to_it(self) -> None:
        """Watch the file again after it was replaced; look at it now and then where the system cannot watch it."""
        if self._path is None:
            return
        if str(self._path) in self._files.files() or self._files.addPath(str(self._path)):
            self._patrol.stop()
        else:
            self._patrol.start()

    def _touched(self) -> None:
        """Ask in a moment; a burst of changes is asked about once, and at the latest after the pause."""
        if self._path is not None and not self._pause.isActive():
            self._pause.start(PAUSE)

    def _look(self) -> None:
        """Ask only if something happened to the file itself, not to its neighbours in the folder."""
        self._see_to_it()
        stamp = _stamp(self._path) if self._path is not None else None
        if stamp != self._stamp:
            self._stamp = stamp
            self._touched()

    def _come_back(self, state: Qt.ApplicationState) -> None:
        """Look again when the window is used again; a system may have told nothing meanwhile."""
        if state is Qt.ApplicationState.ApplicationActive:
            self._touched()

    def _ask(self) -> None:
        """Catch up on the lane; while that is under way, nothing more is put in line but one more question."""
        if self._path is None or not self._workspace.is_open:
            return
        self._see_to_it()
        if self._asking:
            self._anew = True
            return
        self._asking = True
        registry = self._workspace.registry
        self._workspace.tasks.run(
            Lane.DATABASE,
            lambda _job: registry.catch_up(),
            self._tell,
            failed=self._failed,
            stopped=self._answered,
            owner=self,
        )

    def _tell(self, news: News | None) -> None:
        self._answered()
        if news is not None:
            self.noticed.emit(sentence(news))

    def _failed(self, error: RegistryError) -> None:
        self._answered()
        if not isinstance(error, BusyError):
            self._workspace.fail(error)
        elif self._path is not None:
            self._pause.start(AGAIN)

    def _answered(self) -> None:
        self._asking = False
        if self._anew:
            self._anew = False
            self._touched()


def sentence(news: News) -> str:
    """Say what somebody else did."""
    match news.actions, news.actor:
        case 1, "":
            return _("Changed by another program: {action}").format(action=news.label)
        case 1, name:
            return _("Changed by {name}: {action}").format(name=name, action=news.label)
        case number, "":
            return _("{number} changes by another program, the last one: {action}").format(
                number=number, action=news.label
            )
        case number, name:
            return _("{number} changes by others, the last one by {name}: {action}").format(
                number=number, name=name, action=news.label
            )


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when the file does; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
