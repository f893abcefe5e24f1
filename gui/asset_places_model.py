"""The places to clean as rows: what is shown where, why it has to go, and who saw to that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from core.i18n import N_, _, show_date
from core.inventory.assets.places_to_clean import Place
from gui import theme
from gui.asset_matrix_model import WHY
from gui.icons import row_icon
from gui.titled_model import Index, TitledModel

TITLES = (N_("Asset"), N_("Channel"), N_("Placement"), N_("Why"), N_("Since"), N_("Done"))
ASSET, CHANNEL, PLACEMENT, REASON, SINCE, DONE = range(6)


class AssetPlacesModel(TitledModel):
    """A few places an asset."""

    titles = TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places: list[Place] = []

    def show_places(self, places: Sequence[Place]) -> None:
        """Show other places."""
        self.beginResetModel()
        self.places = list(places)
        self.endResetModel()

    def row_of(self, use_id: UUID | None) -> int | None:
        """Return in which row a place stands."""
        return next((row for row, one in enumerate(self.places) if one.use_id == use_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many places there are."""
        return 0 if parent.isValid() else len(self.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; what is done is quiet."""
        if not index.isValid():
            return None
        place = self.places[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _text(place, index.column())
            case Qt.ItemDataRole.DecorationRole if index.column() == DONE:
                return row_icon("check-circle", "good") if place.done_on else row_icon("warning", "warning")
            case Qt.ItemDataRole.ForegroundRole if place.done_on is not None:
                return QColor(theme.tokens().muted)
        return None


def _text(place: Place, column: int) -> str:
    match column:
        case 0:
            return place.asset_title
        case 1:
            return place.channel_title
        case 2:
            return _(place.placement.label)
        case 3:
            return why_words(place)
        case 4:
            return show_date(place.since)
        case _:
            return done_word(place)


def why_words(place: Place) -> str:
    """Say why a place has to be cleaned, and whether what takes its place may be shown."""
    if place.unapproved and place.done_on is None:
        return _("A newer version has taken its place, but is not approved.")
    return _(WHY[place.why])


def done_word(place: Place) -> str:
    """Say whether a place was cleaned, when and by whom."""
    if place.done_on is None:
        return _("open")
    if not place.done_by:
        return show_date(place.done_on)
    return _("{day}, {name}").format(day=show_date(place.done_on), name=place.done_by)
