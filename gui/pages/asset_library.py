"""The library as a gallery: quick filters with counts above the tiles, narrowed as one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.inventory.assets.gallery import Tile
from core.model import AssetKind
from gui.asset_gallery import AssetGallery
from gui.asset_pictures import AssetPictures
from gui.asset_tiles import TilesModel
from gui.asset_words import standings
from gui.widgets.chipped_list import ChippedList
from gui.widgets.empty_state import EmptyState
from gui.widgets.filter_chips import FilterChips

ATTENTION = "attention"
"""The filter that leaves what something has to be done about."""


class AssetLibrary(ChippedList):
    """All assets; the cursor stays on its asset when they are read again.

    Signals:
        searched_all: Search and filter were lifted; who has the search field clears it.
    """

    searched_all = Signal()

    def __init__(self, pictures: AssetPictures, parent: QWidget | None = None) -> None:
        model = TilesModel()
        gallery = AssetGallery(model, pictures)
        chips = FilterChips({ATTENTION: _("To look at"), **{one.value: _(one.label) for one in AssetKind}})
        super().__init__(chips, gallery, EmptyState("magnifying-glass", "", ""), parent, indent=16)
        self._all: list[Tile] = []
        self.model, self.gallery = model, gallery
        self.nothing.offer(_("Show the whole library"), self.show_all)
        self.narrowed.connect(self._narrow)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show what was read."""
        self._all = list(tiles)
        self._count()
        self._narrow()

    def show_troubles(self, troubles: Mapping[str, str]) -> None:
        """Show which files are missing or damaged."""
        self.model.show_troubles(troubles)
        self._count()
        self._narrow()

    def show_all(self) -> None:
        """Lift filter and search."""
        super().show_all()
        self.searched_all.emit()

    def knows(self, asset_id: UUID) -> bool:
        """Say whether an asset has been read, shown or not."""
        return any(one.id == asset_id for one in self._all)

    def choose(self, asset_id: UUID) -> None:
        """Put the cursor on an asset; a filter is lifted if it hides the asset."""
        if self.model.row_of(asset_id) is None:
            self.show_all()
        self.gallery.choose(asset_id)

    def _narrow(self) -> None:
        """Show the assets that the filter and every word of the text leave, with the cursor where it was."""
        before = self.gallery.at_cursor()
        words = self.text.split()
        left = [one for one in self._all if self._fits(one, self.filter) and all(w in _words(one) for w in words)]
        self.model.show_tiles(left)
        self._say_why_nothing()
        self.show_whether_any(any_left=bool(left) or not self._all)
        if not self.gallery.choose(before) and left:
            self.gallery.choose(left[0].id)
        if self.gallery.at_cursor() != before:
            self.gallery.chosen.emit(self.gallery.at_cursor())

    def _say_why_nothing(self) -> None:
        if self.filter == ATTENTION and not self.text:
            sentence = _(
                "Every file is there and approved, every portrait has a consent, and no place is to be cleaned."
            )
            self.nothing.set_texts(_("All is well"), sentence, "check-circle")
        else:
            self.nothing.set_texts(_("Nothing matches"), _("Search for something else."), "magnifying-glass")

    def _fits(self, tile: Tile, key: str) -> bool:
        match key:
            case "":
                return True
            case "attention":
                told = standings(tile, self.model.trouble_of(tile))
                return any(one.colour in {"severe", "warning"} for one in told)
            case _:
                return tile.kind.value == key

    def _count(self) -> None:
        keys = [key for key in self.chips.buttons if key]
        self.chips.show_counts({key: sum(self._fits(one, key) for one in self._all) for key in keys}, len(self._all))


def _words(tile: Tile) -> str:
    return f"{tile.title}\n{tile.person}\n{_(tile.kind.label)}".casefold()
