"""The list of the key cards: quick filters with counts above rows of two lines, narrowed as one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.custody.identity.listing import CardRow
from core.i18n import _
from gui.key_cards import CardsRead
from gui.key_cards_model import COMPUTER, OTHERS, STATE, VERIFIED, KeyCardsModel
from gui.two_line_table import TwoLineTable
from gui.widgets import named
from gui.widgets.chipped_list import ChippedList
from gui.widgets.empty_state import EmptyState
from gui.widgets.filter_chips import FilterChips

WIDTHS = {COMPUTER: 136, VERIFIED: 144, STATE: 112, OTHERS: 144}
NARROWEST = 136
"""A name of two words; below it the table scrolls."""

Filter = Callable[[CardsRead, CardRow], bool]


class KeyCardList(ChippedList):
    """Cards of everybody; the cursor stays on its card when they are read again.

    Signals:
        chosen: The fingerprint of the card at the cursor, "" where there is none.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        model = KeyCardsModel()
        table = _table(model)
        chips = FilterChips({"open": _("To verify"), "used": _("In force"), "over": _("No longer used")})
        nothing = EmptyState("magnifying-glass", _("No key card matches"), _("Search for something else."))
        super().__init__(chips, table, nothing, parent)
        self._read, self._filters = CardsRead(), dict[str, Filter]()
        self.model, self.table = model, table
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell())
        self.nothing.offer(_("Show all key cards"), self.show_all)
        self.narrowed.connect(self._narrow)

    def show_cards(self, read: CardsRead, filters: Mapping[str, Filter]) -> None:
        """Show what was read."""
        self._read, self._filters = read, dict(filters)
        counts = {key: sum(fits(read, row) for row in read.rows) for key, fits in filters.items() if key}
        self.chips.show_counts(counts, len(read.rows))
        self._narrow()

    def choose(self, fingerprint: str) -> None:
        """Put the cursor on a card; a filter is lifted if it hides the card."""
        if self.model.row_of(fingerprint) is None:
            self.show_all()
        if (row := self.model.row_of(fingerprint)) is not None:
            self.table.selectRow(row)

    def _narrow(self) -> None:
        """Show the rows that the filter and the text leave, with the cursor where it was."""
        before = self._at_cursor()
        fits = self._filters.get(self.filter)
        rows = [row for row in self._read.rows if fits is None or fits(self._read, row)]
        rows = [row for row in rows if self.text in _words(row)]
        self.model.show_cards(rows)
        self.show_whether_any(any_left=bool(rows) or not self._read.rows)
        self.table.selectRow(self.model.row_of(before) or 0)
        self._tell()

    def _at_cursor(self) -> str:
        row = self.table.currentIndex().row()
        return self.model.cards[row].fingerprint if 0 <= row < len(self.model.cards) else ""

    def _tell(self) -> None:
        self.chosen.emit(self._at_cursor())


def _table(model: KeyCardsModel) -> TwoLineTable:
    table = named(TwoLineTable(model, WIDTHS, NARROWEST), "key-cards-table")
    table.setAccessibleName(_("Key cards"))
    return table


def _words(row: CardRow) -> str:
    return f"{row.person}\n{row.device}\n{row.fingerprint}\n{' '.join(row.told)}".casefold()
