"""The reports that were made as rows: on which quarter, for whom, when, by whom, and what they counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, Qt

from core.exchange.report.runs import PastRun
from core.i18n import N_, _, show_instant
from gui.dialogs.report_words import figures_in_short, reader_word
from gui.menus import LANGUAGE_NAMES
from gui.titled_model import Index, TitledModel

TITLES = (N_("Quarter"), N_("For whom"), N_("Made on"), N_("Made by"), N_("Language"), N_("Figures"))
WIDTHS = (136, 136, 144, 160, 96)
"""Of all columns but the last."""


class ReportsModel(TitledModel):
    """A few reports a quarter."""

    titles = TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: list[PastRun] = []

    def show_runs(self, runs: Sequence[PastRun]) -> None:
        """Show other reports."""
        self.beginResetModel()
        self.runs = list(runs)
        self.endResetModel()

    def row_of(self, run: UUID | None) -> int:
        """Return in which row a report stands, the first where it is not there."""
        return next((row for row, one in enumerate(self.runs) if one.id == run), 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many reports there are."""
        return 0 if parent.isValid() else len(self.runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; its tooltip says the same, for cells that are too narrow."""
        if index.isValid() and role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return _text(self.runs[index.row()], index.column())
        return None


def _text(run: PastRun, column: int) -> str:
    match column:
        case 0:
            return run.quarter.title
        case 1:
            return reader_word(run.reader)
        case 2:
            return show_instant(run.made_at)
        case 3:
            return run.made_by or _("unknown")
        case 4:
            return LANGUAGE_NAMES.get(run.language, run.language)
        case _:
            return figures_in_short(run.figures, run.reader)
