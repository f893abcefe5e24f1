"""Going about in the window: bring a page into sight, wait until all is there, take away what was opened."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from tests.journeys.driver import Driver


def settle(driver: Driver) -> None:
    """Wait until all that was begun is done and laid out; the screen is asked each time whether it has answered."""
    quiet = 0
    while quiet < 8:  # A change deep in a scrolling page is laid out level by level.
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if driver.sitting.tasks.idle():
            quiet += 1
            QGuiApplication.sync()
        else:
            quiet = 0
            time.sleep(0.001)


def leave(driver: Driver) -> None:
    """Close every dialog, menu and the handbook."""
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and isinstance(widget, QDialog):
            widget.reject()
        elif widget.isVisible() and (isinstance(widget, QMenu) or widget.objectName() == "handbook"):
            widget.close()
    settle(driver)


def open_page(driver: Driver, key: str) -> Any:
    """Bring a page into sight and return it."""
    driver.window.show_page(key)
    settle(driver)
    return driver.window.pages.page


def opened(driver: Driver, dialog: QDialog | None = None) -> QWidget:
    """Open a dialog, or wait for the one that was asked for, and return it."""
    if dialog is not None:
        dialog.open()
    settle(driver)
    shown = driver.dialog()
    assert shown is not None, "no dialog has come"
    return shown
