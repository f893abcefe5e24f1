"""The list of the handovers: quick filters with counts above rows of two lines, narrowed as one types."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.custody.handover.listing import HandoverRow
from core.i18n import _
from gui.handover_told import is_mine
from gui.handovers import HandoversRead
from gui.handovers_model import DONE, OCCASION, TURN, HandoversModel
from gui.two_line_table import TwoLineTable
from gui.widgets import named
from gui.widgets.chipped_list import ChippedList
from gui.widgets.empty_state import EmptyState
from gui.widgets.filter_chips import FilterChips

WIDTHS = {OCCASION: 168, DONE: 120, TURN: 168}
NARROWEST = 160
"""A name of two words; below it the table scrolls."""

FILTERS: dict[str, Callable[[HandoverRow, UUID | None], bool]] = {
    "mine": is_mine,
    "open": lambda row, _me: bool(row.open_items),
    "over": lambda row, _me: not row.open_items,
}


ONES_OWN = frozenset({"mine"})
"""What waits for one person is offered without its number: nothing is counted by person."""


class HandoverList(ChippedList):
    """Handovers of everybody; what is finished is folded away at first. The cursor stays where it was.

    Signals:
        chosen: The handover at the cursor, None where there is none.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        model = HandoversModel()
        table = _table(model)
        chips = FilterChips({"mine": _("Your turn"), "open": _("Still open"), "over": _("Finished")})
        super().__init__(chips, table, EmptyState("magnifying-glass", "", ""), parent)
        self._read = HandoversRead()
        self._staying: UUID | None = None
        self.model, self.table = model, table
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell())
        self.nothing.offer(_("Show all handovers"), self.show_all)
        self.show_filter("open")
        self.narrowed.connect(self._look_anew)

    def show_handovers(self, read: HandoversRead) -> None:
        """Show what was read; the one at the cursor stays, though it may just have been finished."""
        self._read, self._staying = read, self._at_cursor()
        counts = {key: sum(fits(row, read.me) for row in read.rows) for key, fits in FILTERS.items()}
        self.chips.show_counts(counts, len(read.rows), uncounted=ONES_OWN)
        self._narrow()

    def choose(self, handover: UUID) -> bool:
        """Put the cursor on a handover, and say whether it is there; a filter is lifted if it hides it."""
        if self.model.row_of(handover) is None and any(one.id == handover for one in self._read.rows):
            self.show_all()
        row = self.model.row_of(handover)
        if row is not None:
            self.table.selectRow(row)
        return row is not None

    def _look_anew(self) -> None:
        self._staying = None
        self._narrow()

    def _narrow(self) -> None:
        """Show the rows that the filter and the text leave, with the cursor where it was."""
        before, me = self._at_cursor(), self._read.me
        fits = FILTERS.get(self.filter)
        rows = [row for row in self._read.rows if fits is None or fits(row, me) or row.id == self._staying]
        rows = [row for row in rows if self.text in _words(row)]
        self.model.show_rows(rows, me)
        self._say_nothing()
        self.show_whether_any(any_left=bool(rows) or not self._read.rows)
        self.table.selectRow(self.model.row_of(before) or 0)
        self._tell()

    def _say_nothing(self) -> None:
        if self.text:
            self.nothing.set_texts(_("No handover matches"), _("Search for something else."))
        else:
            self.nothing.set_texts(_("Nothing is open"), _("All handovers are finished; they stay here to look up."))

    def _at_cursor(self) -> UUID | None:
        row = self.table.currentIndex().row()
        return self.model.rows[row].id if 0 <= row < len(self.model.rows) else None

    def _tell(self) -> None:
        self.chosen.emit(self._at_cursor())


def _table(model: HandoversModel) -> TwoLineTable:
    table = named(TwoLineTable(model, WIDTHS, NARROWEST), "handovers-table")
    table.setAccessibleName(_("Handovers"))
    table.setWordWrap(False)  # A long name is cut; its tooltip and the detail show it whole.
    return table


def _words(row: HandoverRow) -> str:
    return f"{row.giver}\n{row.taker}\n{_(row.occasion.label)}".casefold()
