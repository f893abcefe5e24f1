"""Scrolls through a large library at the real window and tells what every turn of the event loop cost.

    python -m tests.endurance.scrolled_library REGISTRY STEPS

Runs on the screen of its environment; prints JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollBar

from tests.gui.accessibility.going import open_page, settle
from tests.journeys.driver import Driver

PAUSE = 0.004
"""Seconds between two turns, in which the lanes work."""


class Turns:
    """What the turns of the event loop cost: on the clock, and of the processor's time on this thread."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.work: list[float] = []

    def turn(self) -> None:
        """Let the window do all that it has to do now."""
        begun, worked = time.perf_counter(), time.thread_time()
        QApplication.processEvents()
        self.clock.append(time.perf_counter() - begun)
        self.work.append(time.thread_time() - worked)
        time.sleep(PAUSE)

    def scroll(self, bar: QScrollBar, steps: int) -> None:
        """Go to the end and back in so many steps."""
        for step in [*range(steps), *range(steps, -1, -1)]:
            begun, worked = time.perf_counter(), time.thread_time()
            bar.setValue(bar.minimum() + (bar.maximum() - bar.minimum()) * step // steps)
            QApplication.processEvents()
            self.clock.append(time.perf_counter() - begun)
            self.work.append(time.thread_time() - worked)
            time.sleep(PAUSE)

    def told(self) -> dict[str, float]:
        """Return the longest turn and how many there were."""
        return {"longest": max(self.clock), "longest_work": max(self.work), "turns": len(self.clock)}


def main(registry: Path, steps: int) -> None:
    """Scroll through the gallery and through what is shown where."""
    driver = Driver("de", None)
    driver.begin(registry)
    driver.wait(lambda: driver.sitting.workspace.is_open, "the registry is open")
    settle(driver)
    start = _memory("VmRSS")
    gallery = _scrolled(open_page(driver, "assets").library.gallery, steps, driver)
    matrix = _scrolled(open_page(driver, "asset-matrix").table, steps, driver)
    told = {"gallery": gallery, "matrix": matrix, "start": start, "most": _memory("VmHWM"), "end": _memory("VmRSS")}
    driver.end()
    print(json.dumps(told))


def _scrolled(view: QAbstractItemView, steps: int, driver: Driver) -> dict[str, Any]:
    turns = Turns()
    bar = max((view.verticalScrollBar(), view.horizontalScrollBar()), key=lambda one: one.maximum())
    turns.scroll(bar, steps)
    seen = _pictures_come(view, driver, turns)
    return turns.told() | {"scrolled": bar.maximum(), "pictures": seen}


def _pictures_come(view: Any, driver: Driver, turns: Turns) -> int:
    """Wait until all that is in sight has its picture; return how many pictures there are."""
    pictures = view._pictures if hasattr(view, "_pictures") else view.itemDelegate()._pictures
    end = time.monotonic() + 120
    while not driver.sitting.tasks.idle():
        turns.turn()
        assert time.monotonic() < end, "the pictures never come"
    return len(pictures._kept)


def _memory(what: str) -> int:
    """Return bytes that this process holds now (VmRSS) or has held at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) * 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
