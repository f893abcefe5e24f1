"""The page of corporate identity in its states, and the dialogs about its files; the library is stocked here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image
from PySide6.QtWidgets import QDialog, QWidget

from core.exchange.pictures.examining import Examined, examine_bytes
from core.exchange.pictures.taking_in import (
    NewConsent,
    NewFile,
    NewVersion,
    take_in_asset,
    take_in_consent,
    take_in_version,
)
from core.i18n import N_
from core.inventory.assets import uses
from core.inventory.finding_anything import find_anything
from core.model import AssetKind, AssetVariant, ConsentMedium, Placement
from core.registry import Registry
from tests.gui.accessibility.going import open_page, opened, settle
from tests.journeys.driver import Driver

Enter = Callable[[Driver], QWidget]
LOGO, PORTRAIT = "Wort-Bild-Marke der Stadt", "Porträt für die Pressearbeit"


def stocked(driver: Driver) -> Any:
    """Return the page with a library that has something of everything."""
    page = open_page(driver, "assets")
    page.library.show_all()  # What a search hides is in the library all the same.
    settle(driver)
    if not any(one.title == LOGO for one in page.library.model.tiles):
        _stock(driver.sitting.workspace.registry)
        settle(driver)
    return page


def _stock(registry: Registry) -> None:
    """Take in a logo that was replaced where it is shown, and a portrait with a consent."""
    today = registry.today()
    before = today - timedelta(days=300)
    with registry.reading() as session:
        channels = [one.id for one in find_anything(session, "musterstadt", today) if one.table == "channel"][:3]
        person = next(one.id for one in find_anything(session, "mustermann", today) if one.table == "person")
    logo = take_in_asset(registry, NewFile(_file("#1f5fbf"), AssetKind.LOGO, LOGO, approved=True), before)
    _show(registry, logo, channels)
    take_in_version(registry, logo, NewVersion(_file("#1b6837")), today)
    take_in_version(registry, logo, NewVersion(_file("#ffffff"), AssetVariant.NEGATIVE, approved=True), today)
    portrait = take_in_asset(
        registry, NewFile(_file("#d2dce6"), AssetKind.PORTRAIT, PORTRAIT, person_id=person), before
    )
    take_in_consent(registry, portrait, NewConsent([ConsentMedium.SOCIAL_MEDIA], before, None, _file("#eeeeee")))
    _show(registry, portrait, channels[:1])


def _show(registry: Registry, asset: UUID, channels: list[UUID]) -> None:
    from core.inventory.assets.asset_sheet import asset_sheet

    with registry.action(N_("Show asset on channels")) as session:
        sheet = asset_sheet(session, asset, registry.today())
        assert sheet is not None
        uses.show_on(session, sheet.current[0].id, channels, Placement.POST_SERIES, None, today=registry.today())


def _file(colour: str) -> Examined:
    content = BytesIO()
    Image.new("RGB", (64, 64), colour).save(content, "PNG")
    return examine_bytes(content.getvalue(), f"datei-{colour[1:]}.png")


def _chosen(driver: Driver, title: str) -> Any:
    page = stocked(driver)
    page.library.choose(next(one.id for one in page.library.model.tiles if one.title == title))
    settle(driver)
    return page


def _tab(title: str, name: str) -> Enter:
    def enter(driver: Driver) -> QWidget:
        page = _chosen(driver, title)
        page.detail.tabs.setCurrentWidget(getattr(page.detail, name))
        settle(driver)
        return driver.window

    return enter


def _empty(driver: Driver) -> QWidget:
    page = open_page(driver, "assets")
    page.whole.setCurrentWidget(page.empty)
    settle(driver)
    return driver.window


def _nothing(driver: Driver) -> QWidget:
    stocked(driver).header.search.setText("xyzzy")
    settle(driver)
    return driver.window


def _troubled(driver: Driver) -> QWidget:
    page = stocked(driver)
    tiles = page.library.model.tiles
    page.watch._show({one.sha256: kind for one, kind in zip(tiles, ("missing", "damaged"), strict=False)})
    settle(driver)
    return driver.window


ASSETS: dict[str, Enter] = {
    "assets, versions": _tab(LOGO, "versions"),
    "assets, places": _tab(LOGO, "uses"),
    "assets, facts": _tab(LOGO, "facts"),
    "assets, history": _tab(LOGO, "history"),
    "assets, consents": _tab(PORTRAIT, "consents"),
    "assets, damaged": _troubled,
    "assets, nothing found": _nothing,
    "assets, none": _empty,
}


def _dialog(title: str, make: Callable[[Any, Any, QWidget], QDialog]) -> Enter:
    """Open a dialog made with the workspace, the sheet of an asset and the window."""

    def enter(driver: Driver) -> QWidget:
        page = _chosen(driver, title)
        dialog = opened(driver, make(driver.sitting.workspace, page.acts.sheet, driver.window))
        settle(driver)
        return dialog

    return enter


def _pasted(colour: str) -> Any:
    from gui.asset_files import Pasted

    return Pasted(_file(colour).data, "wappen.png")


def _add(workspace: Any, _sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.add_asset import AddAssetDialog

    return AddAssetDialog(workspace, [_pasted("#123456"), _pasted("#654321")], window)


def _refused(workspace: Any, _sheet: Any, window: QWidget) -> QDialog:
    from gui.asset_files import Pasted
    from gui.dialogs.add_asset import AddAssetDialog

    return AddAssetDialog(workspace, [Pasted(b"MZ", "wappen.exe")], window)


def _issue(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.issue_version import IssueVersionDialog

    return IssueVersionDialog(workspace, sheet, _pasted("#abcdef"), window)


def _place(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.show_asset_on import ShowAssetOnDialog

    return ShowAssetOnDialog(workspace, sheet, window)


def _give(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.give_consent import GiveConsentDialog

    return GiveConsentDialog(workspace, sheet, window)


def _withdraw(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.withdraw_consent import WithdrawConsentDialog

    return WithdrawConsentDialog(workspace, sheet, sheet.consents[0], window)


def _save(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from core.inventory.assets.permission import consent_gap
    from gui.dialogs.save_without_consent import SaveWithoutConsentDialog

    gap = consent_gap("Porträt für die Pressearbeit", (), None, workspace.today())
    return SaveWithoutConsentDialog(workspace, gap, lambda: None, window)


ASSET_DIALOGS: dict[str, Enter] = {
    "add-asset": _dialog(LOGO, _add),
    "add-asset refused": _dialog(LOGO, _refused),
    "issue-version": _dialog(LOGO, _issue),
    "show-asset-on": _dialog(LOGO, _place),
    "give-consent": _dialog(PORTRAIT, _give),
    "withdraw-consent": _dialog(PORTRAIT, _withdraw),
    "save-without-consent": _dialog(PORTRAIT, _save),
}
