"""Turns drawings into pictures: Qt is let only at what the child process has written anew.

Everything here may run off the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from gui.drawing_apart import picture_apart


def drawn(drawing: bytes, longest: int) -> QImage | None:
    """Draw what `core.exchange.pictures.thumbnails.safe_drawing` returned.

    Args:
        drawing: The drawing, written anew.
        longest: How many points the longer side gets.

    Returns:
        The picture, clear where nothing is drawn; None where there is nothing to draw, or it asked for too much.
    """
    return picture_apart(drawing, longest)


def as_png(image: QImage) -> bytes:
    """Write a picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
