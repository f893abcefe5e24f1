"""Turns drawings into pictures: Qt is let only at what the child process has written anew.

Everything here may run off the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer


def drawn(drawing: bytes, longest: int) -> QImage | None:
    """Draw what `core.exchange.pictures.thumbnails.safe_drawing` returned.

    Args:
        drawing: The drawing, written anew.
        longest: How many points the longer side gets.

    Returns:
        The picture, clear where nothing is drawn; None where there is nothing to draw.
    """
    renderer = QSvgRenderer(QByteArray(drawing))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.isEmpty():
        return None
    scaled = size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(scaled.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def as_png(image: QImage) -> bytes:
    """Write a picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
