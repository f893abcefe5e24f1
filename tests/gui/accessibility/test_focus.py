"""Whoever works with the keyboard sees where they are: every widget that takes the keys has a ring of its own.

The walk looks at a third of the places, at another when the program changes, and at all with --endurance.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.gui.accessibility.conftest import Walk
from tests.gui.accessibility.parts import Part
from tests.parts.screen import Screen

LEAST_KINDS, LEAST_STYLES = 300, 20


def test_the_ring_around_what_has_the_keys_can_be_seen(
    walk: Walk, own_demo: Path, screen: Screen, part: Callable[[int], Part]
):
    chosen = part(1)
    looked = walk("rings", screen, own_demo, chosen.number, chosen.parts)
    assert looked["unseen"] == []
    assert looked["light"] >= LEAST_KINDS // chosen.parts
    assert looked["dark"] >= LEAST_STYLES // chosen.parts
