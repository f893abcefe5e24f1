"""Whoever works with the keyboard sees where they are: every widget that takes the keys has a ring of its own."""

from __future__ import annotations

from pathlib import Path

from tests.gui.accessibility.conftest import Walk
from tests.parts.screen import Screen

LEAST_KINDS, LEAST_STYLES = 300, 20


def test_the_ring_around_what_has_the_keys_can_be_seen(walk: Walk, own_demo: Path, screen: Screen):
    looked = walk("rings", screen, own_demo)
    assert looked["unseen"] == []
    assert looked["light"] >= LEAST_KINDS
    assert looked["dark"] >= LEAST_STYLES
