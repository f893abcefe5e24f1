"""The first journey, driven on a real window: a list goes in, a finding is mended and undone, the report is in hand.

    python -m tests.journeys.first_journey LANGUAGE LIST REGISTRY REPORT

Prints what a test needs to know as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QTableView, QWidget

from tests.journeys.driver import Driver, pictures_wanted

NEWCOMER = "Jörg Müller"


def main(language: str, listed: Path, registry: Path, report: Path) -> None:
    """Walk the whole way."""
    driver = Driver(language, pictures_wanted())
    driver.begin(registry)
    make_registry(driver)
    import_list(driver, listed)
    ownerless = count_of(driver, "no-owner")
    assign_owner(driver)
    driver.wait(lambda: count_of(driver, "no-owner") == ownerless - 1, "the finding is gone")
    driver.look("4-mended")
    driver.press("Ctrl+Z")
    driver.wait(lambda: count_of(driver, "no-owner") == ownerless, "the finding is back")
    driver.look("5-undone")
    make_report(driver, report)
    found = {"ownerless": ownerless, "channels": channels(driver), "title": driver.window.windowTitle()}
    driver.end()
    print(json.dumps(found))


def make_registry(driver: Driver) -> None:
    """Choose the first card and say who works here."""
    driver.look("1-first-start")
    card = driver.find(QWidget, "card-new")
    card.setFocus()
    driver.press("Space")
    driver.type(driver.find(QLineEdit, "city"), "Stadt Moers")
    driver.type(driver.find(QLineEdit, "person"), "Erika Mustermann")
    driver.look("1-new-registry")
    driver.click("create")
    driver.wait(lambda: driver.sitting.workspace.is_open, "the registry is open")


def import_list(driver: Driver, listed: Path) -> None:
    """Import the list that was dropped on the window."""
    driver.window.commands.import_list(listed)
    driver.wait(lambda: driver.dialog() is not None, "the import's dialog")
    driver.wait(lambda: driver.find(QWidget, "import").isEnabled(), "the list was understood")
    driver.look("2-import")
    driver.click("import")
    driver.wait(lambda: driver.dialog() is None, "the import is done")
    driver.go("channels")
    driver.wait(lambda: channels(driver) == 9, "nine channels are listed")
    driver.look("3-channels")


def assign_owner(driver: Driver) -> None:
    """Mend the first finding of a channel without owner, from where it is shown."""
    driver.go("findings")
    rules = driver.find(QListWidget, "rules")
    driver.wait(lambda: rules.count() > 0, "findings are shown")
    row = next(row for row in range(rules.count()) if rules.item(row).data(Qt.ItemDataRole.UserRole) == "no-owner")
    driver.click_row(rules, row)
    driver.click_row(driver.find(QTableView, "findings-table"), 0)
    driver.look("3-findings")
    driver.click("mend-assign-owner")
    driver.wait(lambda: driver.dialog() is not None, "the question who answers")
    driver.type(driver.find(QLineEdit, "person"), NEWCOMER)
    driver.look("4-assign")
    driver.click("decide")
    driver.wait(lambda: driver.dialog() is None, "the owner is assigned")


def make_report(driver: Driver, report: Path) -> None:
    """Make the report by the key that the menu shows."""
    driver.press("Ctrl+R")
    driver.wait(lambda: driver.dialog() is not None, "the report's dialog")
    target = driver.find(QLineEdit, "target")
    target.selectAll()
    driver.type(target, str(report))
    driver.look("6-report")
    driver.click("decide")
    driver.wait(report.exists, "the report was written")
    driver.wait(lambda: driver.find(QPushButton, "show-folder").isVisible(), "the report can be opened")
    driver.look("6-report-made")
    dialog = driver.dialog()
    assert dialog is not None
    dialog.close()


def count_of(driver: Driver, rule: str) -> int:
    """Return how many findings of a rule are stored."""
    from core.governance.finding_lists import rule_counts

    with driver.sitting.workspace.registry.reading() as session:
        return sum(one.count for one in rule_counts(session) if one.rule.key == rule)


def channels(driver: Driver) -> int:
    """Return how many rows the list of channels shows."""
    tables = [table for table in driver.window.findChildren(QTableView, "channel-table") if table.isVisible()]
    return tables[0].model().rowCount() if tables else 0


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
