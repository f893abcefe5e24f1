"""Channels to choose from as somebody types: what begins with it comes before what only holds it."""

from __future__ import annotations

import pytest

from core.i18n import N_
from core.inventory.candidates import SHOWN, candidates
from core.inventory.channels import add_channel


@pytest.fixture
def crowd(registry, today):
    """Many channels with an x somewhere, one on X, and one whose title begins with it."""
    with registry.action(N_("Prepare")) as session:
        for number in range(SHOWN + 5):
            add_channel(session, f"instagram.com/luxus{number}", title=f"Amt {number}", today=today)
        add_channel(session, "x.com/musterstadt", title="Stadt", today=today)
        add_channel(session, "facebook.com/xanten", title="Xanten", today=today)


def test_the_platform_and_the_beginning_of_a_title_come_first(registry, today, crowd):
    with registry.reading() as session:
        found = candidates(session, "channel", "x", today)
    assert {one.name for one in found[:2]} == {"Stadt", "Xanten"}
    assert len(found) == SHOWN
    assert len({one.id for one in found}) == SHOWN


@pytest.mark.parametrize("typed", ["", " ", "%", "amt 1"])
def test_whatever_is_typed_every_match_is_offered_once(registry, today, crowd, typed):
    with registry.reading() as session:
        found = [one.id for one in candidates(session, "channel", typed, today)]
    assert len(found) == len(set(found)) <= SHOWN
