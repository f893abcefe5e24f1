"""The journey of the coat of arms and of a portrait, at the real window: in, shown, replaced, withdrawn, cleaned.

    python -m tests.journeys.assets_journey REGISTRY FOLDER

FOLDER has the pictures. Prints what a test needs to know as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QCheckBox, QLineEdit, QTableView

from core.model import AssetKind, AssetVariant
from tests.gui.accessibility.going import open_page
from tests.journeys.driver import Driver, pictures_wanted

COLOUR, NEGATIVE = AssetVariant.COLOUR, AssetVariant.NEGATIVE
ARMS, PORTRAIT = "Wappen der Stadt", "Porträt"


def main(registry: Path, folder: Path) -> None:
    """Walk the whole way."""
    driver = Driver("de", pictures_wanted())
    driver.begin(registry)
    driver.wait(lambda: driver.sitting.workspace.is_open, "the registry is open")
    told = {"arms": _arms(driver, folder), "portrait": _portrait(driver, folder)}
    driver.end()
    print(json.dumps(told))


def _arms(driver: Driver, folder: Path) -> dict[str, Any]:
    """Show the coat of arms on six channels in two variants, issue it anew, exchange it everywhere."""
    add(driver, folder / "wappen.png", ARMS, AssetKind.COAT_OF_ARMS)
    issue(driver, folder / "wappen-negativ.png", NEGATIVE)
    channels = _channels(driver)
    show_on(driver, COLOUR, channels[:3])
    show_on(driver, NEGATIVE, channels[3:6])
    before = count_of(driver, "asset-outdated")
    issue(driver, folder / "wappen-neu.png", COLOUR)
    issue(driver, folder / "wappen-neu-negativ.png", NEGATIVE)
    return {"before": before, **_clean(driver, "asset-outdated", 6)}


def _portrait(driver: Driver, folder: Path) -> dict[str, Any]:
    """Show a portrait on two channels, then let its person take the consent back."""
    add(driver, folder / "portraet.png", PORTRAIT, AssetKind.PORTRAIT)
    page: Any = driver.window.pages.page
    page.acts.consenting.trigger()
    driver.click("decide")
    driver.wait(lambda: driver.dialog() is None and page.acts.sheet.consents, "the consent is entered")
    show_on(driver, COLOUR, _channels(driver)[6:8])
    before = count_of(driver, "consent-expired") + count_of(driver, "portrait-without-consent")
    page.acts.withdraw(page.acts.sheet.consents[0])
    driver.look("withdraw-consent")
    driver.click("decide")
    driver.wait(lambda: driver.dialog() is None, "the consent is withdrawn")
    return {"before": before, **_clean(driver, "consent-expired", 2)}


def add(driver: Driver, file: Path, title: str, kind: AssetKind) -> None:
    """Drop a file on the page and say what it is."""
    open_page(driver, "assets")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    assert driver.window.take(data)
    driver.wait(lambda: driver.dialog() is not None, "the question what it is")
    dialog: Any = driver.dialog()
    driver.wait(lambda: dialog.file.file is not None, "the file was looked at")
    dialog.kind.show_value(kind)
    dialog.kind.edited.emit()
    field = driver.find(QLineEdit, "title")
    field.selectAll()
    driver.type(field, title)
    if kind is AssetKind.PORTRAIT:
        driver.type(driver.find(QLineEdit, "person"), "Erika Mustermann")
        driver.wait(lambda: dialog.person.chosen() is not None, "the person is known")
    driver.find(QCheckBox, "approved").click()
    driver.look(f"add-{kind.value}")
    driver.click("decide")
    driver.wait(lambda: driver.dialog() is None and _sheet(driver).title == title, "the file is in the library")


def issue(driver: Driver, file: Path, variant: AssetVariant) -> None:
    """Issue a file as the new version of a variant."""
    page: Any = driver.window.pages.page
    known = len(_sheet(driver).versions)
    page.acts.issuing.trigger()
    driver.wait(lambda: driver.dialog() is not None, "the question which file")
    dialog: Any = driver.dialog()
    dialog.file.look(file)
    dialog.variant.show_value(variant)
    dialog.variant.edited.emit()
    driver.find(QCheckBox, "approved").click()
    driver.click("decide")
    driver.wait(lambda: driver.dialog() is None and len(_sheet(driver).versions) == known + 1, "the version is issued")


def show_on(driver: Driver, variant: AssetVariant, channels: list[UUID]) -> None:
    """Note that the chosen asset is shown on some channels, as their avatar."""
    page: Any = driver.window.pages.page
    known = len(_sheet(driver).open_uses)
    page.acts.showing.trigger()
    driver.wait(lambda: driver.dialog() is not None, "the question where")
    dialog: Any = driver.dialog()
    dialog.version.show_value(next(one.id for one in _sheet(driver).current if one.variant is variant))
    dialog.channels.show_channels([(one, str(one)) for one in channels])
    driver.click("decide")
    driver.wait(
        lambda: driver.dialog() is None and len(_sheet(driver).open_uses) == known + len(channels), "it is shown"
    )


def _clean(driver: Driver, rule: str, expected: int) -> dict[str, Any]:
    """Go through the places to clean and tick all of them off, take that back, and do it again."""
    driver.wait(lambda: count_of(driver, rule) == expected, f"{expected} findings")
    found = count_of(driver, rule)
    matrix = open_page(driver, "asset-matrix")
    driver.wait(lambda: len(matrix.model.matrix.to_clean) == expected, "the matrix knows")
    driver.look(f"matrix-{rule}")
    open_page(driver, "asset-places").header.search.clear()
    table = driver.find(QTableView, "places-table")
    driver.wait(lambda: table.model().rowCount() == expected, f"{expected} places")
    places = table.model().rowCount()
    driver.look(f"places-{rule}")
    _tick_all(driver, table, rule)
    driver.press("Ctrl+Z")
    driver.wait(lambda: count_of(driver, rule) == expected, "the findings are back")
    undone = count_of(driver, rule)
    driver.wait(lambda: table.model().rowCount() == expected, "the places are back")
    _tick_all(driver, table, rule)
    driver.look(f"cleaned-{rule}")
    return {"found": found, "places": places, "undone": undone, "left": count_of(driver, rule)}


def _tick_all(driver: Driver, table: QTableView, rule: str) -> None:
    table.setFocus()
    driver.press("Ctrl+A")
    driver.click("tick-off")
    driver.wait(lambda: count_of(driver, rule) == 0, "nothing is left")


def count_of(driver: Driver, rule: str) -> int:
    """Return how many findings of a rule are stored."""
    from core.governance.finding_lists import rule_counts

    with driver.sitting.workspace.registry.reading() as session:
        return sum(one.count for one in rule_counts(session) if one.rule.key == rule)


def _sheet(driver: Driver) -> Any:
    page: Any = driver.window.pages.page
    driver.wait(lambda: page.acts.sheet is not None, "an asset is chosen")
    return page.acts.sheet


def _channels(driver: Driver) -> list[UUID]:
    from core.inventory.assets.matrix import read_matrix

    registry = driver.sitting.workspace.registry
    with registry.reading() as session:
        return [one.id for one in read_matrix(session, registry.today()).channels]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
