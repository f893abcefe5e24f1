"""What all pictures of the window need: patience until it rests, and a keyring that seems to be there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.app import Sitting

_PATIENCE = 60.0
_REST = 0.4  # So long nothing happens before a picture is taken.


def rest(sitting: Sitting) -> None:
    """Wait until every lane has been idle for a moment."""
    from PySide6.QtWidgets import QApplication

    given_up = time.monotonic() + _PATIENCE
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < _REST:
        QApplication.processEvents()
        time.sleep(0.005)
        if not sitting.tasks.idle():
            quiet_since = time.monotonic()
        if time.monotonic() > given_up:
            raise TimeoutError("The window does not come to rest.")


def say_the_keyring_is_open(sitting: Sitting) -> None:
    """Show what people see who have one; here none can be reached."""
    from gui.keyring_watch import KeyringNews, Standing, watch_of

    watch = watch_of(sitting.workspace)
    watch.news = KeyringNews(Standing.OPEN, kept=4)
    watch.changed.emit(watch.news)
