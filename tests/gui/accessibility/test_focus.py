"""Whoever works with the keyboard sees where they are: every widget that takes the keys has a ring of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.accessibility.conftest import Walk
from tests.parts.screen import Screen

LEAST_KINDS = 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ring_around_what_has_the_keys_can_be_seen(scheme: str, walk: Walk, own_demo: Path, screen: Screen):
    looked = walk("rings", screen, scheme, own_demo)
    assert looked["unseen"] == []
    assert looked["looked"] >= LEAST_KINDS
