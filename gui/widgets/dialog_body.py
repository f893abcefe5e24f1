"""What a dialog asks: as high as it needs to be, and scrolling where the screen has no more room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QVBoxLayout, QWidget

LEAST_HEIGHT = 64
"""So little of it is still in sight on a screen that has room for nothing else."""


class DialogBody(QScrollArea):
    """Asks for the height of what it holds, so that a dialog scrolls only where it may not grow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Page up and down scroll it wherever the keys are.
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)  # The dialog is seen through it.

    def heightForWidth(self, width: int) -> int:
        """Return the height at which nothing scrolls."""
        return self._whole_height(width)

    def _whole_height(self, width: int) -> int:
        if self.column.hasHeightForWidth():
            return self.column.totalHeightForWidth(width)
        return self.column.totalSizeHint().height()

    def sizeHint(self) -> QSize:
        """Return the room of all that it holds."""
        return self.column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the width of what it holds: only the height may be less."""
        return QSize(self.column.totalMinimumSize().width(), LEAST_HEIGHT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the dialog when what it holds wants another height."""
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the bar away as soon as there is room for all."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Have no bar where all has room: a bar that came before wraps a line more, and would stay for that line."""
        is_wide = self.column.totalMinimumSize().width() <= self.width()
        fits = is_wide and self._whole_height(self.width()) <= self.height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if policy is not self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)

    def turn(self, event: QKeyEvent) -> bool:
        """Scroll by a page where a key asks for it; say whether it did."""
        match event.key():
            case Qt.Key.Key_PageDown:
                self.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
            case Qt.Key.Key_PageUp:
                self.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepSub)
            case _:
                return False
        return True
