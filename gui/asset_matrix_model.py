"""Channels as rows, assets as columns; a cell says where on the channel the asset is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from core.i18n import N_, _, show_date
from core.inventory.assets.appearance import Shown
from core.inventory.assets.gallery import Tile
from core.inventory.assets.matrix import Matrix, MatrixChannel
from core.inventory.assets.places_to_clean import Why
from gui.asset_words import version_name
from gui.icons import row_icon
from gui.platform_icons import platform_icon_name
from gui.titled_model import Index

USES = Qt.ItemDataRole.UserRole
"""The role under which a cell gives what is Shown, and a column's head its Tile."""

WHY = {
    Why.REPLACED: N_("A newer version has taken its place."),
    Why.RETIRED: N_("The asset is not used any more."),
    Why.CONSENT: N_("There is no consent to show this person."),
}
"""What is wrong with a place that has to be cleaned."""


class AssetMatrixModel(QAbstractTableModel):
    """What is shown where, narrowed as one types."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix()
        self.channels: list[MatrixChannel] = []
        self.assets: list[Tile] = []
        self._uses: dict[tuple[UUID, UUID], list[Shown]] = {}

    def show_matrix(self, matrix: Matrix, channels: Iterable[MatrixChannel], assets: Iterable[Tile]) -> None:
        """Show what was read, of it only some channels and assets."""
        self.beginResetModel()
        self.matrix, self.channels, self.assets = matrix, list(channels), list(assets)
        self._uses = {}
        for one in matrix.uses:
            self._uses.setdefault((one.channel_id, one.asset_id), []).append(one)
        self.endResetModel()

    def uses_at(self, index: Index) -> list[Shown]:
        """Return where on the channel of a cell its asset is shown."""
        if not index.isValid():
            return []
        return self._uses.get((self.channels[index.row()].id, self.assets[index.column()].id), [])

    def sentences(self, uses: Iterable[Shown]) -> list[str]:
        """Say where versions are shown, since when, and what is wrong with that."""
        return [_sentence(one, self.matrix.to_clean.get(one.use_id)) for one in uses]

    def to_clean(self, uses: Iterable[Shown]) -> bool:
        """Say whether one of some places has to be cleaned."""
        return any(one.use_id in self.matrix.to_clean for one in uses)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many channels are shown."""
        return 0 if parent.isValid() else len(self.channels)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many assets are shown."""
        return 0 if parent.isValid() else len(self.assets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says; assistive technology hears the whole sentence."""
        uses = self.uses_at(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return ", ".join(_(one.placement.label) for one in uses)
            case Qt.ItemDataRole.ToolTipRole if uses:
                return "\n".join(self.sentences(uses))
            case Qt.ItemDataRole.AccessibleTextRole if index.isValid():
                return self._spoken(index, uses)
            case _ if role == USES:
                return uses
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a channel or an asset is called."""
        if orientation is Qt.Orientation.Horizontal:
            return _asset_head(self.assets[section], role) if section < len(self.assets) else None
        return _channel_head(self.channels[section], role) if section < len(self.channels) else None

    def _spoken(self, index: Index, uses: list[Shown]) -> str:
        names = {"channel": self.channels[index.row()].label, "asset": self.assets[index.column()].title}
        if not uses:
            return _("{channel}, {asset}: not shown").format(**names)
        told = " ".join(self.sentences(uses))
        return _("{channel}, {asset}: {uses}").format(uses=told, **names)


def _sentence(use: Shown, why: Why | None) -> str:
    version = version_name(use.variant, use.number)
    where = _("{placement}: {version}").format(placement=_(use.placement.label), version=version)
    since = _("since {day}").format(day=show_date(use.since)) if use.since else ""
    told = ", ".join(part for part in (where, since) if part)
    return _("{use}. {problem}").format(use=told, problem=_(WHY[why])) if why else _("{use}.").format(use=told)


def _asset_head(asset: Tile, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return asset.title
        case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
            return _("{title} ({kind})").format(title=asset.title, kind=_(asset.kind.label))
        case _ if role == USES:
            return asset
    return None


def _channel_head(channel: MatrixChannel, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return channel.title or channel.label
        case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
            return channel.label
        case Qt.ItemDataRole.DecorationRole:
            return row_icon(platform_icon_name(channel.platform))
        case Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    return None
