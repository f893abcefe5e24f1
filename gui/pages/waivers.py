"""The waivers in force: what is borne with, why and until when, and the button that ends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QVBoxLayout, QWidget

from core.governance.waivers import Waived, end_waiver
from core.i18n import N_, _
from gui.rows_view import RowsView
from gui.subjects_shown import page_of, showing_verb
from gui.waivers_model import REASON, RULE, SUBJECT, UNTIL, WaiversModel
from gui.widgets import muted, named
from gui.workspace import Workspace

TWO_LINES = 48


class Waivers(QWidget):
    """All waivers, those that end first first."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.model = WaiversModel(self)
        self.table = _table(self.model)
        self._ending = named(QPushButton(_("End waiver")), "end-waiver")
        self._ending.clicked.connect(self._end)
        self._showing = named(QPushButton(_("Show channel")), "show-channel", link=True)
        self._showing.clicked.connect(self._show_subject)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._allow)
        self._allow()

    def show_waivers(self, waivers: Sequence[Waived]) -> None:
        """Show the waivers; the cursor stays at its place in the list."""
        row = max(self.table.currentIndex().row(), 0)
        if list(waivers) != self.model.waivers:
            self.model.show_waivers(waivers)
            self.table.selectRow(min(row, len(waivers) - 1))
        self._allow()

    def chosen(self) -> list[Waived]:
        """Return the selected waivers."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.model.waivers[row] for row in rows if row < len(self.model.waivers)]

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(4)
        head.addWidget(named(QLabel(_("Waivers"), wordWrap=True), "section-title"))
        head.addWidget(muted(_("What a rule finds here is not shown until the day is over. Then the finding is back.")))
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 0, 16, 8)
        bar.setSpacing(8)
        bar.addWidget(self._ending)
        bar.addWidget(self._showing)
        bar.addStretch(1)
        rows = QVBoxLayout()
        rows.setContentsMargins(12, 0, 0, 0)
        rows.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(bar)
        column.addLayout(rows, 1)

    def _allow(self) -> None:
        chosen = self.chosen()
        self._ending.setEnabled(bool(chosen))
        self._showing.setVisible(len(chosen) == 1 and page_of(chosen[0].subject_type) is not None)
        if chosen:
            self._showing.setText(showing_verb(chosen[0].subject_type))

    def _end(self) -> None:
        ids, today = [one.id for one in self.chosen()], self._workspace.today()

        def end(session: Any) -> None:
            for one in ids:
                end_waiver(session, one, today=today)

        if ids:
            self._workspace.act(N_("End waiver"), end)

    def _show_subject(self) -> None:
        if not (chosen := self.chosen()) or chosen[0].subject_id is None:
            return
        if (page := page_of(chosen[0].subject_type)) is not None:
            self._workspace.go(page, chosen[0].subject_id)


def _table(model: WaiversModel) -> RowsView:
    table = named(RowsView(), "waivers-table")
    table.setAccessibleName(_("Waivers"))
    table.setModel(model)
    table.verticalHeader().setDefaultSectionSize(TWO_LINES)
    header = table.horizontalHeader()
    header.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
    for column, width in ((SUBJECT, 168), (RULE, 168), (UNTIL, 104)):
        header.resizeSection(column, width)
    return table
