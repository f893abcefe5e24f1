"""Where texts name the people who are erased, as a table with a tick each: what is ticked goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from core.i18n import N_, _, ngettext
from gui.titled_model import Index, TitledModel
from gui.widgets import muted, named
from gui.widgets.plain_table import plain_table

if TYPE_CHECKING:
    from core.protection.erasure.planning import PlannedMention

WHERE, FOUND, OUTCOME, TEXT = range(4)
LONGEST_TIP = 2_000
"""No tooltip is longer; the whole text stands below the table."""
_WIDTHS = (280, 160, 110)
_ROWS = (120, 260)
"""The least and the greatest height of the table."""
_WHOLE = 76
_TOP = QModelIndex()


class ErasedMentions(TitledModel):
    """The mentions of a plan, ticked as the plan proposes.

    Signals:
        ticked: Other mentions are ticked than before.
    """

    ticked = Signal()
    titles = (N_("Where"), N_("Found"), N_("What happens"), N_("Text"))

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

    def staying(self) -> list[PlannedMention]:
        """Return what is not ticked."""
        return [one for one in self.mentions if one.mention.key not in self._ticked]

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
                return self._cells(one)[index.column()]
            case Qt.ItemDataRole.CheckStateRole if index.column() == WHERE:
                return Qt.CheckState.Checked if one.mention.key in self._ticked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == WHERE:
                return f"{one.where}, {self._outcome(one)}"
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
        self.dataChanged.emit(index, self.index(index.row(), OUTCOME))
        self.ticked.emit()
        return True

    def _outcome(self, one: PlannedMention) -> str:
        return _("is erased") if one.mention.key in self._ticked else _("stays")

    def _cells(self, one: PlannedMention) -> tuple[str, str, str, str]:
        excerpt = " ".join(one.mention.excerpt.split())
        return one.where, ", ".join(one.mention.found), self._outcome(one), excerpt


def whole_text(one: PlannedMention) -> str:
    """Return the text in which somebody is named, from beginning to end."""
    return one.mention.whole or one.mention.excerpt


class MentionsView(QWidget):
    """The mentions, how many of them stay, and the chosen text from beginning to end, for a cell holds but a part."""

    def __init__(self, mentions: ErasedMentions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mentions = mentions
        self.table = plain_table(mentions, "mentions", _("Texts"), _WIDTHS)
        row = self.table.verticalHeader().defaultSectionSize()
        least, most = _ROWS
        self.table.setFixedHeight(min(max(row * (mentions.rowCount() + 2), least), most))
        self.staying = muted("")
        self.whole = named(QPlainTextEdit(readOnly=True, tabChangesFocus=True), "whole-text")
        self.whole.setAccessibleName(_("The whole text"))
        self.whole.setFixedHeight(_WHOLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.table, self.whole, self.staying):
            column.addWidget(part)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _before: self._show_whole(index.row()))
        mentions.ticked.connect(self._tell_staying)
        self._tell_staying()
        self.table.selectRow(0)

    def _show_whole(self, row: int) -> None:
        self.whole.setPlainText(whole_text(self._mentions.mentions[row]))

    def _tell_staying(self) -> None:
        number = len(self._mentions.staying())
        told = ngettext(
            "{number} text is not ticked: it stays as it is.",
            "{number} texts are not ticked: they stay as they are.",
            number,
        )
        self.staying.setText(told.format(number=number))
        self.staying.setVisible(number > 0)
