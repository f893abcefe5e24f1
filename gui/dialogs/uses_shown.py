"""What the full log of uses holds, newest first; it cannot be sorted, filtered or counted by person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from core.i18n import _, show_instant
from core.protection.rights.uses_log import Use, read_uses, told_of_use
from gui.dialogs.decision import Decision
from gui.widgets import muted
from gui.widgets.plain_table import plain_table
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry

_AT_ROOT = QModelIndex()
_WIDTHS = (150, 210, 160)
_HEIGHT = 320
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class _Uses(QAbstractTableModel):
    """The uses as rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.uses: Sequence[Use] = ()

    def show_uses(self, uses: Sequence[Use]) -> None:
        """Show other uses."""
        self.beginResetModel()
        self.uses = uses
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _AT_ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.uses)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _AT_ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_heads())

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, which also stands in its tooltip where the column is too narrow."""
        if not index.isValid() or role not in _TEXTS:
            return None
        use = self.uses[index.row()]
        return (show_instant(use.at), use.login, use.person, told_of_use(use))[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _heads()[section]
        return None


class UsesDialog(Decision):
    """Shows the uses; there is nothing to decide."""

    help_topic = "privacy#uses"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Who used which secret?"), _("Close"), parent)
        self.setObjectName("uses-dialog")
        self.setMinimumWidth(820)
        self.model = _Uses(self)
        self.table = plain_table(self.model, "uses", self.windowTitle(), _WIDTHS)
        self.table.setMinimumHeight(_HEIGHT)
        self.body.addWidget(
            muted(_("Only for the purpose that the works agreement names. The entries are deleted with the log."))
        )
        self.body.addWidget(self.table)
        self.back.hide()
        workspace.read(_read, self.model.show_uses, owner=self)

    def decide(self) -> None:
        """Close."""
        self.accept()


def _heads() -> tuple[str, ...]:
    return (_("When"), _("Login"), _("Who"), _("What"))


def _read(registry: Registry) -> list[Use]:
    with registry.reading() as session:
        return read_uses(session)
