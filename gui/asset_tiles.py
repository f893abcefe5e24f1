"""The gallery's rows: one asset each, with its picture as soon as that has been made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.inventory.assets.gallery import Tile
from gui.asset_words import about, standings

TILE = Qt.ItemDataRole.UserRole
"""The role of the Tile itself."""

_Index = QModelIndex | QPersistentModelIndex


class TilesModel(QAbstractListModel):
    """The assets that search and filter leave, in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[Tile] = []
        self.troubles: dict[str, str] = {}
        self._rows: dict[UUID, int] = {}

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other assets."""
        if list(tiles) == self.tiles:
            return
        self.beginResetModel()
        self.tiles = list(tiles)
        self._rows = {one.id: row for row, one in enumerate(self.tiles)}
        self.endResetModel()

    def show_troubles(self, troubles: Mapping[str, str]) -> None:
        """Show which files are missing or damaged: "missing" or "damaged" by SHA-256."""
        self.troubles = dict(troubles)
        if self.tiles:
            self.dataChanged.emit(self.index(0), self.index(len(self.tiles) - 1))

    def row_of(self, asset_id: UUID | None) -> int | None:
        """Return the row of an asset, None where it is not shown."""
        return self._rows.get(asset_id) if asset_id is not None else None

    def tile(self, index: _Index) -> Tile | None:
        """Return the asset of an index, None where there is none."""
        return self.tiles[index.row()] if 0 <= index.row() < len(self.tiles) else None

    def trouble_of(self, tile: Tile) -> str:
        """Return the worst that is wrong with the files of an asset, empty where nothing is."""
        found = {self.troubles[one] for one in tile.files if one in self.troubles}
        return "missing" if "missing" in found else next(iter(found), "")

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many assets are shown."""
        return 0 if parent is not None and parent.isValid() else len(self.tiles)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let assets be dragged out."""
        return super().flags(index) | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what an asset is called, and what is said of it to those who do not see it."""
        tile = self.tile(index)
        if tile is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tile.title
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                told = (one.word for one in standings(tile, self.trouble_of(tile)))
                parts = (tile.title, about(tile), tile.person, *told)
                return "\n".join(part for part in parts if part)
            case _ if role == TILE:
                return tile
            case _:
                return None
