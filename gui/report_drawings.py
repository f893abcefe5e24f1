"""What is drawn on the paper of a report among its text: charts and the coat of arms."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter, QPyTextObject, QTextDocument, QTextFormat

from core.exchange.report.paper_charts import PaperChart, PaperPicture
from gui.report_charts import ChartPainter

_CSS_INCH = 96.0
_ACROSS, _HEIGHT = 965, 232
"""The width of a page's text, and how high a chart is, in 96ths of an inch."""


class Drawings(QPyTextObject):
    """Draws in a document what its text names, sharp at any size: lines stay lines."""

    def __init__(self) -> None:
        super().__init__()
        self._charts: dict[str, PaperChart] = {}
        self._pictures: dict[str, QImage] = {}

    def chart(self, chart: PaperChart, beside: int) -> str:
        """Return how a text names a chart that shares the page's width with others."""
        name = f"chart:{len(self._charts)}"
        self._charts[name] = chart
        return f'<img src="{name}" width="{_ACROSS // beside}" height="{_HEIGHT}">'

    def picture(self, picture: PaperPicture) -> str:
        """Return how a text names a picture."""
        name = f"picture:{len(self._pictures)}"
        self._pictures[name] = QImage.fromData(picture.content)
        return f'<img src="{name}" width="{picture.width:.0f}" height="{picture.height:.0f}">'

    def draw_in(self, document: QTextDocument) -> None:
        """Draw what a document names; it keeps this alive."""
        self.setParent(document)
        document.documentLayout().registerHandler(QTextFormat.ObjectTypes.ImageObject.value, self)

    def intrinsicSize(self, document: QTextDocument, _position: int, format: QTextFormat) -> QSizeF:
        """Return how large something is on the document's device."""
        image, scale = format.toImageFormat(), _dots_per_inch(document) / _CSS_INCH
        return QSizeF(image.width() * scale, image.height() * scale)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        _position: int,
        format: QTextFormat,
    ) -> None:
        """Draw it."""
        name = format.toImageFormat().name()
        if name in self._charts:
            ChartPainter(painter, self._charts[name], QRectF(rect), _dots_per_inch(document)).paint()
        elif name in self._pictures:
            painter.drawImage(QRectF(rect), self._pictures[name])


def _dots_per_inch(document: QTextDocument) -> float:
    device = document.documentLayout().paintDevice()
    return float(device.logicalDpiY()) if device is not None else _CSS_INCH
