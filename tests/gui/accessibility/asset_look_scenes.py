"""What is shown where, how a channel looks, what is to be cleaned, and the dialogs about that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from core.inventory.assets.appearance import Shown
from core.inventory.assets.matrix import Matrix
from core.model import AssetKind, Placement
from gui.pages.channel_look import LOOK
from tests.gui.accessibility.asset_scenes import stocked
from tests.gui.accessibility.going import open_page, opened, settle
from tests.journeys.driver import Driver

Enter = Callable[[Driver], QWidget]


def _matrix(driver: Driver) -> Any:
    stocked(driver)
    page = open_page(driver, "asset-matrix")
    driver.wait(lambda: page.model.matrix.uses, "something is shown somewhere")
    return page


def _uses(driver: Driver) -> tuple[Shown, ...]:
    read: Matrix = _matrix(driver).model.matrix
    return read.uses


def _outdated(driver: Driver) -> QWidget:
    page = _matrix(driver)
    model = page.model
    cells = (model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount()))
    page.table.setCurrentIndex(next(cell for cell in cells if model.to_clean(model.uses_at(cell))))
    settle(driver)
    return driver.window


def _typed(key: str, text: str) -> Enter:
    def enter(driver: Driver) -> QWidget:
        stocked(driver)
        open_page(driver, key).header.search.setText(text)
        settle(driver)
        return driver.window

    return enter


def _none(key: str) -> Enter:
    def enter(driver: Driver) -> QWidget:
        page = open_page(driver, key)
        page.whole.setCurrentWidget(page.empty)
        settle(driver)
        return driver.window

    return enter


def _places(driver: Driver) -> QWidget:
    stocked(driver)
    page = open_page(driver, "asset-places")
    page.header.search.clear()
    settle(driver)
    return driver.window


def _look(driver: Driver) -> QWidget:
    channel = next(one.channel_id for one in _uses(driver) if one.kind is AssetKind.LOGO)
    page = open_page(driver, "channels")
    page.show_field(channel, LOOK)
    settle(driver)
    return driver.window


ASSET_LOOKS: dict[str, Enter] = {
    "asset matrix, to clean": _outdated,
    "asset matrix, nothing found": _typed("asset-matrix", "xyzzy"),
    "asset matrix, none": _none("asset-matrix"),
    "asset places, to clean": _places,
    "asset places, nothing found": _typed("asset-places", "xyzzy"),
    "asset places, none": _none("asset-places"),
    "channel look": _look,
}


def _dialog(make: Callable[[Any, Shown, QWidget], QDialog]) -> Enter:
    """Open a dialog made with the workspace, something that is shown on a channel, and the window."""

    def enter(driver: Driver) -> QWidget:
        shown = _uses(driver)[0]
        dialog = opened(driver, make(driver.sitting.workspace, shown, driver.window))
        settle(driver)
        return dialog

    return enter


def _choose(workspace: Any, shown: Shown, window: QWidget) -> QDialog:
    from gui.dialogs.choose_picture import ChannelPlace, ChoosePictureDialog

    place = ChannelPlace(shown.channel_id, "Musterstadt", "facebook", Placement.COVER)
    return ChoosePictureDialog(workspace, place, window)


def _derive(workspace: Any, shown: Shown, window: QWidget) -> QDialog:
    from gui.dialogs.derive_asset import DeriveAssetDialog

    return DeriveAssetDialog(workspace, shown.version_id, window, target=("facebook", Placement.AVATAR))


def _clean(workspace: Any, shown: Shown, window: QWidget) -> QDialog:
    from gui.dialogs.clean_places import CleanPlacesDialog
    from gui.widgets.ticked_things import Thing

    return CleanPlacesDialog(workspace, [Thing(shown.use_id, "Musterstadt (Facebook)", shown.title)], window)


ASSET_LOOK_DIALOGS: dict[str, Enter] = {
    "choose-picture": _dialog(_choose),
    "derive-asset": _dialog(_derive),
    "clean-places": _dialog(_clean),
}
