"""Somebody has left: what has to be changed is found, changed login by login on the real window, and told afterwards.

    python -m tests.journeys.staff_change REGISTRY PERSON

Prints what the pages showed before, in between and at the end, as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QListWidget, QTableView, QWidget

from gui.pages.credential_detail import CredentialDetail
from gui.pages.person_credentials import PersonCredentials
from gui.pages.person_detail import PersonDetail
from tests.journeys.driver import Driver, pictures_wanted, rest

OWED, DONE = "To be changed, the most urgent first", "Changed since"


def main(registry: Path, person: UUID) -> None:
    """Walk the whole way."""
    driver = Driver("en", pictures_wanted())
    driver.begin(registry)
    driver.wait(lambda: driver.sitting.workspace.is_open, "the registry is open")
    left: list[list[str]] = []
    told = {"findings": findings(driver, 4), "before": lines_of(driver, person), "left": left}
    driver.look("1-before")
    while OWED in (shown := lines_of(driver, person)):
        change(driver, shown[OWED][0][0])
        left.append([title for title, _below in lines_of(driver, person).get(OWED, [])])
    told["after"] = lines_of(driver, person)
    driver.look("3-after")
    told["findings after"] = findings(driver, 0)
    driver.end()
    print(json.dumps(told))


def findings(driver: Driver, count: int) -> list[str]:
    """Return which logins the page of the findings names for the rule."""
    driver.go("findings")
    settle(driver)
    rules = driver.find(QListWidget, "rules", driver.window)
    rows = [row for row in range(rules.count()) if rules.item(row).data(Qt.ItemDataRole.UserRole) == "rotation-owed"]
    if not rows:
        return []
    driver.click_row(rules, rows[0])
    table = driver.find(QTableView, "findings-table")
    driver.wait(lambda: table.model().rowCount() == count, f"{count} findings are shown")
    return [str(table.model().index(row, 0).data()) for row in range(count)]


def lines_of(driver: Driver, person: UUID) -> dict[str, list[tuple[str, str]]]:
    """Return what a person's page says of logins: titles and what stands below, by their heading."""
    driver.sitting.workspace.go("people", person)
    detail = driver.find(PersonDetail, "person-detail", driver.window)
    tab = detail.findChild(PersonCredentials)
    assert isinstance(tab, PersonCredentials)
    driver.wait(detail.isVisible, "the person's page")
    detail.tabs.setCurrentWidget(tab)
    settle(driver)
    told: dict[str, list[tuple[str, str]]] = {}
    heading = ""
    for line in lines(tab):
        if isinstance(line, QLabel):
            heading = line.text() if line.objectName() == "form-heading" else heading
        else:
            texts = [label.text() for label in line.findChildren(QLabel)]
            told.setdefault(heading, []).append((texts[0], texts[-1]))
    return told


def change(driver: Driver, label: str) -> None:
    """Change one login's secret by the button on the person's page and the dialog."""
    tab = driver.find(PersonCredentials, "", driver.window)
    line = next(one for one in lines(tab) if _is(one, label))
    driver.click("show-login", line)
    detail = driver.find(CredentialDetail, "credential-detail", driver.window)
    driver.wait(lambda: detail._name.text() == label, f"the login {label} is shown")
    settle(driver)
    driver.click("secret-rotate")
    driver.wait(lambda: driver.dialog() is not None, "the dialog")
    driver.look(f"2-change-{label}")
    driver.click("decide")
    check = driver.find(QCheckBox, "check-0")
    check.click()
    driver.click("decide")
    driver.wait(lambda: driver.dialog() is None, f"{label} is changed")
    settle(driver)


def lines(tab: PersonCredentials) -> list[QWidget]:
    """Return the lines of the person's tab, headings among them."""
    inner = tab.widget()
    assert inner is not None
    return [one for one in inner.children() if isinstance(one, QWidget)]


def _is(line: QWidget, label: str) -> bool:
    texts = [one.text() for one in line.findChildren(QLabel)]
    return bool(texts) and texts[0] == label


def settle(driver: Driver) -> None:
    """Let the window do what it was asked to."""
    rest(0.02)
    driver.wait(driver.sitting.tasks.idle, "all work is done")
    rest(0.02)


if __name__ == "__main__":
    main(Path(sys.argv[1]), UUID(sys.argv[2]))
