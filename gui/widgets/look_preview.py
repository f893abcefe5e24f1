"""How a platform shows a picture: cut round, square or wide, with the part that is seen on every device."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.inventory.assets.presentation import Shape, Spec
from core.model import Placement
from gui import theme
from gui.widgets.crop_area import draw_ground

RADIUS = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """The room a platform gives to a picture.

    Attributes:
        width: Of the room, in any unit.
        height: In the same unit.
        round: Whether it is a circle.
        safe: Left, top, right and bottom of what is never covered, as parts of width and height; None for all of it.
    """

    width: int
    height: int
    round: bool = False
    safe: tuple[float, float, float, float] | None = None


class LookPreview(QWidget):
    """One picture in the room that a platform gives it; a broken line where there is none."""

    def __init__(self, frame: Frame, width: int, parent: QWidget | None = None, *, dark: bool = False) -> None:
        """Make an empty room.

        Args:
            frame: Its shape.
            width: How wide it is at most on the screen; it shrinks with the column it stands in.
            parent: Where it stands.
            dark: Whether the picture is drawn in white, and needs a dark ground to be seen.
        """
        super().__init__(parent)
        self._frame, self._most, self._dark = frame, width, dark
        self._picture = QPixmap()
        self._word = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(width)
        self.setMinimumWidth(min(width, 96))

    def show_picture(self, picture: QPixmap | None, word: str = "") -> None:
        """Show a picture; an empty one while it is being read, and a word where there is none."""
        self._word = word if picture is None else ""
        self._picture = picture if picture is not None else QPixmap()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room at its full width."""
        return QSize(self._most, self.heightForWidth(self._most))

    def heightForWidth(self, width: int) -> int:
        """Return the height that belongs to a width."""
        return max(1, round(min(width, self._most) * self._frame.height / self._frame.width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture as the platform cuts it, or the empty room."""
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        room = self._room()
        shape = _shape(room, self._frame)
        if self._picture.isNull():
            self._draw_empty(painter, room, shape)
            return
        painter.setClipPath(shape)
        draw_ground(painter, room, dark=self._dark)
        painter.drawPixmap(room, self._picture, cut_from_middle(self._picture, room))
        self._draw_safe(painter, room)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(theme.tokens().line), 1))
        painter.drawPath(shape)

    def _room(self) -> QRectF:
        width = min(self.width(), self._most)
        return QRectF(0, 0, width, self.heightForWidth(width)).adjusted(0.5, 0.5, -0.5, -0.5)

    def _draw_empty(self, painter: QPainter, room: QRectF, shape: QPainterPath) -> None:
        colours = theme.tokens()
        painter.fillPath(shape, QColor(colours.window))
        painter.setPen(QPen(QColor(colours.border), 1, Qt.PenStyle.DashLine))
        painter.drawPath(shape)
        if self._word:
            painter.setPen(QColor(colours.muted))
            word = painter.fontMetrics().elidedText(self._word, Qt.TextElideMode.ElideRight, int(room.width()) - 8)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)

    def _draw_safe(self, painter: QPainter, room: QRectF) -> None:
        """Shade what some devices cut away or cover."""
        if self._frame.safe is None:
            return
        left, top, right, bottom = self._frame.safe
        inner = QRectF(
            room.left() + left * room.width(),
            room.top() + top * room.height(),
            (right - left) * room.width(),
            (bottom - top) * room.height(),
        )
        outer, kept = QPainterPath(), QPainterPath()
        outer.addRect(room)
        kept.addRect(inner)
        painter.fillPath(outer.subtracted(kept), QColor(0, 0, 0, 90))
        for colour, style in (("#000000", Qt.PenStyle.SolidLine), ("#ffffff", Qt.PenStyle.DashLine)):
            painter.setPen(QPen(QColor(colour), 1, style))
            painter.drawRect(inner)


def cut_from_middle(picture: QPixmap, room: QRectF) -> QRectF:
    """Return the part of a picture that fills a room of another shape, as platforms choose it."""
    ratio = room.width() / room.height()
    width = min(float(picture.width()), picture.height() * ratio)
    height = width / ratio
    return QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)


def _shape(room: QRectF, frame: Frame) -> QPainterPath:
    path = QPainterPath()
    if frame.round:
        path.addEllipse(room)
    else:
        path.addRoundedRect(room, RADIUS, RADIUS)
    return path


def frame_for(placement: Placement, spec: Spec | None) -> Frame:
    """Return how a platform cuts a picture; where nothing is known of it, as most do."""
    if spec is None:
        return Frame(3, 1) if placement is Placement.COVER else Frame(1, 1)
    left, top, width, height = spec.safe
    whole = (left, top, width, height) == (0, 0, spec.width, spec.height)
    safe = (left / spec.width, top / spec.height, (left + width) / spec.width, (top + height) / spec.height)
    return Frame(spec.width, spec.height, spec.shape is Shape.ROUND, None if whole else safe)
