"""The list of the key cards: quick filters with counts above rows of two lines, narrowed as one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.custody.identity.listing import CardRow
from core.i18n import _
from gui.key_cards import CardsRead
from gui.key_cards_model import COMPUTER, OTHERS, STATE, VERIFIED, KeyCardsModel
from gui.two_line_table import TwoLineTable
from gui.widgets import named
from gui.widgets.empty_state import EmptyState
from gui.widgets.filter_chips import FilterChips

WIDTHS = {COMPUTER: 136, VERIFIED: 144, STATE: 112, OTHERS: 144}
NARROWEST = 136
"""A name of two words; below it the table scrolls."""

Filter = Callable[[CardsRead, CardRow], bool]


class KeyCardList(QWidget):
    """Cards of everybody; the cursor stays on its card when they are read again.

    Signals:
        chosen: The fingerprint of the card at the cursor, "" where there is none.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read, self._filters, self._text = CardsRead(), dict[str, Filter](), ""
        self._filter = ""
        self.chips = FilterChips({"open": _("To verify"), "used": _("In force"), "over": _("No longer used")})
        self.chips.chosen.connect(self._choose_filter)
        self.model = KeyCardsModel(self)
        self.table = _table(self.model)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell())
        self.nothing = EmptyState("magnifying-glass", _("No key card matches"), _("Search for something else."))
        self.nothing.offer(_("Show all key cards"), self.show_all)
        self.stack = QStackedWidget()
        self.stack.setContentsMargins(12, 0, 0, 0)
        for part in (self.table, self.nothing):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self.stack, 1)

    def show_cards(self, read: CardsRead, filters: Mapping[str, Filter]) -> None:
        """Show what was read."""
        self._read, self._filters = read, dict(filters)
        counts = {key: sum(fits(read, row) for row in read.rows) for key, fits in filters.items() if key}
        self.chips.show_counts(counts)
        self.chips.buttons[""].setText(_("{word} {number}").format(word=_("All"), number=len(read.rows)))
        self._narrow()

    def search(self, text: str) -> None:
        """Leave only the cards in which a text stands."""
        self._text = text.strip().casefold()
        self._narrow()

    def show_all(self) -> None:
        """Lift filter and search."""
        self._filter, self._text = "", ""
        self.chips.buttons[""].setChecked(True)
        self._narrow()

    def choose(self, fingerprint: str) -> None:
        """Put the cursor on a card; a filter is lifted if it hides the card."""
        if self.model.row_of(fingerprint) is None:
            self.show_all()
        if (row := self.model.row_of(fingerprint)) is not None:
            self.table.selectRow(row)

    def _choose_filter(self, key: str) -> None:
        self._filter = key
        self._narrow()

    def _narrow(self) -> None:
        """Show the rows that the filter and the text leave, with the cursor where it was."""
        before = self._at_cursor()
        fits = self._filters.get(self._filter)
        rows = [row for row in self._read.rows if fits is None or fits(self._read, row)]
        rows = [row for row in rows if self._text in _words(row)]
        self.model.show_cards(rows)
        self.stack.setCurrentWidget(self.table if rows or not self._read.rows else self.nothing)
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
