"""A bug never disappears: every error nobody expected ends in one dialog with an id and details to copy."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
import uuid
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from core.errors import RegistryError

if TYPE_CHECKING:
    from types import TracebackType

    from gui.tasks import Tasks

KEPT_MESSAGES = 20


@dataclass(frozen=True, slots=True)
class Bug:
    """One error nobody expected: a short id to name it by, one line, and the details for whoever mends it."""

    id: str
    line: str
    details: str


class Bugs(QObject):
    """Collects errors from slots, timers, threads, events, painting, destructors, workers and Qt itself.

    The same error at the same place is told once in a sitting: a widget that cannot paint fails with every frame.

    Signals:
        found: A Bug, on the GUI thread.
        refused: A RegistryError that was raised in a slot: no bug, it has its sentence.
    """

    found = Signal(object)
    refused = Signal(object)
    _met = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: deque[str] = deque(maxlen=KEPT_MESSAGES)
        self._seen: set[str] = set()
        self._waiting: deque[Bug | RegistryError] = deque()
        self._met.connect(self._announce, Qt.ConnectionType.QueuedConnection)

    def watch(self, tasks: Tasks) -> None:
        """Catch everything from now on."""
        sys.excepthook = self._raised
        threading.excepthook = self._raised_in_thread
        sys.unraisablehook = self._unraisable
        tasks.failed.connect(self.report)
        qInstallMessageHandler(self._qt_said)

    def release(self) -> None:
        """Give the hooks back, at the end of the program."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)

    def report(self, error: BaseException) -> None:
        """Take in an error, from any thread."""
        self._take("".join(traceback.format_exception(error)), f"{type(error).__name__}: {error}")

    def _raised(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, RegistryError):
            self._waiting.append(error)
            self._met.emit()
        elif isinstance(error, Exception):
            self.report(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def _raised_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def _unraisable(self, unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_value is not None:
            self.report(unraisable.exc_value)

    def _qt_said(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        """Keep what Qt warns of for the details of a later bug; what it calls critical is one."""
        print(f"Qt: {text}", file=sys.stderr)
        self._messages.append(text)
        if kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
            self._take("".join(traceback.format_stack()), f"Qt: {text}")

    def _take(self, trace: str, line: str) -> None:
        if trace + line in self._seen:
            return
        self._seen.add(trace + line)
        bug = Bug(uuid.uuid4().hex[:8], line, "")
        bug = Bug(bug.id, line, "\n".join([f"Bug {bug.id}", *_versions(), "", trace, *self._messages]))
        print(bug.details, file=sys.stderr)
        self._waiting.append(bug)
        self._met.emit()

    def _announce(self) -> None:
        while self._waiting:
            match self._waiting.popleft():
                case Bug() as bug:
                    self.found.emit(bug)
                case error:
                    self.refused.emit(error)


def _versions() -> list[str]:
    return [
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}",
        f"{platform.system()} {platform.release()} ({platform.machine()})",
    ]
