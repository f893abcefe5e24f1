"""No dialog runs off the screen of a small notebook: what has no room scrolls, and the buttons stay in sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.accessibility.conftest import Walk
from tests.parts.screen import Screen

LEAST_DIALOGS = 90


@pytest.fixture(scope="module")
def notebook() -> Iterator[Screen]:
    """The screen of a small notebook."""
    with Screen("1366x768") as screen:
        yield screen


def test_every_dialog_stays_on_the_screen_with_its_buttons(walk: Walk, own_demo: Path, notebook: Screen):
    found = walk("fitting", notebook, "de", own_demo)
    assert len(found) >= LEAST_DIALOGS
    assert {name: told for name, told in found.items() if told} == {}


def test_so_does_every_dialog_at_two_hundred_percent(walk: Walk, own_demo: Path, notebook: Screen):
    found = walk("fitting", notebook, "de", own_demo, QT_SCALE_FACTOR="2")
    assert {name: told for name, told in found.items() if told} == {}
