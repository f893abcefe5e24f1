"""A window that tells when it was painted, when its rows were on screen, and what it cost; run in its own process.

`empty`: a bare QMainWindow. `shell`: ours without a registry. `rows FILE`: ours with a registry's channels; it also
tells when the whole page was there, and goes on until then, so that the memory is that of the whole program.
A number of seconds after it says how long the window then stays idle.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gui  # noqa: F401 - as main.py does, before PySide6

# isort: split
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.benchmarks.measuring import peak_memory


class Witness(QObject):
    """Notes when what is waited for was painted, watches the idle window, and ends the process."""

    def __init__(self, idle_seconds: float) -> None:
        super().__init__()
        self.told: dict[str, float] = {}
        self._idle = idle_seconds

    def rows_painted(self) -> None:
        """Note that rows are there, before the page may be."""
        self.told.setdefault("painted", time.monotonic())

    def painted(self) -> None:
        """Note that the window is there, with all that is waited for."""
        if "whole" not in self.told:
            self.rows_painted()
            self.told |= {"whole": time.monotonic(), "memory": peak_memory()}
            settle = 1500 if self._idle >= 1 else 0
            QTimer.singleShot(settle if self._idle else 0, self._watch)

    def _watch(self) -> None:
        if not self._idle:
            QApplication.quit()
            return
        begun = (time.process_time(), _switches())

        def ended() -> None:
            self.told["cpu"] = (time.process_time() - begun[0]) / self._idle
            self.told["wakes"] = (_switches() - begun[1]) / self._idle
            QApplication.quit()

        QTimer.singleShot(int(self._idle * 1000), ended)


class EmptyWindow(QMainWindow):
    """The floor: nothing in a window."""

    def __init__(self, painted: Callable[[], None]) -> None:
        super().__init__()
        self.resize(1280, 800)
        self._painted = painted

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self._painted)


class Painting(QObject):
    """Waits for the first painting of a table's view after its rows have come."""

    def __init__(self, table: Any, painted: Callable[[], None]) -> None:
        super().__init__(table)
        self._table, self._painted = table, painted
        getattr(table, "table", table).viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        records = self._table.records if event.type() is QEvent.Type.Paint else None
        if records is not None and records.rowCount() and records.listed(0):
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)


def empty(witness: Witness) -> None:
    """Show a bare window."""
    application = QApplication(sys.argv[:1])
    window = EmptyWindow(witness.painted)
    window.show()
    application.exec()


def ours(witness: Witness, registry: Path | None) -> None:
    """Show our window as the program does."""
    from gui import app

    application = app.make_application("de")
    sitting = app.Sitting(application)
    if registry is None:
        sitting.window.painted.connect(witness.painted)
        sitting.window.show()
    else:
        sitting.window.show_page("channels")
        sitting.window.pages.made.connect(lambda _key, page: Painting(page.table, witness.painted))
        sitting.window.pages.seen.connect(lambda first: Painting(first, witness.rows_painted))
        sitting.begin(registry)
    application.exec()
    sitting.end()


def _switches() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw


def main(kind: str, file: str = "", idle_seconds: str = "0") -> None:
    """Show a window and print what was seen of it."""
    witness = Witness(float(idle_seconds))
    if kind == "empty":
        empty(witness)
    else:
        ours(witness, Path(file) if file else None)
    print(json.dumps(witness.told))


if __name__ == "__main__":
    main(*sys.argv[1:])
