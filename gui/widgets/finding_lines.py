"""What is wrong with a record, at the head of its detail: a line a finding, and a bar where there are many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from gui.widgets.dialog_body import DialogBody
from gui.widgets.finding_line import FindingLine, ShownFinding

MOST = 200
"""So high they are at most: about two, so that the tabs below keep their room and one sees that more follow."""


class FindingLines(DialogBody):
    """As high as its findings, up to a limit; nothing where nothing is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.hide()

    def heightForWidth(self, width: int) -> int:
        """Return the height of all findings, or that at which they scroll."""
        return min(super().heightForWidth(width), MOST)

    def sizeHint(self) -> QSize:
        """Return the room of the findings, up to the limit."""
        return super().sizeHint().boundedTo(QSize(self.maximumWidth(), MOST))

    def show_findings(self, findings: Sequence[ShownFinding]) -> None:
        """Show these findings, in place of those that were there."""
        while (item := self.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for finding in findings:
            self.column.addWidget(FindingLine(finding))
        self.verticalScrollBar().setValue(0)
        self.setVisible(bool(findings))
