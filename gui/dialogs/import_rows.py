"""The rows of an import as a table: what becomes of each, and which of them are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from core.i18n import N_, _
from gui.icons import icon
from gui.titled_model import Index, TitledModel

if TYPE_CHECKING:
    from core.exchange.importing.proposal import ProposedRow

OUTCOMES = {
    "created": (N_("New"), "plus-circle", "good"),
    "changed": (N_("Changed"), "pencil-simple", "link"),
    "unchanged": (N_("Unchanged"), "equals", "muted"),
    "doubtful": (N_("Doubtful"), "warning", "warning"),
    "refused": (N_("Refused"), "prohibit", "severe"),
    "left-out": (N_("Left out"), "minus-circle", "muted"),
}
"""What becomes of a row: its word, its picture, the colour of the picture."""
COLUMNS = (N_("Row"), N_("What happens"), N_("Channel"), N_("Note"))
_TOP = QModelIndex()


def outcome_of(row: ProposedRow) -> str:
    """Return the key of what becomes of a row; one left out by hand is told from a refused one."""
    return "left-out" if row.left_out else row.outcome


class ImportRows(TitledModel):
    """The rows of one proposal that pass the filter."""

    titles = COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[ProposedRow, ...] = ()
        self._shown: list[ProposedRow] = []
        self._outcome: str | None = None

    def show_rows(self, rows: tuple[ProposedRow, ...]) -> None:
        """Show the rows of a new proposal."""
        self.beginResetModel()
        self._all = rows
        self._choose()
        self.endResetModel()

    def show_only(self, outcome: str | None) -> None:
        """Show the rows of one outcome, or all."""
        self.beginResetModel()
        self._outcome = outcome
        self._choose()
        self.endResetModel()

    def row_at(self, place: int) -> ProposedRow | None:
        """Return what stands at a place of the table."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def place_of(self, number: int, channel: str) -> int:
        """Return where a row of the list stands in the table, its first account if that one is gone; else -1."""
        same = [place for place, row in enumerate(self._shown) if row.row == number]
        return next((place for place in same if self._shown[place].channel == channel), same[0] if same else -1)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each outcome."""
        counted = dict.fromkeys(OUTCOMES, 0)
        for row in self._all:
            counted[outcome_of(row)] += 1
        return counted

    def _choose(self) -> None:
        self._shown = [row for row in self._all if self._outcome is None or outcome_of(row) == self._outcome]

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, picture or tooltip of a cell."""
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cells(row)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(problem.message for problem in row.problems) or _cells(row)[index.column()] or None
            case Qt.ItemDataRole.DecorationRole if index.column() == 1:
                _word, picture, colour = OUTCOMES[outcome_of(row)]
                return icon(picture, colour)
        return None


def _cells(row: ProposedRow) -> tuple[str, ...]:
    note = row.problems[0].message if row.problems else ""
    return (str(row.row), _(OUTCOMES[outcome_of(row)][0]), row.channel, note)
