"""A picture of which a part is chosen: dragged with the mouse, or moved and sized with the keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from core.i18n import _
from gui import theme
from gui.crop_box import CropBox, box_around
from gui.widgets import named
from gui.widgets.asset_picture import INK

ROOM = 8
"""Around the picture, for the ring that shows the focus and for the handle at its corner."""
HANDLE = 12
CLEAR = -1
"""The ground of a margin that has no colour."""
STEP, LONG_STEP = 0.01, 0.1
"""Parts of the picture's width by which an arrow key moves the box, without and with Shift."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SIZES = {Qt.Key.Key_Plus: 1.05, Qt.Key.Key_Equal: 1.05, Qt.Key.Key_Minus: 1 / 1.05}


class CropArea(QLabel):
    """The whole picture, darkened where it is cut away; a label, so that assistive technology knows what it is.

    Signals:
        chosen: Another part (carries the CropBox).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "crop-area")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Part of the picture"))
        self.setAccessibleDescription(
            _("Arrow keys move the part, with Shift further; plus and minus make it larger and smaller.")
        )
        self._picture = QPixmap()
        self._box: CropBox | None = None
        self._round = self._dark = False
        self.ground = CLEAR
        self._grabbed: QPointF | None = None
        self._sizing = False

    def sizeHint(self) -> QSize:
        """Return a size at which details can be seen."""
        return QSize(480, 320)

    @property
    def box(self) -> CropBox | None:
        """The part that is chosen, None as long as there is no picture."""
        return self._box

    def show_picture(self, picture: QPixmap, box: CropBox, *, round_shape: bool, dark: bool = False) -> None:
        """Show a picture and the part to begin with.

        Args:
            picture: The picture, as large as it is to be seen; the box counts in points of the original.
            box: The part.
            round_shape: Whether the platform cuts a circle out of it.
            dark: Whether the picture is drawn in white, and needs a dark ground to be seen.
        """
        self._picture, self._round, self._dark = picture, round_shape, dark
        self.choose(box)

    def show_ground(self, ground: int) -> None:
        """Show a margin in a colour, given as one number; CLEAR for none."""
        self.ground = ground
        if self._box is not None:
            self.choose(self._box)

    def choose(self, box: CropBox) -> None:
        """Choose a part."""
        self._box = box
        self.update()
        self.chosen.emit(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the part with the arrows, size it with plus and minus; Home shows as much as possible."""
        key, box = Qt.Key(event.key()), self._box
        if box is not None and key in _ARROWS:
            far = LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            right, down = _ARROWS[key]
            step = max(1.0, box.source[0] * far)
            self.choose(box.moved(right * step, down * step))
        elif box is not None and key in _SIZES:
            self.choose(box.sized(box.width * _SIZES[key]))
        elif box is not None and key == Qt.Key.Key_Home:
            self.choose(
                box_around(box.source, box.target, round_shape=self._round) if box.loose else box.sized(box.widest)
            )
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the part, or of its corner."""
        if self._box is not None and event.button() is Qt.MouseButton.LeftButton:
            self._grabbed = event.position()
            self._sizing = self._handle().contains(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move or size what is held."""
        box, scale = self._box, self._scale()
        if box is None:
            return
        if self._grabbed is None:
            self._show_hand(event.position())
            return
        way = (event.position() - self._grabbed) / scale
        self._grabbed = event.position()
        if self._sizing:
            self.choose(box.sized(box.width + 2 * max(way.x(), way.y() * box.ratio, key=abs)))
        else:
            self.choose(box.moved(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._grabbed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Make the part larger and smaller."""
        if self._box is not None and event.angleDelta().y():
            self.choose(self._box.sized(self._box.width * 0.999 ** event.angleDelta().y()))
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, what is cut away, the part's edge and its corner."""
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        colours, box = theme.tokens(), self._box
        painter.fillRect(self.rect(), QColor(colours.window))
        if box is not None and not self._picture.isNull():
            self._draw_picture(painter, box)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _draw_picture(self, painter: QPainter, box: CropBox) -> None:
        whole, part = self._whole(), self._part(box)
        draw_ground(painter, whole, dark=self._dark)
        if box.has_margin:
            draw_ground(painter, part, dark=self._dark)
        if box.loose and self.ground != CLEAR:
            painter.fillRect(part, QColor(self.ground))
        painter.drawPixmap(whole, self._picture, QRectF(self._picture.rect()))
        away, kept = QPainterPath(), QPainterPath()
        away.addRect(whole.united(part))
        if self._round:
            kept.addEllipse(part)
        else:
            kept.addRect(part)
        painter.fillPath(away.subtracted(kept), QColor(0, 0, 0, 140))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("#000000", 3.0), ("#ffffff", 1.5)):  # Seen on light and dark pictures alike.
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPath(kept)
            painter.setPen(QPen(QColor(colour), 1, Qt.PenStyle.DotLine))
            painter.drawRect(part)
        painter.setPen(QPen(QColor("#000000"), 1))
        painter.setBrush(QColor("#ffffff"))
        painter.drawRect(self._handle())

    def _show_hand(self, at: QPointF) -> None:
        held = self._box is not None and self._part(self._box).contains(at)
        shape = Qt.CursorShape.SizeAllCursor if held else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.SizeFDiagCursor if self._handle().contains(at) else shape)

    def _scale(self) -> float:
        """Return how many pixels of the screen one point of the picture has."""
        if self._box is None:
            return 1.0
        width, height = self._box.room
        return min((self.width() - 2 * ROOM) / width, (self.height() - 2 * ROOM) / height)

    def _whole(self) -> QRectF:
        assert self._box is not None
        scale, (width, height) = self._scale(), self._box.source
        shown = QRectF(0, 0, width * scale, height * scale)
        shown.moveCenter(QRectF(self.rect()).center())
        return shown

    def _part(self, box: CropBox) -> QRectF:
        scale, corner = self._scale(), self._whole().topLeft()
        return QRectF(
            corner.x() + box.left * scale, corner.y() + box.top * scale, box.width * scale, box.height * scale
        )

    def _handle(self) -> QRectF:
        if self._box is None:
            return QRectF()
        corner = self._part(self._box).bottomRight()
        return QRectF(corner.x() - HANDLE / 2, corner.y() - HANDLE / 2, HANDLE, HANDLE)


def part_of(picture: QPixmap, box: CropBox, ground: int) -> QPixmap:
    """Return a part of a picture as it will be, with its margin.

    Args:
        picture: The picture, in whatever size.
        box: The part.
        ground: The colour of the margin as one number, CLEAR for none.
    """
    scale = picture.width() / box.source[0]
    left, top, width, height = (side * scale for side in box.points())
    made = QPixmap(max(1, round(width)), max(1, round(height)))
    made.fill(QColor(ground) if box.has_margin and ground != CLEAR else Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(QPointF(-left, -top), picture)
    painter.end()
    return made


def draw_ground(painter: QPainter, room: QRectF, side: int = 8, *, dark: bool = False) -> None:
    """Draw what is seen through a picture where it is clear: a pattern, and ink behind what is drawn in white."""
    colours = theme.tokens()
    if dark:
        painter.fillRect(room, QColor(INK))
        return
    painter.save()
    painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
    painter.fillRect(room, QColor(colours.surface))
    shade = QColor(colours.line)
    for row in range(int(room.height() / side) + 1):
        for column in range(row % 2, int(room.width() / side) + 1, 2):
            painter.fillRect(QRectF(room.left() + column * side, room.top() + row * side, side, side), shade)
    painter.restore()
