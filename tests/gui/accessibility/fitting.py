"""Opens every dialog on a screen and writes down which of them reach out of it, or hide their buttons.

    python -m tests.gui.accessibility.fitting LANGUAGE DEMO PART PARTS [NAME...]

Opens every dialog whose number divided by PARTS leaves PART; with NAMEs only those that begin with one. Prints JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from gui.dialogs.decision import Decision
from gui.dialogs.fitting import room_of
from tests.gui.accessibility.dialog_scenes import DIALOGS
from tests.gui.accessibility.going import leave, settle
from tests.gui.accessibility.parts import Part
from tests.journeys.driver import Driver, pictures_wanted


def main(language: str, demo: Path, part: Part, names: tuple[str, ...]) -> None:
    """Look at the dialogs."""
    driver = Driver(language, pictures_wanted())
    driver.begin(demo)
    driver.wait(lambda: driver.sitting.workspace.is_open, "the demo city is open")
    found: dict[str, list[str]] = {}
    for name, enter in part.of(list(DIALOGS.items())):
        if not names or name.startswith(names):
            top = enter(driver)
            settle(driver)
            if isinstance(top, QDialog):
                found[name] = list(_complaints(top))
            driver.look(name.replace(" ", "-"))
            leave(driver)
    driver.end()
    print(json.dumps(found))


def _complaints(dialog: QDialog) -> Iterator[str]:
    room = room_of(dialog)
    if not room.contains(dialog.geometry()):
        yield f"is at {dialog.geometry().getRect()} where there is room at {room.getRect()}"
    if not isinstance(dialog, Decision):
        return
    buttons: list[QWidget] = [one for one in (dialog.back, dialog.primary) if one.isVisible()]
    for button in buttons:
        place = QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
        if not dialog.rect().contains(place) or button.visibleRegion().isEmpty():
            yield f"“{button.objectName()}” cannot be pressed"
    yield from _unreachable(dialog)


def _unreachable(dialog: Decision) -> Iterator[str]:
    """Say if what does not fit cannot be scrolled to with a key."""
    bar = dialog.scrolling.verticalScrollBar()
    for _press in range(20):
        QTest.keyClick(dialog, Qt.Key.Key_PageDown)
    if bar.value() != bar.maximum():
        yield "does not scroll to its end"
    if dialog.scrolling.horizontalScrollBar().maximum() > 0:
        yield f"is {dialog.scrolling.horizontalScrollBar().maximum()} too narrow for what it holds"


if __name__ == "__main__":
    chosen = Part(int(sys.argv[3]), int(sys.argv[4]))
    main(sys.argv[1], Path(sys.argv[2]), chosen, tuple(sys.argv[5:]))
