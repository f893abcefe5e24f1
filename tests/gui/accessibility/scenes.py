"""Every place of the window that somebody may have before them: the pages, what they hold, the dialogs, by name.

A scene brings its place into sight and returns the widget to look at; `going.leave` takes dialogs away again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QTabWidget, QWidget

from gui.pages import PAGES
from tests.gui.accessibility.asset_look_scenes import ASSET_LOOKS
from tests.gui.accessibility.asset_scenes import ASSETS
from tests.gui.accessibility.dialog_scenes import DIALOGS, Enter
from tests.gui.accessibility.escrow_scenes import ESCROW
from tests.gui.accessibility.going import open_page, settle
from tests.gui.accessibility.handover_page_scenes import HANDOVERS
from tests.gui.accessibility.key_card_scenes import KEY_CARDS
from tests.gui.accessibility.login_scenes import LOGINS
from tests.gui.accessibility.privacy_scenes import PRIVACY
from tests.journeys.driver import Driver

SECTIONS = 10
"""So many has the page of the settings."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One place.

    Attributes:
        name: What a complaint calls it: "channels", "dialog assign-person".
        enter: Brings it into sight.
    """

    name: str
    enter: Enter


def all_scenes() -> tuple[Scene, ...]:
    """Return every scene of an open registry, those of the pages first."""
    made = [*_pages(), *_tabs(), *_sections()]
    states = LOGINS | KEY_CARDS | HANDOVERS | ESCROW | ASSETS | ASSET_LOOKS | PRIVACY
    logins = [Scene(name, enter) for name, enter in states.items()]
    dialogs = [Scene(f"dialog {name}", enter) for name, enter in DIALOGS.items()]
    return (*made, *logins, *dialogs, Scene("handbook", _handbook))


def scene(name: str) -> Scene:
    """Return the scene of a name."""
    return next(one for one in all_scenes() if one.name == name)


def first_start(driver: Driver) -> Iterator[tuple[str, QWidget]]:
    """Yield the first start and the question for the new registry's name; no registry may be open."""
    settle(driver)
    yield "first start", driver.window
    driver.find(QAbstractButton, "card-new").click()
    settle(driver)
    yield "new registry", driver.window


def _enter_page(key: str) -> Enter:
    def enter(driver: Driver) -> QWidget:
        open_page(driver, key)
        return driver.window

    return enter


def _pages() -> list[Scene]:
    return [Scene(entry.key, _enter_page(entry.key)) for entry in PAGES]


def _tabs() -> list[Scene]:
    kinds = {
        "channels": ("channel", 5),
        "people": ("person", 5),
        "units": ("unit", 3),
        "credentials": ("credential", 3),
    }

    def at(key: str, name: str, place: int, count: int) -> Enter:
        def enter(driver: Driver) -> QWidget:
            open_page(driver, key)
            tabs = driver.find(QTabWidget, f"{name}-tabs", driver.window)
            assert tabs.count() == count, f"{key}: {tabs.count()} tabs"
            tabs.setCurrentIndex(place)
            settle(driver)
            return driver.window

        return enter

    return [
        Scene(f"{key} tab {place + 1}", at(key, name, place, count))
        for key, (name, count) in kinds.items()
        for place in range(1, count)
    ] + [Scene("waivers", _waivers)]


def _waivers(driver: Driver) -> QWidget:
    open_page(driver, "findings")
    rules = driver.find(QListWidget, "rules", driver.window)
    rules.setCurrentRow(rules.count() - 1)
    settle(driver)
    return driver.window


def _sections() -> list[Scene]:
    def at(place: int) -> Enter:
        def enter(driver: Driver) -> QWidget:
            sections = open_page(driver, "settings").sections
            assert sections.count() == SECTIONS, f"{sections.count()} sections"
            sections.setCurrentRow(place)
            settle(driver)
            return driver.window

        return enter

    return [Scene(f"settings section {place + 1}", at(place)) for place in range(1, SECTIONS)]


def _handbook(driver: Driver) -> QWidget:
    driver.window.commands.show_handbook()
    settle(driver)
    return next(one for one in QApplication.topLevelWidgets() if one.objectName() == "handbook" and one.isVisible())
