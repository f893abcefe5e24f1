"""A line of buttons with counts, one of them pressed: which part of a list is shown."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from core.i18n import _
from gui.widgets import named
from gui.widgets.flow import Flow


class FilterChips(QWidget):
    """One chip a part with its count ("New 9"), and one for all; a part without rows is not offered.

    Signals:
        chosen: The key of a part, "" for all.
    """

    chosen = Signal(str)

    def __init__(self, labels: dict[str, str], parent: QWidget | None = None) -> None:
        """Make the line.

        Args:
            labels: The translated words by key, without counts.
            parent: Where it stands.
        """
        super().__init__(parent)
        self._labels = {"": _("All"), **labels}
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        line = Flow(self)
        line.setContentsMargins(24, 0, 24, 0)
        line.setSpacing(8)
        for key in self._labels:
            self.buttons[key] = self._button(key)
            line.addWidget(self.buttons[key])
        self.buttons[""].setChecked(True)

    def show_counts(self, counts: dict[str, int], number: int | None = None, uncounted: Collection[str] = ()) -> None:
        """Show how many rows each part has.

        Args:
            counts: The numbers by part.
            number: How many rows there are, where the parts are not all, or overlap.
            uncounted: Parts that are offered without their number, since it would tell of one person.
        """
        shown = {"": sum(counts.values()) if number is None else number, **counts}
        for key, button in self.buttons.items():
            number = shown.get(key, 0)
            told = self._labels[key] if key in uncounted else _("{word} {number}")
            button.setText(told.format(word=self._labels[key], number=number))
            button.setVisible(bool(number) or not key or button.isChecked())

    def _button(self, key: str) -> QPushButton:
        button = named(QPushButton(self._labels[key]), f"chip-{key or 'all'}", chip=True)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: self.chosen.emit(key))
        self._group.addButton(button)
        return button
