"""One file of the library in a small frame: its picture on the ground it is made for, or the symbol of its kind."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from core.model import AssetKind, AssetVariant
from gui import theme
from gui.asset_pictures import AssetPictures, scaled
from gui.asset_words import SYMBOLS
from gui.icons import icon

PAPER = "#ffffff"
"""What the city's files are made for: paper and the white ground of the platforms; in the dark theme, too."""

INK = "#33383f"
"""The ground for what is drawn in white."""

RADIUS = 4
SYMBOL = 40
SMALL_SYMBOL = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A file to be shown: which one, what it is by content, of what kind, and in which colours it is drawn."""

    sha256: str
    media_type: str
    kind: AssetKind
    variant: AssetVariant | None


def paint_file(painter: QPainter, room: QRect, pictures: AssetPictures, shown: Shown, margin: int) -> None:
    """Draw a file into a frame; what is not there yet is asked for, and the frame stays empty."""
    inner = room.adjusted(margin, margin, -margin, -margin)
    ratio = painter.device().devicePixelRatio()
    side = round(max(inner.width(), inner.height()) * ratio)
    picture = pictures.picture(shown.sha256, shown.media_type, side)
    if picture is not None:
        _paint_ground(painter, room, INK if shown.variant is AssetVariant.NEGATIVE else PAPER)
        _paint_picture(painter, inner, picture, ratio)
        return
    _paint_ground(painter, room, theme.tokens().window)
    if pictures.has_none(shown.sha256):
        _paint_symbol(painter, room, shown.kind)


def _paint_ground(painter: QPainter, room: QRect, colour: str) -> None:
    painter.setPen(QPen(QColor(theme.tokens().line), 1))
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def _paint_picture(painter: QPainter, inner: QRect, picture: QPixmap, ratio: float) -> None:
    """Draw a picture as large as it fits; a small one is as large as on a screen of simple density."""
    size = picture.size().scaled(inner.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
    size = size.boundedTo(picture.size() * ratio) / ratio
    place = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignCenter, size, inner)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(place, picture)


def _paint_symbol(painter: QPainter, room: QRect, kind: AssetKind) -> None:
    side = SYMBOL if room.height() > SYMBOL * 2 else SMALL_SYMBOL
    picture = icon(SYMBOLS[kind], "border").pixmap(side, side)
    painter.drawPixmap(room.center() - QPoint(side // 2, side // 2), picture)


class AssetPicture(QWidget):
    """A frame with one file in it; the words beside it say what it is."""

    def __init__(self, pictures: AssetPictures, size: QSize, parent: QWidget | None = None) -> None:
        """Make an empty frame.

        Args:
            pictures: Where the pictures come from.
            size: Of the frame.
            parent: Where it stands.
        """
        super().__init__(parent)
        self._pictures = pictures
        self._shown: Shown | None = None
        self._given: QPixmap | None = None
        self.setFixedSize(size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        pictures.arrived.connect(self._draw_again)
        pictures.damaged.connect(self._draw_again)

    def show_file(self, shown: Shown | None) -> None:
        """Show a file of the library."""
        self._shown, self._given = shown, None
        self.update()

    def show_png(self, png: bytes | None, shown: Shown) -> None:
        """Show a file that is not in the library yet, by the thumbnail that was made of it."""
        image = scaled(png, self.width() * 2) if png is not None else None
        self._shown, self._given = shown, QPixmap.fromImage(image) if image is not None else None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and what is in it."""
        del event
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = max(2, self.height() // 16)
        if self._given is None:
            paint_file(painter, self.rect(), self._pictures, self._shown, margin)
        else:
            _paint_ground(painter, self.rect(), INK if self._shown.variant is AssetVariant.NEGATIVE else PAPER)
            inner = self.rect().adjusted(margin, margin, -margin, -margin)
            _paint_picture(painter, inner, self._given, self.devicePixelRatioF())
        painter.end()

    def _draw_again(self, sha256: str) -> None:
        if self._shown is not None and self._shown.sha256 == sha256:
            self.update()
