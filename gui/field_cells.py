"""What the cells of a table of records show, made from the records' fields; needs no data layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from core.fields import Field
from core.inventory.showing import shown
from core.storage.view import View
from gui.showing import is_figure
from gui.titled_model import Index

Listed = Mapping[str, Any]


class FieldCells:
    """The part of a table model that is the same however its rows were read; columns are the list's fields.

    Attributes:
        name: The list's name in the program.
        fields: What is shown.
        view: How the list is looked at.
    """

    name: str
    fields: tuple[Field, ...]
    view: View

    if TYPE_CHECKING:  # Models say it; here it would stand before theirs.

        def listed(self, row: int) -> Listed | None:
            """Return what is in a row if it has been read."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; nothing until its page has been read."""
        if not index.isValid():
            return None
        one = self.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        listed = self.listed(index.row())
        return None if listed is None else self.cell(one, listed, role)

    def cell(self, one: Field, listed: Listed, role: int) -> Any:
        """Return what a cell shows of a record that has been read; pages add pictures and words of their own."""
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(one, listed[one.key]).replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell_text(one, listed[one.key]) or None
        return None

    def column(self, key: str) -> int:
        """Return the place of a field."""
        return next(place for place, one in enumerate(self.fields) if one.key == key)

    def figures(self) -> list[int]:
        """Return the columns that hold dates and numbers."""
        return [place for place, one in enumerate(self.fields) if is_figure(one)]


def cell_text(one: Field, value: Any) -> str:
    """Return a value as a table shows it: what is not known stays empty there."""
    return "" if value is None else shown(one, value)
