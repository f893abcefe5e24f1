"""Where texts name the people who are erased, as a table with a tick each: what is ticked goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from core.i18n import N_, _
from gui.titled_model import Index, TitledModel

if TYPE_CHECKING:
    from core.protection.erasure.planning import PlannedMention

WHERE, FOUND, TEXT = 0, 1, 2
LONGEST_TIP = 2_000
"""No tooltip is longer; the whole text stands below the table."""
_TOP = QModelIndex()


class ErasedMentions(TitledModel):
    """The mentions of a plan, ticked as the plan proposes.

    Signals:
        ticked: Other mentions are ticked than before.
    """

    ticked = Signal()
    titles = (N_("Where"), N_("Found"), N_("Text"))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mentions: Sequence[PlannedMention] = ()
        self._ticked: set[str] = set()

    def show_mentions(self, mentions: Sequence[PlannedMention]) -> None:
        """Show the mentions of a new plan."""
        self.beginResetModel()
        self.mentions = mentions
        self._ticked = {one.mention.key for one in mentions if one.mention.ticked}
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> frozenset[str]:
        """Return the keys of what is ticked."""
        return frozenset(self._ticked)

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return how many mentions there are."""
        return 0 if parent.isValid() else len(self.mentions)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let each mention be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == WHERE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, tick or tooltip of a cell."""
        if not index.isValid():
            return None
        one = self.mentions[index.row()]
        match role:
            case Qt.ItemDataRole.ToolTipRole if index.column() == TEXT:
                return whole_text(one)[:LONGEST_TIP]
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _cells(one)[index.column()]
            case Qt.ItemDataRole.CheckStateRole if index.column() == WHERE:
                return Qt.CheckState.Checked if one.mention.key in self._ticked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == WHERE:
                state = _("is erased") if one.mention.key in self._ticked else _("stays")
                return f"{one.where}, {state}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a mention, or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        key = self.mentions[index.row()].mention.key
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(key)
        else:
            self._ticked.discard(key)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True


def whole_text(one: PlannedMention) -> str:
    """Return the text in which somebody is named, from beginning to end."""
    return one.mention.whole or one.mention.excerpt


def _cells(one: PlannedMention) -> tuple[str, str, str]:
    return one.where, ", ".join(one.mention.found), " ".join(one.mention.excerpt.split())
