"""The warning that a reason may name people: reports for readers outside the editorial team then do not show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.widgets import named
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.exchange.report.reasons import Names
    from core.registry import Registry


class ReasonNames(SeverityLabel):
    """Stands below the reason, and is there only while that may name people."""

    def __init__(self, workspace: Workspace, reason: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent=parent, sentences=True)
        named(self, "reason-names")
        self._reason = reason
        self._names: Names | None = None  # Not known yet.
        self.hide()
        reason.textChanged.connect(self._look)
        workspace.read(_names, self._learn, owner=self)

    def _learn(self, names: Names) -> None:
        self._names = names
        self._look()

    def _look(self) -> None:
        if self._names is None:
            return
        from core.exchange.report.reasons import names_sentence

        sentence = names_sentence(self._names.found_in(self._reason.toPlainText()))
        self.show_severity("warning", sentence)
        self.setVisible(bool(sentence))


def _names(registry: Registry) -> Names:
    from core.exchange.report.reasons import read_names

    with registry.reading() as session:
        return read_names(session)
