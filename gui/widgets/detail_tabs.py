"""Tabs beside a list: where the room does not do for all their words, only the longest word is cut."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget


class DetailTabs(QTabWidget):
    """Tabs of one record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bar = _Bar(self)
        self.setTabBar(bar)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Its line of tabs takes the keys, and has a name for each.
        bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt gave the bar the policy of the whole.


class _Bar(QTabBar):
    """Cuts the longest title, where Qt would take some letters from each."""

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the whole width of every title but the longest."""
        widths = [self.tabSizeHint(place).width() for place in range(self.count())]
        longest = index == widths.index(max(widths))
        return super().minimumTabSizeHint(index) if longest else self.tabSizeHint(index)
