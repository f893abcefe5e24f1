"""Quick filters with counts above a list, and a word in its place where they and the search leave nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.widgets.empty_state import EmptyState
from gui.widgets.filter_chips import FilterChips


class ChippedList(QWidget):
    """What is chosen and typed is kept here; what that leaves, its owner knows.

    Signals:
        narrowed: Another filter was chosen, or another text typed.

    Attributes:
        filter: The key of the chosen filter, "" for all.
        text: What is searched for, casefolded and without blanks around it.
    """

    narrowed = Signal()

    def __init__(
        self, chips: FilterChips, view: QWidget, nothing: EmptyState, parent: QWidget | None = None, *, indent: int = 12
    ) -> None:
        """Place the parts.

        Args:
            chips: The filters.
            view: The list.
            nothing: What stands there where nothing is left.
            parent: Where it stands.
            indent: The room to the left of the list, in pixels.
        """
        super().__init__(parent)
        self.filter, self.text = "", ""
        self.chips, self.nothing, self._view = chips, nothing, view
        self.stack = QStackedWidget()
        self.stack.setContentsMargins(indent, 0, 0, 0)
        for part in (view, nothing):
            self.stack.addWidget(part)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(chips)
        self.column.addWidget(self.stack, 1)
        chips.chosen.connect(self.show_filter)

    def show_filter(self, key: str) -> None:
        """Choose a filter, "" for all."""
        self.chips.buttons[key].setChecked(True)
        self.filter = key
        self.narrowed.emit()

    def search(self, text: str) -> None:
        """Leave only that in which a text stands."""
        self.text = text.strip().casefold()
        self.narrowed.emit()

    def show_all(self) -> None:
        """Lift filter and search."""
        self.text = ""
        self.show_filter("")

    def show_whether_any(self, *, any_left: bool) -> None:
        """Show the list, or that nothing is left."""
        self.stack.setCurrentWidget(self._view if any_left else self.nothing)
