"""The key cards as rows of two lines: whose, on which computer, verified by whom, in force or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from core.custody.identity.listing import CardRow
from core.i18n import N_, _, show_date, show_instant
from gui import theme
from gui.icons import row_icon
from gui.key_card_words import state, state_sentence, told_by, verified
from gui.key_cards import in_use
from gui.titled_model import Index, TitledModel

TITLES = (N_("Person"), N_("Computer"), N_("Verified by you"), N_("State"), N_("Others say"))
PERSON, COMPUTER, VERIFIED, STATE, OTHERS = range(5)


class KeyCardsModel(TitledModel):
    """A few cards a person."""

    titles = TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: list[CardRow] = []

    def show_cards(self, cards: Sequence[CardRow]) -> None:
        """Show other cards."""
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def row_of(self, fingerprint: str) -> int | None:
        """Return in which row a card stands."""
        return next((row for row, one in enumerate(self.cards) if one.fingerprint == fingerprint), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many cards there are."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; what is not used any more is quiet."""
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(card, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(card, index.column())
            case Qt.ItemDataRole.DecorationRole if index.column() in {VERIFIED, STATE}:
                told = verified(card) if index.column() == VERIFIED else state(card)
                return row_icon(told.picture, told.colour)
            case Qt.ItemDataRole.ForegroundRole if not in_use(card):
                return QColor(theme.tokens().muted)
        return None


def _text(card: CardRow, column: int) -> str:
    match column:
        case 0:
            return _("{name}\nHead of press").format(name=card.person) if card.head else card.person
        case 1:
            made = _("since {day}").format(day=show_date(card.created.date())) if card.created else ""
            return "\n".join(part for part in (card.device or _("unnamed"), made) if part)
        case 2:
            return verified(card).word
        case 3:
            return f"{state(card).word}\n{show_date(card.revoked)}" if card.revoked else state(card).word
        case _:
            return told_by(card)


def _tip(card: CardRow, column: int) -> str:
    match column:
        case 1 if card.created is not None:
            return _("{device}, made on {instant}").format(device=card.device, instant=show_instant(card.created))
        case 3:
            return state_sentence(card) or state(card).word
        case 4:
            return "\n".join(card.told) or _("Nobody else says that they verified this card.")
        case _:
            return _text(card, column)
