"""No dialog runs off the screen of a small notebook: what has no room scrolls, and the buttons stay in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.gui.accessibility.conftest import Walk
from tests.gui.accessibility.parts import WHOLE, Part
from tests.parts.screen import Screen

LEAST_DIALOGS = 90


@pytest.fixture(scope="module")
def notebook() -> Iterator[Screen]:
    """The screen of a small notebook."""
    with Screen("1366x768") as screen:
        yield screen


def test_every_dialog_stays_on_the_screen_with_its_buttons(walk: Walk, own_demo: Path, notebook: Screen):
    found = walk("fitting", notebook, "de", own_demo, WHOLE.number, WHOLE.parts)
    assert len(found) >= LEAST_DIALOGS
    assert {name: told for name, told in found.items() if told} == {}


def test_so_does_every_dialog_at_two_hundred_percent(
    walk: Walk, own_demo: Path, notebook: Screen, part: Callable[[int], Part]
):
    """At a third of them, in turn."""
    chosen = part(0)
    found = walk("fitting", notebook, "de", own_demo, chosen.number, chosen.parts, QT_SCALE_FACTOR="2")
    assert len(found) >= LEAST_DIALOGS // chosen.parts
    assert {name: told for name, told in found.items() if told} == {}
