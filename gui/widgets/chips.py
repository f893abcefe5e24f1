"""A line of filters of which one is in force, each with the number of what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from core.i18n import _
from gui.widgets import named
from gui.widgets.flow import Flow

PASSING_WIDTH = 128  # Room for the name of a filter that does not stay.


class ChipBar(QWidget):
    """Filters beside one another.

    Signals:
        chosen: The key of the filter that a person chose.
    """

    chosen = Signal(str)

    def __init__(self, labels: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Make the line; the first filter is in force.

        Args:
            labels: Source texts of the filters' names by their keys.
            parent: The page.
        """
        super().__init__(parent)
        self._labels = dict(labels)
        self._chips: dict[str, QPushButton] = {}
        self._meant: Any = None
        group = QButtonGroup(self)
        self._passing = named(QPushButton(), "filter-passing", chip=True)
        self._passing.setCheckable(True)
        self._passing.hide()
        self._passing.clicked.connect(lambda _on: self._lift())
        group.addButton(self._passing)
        group.buttonToggled.connect(lambda _chip, _on: self._passing.setVisible(self._passing.isChecked()))
        line = Flow(self)
        line.setContentsMargins(24, 0, 8, 8)
        line.setSpacing(8)
        for key, label in labels.items():
            chip = named(QPushButton(_(label)), f"filter-{key}", chip=True)
            chip.setCheckable(True)
            chip.clicked.connect(lambda _on, key=key: self.chosen.emit(key))
            group.addButton(chip)
            line.addWidget(chip)
            self._chips[key] = chip
        line.addWidget(self._passing)
        self.line = line
        line.addStretch()
        self.choose(next(iter(labels)))

    @property
    def key(self) -> str:
        """The filter in force; nothing while a passing one is."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    @property
    def passing(self) -> Any:
        """What the passing filter means, None while none is in force."""
        return self._meant if self._passing.isChecked() else None

    def choose(self, key: str) -> None:
        """Put a filter in force without telling anybody."""
        self._chips[key].setChecked(True)

    def choose_passing(self, title: str, meant: Any) -> None:
        """Put a filter in force that stands in the line only until another is chosen or it is clicked away.

        Args:
            title: What it is called, translated.
            meant: What it means, for whoever asks for `passing`.
        """
        self._meant = meant
        short = self._passing.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, PASSING_WIDTH)
        self._passing.setText(_("{filter}  ✕").format(filter=short))
        self._passing.setAccessibleName(_("Filter {filter}: lift").format(filter=title))
        self._passing.setToolTip(_("{filter}: click to show all again").format(filter=title))
        self._passing.setChecked(True)

    def _lift(self) -> None:
        first = next(iter(self._chips))
        self.choose(first)
        self.chosen.emit(first)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many there are of each."""
        for key, count in counts.items():
            self._chips[key].setText(_("{label}  {count}").format(label=_(self._labels[key]), count=count))
