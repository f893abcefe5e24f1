"""Walks the whole window and writes down what cannot be read, in one language and at the scaling of its environment.

    python -m tests.gui.accessibility.looking LANGUAGE DEMO FOLDER PART PARTS [CATALOGUES]

LANGUAGE is "de" or "en"; with CATALOGUES, a folder, their texts are taken from there. Every place whose number divided
by PARTS leaves PART is looked at. Prints JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gui.pages import PAGES
from tests.gui.accessibility.going import leave, open_page, settle
from tests.gui.accessibility.measuring import complaints
from tests.gui.accessibility.parts import Part
from tests.gui.accessibility.pseudo import use_catalogues
from tests.gui.accessibility.scenes import all_scenes, first_start
from tests.gui.accessibility.texts import visible_texts
from tests.journeys.driver import Driver, pictures_wanted


def main(language: str, demo: Path, folder: Path, part: Part, catalogues: Path | None = None) -> None:
    """Look at every place of a part."""
    if catalogues is not None:
        use_catalogues(catalogues)
    driver = Driver(language, pictures_wanted())
    found: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    kinds: set[str] = set()
    for name, top in places(driver, demo, folder, part):
        found[name] = complaints(top)
        kinds.add(type(top).__name__)
        for where, text in visible_texts(top):
            texts.setdefault(text, f"{name}: {where}")
        driver.look(name.replace(" ", "-"))
    driver.end()
    print(json.dumps({"complaints": found, "texts": texts, "kinds": sorted(kinds)}))


def places(driver: Driver, demo: Path, folder: Path, part: Part) -> Iterator[tuple[str, QWidget]]:
    """Yield every place of a part with its name: of the first start, of an empty registry, of the demo city."""
    driver.begin(folder / "none.kanal")
    yield from first_start(driver)
    workspace = driver.sitting.workspace
    workspace.create(folder / "empty.kanal", city="Musterstadt")
    driver.wait(lambda: workspace.is_open, "the empty registry is open")
    for entry in part.of(PAGES):
        open_page(driver, entry.key)
        yield f"empty {entry.key}", driver.window
    workspace.open(demo)
    driver.wait(lambda: workspace.is_open and workspace.registry.path == demo, "the demo city is open")
    settle(driver)
    for scene in part.of(all_scenes()):
        yield scene.name, scene.enter(driver)
        leave(driver)


if __name__ == "__main__":
    chosen = Part(int(sys.argv[4]), int(sys.argv[5]))
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), chosen, *map(Path, sys.argv[6:]))
