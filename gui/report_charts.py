"""Charts on paper, drawn from the figures of the workbook's: beside every colour stands a word or a mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil, floor, log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF, qGray

from core.exchange.report.craft.looks import ACCENT, INK, LINE, MUTED, percent
from core.exchange.report.number_text import number_text
from core.exchange.report.paper_charts import PaperChart, PaperSeries

_POINTS = 72.0
_TITLE, _SMALL = 8.5, 7.0  # Letters, in points.
_AIR, _MARK, _STROKE, _HAIR = 6.0, 2.6, 1.6, 0.5
_LINES = 4
"""About so many lines tell how much a height is."""
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_LIGHT = 120
"""Colours whose grey is lighter than this, of 255, take dark letters."""

_CENTRED = Qt.AlignmentFlag.AlignHCenter
_BEFORE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class ChartPainter:
    """Paints one chart into a rectangle of a device."""

    def __init__(self, painter: QPainter, chart: PaperChart, place: QRectF, dots_per_inch: float) -> None:
        self._painter, self._chart = painter, chart
        self._point = dots_per_inch / _POINTS
        air = _AIR * self._point
        self._room = place.adjusted(air, air, -air, -air)
        self._font = QFont(painter.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self) -> None:
        """Paint it."""
        self._painter.save()
        self._title()
        if len(self._chart.series) > 1:
            self._legend()
        match self._chart.kind:
            case _ if not (self._chart.names and self._chart.series):
                pass
            case "bars":
                self._bars()
            case "columns":
                self._columns()
            case "lines":
                self._draw_lines()
        self._painter.restore()

    def _title(self) -> None:
        metrics = self._write_in(_TITLE, ACCENT, bold=True)
        title = metrics.elidedText(self._chart.title, Qt.TextElideMode.ElideRight, self._room.width())
        self._painter.drawText(self._room, _CENTRED | Qt.AlignmentFlag.AlignTop, title)
        self._room.setTop(self._room.top() + metrics.height() * 1.5)

    def _legend(self) -> None:
        """Name the series at the foot, each beside its colour and its mark."""
        metrics = self._write_in(_SMALL, INK)
        sign, gap = metrics.height() * 1.6, metrics.height()
        share = self._room.width() / len(self._chart.series) - sign - 2 * gap
        names = [metrics.elidedText(one.title, Qt.TextElideMode.ElideRight, share) for one in self._chart.series]
        widths = [sign + gap / 2 + metrics.horizontalAdvance(name) + gap for name in names]
        left, middle = self._room.center().x() - sum(widths) / 2, self._room.bottom() - metrics.height() / 2
        for number, (name, width) in enumerate(zip(names, widths, strict=True)):
            self._sign(number, QRectF(left, middle - gap / 3, sign, gap / 1.5))
            self._write_in(_SMALL, INK)
            beside = QRectF(left + sign + gap / 2, middle - gap, width, 2 * gap)
            self._painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            left += width
        self._room.setBottom(self._room.bottom() - metrics.height() * 1.6)

    def _sign(self, number: int, place: QRectF) -> None:
        series = self._chart.series[number]
        if self._chart.kind == "lines":
            self._painter.setPen(self._pen_of(number))
            middle = place.center()
            self._painter.drawLine(QPointF(place.left(), middle.y()), QPointF(place.right(), middle.y()))
            self._mark(number, middle)
        else:
            square = QRectF(place.center().x(), place.top(), place.height(), place.height())
            self._painter.fillRect(square, QColor(f"#{series.colour}"))

    def _bars(self) -> None:
        """Draw lying bars, each beside its name and before its value."""
        metrics, series = self._write_in(_SMALL, INK), self._chart.series[0]
        widest = max(metrics.horizontalAdvance(name) for name in self._chart.names)
        names, gap = min(widest, self._room.width() * 0.45), metrics.height() * 0.5
        most = max((value or 0 for value in series.values), default=0) or 1
        step = self._room.height() / len(self._chart.names)
        length = self._room.width() - names - gap - metrics.horizontalAdvance(self._told(most)) - gap
        for number, (name, value) in enumerate(zip(self._chart.names, series.values, strict=True)):
            top, known = self._room.top() + number * step, value or 0
            short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
            self._painter.drawText(QRectF(self._room.left(), top, names, step), _BEFORE, short)
            bar = QRectF(self._room.left() + names + gap, top + step * 0.18, length * known / most, step * 0.64)
            self._painter.fillRect(bar, QColor(f"#{series.colour}"))
            after = QRectF(bar.right() + gap / 2, top, self._room.width(), step)
            self._painter.drawText(after, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._told(known))

    def _columns(self) -> None:
        """Draw the series one upon the other, and each value into its part where it has room."""
        sums = [sum(values) for values in zip(*(_known(one) for one in self._chart.series), strict=True)]
        top = self._scale(max(sums, default=0))
        for place, values in enumerate(zip(*(_known(one) for one in self._chart.series), strict=True)):
            column = self._column(place)
            heights = [self._room.height() * value / top for value in values]
            for series, value, height, upto in zip(
                self._chart.series, values, heights, accumulate(heights), strict=True
            ):
                part = QRectF(column.left(), self._room.bottom() - upto, column.width(), height)
                self._painter.fillRect(part, QColor(f"#{series.colour}"))
                self._tell_inside(part, series, value)

    def _tell_inside(self, part: QRectF, series: PaperSeries, value: float) -> None:
        dark = qGray(QColor(f"#{series.colour}").rgb()) < _LIGHT
        if part.height() >= self._write_in(_SMALL, "FFFFFF" if dark else INK).height():
            self._painter.drawText(part, Qt.AlignmentFlag.AlignCenter, self._told(value))

    def _draw_lines(self) -> None:
        """Draw lines from each value that is known to the next one, with a mark at each."""
        known = [value for one in self._chart.series for value in one.values if value is not None]
        top = self._chart.greatest or max(known, default=0)
        top = self._scale(top)
        for number, series in enumerate(self._chart.series):
            points = [self._point_at(place, value, top) for place, value in enumerate(series.values)]
            self._painter.setPen(self._pen_of(number))
            known_points = [point for point in points if point is not None]
            for one, other in pairwise(known_points):
                self._painter.drawLine(one, other)
            for point in known_points:
                self._mark(number, point)
        self._tell_last(top)

    def _tell_last(self, top: float) -> None:
        """Write the newest value above its mark, where there is one line alone."""
        if len(self._chart.series) == 1:
            values = self._chart.series[0].values
            metrics = self._write_in(_SMALL, INK)
            place = next((place for place in reversed(range(len(values))) if values[place] is not None), None)
            point = self._point_at(place, values[place], top) if place is not None else None
            if place is not None and point is not None:
                above = QRectF(point.x() - 50 * self._point, point.y() - metrics.height() * 1.6, 100 * self._point, 0)
                above.setHeight(metrics.height())
                self._painter.drawText(above, Qt.AlignmentFlag.AlignCenter, self._told(values[place] or 0))

    def _scale(self, most: float) -> float:
        """Draw the names below, and the lines that tell how much a height is; leave what is between, return its top."""
        metrics = self._write_in(_SMALL, INK)
        step = _step(most, whole=not self._chart.percent)
        count = max(1, ceil(round(most / step, 6)))
        left = max(metrics.horizontalAdvance(self._told(step * one)) for one in range(count + 1)) + metrics.height() / 2
        self._room.adjust(left, metrics.height() * 0.5, 0, -metrics.height() * 1.5)
        for one in range(count + 1):
            height = self._room.bottom() - self._room.height() * one / count
            self._painter.setPen(QPen(QColor(f"#{LINE}"), _HAIR * self._point))
            self._painter.drawLine(QPointF(self._room.left(), height), QPointF(self._room.right(), height))
            self._write_in(_SMALL, MUTED)
            beside = QRectF(self._room.left() - left, height - metrics.height(), left - metrics.height() / 2, 0)
            beside.setHeight(2 * metrics.height())
            self._painter.drawText(beside, _BEFORE, self._told(step * one))
        self._name_places(metrics)
        return step * count

    def _name_places(self, metrics: QFontMetricsF) -> None:
        self._write_in(_SMALL, INK)
        share = self._room.width() / max(1, len(self._chart.names))
        for place, name in enumerate(self._chart.names):
            below = QRectF(self._room.left() + place * share, self._room.bottom(), share, metrics.height() * 1.4)
            short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, share)
            self._painter.drawText(below, Qt.AlignmentFlag.AlignCenter, short)

    def _column(self, place: int) -> QRectF:
        share = self._room.width() / len(self._chart.names)
        return QRectF(self._room.left() + (place + 0.2) * share, self._room.top(), share * 0.6, self._room.height())

    def _point_at(self, place: int, value: float | None, top: float) -> QPointF | None:
        if value is None:
            return None
        return QPointF(self._column(place).center().x(), self._room.bottom() - self._room.height() * value / top)

    def _pen_of(self, number: int) -> QPen:
        colour = QColor(f"#{self._chart.series[number].colour}")
        return QPen(colour, _STROKE * self._point, _DASHES[number % len(_DASHES)])

    def _mark(self, number: int, at: QPointF) -> None:
        """Draw the series' own mark: a circle, a triangle or a square."""
        half = _MARK * self._point
        self._painter.save()
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(f"#{self._chart.series[number].colour}"))
        match number % 3:
            case 0:
                self._painter.drawEllipse(at, half, half)
            case 1:
                corners = (QPointF(0, -half), QPointF(half, half), QPointF(-half, half))
                self._painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
            case _:
                self._painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
        self._painter.restore()

    def _write_in(self, size: float, colour: str, *, bold: bool = False) -> QFontMetricsF:
        self._font.setPixelSize(round(size * self._point))
        self._font.setBold(bold)
        self._painter.setFont(self._font)
        self._painter.setPen(QColor(f"#{colour}"))
        return QFontMetricsF(self._font, self._painter.device())

    def _told(self, value: float) -> str:
        return number_text(value, percent() if self._chart.percent else "#,##0")


def _known(series: PaperSeries) -> Sequence[float]:
    return [value or 0 for value in series.values]


def _step(most: float, *, whole: bool) -> float:
    """Return a round number, of which a few make up the greatest value."""
    raw = max(most, 1 if whole else 0.01) / _LINES
    power = 10.0 ** floor(log10(raw))
    step = next(round_one * power for round_one in (1.0, 2.0, 2.5, 5.0, 10.0) if round_one * power >= raw)
    return max(1.0, ceil(step)) if whole else step
