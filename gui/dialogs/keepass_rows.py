"""The logins of a KeePass file as a table: what becomes of each, and which of them are ticked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from core.i18n import N_, _
from gui.dialogs.import_rows import OUTCOMES
from gui.icons import icon
from gui.titled_model import Index, TitledModel

if TYPE_CHECKING:
    from core.exchange.keepass.proposal import Row, RowKey

LOGIN, OUTCOME = 0, 1
_TOP = QModelIndex()


class KeePassRows(TitledModel):
    """The rows that pass the filter; only what can be taken in can be ticked.

    Signals:
        ticked: Other rows are ticked than before.
    """

    ticked = Signal()
    titles = (N_("Login"), N_("What happens"), N_("Kind"), N_("Channels"), N_("Group"), N_("Note"))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Row, ...] = ()
        self._shown: list[Row] = []
        self._outcome = ""
        self._chosen: dict[RowKey, bool] = {}

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show the rows of a new proposal; what the user ticked stays ticked."""
        self.beginResetModel()
        self._all = rows
        self._choose()
        self.endResetModel()
        self.ticked.emit()

    def show_only(self, outcome: str) -> None:
        """Show the rows of one outcome, or all."""
        self.beginResetModel()
        self._outcome = outcome
        self._choose()
        self.endResetModel()

    def tick(self, keys: Iterable[RowKey]) -> None:
        """Tick rows that the user has just cleared up."""
        self._chosen |= dict.fromkeys(keys, True)

    def row_at(self, place: int) -> Row | None:
        """Return what stands at a place of the table."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def place_of(self, key: RowKey | None) -> int:
        """Return where a row stands in the table, the first place if it is not shown."""
        return next((place for place, row in enumerate(self._shown) if row.key == key), 0)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each outcome."""
        counted = dict.fromkeys(OUTCOMES, 0)
        for row in self._all:
            counted[row.outcome] += 1
        return counted

    def ticked_rows(self) -> tuple[Row, ...]:
        """Return what is to be taken in."""
        return tuple(row for row in self._all if self._is_ticked(row))

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which rows can be ticked."""
        flags = super().flags(index)
        row = self.row_at(index.row())
        if index.column() == LOGIN and row is not None and row.takeable:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, picture, tick or tooltip of a cell."""
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cells(row)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(row.problems) or cells(row)[index.column()] or None
            case Qt.ItemDataRole.DecorationRole if index.column() == OUTCOME:
                _word, picture, colour = OUTCOMES[row.outcome]
                return icon(picture, colour)
            case Qt.ItemDataRole.CheckStateRole if index.column() == LOGIN and row.takeable:
                return Qt.CheckState.Checked if self._is_ticked(row) else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row, or take the tick away."""
        row = self.row_at(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or row is None or not row.takeable:
            return False
        self._chosen[row.key] = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True

    def _choose(self) -> None:
        self._shown = [row for row in self._all if not self._outcome or row.outcome == self._outcome]

    def _is_ticked(self, row: Row) -> bool:
        return row.takeable and self._chosen.get(row.key, row.certain)


def cells(row: Row) -> tuple[str, ...]:
    """Return the texts of a row; a secret is none of them."""
    entry = row.login.entry
    label = f"{row.label} – {entry.login_name}" if entry.login_name else row.label
    return (
        label,
        _(OUTCOMES[row.outcome][0]),
        _(row.kind.label),
        "; ".join(one.label for one in row.login.channels),
        " / ".join(entry.groups),
        row.problems[0] if row.problems else "",
    )
