"""Keeping a dialog on the screen: no larger than its room, and moved into it when it has grown."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog

FRAME = 32
"""The height of a title bar, as long as the desktop has not said how high its own is."""


def room_of(dialog: QDialog) -> QRect:
    """Return where the inside of a dialog may be: the screen without its bars, and without the dialog's frame."""
    screen, outer, inner = dialog.screen().availableGeometry(), dialog.frameGeometry(), dialog.geometry()
    above = inner.top() - outer.top() or FRAME
    beside, below = inner.left() - outer.left(), outer.bottom() - inner.bottom()
    return screen.adjusted(beside, above, -beside, -below)


def keep_in_screen(dialog: QDialog) -> None:
    """Make a dialog no larger than its room, and move it into the room where it reaches out of it."""
    room = room_of(dialog)
    dialog.setMinimumWidth(min(dialog.minimumWidth(), room.width()))
    if dialog.width() > room.width() or dialog.height() > room.height():
        dialog.resize(dialog.size().boundedTo(room.size()))
    place = dialog.geometry()
    wanted = QRect(place)
    wanted.moveRight(min(place.right(), room.right()))
    wanted.moveBottom(min(place.bottom(), room.bottom()))
    wanted.moveLeft(max(wanted.left(), room.left()))
    wanted.moveTop(max(wanted.top(), room.top()))
    if wanted != place:
        dialog.setGeometry(wanted)


class FittingDialog(QDialog):
    """A dialog that begins on the screen."""

    def showEvent(self, event: QShowEvent) -> None:
        """Keep what is larger than the screen on it."""
        super().showEvent(event)
        if not event.spontaneous():
            keep_in_screen(self)
