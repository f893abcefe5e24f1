"""Shows the scenes that are asked for, for a reader in another process.

    python -m tests.gui.accessibility.showing LANGUAGE DEMO

Reads the name of a scene a line, answers with "ready" once it is in sight; an empty line ends it.
"""

from __future__ import annotations

import select
import sys
from pathlib import Path

from tests.gui.accessibility.going import leave, settle
from tests.gui.accessibility.scenes import all_scenes
from tests.journeys.driver import Driver, rest


def main(language: str, demo: Path) -> None:
    """Show what is asked for until nothing is."""
    driver = Driver(language, None)
    driver.begin(demo)
    driver.wait(lambda: driver.sitting.workspace.is_open, "the demo city is open")
    settle(driver)
    scenes = {scene.name: scene for scene in all_scenes()}
    print("ready", *scenes, sep="\t", flush=True)
    while name := _next_line():
        leave(driver)
        scenes[name].enter(driver)
        print("ready", flush=True)
    driver.end()


def _next_line() -> str:
    """Wait for a line; the window goes on meanwhile."""
    while not select.select([sys.stdin], [], [], 0)[0]:
        rest(0.002)
    return sys.stdin.readline().strip("\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
