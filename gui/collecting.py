"""Python's garbage collector, kept on the GUI thread: on a worker it could destroy widgets.

It costs nothing while the program is idle: it collects after work, not by the clock.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from gui.tasks import Tasks

DURING_WORK = 2_000  # Milliseconds between two looks while a lane is busy.
AFTER_WORK = 500
MANY = 20_000  # New objects that make a full collection worth its time.


class Collector(QObject):
    """Switches the automatic collection off and collects when work has left something behind."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        tasks.busy.connect(self._follow)

    def collect(self) -> None:
        """Collect if it is worth it; the rest can wait for the next time."""
        new, _young, old = gc.get_count()
        if new > MANY or old > gc.get_threshold()[2]:
            gc.collect()
        elif new > gc.get_threshold()[0]:
            gc.collect(1)

    def release(self) -> None:
        """Let Python collect by itself again, at the end of the program."""
        self._timer.stop()
        gc.enable()

    def _follow(self, busy: int) -> None:
        self._timer.setSingleShot(not busy)
        self._timer.start(DURING_WORK if busy else AFTER_WORK)
