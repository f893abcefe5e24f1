"""Draws in a process of its own: whatever a drawing asks of Qt, that process pays for it and not the window.

Qt itself refuses much of what would take too long, but ten thousand large shapes it paints one by one. The process has
little time and memory, writes no file, and ends with its one answer.
"""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from core.exchange.limits import limit_this_process, limit_time
from gui.report_printing import program

DRAW = "--draw"
"""First argument of the program when it is started for this; main.py answers it."""
LARGEST_SIDE = 8192
_SHOWN_SIDE = 2048
_SHOWN_SECONDS, _CUT_SECONDS = 1.6, 6.0
"""Of processor: for what is looked at, and for what is drawn large in order to be cut."""
_WAIT_SECONDS = 20.0
_SIZE = struct.Struct("<LL")
_POINT_BYTES = 4


def picture_apart(drawing: bytes, longest: int) -> QImage | None:
    """Have a drawing drawn; call it off the GUI thread.

    Args:
        drawing: A drawing that was written anew.
        longest: How many points the longer side gets.

    Returns:
        The picture; None where there is nothing to draw, or it asked for too much.
    """
    with subprocess.Popen(  # noqa: S603 - our own program, no shell
        [*program(), DRAW, str(min(longest, LARGEST_SIDE))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            told = child.communicate(drawing, timeout=_WAIT_SECONDS)[0]
        except subprocess.TimeoutExpired:
            told = b""
        finally:
            child.kill()
    return _picture(told)


def draw_apart(arguments: Sequence[str]) -> int:
    """Draw what comes on standard input, and write width, height and points to standard output.

    Args:
        arguments: How many points the longer side gets.

    Returns:
        The exit code.
    """
    longest = int(arguments[0])
    seconds = _SHOWN_SECONDS if longest <= _SHOWN_SIDE else _CUT_SECONDS
    limit_this_process(round(seconds) + 1)
    limit_time(seconds)
    offscreen = ("-platform", "offscreen") if sys.platform.startswith("linux") else ()
    application = QGuiApplication(["kanalregister", *offscreen])
    image = _drawn(sys.stdin.buffer.read(), longest)
    if image is not None:
        sys.stdout.buffer.write(_SIZE.pack(image.width(), image.height()) + bytes(image.constBits()))
        sys.stdout.buffer.flush()
    del application
    return 0


def _drawn(drawing: bytes, longest: int) -> QImage | None:
    from PySide6.QtSvg import QSvgRenderer  # The window itself does without.

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


def _picture(told: bytes) -> QImage | None:
    """Return the picture that a process told of, None where it told of none or not of the whole."""
    if len(told) < _SIZE.size:
        return None
    width, height = _SIZE.unpack_from(told)
    if max(width, height) > LARGEST_SIDE or len(told) != _SIZE.size + width * height * _POINT_BYTES:
        return None
    points = told[_SIZE.size :]
    # Copied, since a QImage does not keep the bytes alive that it looks at.
    return QImage(points, width, height, width * _POINT_BYTES, QImage.Format.Format_ARGB32).copy()
