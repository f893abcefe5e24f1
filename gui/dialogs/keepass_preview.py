"""What a KeePass file would bring: every login with its outcome, the channel to choose, the ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.i18n import _
from gui.dialogs.import_rows import OUTCOMES
from gui.dialogs.keepass_rows import KeePassRows
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.widgets.filter_chips import FilterChips
from gui.widgets.plain_table import plain_table
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.exchange.keepass.proposal import Proposal, Row

WIDTHS = (232, 112, 96, 176, 112)


class KeePassPreview(QWidget):
    """The table, and below it what is to be said of the chosen row.

    Signals:
        decided: A channel was chosen, or entries are to be joined or not: the proposal is to be made anew.
    """

    decided = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: dict[int, UUID] = {}
        self.rows = KeePassRows(self)
        self.chips = FilterChips({key: _(word) for key, (word, _picture, _colour) in OUTCOMES.items()})
        self.table = plain_table(self.rows, "keepass-rows", _("Logins of the file"), WIDTHS)
        self.about = named(QLabel(wordWrap=True), "row-about")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.channel = named(ReferenceBox(workspace, "channel"), "channel")
        self.channel.setAccessibleName(_("Channel"))
        self.join = named(QCheckBox(_("One login for entries with the &same name and password")), "join")
        self.join.setChecked(True)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._show_row)
        self.chips.chosen.connect(self.show_only)
        self.channel.edited.connect(self._take_channel)
        self.join.toggled.connect(self.decided)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show what would happen; the row that was chosen stays chosen."""
        kept = self._row()
        self.rows.show_rows(proposal.rows)
        self.chips.show_counts(self.rows.counts())
        self._select(kept)

    def show_only(self, outcome: str) -> None:
        """Show the rows of one outcome, or all."""
        self.rows.show_only(outcome)
        self._select(None)

    def clear(self) -> None:
        """Forget the file."""
        self.rows.show_rows(())
        self.chosen.clear()

    def _row(self) -> Row | None:
        return self.rows.row_at(self.table.currentIndex().row())

    def _select(self, row: Row | None) -> None:
        place = self.rows.place_of(row.key if row is not None else None)
        self.table.selectRow(place)
        self._show_row(self.rows.index(place, 0))

    def _show_row(self, current: QModelIndex, _previous: QModelIndex | None = None) -> None:
        row = self.rows.row_at(current.row())
        self.about.setText("\n".join(row.problems) if row is not None else "")
        self.channel.setEnabled(row is not None and row.credential_id is None and row.outcome != "refused")
        channels = row.login.channels if row is not None else ()
        self.channel.show_value(channels[0].id if len(channels) == 1 else None)

    def _take_channel(self) -> None:
        row, found = self._row(), self.channel.chosen()
        if row is None or found is None or self.chosen.get(row.login.entry.number) == found.id:
            return
        self.chosen[row.login.entry.number] = found.id
        self.rows.tick([row.key])
        self.decided.emit()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        name = QLabel(_("C&hannel of the chosen login"))
        name.setBuddy(self.channel)
        line.addWidget(name)
        line.addWidget(self.channel, 1)
        self.table.setMinimumHeight(360)
        chips = self.chips.layout()
        if chips is not None:
            chips.setContentsMargins(0, 0, 0, 0)  # The dialog around it has margins of its own.
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        column.addLayout(line)
        column.addWidget(self.join)
