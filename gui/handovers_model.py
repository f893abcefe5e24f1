"""The handovers as rows of two lines: who to whom, why, how much is done, whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from core.custody.handover.listing import HandoverRow
from core.i18n import N_, _, show_date
from gui import theme
from gui.handover_told import progress, title, turn
from gui.icons import row_icon
from gui.titled_model import Index, TitledModel

TITLES = (N_("Handover"), N_("Occasion"), N_("Done"), N_("Whose turn"))
BETWEEN, OCCASION, DONE, TURN = range(4)


class HandoversModel(TitledModel):
    """A few handovers a year."""

    titles = TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[HandoverRow] = []
        self._me: UUID | None = None

    def show_rows(self, rows: Sequence[HandoverRow], me: UUID | None) -> None:
        """Show other handovers."""
        self.beginResetModel()
        self.rows, self._me = list(rows), me
        self.endResetModel()

    def row_of(self, handover: UUID | None) -> int | None:
        """Return in which row a handover stands."""
        return next((place for place, one in enumerate(self.rows) if one.id == handover), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many handovers there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; what is over is quiet."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return title(row) if index.column() == BETWEEN else self._text(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == BETWEEN:
                return title(row)
            case Qt.ItemDataRole.DecorationRole if index.column() == TURN:
                told = turn(row, self._me)
                return row_icon(told.picture, told.colour)
            case Qt.ItemDataRole.ForegroundRole if not row.open_items:
                return QColor(theme.tokens().muted)
        return None

    def _text(self, row: HandoverRow, column: int) -> str:
        match column:
            case 0 if row.giver_id == row.taker_id:
                return _("{name}\nto another computer").format(name=row.giver)
            case 0:
                return _("{giver}\nto {taker}").format(giver=row.giver, taker=row.taker)
            case 1:
                return _("{occasion}\nsince {day}").format(occasion=_(row.occasion.label), day=show_date(row.opened_on))
            case 2:
                return progress(row)
            case _:
                word, day = turn(row, self._me).word, show_date(row.finished_on or row.since)
                told = _("{word}\nsince {day}") if row.finished_on is None else _("{word}\non {day}")
                return told.format(word=word, day=day)
