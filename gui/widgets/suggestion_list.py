"""What hangs on somebody, each with a tick, the way in which it passes, why, and who takes it over."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from core.custody.handover.formats.items import Item
from core.custody.handover.proposing import Suggestion
from core.i18n import N_, _
from core.model.choices import ItemKind, Way
from gui.handover_told import way_word
from gui.widgets import muted, named

GROUPS = {
    ItemKind.CREDENTIAL: N_("Logins"),
    ItemKind.ACCESS: N_("Roles on platforms"),
    ItemKind.RESPONSIBILITY: N_("Responsibilities"),
}
LEAST, HEIGHT = 144, 360
"""How high it is at least, on a screen with large letters, and where there is room."""


class SuggestionList(QScrollArea):
    """Everything that can pass is ticked at first; what cannot says why."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestions")
        self.setAccessibleName(_("What hangs on this person"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # What is in it takes the keys, and scrolls it.
        self.setMinimumHeight(LEAST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ticks: list[QCheckBox] = []
        self.ways: list[QComboBox] = []
        self.takers: list[QComboBox] = []
        self._people: tuple[tuple[UUID, str], ...] = ()
        self._shown: tuple[Suggestion, ...] = ()

    def sizeHint(self) -> QSize:
        """Return room for several things with their reasons."""
        return super().sizeHint().expandedTo(QSize(0, HEIGHT))

    def show_suggestions(self, suggestions: Sequence[Suggestion], people: Sequence[tuple[UUID, str]] = ()) -> None:
        """Show things group by group.

        Args:
            suggestions: The things.
            people: Who can take over single things, the successor of all first; nobody else is to be chosen without.
        """
        self._shown, self.ticks, self.ways, self.takers = tuple(suggestions), [], [], []
        self._people = tuple(people) if len(people) > 1 else ()
        inside = named(QWidget(), "column")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 2 if self._people else 0)
        if not suggestions:
            grid.addWidget(muted(_("Nothing hangs on this person.")), 0, 0)
        if self._people:
            for column, text in enumerate((_("Way"), _("Who takes over")), 1):
                grid.addWidget(muted(text), 0, column)
        kind = None
        for one in suggestions:
            if one.kind is not kind:
                kind = one.kind
                grid.addWidget(named(QLabel(_(GROUPS[kind]), indent=0), "form-heading"), grid.rowCount(), 0, 1, 3)
            self._add(grid, one)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(inside)

    def focus_first(self) -> None:
        """Put the cursor on the first thing that can pass."""
        next((tick for tick in self.ticks if tick.isEnabled()), self).setFocus()

    def chosen(self) -> list[Item]:
        """Return the ticked things with the ways that are chosen."""
        rows = zip(self._shown, self.ticks, self.ways, strict=True)
        return [one.item(Way(ways.currentData())) for one, tick, ways in rows if tick.isChecked()]

    def successors(self) -> dict[UUID, UUID]:
        """Return who takes over single things, where it is not the one who takes over all."""
        if not self._people:
            return {}
        rows = zip(self._shown, self.takers, strict=True)
        return {one.id: self._people[box.currentIndex()][0] for one, box in rows if box.currentIndex() > 0}

    def _add(self, grid: QGridLayout, one: Suggestion) -> None:
        row = grid.rowCount()
        tick, ways, takers = QCheckBox(one.label.replace("&", "&&")), QComboBox(self), QComboBox(self)
        ways.hide()
        takers.hide()
        tick.setChecked(one.way is not None)
        tick.setEnabled(one.way is not None)
        for way in one.ways:
            ways.addItem(way_word(one.kind, way), way.value)
        ways.setAccessibleName(_("Way for {thing}").format(thing=one.label))
        tick.toggled.connect(self.changed)
        tick.toggled.connect(ways.setEnabled)
        tick.toggled.connect(takers.setEnabled)
        why = muted("")
        ways.currentIndexChanged.connect(lambda _row: _say_why(one, ways, why, tick))
        _say_why(one, ways, why, tick)
        why.setIndent(tick.style().pixelMetric(tick.style().PixelMetric.PM_IndicatorWidth) + 10)
        grid.addWidget(tick, row, 0)
        if len(one.ways) > 1:
            grid.addWidget(ways, row, 1)
            ways.show()
        elif one.ways:  # There is nothing to choose.
            grid.addWidget(muted(ways.currentText()), row, 1)
        if self._people and one.ways:
            takers.addItems([name for _id, name in self._people])
            takers.setAccessibleName(_("Who takes over {thing}").format(thing=one.label))
            takers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            takers.setMinimumContentsLength(12)
            grid.addWidget(takers, row, 2)
            takers.show()
        why.setContentsMargins(0, 0, 0, 8)
        grid.addWidget(why, row + 1, 0, 1, 3)
        self.ticks.append(tick)
        self.ways.append(ways)
        self.takers.append(takers)


def _say_why(one: Suggestion, ways: QComboBox, why: QLabel, tick: QCheckBox) -> None:
    """Show the reason of the way that is chosen, below the thing and to a reader."""
    way = ways.currentData()
    reason = one.why(Way(way) if way is not None else None)
    why.setText(reason)
    for part in (tick, ways):
        part.setAccessibleDescription(reason)
        part.setToolTip(reason)
