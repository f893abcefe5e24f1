"""Work off the GUI thread: lanes of one thread each, their results delivered on the GUI thread.

What a job holds (widgets in closures, frames of an exception) is owned by the GUI thread from its start to its
delivery; the lane only borrows it. So no widget is ever destroyed on a worker thread.
"""

from __future__ import annotations

import enum
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import MethodType
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from core.errors import RegistryError

T = TypeVar("T")
PROGRESS_EVERY = 0.1  # Seconds between two reports of progress that reach the window.


class Lane(enum.Enum):
    """A line of work in which one job runs after the other."""

    DATABASE = "database"
    LONG = "long"
    KEYRING = "keyring"


class Job:
    """One piece of work on a lane; the handle to follow and to cancel it."""

    def __init__(self, number: int, lane: Lane) -> None:
        self.number = number
        self.lane = lane
        self.steps = (0, 0)
        self._stop = threading.Event()
        self._reported = 0.0
        self._announce: Callable[[int], None] = lambda _number: None

    def cancel(self) -> None:
        """Ask the work to stop; a job that has not begun never will."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Return whether the work was asked to stop; long work asks this now and then."""
        return self._stop.is_set()

    @property
    def stop_event(self) -> threading.Event:
        """What is set when the work is asked to stop, for work that waits elsewhere."""
        return self._stop

    def told(self, done: int, total: int) -> bool:
        """Say how far the work is, and learn whether it should go on."""
        self.report(done, total)
        return not self.cancelled()

    def report(self, done: int, total: int) -> None:
        """Say from within the work how far it is; reports that come too fast are merged."""
        self.steps = (done, total)
        if done >= total or time.monotonic() - self._reported >= PROGRESS_EVERY:
            self._reported = time.monotonic()
            self._announce(self.number)


class _Held:
    """A job with all that it holds, and in the end its outcome."""

    def __init__(self, job: Job, function: Callable[[Job], Any], callbacks: _Callbacks) -> None:
        self.job = job
        self.function = function
        self.callbacks = callbacks
        self.result: Any = None
        self.error: BaseException | None = None


class _Callbacks:
    """Who is told on the GUI thread; silent once the widget that asked is gone."""

    def __init__(self, owner: QObject | None, **called: Callable[..., None] | None) -> None:
        self._owner = owner
        self._called = called

    def call(self, name: str, *arguments: Any) -> bool:
        """Call one of them; return whether there was one that could be called."""
        function = self._called[name]
        if function is None:
            return False
        if self._alive(function):
            function(*arguments)
        return True

    def _alive(self, function: Callable[..., None]) -> bool:
        receiver = function.__self__ if isinstance(function, MethodType) else None
        asked = [one for one in (self._owner, receiver) if isinstance(one, QObject)]
        return all(shiboken6.isValid(one) for one in asked)


class Tasks(QObject):
    """The lanes.

    Signals:
        failed: An error that is no RegistryError: a bug.
        refused: A RegistryError that who asked did not want to have.
        busy: 1 when a first job begins, 0 when nothing is left to do.
    """

    failed = Signal(object)
    refused = Signal(object)
    busy = Signal(int)
    _finished = Signal(int)
    _progressed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._held: dict[int, _Held] = {}
        self._lanes = {lane: ThreadPoolExecutor(1, thread_name_prefix=lane.value) for lane in Lane}
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    def run(  # noqa: PLR0913 - one callback for each way in which work can go on
        self,
        lane: Lane,
        function: Callable[[Job], T],
        then: Callable[[T], None] | None = None,
        *,
        failed: Callable[[RegistryError], None] | None = None,
        progressed: Callable[[int, int], None] | None = None,
        stopped: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run a function on a lane and deliver its result on the GUI thread.

        Args:
            lane: Where it waits its turn.
            function: The work; it gets its job, to report progress and to ask whether it was cancelled.
            then: Gets the result.
            failed: Gets a RegistryError; without it the error goes to the signal `refused`.
            progressed: Gets (done, total) as reported by the work.
            stopped: Called instead of the others when the job was cancelled.
            owner: The widget that asked; nothing is called once it is gone.

        Returns:
            The handle to cancel it.
        """
        job = Job(next(self._numbers), lane)
        job._announce = self._progressed.emit  # noqa: SLF001 - a job is made only here
        callbacks = _Callbacks(owner, then=then, failed=failed, progressed=progressed, stopped=stopped)
        self._held[job.number] = _Held(job, function, callbacks)
        if len(self._held) == 1:
            self.busy.emit(1)
        self._lanes[lane].submit(self._work, job.number)
        return job

    def idle(self) -> bool:
        """Return whether nothing runs, waits or is still to be delivered."""
        return not self._held

    def close(self) -> None:
        """Let the database lane finish what the user asked for, stop long work, deliver nothing more."""
        for held in self._held.values():
            if held.job.lane is not Lane.DATABASE:
                held.job.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=True)
        self._held.clear()

    def _work(self, number: int) -> None:
        """Run on the lane's thread; every reference is dropped before the GUI thread is told."""
        held = self._held[number]
        try:
            if not held.job.cancelled():
                held.result = held.function(held.job)
        except BaseException as error:  # noqa: BLE001 - no error of a worker may get lost (trust.md)
            held.error = error
        del held
        self._finished.emit(number)

    def _show_progress(self, number: int) -> None:
        held = self._held.get(number)
        if held is not None and not held.job.cancelled():
            held.callbacks.call("progressed", *held.job.steps)

    def _deliver(self, number: int) -> None:
        held = self._held.pop(number, None)
        if held is None:
            return
        try:
            self._tell(held)
        finally:
            if not self._held:
                self.busy.emit(0)

    def _tell(self, held: _Held) -> None:
        match held.error:
            case None if held.job.cancelled():
                held.callbacks.call("stopped")
            case None:
                held.callbacks.call("then", held.result)
            case RegistryError() if held.job.cancelled():
                held.callbacks.call("stopped")
            case RegistryError():
                if not held.callbacks.call("failed", held.error):
                    self.refused.emit(held.error)
            case error:
                held.callbacks.call("stopped")
                self.failed.emit(error)
