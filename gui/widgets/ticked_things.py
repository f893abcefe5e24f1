"""Things of a handover with a box to tick each: which of them a step is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.widgets import named
from gui.widgets.wrapped_check import WrappedCheck

MANY = 6
"""More of them scroll."""
_HEIGHT = 280


@dataclass(frozen=True, slots=True)
class Thing:
    """One line.

    Attributes:
        id: What is ticked.
        text: What it is called.
        note: What is to be known of it.
        ticked: Whether it is ticked at first.
    """

    id: UUID
    text: str
    note: str = ""
    ticked: bool = True


class TickedThings(QWidget):
    """Lines below one another.

    Signals:
        changed: Something was ticked, or not any more.
    """

    changed = Signal()

    def __init__(self, name: str, things: Iterable[Thing] = (), parent: QWidget | None = None) -> None:
        """Make the lines.

        Args:
            name: The boxes are called by it and their number.
            things: The lines.
            parent: Where they stand.
        """
        super().__init__(parent)
        self._name = name
        self.checks: dict[UUID, WrappedCheck] = {}
        self._inner = QWidget()
        self._lines = QVBoxLayout(self._inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._inner)
        self.show_things(things)

    def show_things(self, things: Iterable[Thing]) -> None:
        """Add lines; called once."""
        for one in things:
            check = WrappedCheck(one.text, f"{self._name}-{len(self.checks)}", why=one.note)
            check.box.setChecked(one.ticked)
            check.box.toggled.connect(lambda _on: self.changed.emit())
            self.checks[one.id] = check
            self._lines.addWidget(check)
        if len(self.checks) > MANY:
            self._scroll()
        if self.checks:
            self.setFocusProxy(next(iter(self.checks.values())))
        self.changed.emit()

    def chosen(self) -> list[UUID]:
        """Return what is ticked, in order."""
        return [id for id, check in self.checks.items() if check.box.isChecked()]

    def all_ticked(self) -> bool:
        """Say whether nothing is left out."""
        return len(self.chosen()) == len(self.checks)

    def _scroll(self) -> None:
        area = named(QScrollArea(), f"{self._name}-scroll")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(_HEIGHT)
        self._column.removeWidget(self._inner)
        area.setWidget(self._inner)
        self._column.addWidget(area)
