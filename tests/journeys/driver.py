"""Hands and eyes on the real window: finds editors by name, clicks, types, waits, and takes pictures.

Runs inside the program's own process, which a test starts on a real screen; events go the way a person's would.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QListWidget, QPushButton, QWidget

from gui.app import Sitting, make_application

W = TypeVar("W", bound=QObject)
PATIENCE_SECONDS = 60.0


class Driver:
    """One sitting at the real window."""

    def __init__(self, language: str, pictures: Path | None) -> None:
        self.application = make_application(language)
        self.sitting = Sitting(self.application)
        self.pictures = pictures

    def begin(self, registry: Path) -> None:
        """Start the program as its user would."""
        self.sitting.begin(registry)
        self.window = self.sitting.window
        self.window.resize(1280, 800)
        QTest.qWaitForWindowExposed(self.window)

    def end(self) -> None:
        """Close the window."""
        self.window.close()
        self.sitting.end()

    def wait(self, what: Callable[[], object], told: str) -> None:
        """Wait until something is true; the window goes on meanwhile."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not what():
            if time.monotonic() > end:
                self.look("gave-up")
                raise AssertionError(f"waited in vain: {told}")
            rest()

    def find(self, kind: type[W], name: str, within: QWidget | None = None) -> W:
        """Return the visible widget of a name, waiting until it is there."""
        found: list[W] = []

        def there() -> bool:
            places = [within] if within else [self.dialog() or self.window]
            found[:] = [
                one
                for place in places
                for one in place.findChildren(kind, name)
                if not isinstance(one, QWidget) or one.isVisible()
            ]
            return bool(found)

        self.wait(there, f"{kind.__name__} “{name}”")
        return found[0]

    def dialog(self) -> QDialog | None:
        """Return the open dialog in front, if there is one."""
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return shown[-1] if shown else None

    def click(self, name: str, within: QWidget | None = None) -> None:
        """Click a button once it can be clicked."""
        button = self.find(QPushButton, name, within)
        self.wait(button.isEnabled, f"“{name}” can be clicked")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, widget: QWidget, text: str) -> None:
        """Type letter by letter; umlauts need events of their own (QTest aborts on them)."""
        widget.setFocus()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(widget, event)
        rest()

    def press(self, keys: str) -> None:
        """Press a shortcut, as in "Ctrl+Z"; the menu's action hears it."""
        key, modifiers = keys.rpartition("+")[2], Qt.KeyboardModifier.NoModifier
        if "Ctrl" in keys:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        if "Shift" in keys:
            modifiers |= Qt.KeyboardModifier.ShiftModifier
        front = self.dialog() or self.window
        front.activateWindow()
        self.wait(front.isActiveWindow, "the window in front has the keyboard")
        QTest.keyClick(QApplication.focusWidget() or front, getattr(Qt.Key, f"Key_{key}"), modifiers)

    def go(self, page: str) -> None:
        """Choose a page in the navigation."""
        entries = self.find(QListWidget, "navigation", self.window)
        for row in range(entries.count()):
            if entries.item(row).data(Qt.ItemDataRole.UserRole) == page:
                self.click_row(entries, row)
                return
        raise AssertionError(f"no page {page}")

    def click_row(self, view: QAbstractItemView, row: int) -> None:
        """Click a row of a list or table."""
        self.wait(lambda: view.model().rowCount() > row, f"row {row} of “{view.objectName()}”")
        at = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))

    def look(self, name: str) -> None:
        """Keep a picture of what is on screen, where pictures are wanted."""
        if self.pictures is None:
            return
        rest(0.25)
        front = self.dialog()
        self.window.grab().save(str(self.pictures / f"{name}.png"))
        if front is not None:
            front.grab().save(str(self.pictures / f"{name}-dialog.png"))


def rest(seconds: float = 0.01) -> None:
    """Let the window and the lanes work on; QTest's own waiting keeps the interpreter from the lanes."""
    end = time.monotonic() + seconds
    while True:
        QApplication.processEvents()
        time.sleep(0.005)
        if time.monotonic() >= end:
            return


def pictures_wanted() -> Path | None:
    """Return the folder for pictures that the caller named, None where none are wanted."""
    named = os.environ.get("KANALREGISTER_PICTURES")
    if named:
        Path(named).mkdir(parents=True, exist_ok=True)
    return Path(named) if named else None
