"""Findings as rows: whom each concerns, what is wrong, since when, and what is known of the channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from core.governance.finding_table import FIELDS, ListedFinding
from core.governance.findings import FindingValue
from core.inventory.showing import shown
from core.model import Severity
from core.storage.sorting import sort_key
from core.storage.view import View
from gui.field_cells import FieldCells, cell_text
from gui.titled_model import Index, TitledModel
from gui.widgets.severity import severity_icon, severity_word

COLUMNS = {"concerns": 240, "sentence": 320, "since": 112}
_GRAVE = {severity: -place for place, severity in enumerate(Severity)}


class FindingsModel(FieldCells, TitledModel):
    """At most some thousand findings; sentences are made when they come into sight."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name, self.fields, self.view = "finding", FIELDS, View(sort="concerns")
        self.titles = [one.label for one in FIELDS]
        self.rows: list[ListedFinding] = []

    @property
    def findings(self) -> list[FindingValue]:
        """The findings in the order of the rows."""
        return [one.finding for one in self.rows]

    def show_findings(self, findings: Sequence[ListedFinding]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self.rows = self.ordered(list(findings))
        self.endResetModel()

    def ordered(self, findings: list[ListedFinding]) -> list[ListedFinding]:
        """Return findings in the order of the rows; by their subjects the gravest come first."""
        key = self.view.sort if self.view.sort in {one.key for one in FIELDS} else "concerns"
        return sorted(findings, key=lambda one: _place(one, key), reverse=self.view.descending)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column."""
        if 0 <= column < len(FIELDS):
            self.view = View(sort=FIELDS[column].key, descending=order is Qt.SortOrder.DescendingOrder)
            self.show_findings(self.rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many findings there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        one, key = self.rows[index.row()], FIELDS[index.column()].key
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return cell_text(FIELDS[index.column()], one.value(key))
            case Qt.ItemDataRole.DecorationRole if key == "concerns":
                return severity_icon(one.finding.severity.value)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return severity_word(one.finding.severity.value)
        return None


def _place(one: ListedFinding, key: str) -> tuple[Any, ...]:
    """Return what orders a finding by a column; what has no value comes last."""
    name = (_GRAVE[one.finding.severity], sort_key(one.finding.subject_label), str(one.finding.subject_id))
    match key:
        case "concerns" | "severity":
            return name
        case "since":
            return (one.finding.since or date.max, *name)
        case _:
            value = one.value(key)
            told = shown(next(field for field in FIELDS if field.key == key), value) if value is not None else ""
            return (not told, sort_key(told), *name)
