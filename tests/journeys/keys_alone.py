"""Hands that have no mouse: keys go where the keyboard is, and nothing is reached in any other way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.pages import PAGES, shortcut_of
from tests.journeys.driver import Driver, rest

MOST_STOPS = 80
"""Whoever needs more Tabs than this has not reached it."""
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


class Keys:
    """The keyboard at one window."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    @property
    def place(self) -> QWidget:
        """Where keys go: the open menu, else the widget that has them, else the window in front."""
        here = QApplication.activePopupWidget() or QApplication.focusWidget()
        return here or self._driver.dialog() or self._driver.window

    @property
    def name(self) -> str:
        """The name of where keys go."""
        self._be_in_front()
        return self.place.objectName()

    def press(self, keys: str, times: int = 1) -> None:
        """Press keys, as in "Ctrl+Shift+O"."""
        *held, key = keys.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= _MODIFIERS[one]
        for _time in range(times):
            self._be_in_front()
            QTest.keyClick(self.place, getattr(Qt.Key, f"Key_{key}"), modifiers)
            self.settle()

    def type(self, text: str) -> None:
        """Type letter by letter where the keys go."""
        self._be_in_front()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.place, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        self.settle()

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until the keys go to a widget of this name."""
        met = []
        for _stop in range(MOST_STOPS):
            if self.name == name:
                return
            met.append(self.name)
            self.press(key)
        raise AssertionError(f"{key} does not reach “{name}”, only {list(dict.fromkeys(met))}")

    def go(self, page: str) -> None:
        """Go to a page by its key."""
        self.press(next(shortcut_of(entry) for entry in PAGES if entry.key == page))
        self.wait(lambda: self._driver.window.pages.page is not None, f"the page {page} is there")
        self.settle()

    def paste_file(self, file: Path) -> None:
        """Press Ctrl+V after a file was copied elsewhere, as in a file manager."""
        copied = QMimeData()
        copied.setUrls([QUrl.fromLocalFile(str(file.resolve()))])
        QApplication.clipboard().setMimeData(copied)
        self.press("Ctrl+V")

    def wait(self, what: Callable[[], object], told: str) -> None:
        """Wait until something is true."""
        self._driver.wait(what, f"{told} (the keys go to {type(self.place).__name__} “{self.name}”)")

    def settle(self) -> None:
        """Let the window do what it was asked to."""
        rest(0.005)
        while not self._driver.sitting.tasks.idle():
            rest(0.005)
        rest(0.005)

    def _be_in_front(self) -> None:
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front is None and QApplication.activeWindow() is None:
            self._driver.window.activateWindow()  # A screen without a window manager leaves no window active.
            self._driver.wait(self._driver.window.isActiveWindow, "the window has the keyboard")
        elif front is not None and QApplication.activePopupWidget() is None:
            front.activateWindow()
            self._driver.wait(front.isActiveWindow, "the dialog has the keyboard")
