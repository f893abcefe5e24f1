"""Figures as painted bars: each says its name and its number in words, and is a link to the list behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui import theme
from gui.icons import icon
from gui.widgets import named

HEIGHT = 32
THICKNESS = 12
MARGIN = 8
PICTURE = 16
WIDEST_LABEL = 0.6  # Of the row; a longer name is cut, its tooltip is not.


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure.

    Attributes:
        key: Its name in the program.
        label: What is counted, translated.
        value: How many there are.
        spoken: Label and number in words, for the tooltip and assistive technology.
        act: Shows the list behind the figure; None where there is none.
        picture: Name of a picture before the label.
        colour: The token of the theme that bar and picture are drawn in.
    """

    key: str
    label: str
    value: int
    spoken: str
    act: Callable[[], object] | None = None
    picture: str = ""
    colour: str = "focus"


class Bars(QWidget):
    """Figures below one another, their bars to one scale; Tab goes to the group, Up and Down go through it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.rows: list[BarRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other figures; rows are kept, and the keys stay where they are."""
        while len(self.rows) > len(bars):
            gone = self.rows.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(bars):
            self._add_row()
        for row, bar in zip(self.rows, bars, strict=True):
            row.show_bar(bar)
        self._measure()
        self._let_tab_stop_at(next((row for row in self.rows if row.hasFocus()), None) or self._first())

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure()

    def _measure(self) -> None:
        """Give all rows one scale, and room for the longest name and the longest number."""
        most = max((row.bar.value for row in self.rows), default=0)
        label = max((row.label_width() for row in self.rows), default=0)
        number = max((row.number_width() for row in self.rows), default=0)
        for row in self.rows:
            row.scale_to(most, label, number)

    def _add_row(self) -> None:
        row = BarRow(self)
        row.stepped.connect(lambda step, row=row: self._step(row, step))
        self.rows.append(row)
        self._column.addWidget(row)

    def _step(self, row: BarRow, step: int) -> None:
        links = [one for one in self.rows if one.isEnabled()]
        place = links.index(row) + step
        if 0 <= place < len(links):
            links[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._let_tab_stop_at(links[place])

    def _first(self) -> BarRow | None:
        return next((row for row in self.rows if row.isEnabled()), None)

    def _let_tab_stop_at(self, chosen: BarRow | None) -> None:
        for row in self.rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is chosen else Qt.FocusPolicy.ClickFocus)


class BarRow(QPushButton):
    """One figure: picture, name, bar, number.

    Signals:
        stepped: The keys want to go down (1) or up (-1).
    """

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bar = Bar("", "", 0, "")
        self._most = self._label_width = self._number_width = 0
        self.clicked.connect(lambda _checked: self.bar.act() if self.bar.act else None)

    def show_bar(self, bar: Bar) -> None:
        """Show a figure."""
        self.bar = bar
        named(self, f"bar-{bar.key}")
        self.setEnabled(bar.act is not None)
        self.setAccessibleName(bar.spoken)
        self.setToolTip(bar.spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor if bar.act else Qt.CursorShape.ArrowCursor)

    def label_width(self) -> int:
        """Return the room that its name takes, in pixels."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self.bar.label) + 2

    def number_width(self) -> int:
        """Return the room that its number takes, in digits of one width."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance("0" * len(str(self.bar.value))) + 2

    def scale_to(self, most: int, label_width: int, number_width: int) -> None:
        """Draw to the scale of the group.

        Args:
            most: The number for which the bar is as long as it can be.
            label_width: Room for the longest name of the group.
            number_width: Room for its longest number.
        """
        self._most, self._label_width, self._number_width = most, label_width, number_width
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a row; the bar takes what room there is."""
        return QSize(self._label_width + self._number_width + 120, self._height())

    def minimumSizeHint(self) -> QSize:
        """Return how narrow it can be."""
        return QSize(self._number_width + 120, self._height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Up and Down go through the group, and Enter follow the link as Space does."""
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = self.rect().adjusted(MARGIN, 0, -MARGIN, 0)
        self._draw_ground(painter)
        left = inner.left() + self._draw_picture(painter, inner)
        width = min(self._label_width, round(inner.width() * WIDEST_LABEL))
        self._draw_texts(painter, inner, left, width)
        self._draw_bar(painter, QRect(left + width + MARGIN, inner.top(), 0, inner.height()), inner)
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _draw_picture(self, painter: QPainter, inner: QRect) -> int:
        """Draw the picture, and return how much room it took."""
        if not self.bar.picture:
            return 0
        colour = "muted" if self.bar.colour == "focus" else self.bar.colour
        top = inner.center().y() - PICTURE // 2 + 1
        icon(self.bar.picture, colour).paint(painter, QRect(inner.left(), top, PICTURE, PICTURE))
        return PICTURE + MARGIN

    def _draw_texts(self, painter: QPainter, inner: QRect, left: int, width: int) -> None:
        painter.setFont(theme.tabular(self.font()))
        painter.setPen(QColor(theme.tokens().text))
        label = self.fontMetrics().elidedText(self.bar.label, Qt.TextElideMode.ElideRight, width)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, inner.top(), width + 2, inner.height()), middle, label)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, str(self.bar.value))

    def _draw_bar(self, painter: QPainter, place: QRect, inner: QRect) -> None:
        """Draw the bar from its place up to the number; nothing is no bar, little is still seen."""
        room = inner.right() - self._number_width - MARGIN - place.left()
        if not self.bar.value or room <= 0:
            return
        length = max(room * self.bar.value / self._most, 3.0)
        top = place.center().y() - THICKNESS / 2 + 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme.tokens(), self.bar.colour)))
        painter.drawRoundedRect(QRectF(place.left(), top, length, THICKNESS), 3, 3)

    def _height(self) -> int:
        return max(HEIGHT, self.fontMetrics().height() + MARGIN)
