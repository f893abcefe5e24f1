"""The findings of one rule as rows: whom it concerns, what is wrong, since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from core.governance.findings import FindingValue, evidence_sentence
from core.i18n import N_, show_date
from gui.titled_model import Index, TitledModel
from gui.widgets.severity import severity_icon, severity_word

TITLES = (N_("Concerns"), N_("What was found"), N_("Since"))
SUBJECT, SENTENCE, SINCE = range(3)


class FindingsModel(TitledModel):
    """At most some thousand findings; sentences are made when they come into sight."""

    titles = TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.findings: list[FindingValue] = []

    def show_findings(self, findings: Sequence[FindingValue]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self.findings = list(findings)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many findings there are."""
        return 0 if parent.isValid() else len(self.findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        finding = self.findings[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _text(finding, index.column())
            case Qt.ItemDataRole.DecorationRole if index.column() == SUBJECT:
                return severity_icon(finding.severity.value)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return severity_word(finding.severity.value)
        return None


def _text(finding: FindingValue, column: int) -> str:
    match column:
        case 0:
            return finding.subject_label
        case 1:
            return evidence_sentence(finding.rule, finding.evidence)
        case _:
            return show_date(finding.since) if isinstance(finding.since, date) else ""
