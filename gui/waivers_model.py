"""The waivers in force as rows: whom each concerns, from which rule, why, until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from core.governance.findings import rule_title
from core.governance.waivers import Waived
from core.i18n import N_, _, show_date
from gui.titled_model import Index, TitledModel

TITLES = (N_("Concerns"), N_("Rule"), N_("Reason"), N_("Until"))
SUBJECT, RULE, REASON, UNTIL = range(4)


class WaiversModel(TitledModel):
    """At most some hundred waivers."""

    titles = TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.waivers: list[Waived] = []

    def show_waivers(self, waivers: Sequence[Waived]) -> None:
        """Show other waivers."""
        self.beginResetModel()
        self.waivers = list(waivers)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many waivers there are."""
        return 0 if parent.isValid() else len(self.waivers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; who made the waiver is told by its reason's tooltip."""
        if not index.isValid():
            return None
        waiver = self.waivers[index.row()]
        match role:
            case Qt.ItemDataRole.ToolTipRole if index.column() == REASON and waiver.by:
                return _("{reason}\nEntered by {name} on {day}").format(
                    reason=waiver.reason, name=waiver.by, day=show_date(waiver.since)
                )
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _text(waiver, index.column())
        return None


def _text(waiver: Waived, column: int) -> str:
    match column:
        case 0:
            return waiver.subject_label
        case 1:
            return rule_title(waiver.rule)
        case 2:
            return waiver.reason
        case _:
            return show_date(waiver.until)
