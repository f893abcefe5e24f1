"""The report on many channels, made at the real window: followed by its bar, cancelled once, then made.

    python -m tests.endurance.many_reported REGISTRY FOLDER PERCENT

Prints what a test needs to know as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QProgressBar, QPushButton, QWidget

from tests.journeys.driver import Driver, pictures_wanted

W = TypeVar("W", bound=QWidget)


class Bar:
    """What somebody sees who follows the bar: its values, how long one of them stood, how long the window did."""

    def __init__(self, bar: QProgressBar) -> None:
        self._bar, self._seen, self._turned = bar, time.monotonic(), time.monotonic()
        self.values: list[int] = []
        self.longest = self.frozen = 0.0

    def look(self) -> None:
        """Let the window go on, and look at the bar."""
        QApplication.processEvents()
        now = time.monotonic()
        self.frozen, self._turned = max(self.frozen, now - self._turned), now
        if self._bar.isVisible() and self._bar.maximum() > 0:
            if not self.values or self.values[-1] != self._bar.value():
                self.values.append(self._bar.value())
                self._seen = now
            self.longest = max(self.longest, now - self._seen)
        time.sleep(0.005)


def main(registry: Path, folder: Path, percent: int) -> None:
    """Walk the whole way; cancel when so many percent are done."""
    driver = Driver("en", pictures_wanted())
    driver.begin(registry)
    driver.wait(lambda: driver.sitting.workspace.is_open, "the registry is open")
    driver.press("Ctrl+R")
    driver.wait(lambda: driver.dialog() is not None, "the report's dialog")
    choose_internal(driver)
    cancelled = cancel(driver, folder / "cancelled.xlsx", percent)
    made = make(driver, folder / "report.xlsx")
    driver.end()
    print(json.dumps({"cancelled": cancelled, "made": made}))


def choose_internal(driver: Driver) -> None:
    """Choose the reader who gets most."""
    reader = driver.find(QComboBox, "reader")
    reader.setCurrentIndex(reader.findData("internal"))


def cancel(driver: Driver, report: Path, percent: int) -> dict[str, object]:
    """Begin, and stop when so much of it is done."""
    bar = begin(driver, report)
    follow(driver, bar, lambda: bool(bar.values) and bar.values[-1] >= percent)
    begun = time.monotonic()
    driver.click("cancel")
    driver.wait(driver.find(QPushButton, "decide").isEnabled, "it was cancelled")
    return {"after": time.monotonic() - begun, "files": [one.name for one in report.parent.iterdir()]}


def make(driver: Driver, report: Path) -> dict[str, object]:
    """Make it, and follow the bar to its end."""
    bar = begin(driver, report)
    follow(driver, bar, part(driver, QPushButton, "show-folder").isVisible)
    return {"values": bar.values, "longest": bar.longest, "frozen": bar.frozen, "size": report.stat().st_size}


def begin(driver: Driver, report: Path) -> Bar:
    """Say where the report is to lie, and begin."""
    target = driver.find(QLineEdit, "target")
    target.selectAll()
    driver.type(target, str(report))
    driver.click("decide")
    return Bar(part(driver, QProgressBar))


def part(driver: Driver, kind: type[W], name: str = "") -> W:
    """Return a part of the dialog, whether it is visible or not."""
    dialog = driver.dialog()
    found = dialog.findChild(kind, name) if dialog is not None else None
    assert found is not None
    return found


def follow(driver: Driver, bar: Bar, until: Callable[[], bool]) -> None:
    """Look at the bar until something is true."""
    end = time.monotonic() + 120
    while not until():
        bar.look()
        if time.monotonic() > end:
            driver.look("gave-up")
            raise AssertionError(f"the bar stands at {bar.values[-3:]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
