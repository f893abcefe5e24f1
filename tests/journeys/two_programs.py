"""Two programs on one file, the one a real window: it follows the other, and lets a person decide between versions.

    python -m tests.journeys.two_programs LANGUAGE REGISTRY

The other program is a process of its own. Prints what a test needs to know as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QRadioButton, QTableView

from core.inventory.lists import CHANNELS
from tests.founding import new_registry
from tests.journeys.driver import Driver, pictures_wanted, rest
from tests.journeys.second_program import bind_and_add

PROMPT_SECONDS = 30.0
"""Within this time the window has to show what the other program did; a second or two, unless the machine is busy."""


def main(language: str, registry: Path) -> None:
    """Follow the other program, then be overtaken by it twice."""
    made = new_registry(registry)
    bind_and_add(made, "Erika Mustermann", "Stadt")
    made.close()
    driver = Driver(language, pictures_wanted())
    driver.begin(registry)
    driver.wait(lambda: driver.sitting.workspace.is_open, "the registry is open")
    driver.go("channels")
    driver.wait(lambda: shown_titles(driver) == ["Stadt"], "the channel is listed")
    seconds = follow(driver, registry)
    driver.look("1-followed")
    said = driver.find(QLabel, "status-sentence", driver.window).text()
    mine = be_overtaken(driver, registry, "title-yours", "Fassung am Fenster")
    theirs = be_overtaken(driver, registry, "title-theirs", "Noch eine Fassung")
    driver.end()
    print(json.dumps({"seconds": seconds, "said": said, "mine": mine, "theirs": theirs}))


def follow(driver: Driver, registry: Path) -> float:
    """Let the other program change the title; return how long the window took to show it, untouched."""
    other_renames(driver, registry, "Stadt am Rhein")
    began = time.monotonic()
    driver.wait(lambda: shown_titles(driver) == ["Stadt am Rhein"], "the list shows the new title")
    driver.wait(lambda: driver.find(QLineEdit, "title").text() == "Stadt am Rhein", "the form shows it, too")
    return time.monotonic() - began


def be_overtaken(driver: Driver, registry: Path, choice: str, typed: str) -> str:
    """Type a title while the other program saves another one; choose a version and return what is stored then."""
    title = driver.find(QLineEdit, "title")
    title.setFocus()
    title.selectAll()
    driver.type(title, typed)
    changed = f"Anderswo {typed}"
    other_renames(driver, registry, changed)
    driver.wait(lambda: shown_titles(driver) == [changed], "the list shows what the other program saved")
    assert title.text() == typed, "what is being typed stays"
    driver.press("Ctrl+S")
    driver.wait(lambda: driver.dialog() is not None, "both versions are shown")
    driver.look(f"2-{choice}")
    assert stored_title(driver) == changed, "nothing is overwritten before somebody has chosen"
    driver.find(QRadioButton, choice).click()
    driver.click("decide")
    driver.wait(lambda: driver.dialog() is None, "the choice is made")
    driver.wait(lambda: title.text() == stored_title(driver), "the form shows what is stored")
    driver.wait(driver.sitting.tasks.idle, "all is saved")
    driver.wait(lambda: shown_titles(driver) == [stored_title(driver)], "the list shows what is stored")
    return stored_title(driver)


def other_renames(driver: Driver, registry: Path, title: str) -> None:
    """Run the other program to its end; this window goes on meanwhile, and nobody touches it."""
    order = [sys.executable, "-m", "tests.journeys.second_program", str(registry), title]
    other = subprocess.Popen(order)
    driver.wait(lambda: other.poll() is not None, "the other program has finished")
    assert other.returncode == 0


def shown_titles(driver: Driver) -> list[str]:
    """Return the titles that the list of channels shows."""
    tables = [table for table in driver.window.findChildren(QTableView, "channel-table") if table.isVisible()]
    if not tables:
        return []
    model = tables[0].model()
    column = next(place for place, field in enumerate(CHANNELS.fields) if field.key == "title")
    rest()
    QApplication.processEvents()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def stored_title(driver: Driver) -> str:
    """Return the one channel's title as it is stored."""
    from core.inventory.channels import listing

    with driver.sitting.workspace.registry.reading() as session:
        return str(session.execute(listing(driver.sitting.workspace.today())).mappings().one()["title"])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
