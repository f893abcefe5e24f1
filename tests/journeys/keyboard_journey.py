"""All that an editor does, with the keyboard alone.

    python -m tests.journeys.keyboard_journey LIST REGISTRY REPORT

Prints what a test needs to know as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QTableView

from tests.journeys.driver import Driver, pictures_wanted
from tests.journeys.keys_alone import Keys

NEWCOMER = "Jörg Müller"
REASON = "Wird im Januar neu vergeben."


def main(listed: Path, registry: Path, report: Path) -> None:
    """Walk the whole way."""
    driver = Driver("de", pictures_wanted())
    driver.begin(registry)
    keys = Keys(driver)
    begin(driver, keys)
    import_list(driver, keys, listed)
    assign_unowned(driver, keys)
    tag_all(driver, keys)
    switch_stage(driver, keys)
    mended = [mend_next(driver, keys) for _time in range(3)]
    waive(driver, keys)
    undo_from_log(driver, keys)
    make_report(driver, keys, report)
    found = find_anything(driver, keys)
    handbook = read_handbook(driver, keys)
    driver.end()
    print(json.dumps({"mended": mended, "found": found, "handbook": handbook}))


def begin(driver: Driver, keys: Keys) -> None:
    """Start a new registry from the first card."""
    keys.tab_to("card-new")
    keys.press("Space")
    assert keys.name == "city", keys.name
    keys.type("Stadt Moers")
    keys.tab_to("person")
    keys.press("Ctrl+A")
    keys.type("Erika Mustermann")
    keys.press("Return")
    driver.wait(lambda: driver.sitting.workspace.is_open, "the registry is open")


def import_list(driver: Driver, keys: Keys, listed: Path) -> None:
    """Import the list that was copied in the file manager."""
    keys.go("channels")
    keys.tab_to("navigation")
    keys.paste_file(listed)
    keys.wait(lambda: driver.dialog() is not None, "the import's dialog")
    keys.tab_to("import")
    keys.press("Space")
    keys.wait(lambda: driver.dialog() is None, "the import is done")


def assign_unowned(driver: Driver, keys: Keys) -> None:
    """Filter the channels without owner, and assign one to the first; the keys are back in the list afterwards."""
    keys.go("channels")
    keys.press("Ctrl+F")
    keys.tab_to("filter-all")
    keys.press("Right")  # Filters are one stop of Tab; the arrows choose among them.
    keys.wait(lambda: rows(driver, "channel-table") == 3, "three channels have no owner")
    keys.tab_to("channel-table")
    keys.press("Home")
    answer_who(driver, keys, "Ctrl+Shift+O")
    keys.wait(lambda: rows(driver, "channel-table") == 2, "two are left")
    assert keys.name == "channel-table", f"the keys are lost at “{keys.name}”"


def answer_who(driver: Driver, keys: Keys, way: str, person: str = NEWCOMER) -> None:
    """Press the keys that ask who answers for a channel, and name somebody."""
    keys.press(way)
    keys.wait(lambda: driver.dialog() is not None, "the question who answers")
    assert keys.name == "person", keys.name
    keys.type(person)
    keys.press("Escape") if QApplication.activePopupWidget() is not None else None
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is None, "the owner is assigned")


def tag_all(driver: Driver, keys: Keys) -> None:
    """Select all channels and give them a tag."""
    keys.tab_to("filter-unowned", "Backtab")
    keys.press("Left")
    keys.wait(lambda: rows(driver, "channel-table") > 3, "all channels are listed")
    keys.tab_to("channel-table")
    keys.press("Ctrl+A")
    keys.tab_to("change-selected")
    keys.press("Space")
    keys.wait(lambda: QApplication.activePopupWidget() is not None, "the menu of changes")
    keys.press("Down", times=4)
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is not None, "the question for tags")
    keys.type("Bestand 2026")
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is None, "the tag is given")


def mend_next(driver: Driver, keys: Keys) -> str:
    """Mend the first finding that can be mended by naming a person or with no question, and return its rule."""
    keys.go("findings")
    rules = driver.find(QListWidget, "rules", driver.window)
    keys.tab_to("rules")
    keys.press("Home")
    wanted = next(place for place in range(rules.count()) if rule_at(rules, place) in {"no-owner", "no-deputy"})
    rule = rule_at(rules, wanted)
    keys.press("Down", times=wanted)
    keys.tab_to("findings-table")
    answer_who(driver, keys, "Return", NEWCOMER if rule == "no-owner" else "Lieschen Müller")
    return rule


def rule_at(rules: QListWidget, place: int) -> str:
    """Return the rule of an entry."""
    return str(rules.item(place).data(Qt.ItemDataRole.UserRole))


def waive(driver: Driver, keys: Keys) -> None:
    """Waive the first finding, for a reason and until a day."""
    keys.go("findings")
    keys.tab_to("rules")
    keys.press("Home")
    keys.tab_to("waive")
    keys.press("Space")
    keys.wait(lambda: driver.dialog() is not None, "the question for the reason")
    keys.type(REASON)
    keys.tab_to("until")
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is None, "the finding is waived")


def undo_from_log(driver: Driver, keys: Keys) -> None:
    """Undo the newest action from the log."""
    keys.go("log")
    keys.tab_to("log-table")
    keys.press("Home")
    keys.press("Ctrl+U")
    keys.wait(lambda: rows(driver, "log-table") > 0, "the log is there")


def switch_stage(driver: Driver, keys: Keys) -> None:
    """Switch the second stage of the rules on."""
    keys.go("settings")
    keys.tab_to("sections")
    keys.press("Home")
    keys.press("Down")
    keys.tab_to("switch-stage-2")
    keys.press("Space")
    third = driver.find(QPushButton, "switch-stage-3", driver.window)
    keys.wait(lambda: third.property("primary"), "the third stage is the next")


def make_report(driver: Driver, keys: Keys, report: Path) -> None:
    """Make the report, from where one happens to be."""
    keys.press("Ctrl+R")
    keys.wait(lambda: driver.dialog() is not None, "the report's dialog")
    keys.tab_to("target")
    keys.press("Ctrl+A")
    keys.type(str(report))
    keys.press("Return")
    keys.wait(report.exists, "the report was written")
    keys.settle()
    keys.press("Escape")
    keys.wait(lambda: driver.dialog() is None, "the dialog is closed")
    keys.go("reports")
    keys.wait(lambda: rows(driver, "reports-table") == 1, "the report is listed")
    keys.tab_to("make-again")
    keys.press("Space")
    keys.wait(lambda: driver.dialog() is not None, "the report can be made again")
    keys.press("Escape")
    keys.wait(lambda: driver.dialog() is None, "it is not made again")


def find_anything(driver: Driver, keys: Keys) -> str:
    """Find somebody by Ctrl+K and return the page on which they are."""
    keys.press("Ctrl+K")
    keys.wait(lambda: driver.dialog() is not None, "the box that finds anything")
    keys.type("Müller")
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is None, "the box is closed")
    return driver.window.pages.key


def read_handbook(driver: Driver, keys: Keys) -> str:
    """Open the handbook with F1, read where it is open, and close it; the keys are back in the window."""
    keys.press("F1")
    keys.wait(lambda: keys.place.window().objectName() == "handbook", "the handbook is open")
    topic: str = keys.place.window().place[0]  # type: ignore[attr-defined]  # It is the handbook's window.
    keys.press("Escape")
    keys.wait(lambda: keys.place.window() is driver.window, "the keys are back in the window")
    return topic


def rows(driver: Driver, name: str) -> int:
    """Return how many rows a list shows."""
    tables = [table for table in driver.window.findChildren(QTableView, name) if table.isVisible()]
    return tables[0].model().rowCount() if tables else 0


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
