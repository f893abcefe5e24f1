"""A handover whose windows are killed at any durable step, on either side, ends closed or cleanly broken off.

Two people with keyrings, homes and copies of the registry of their own, and a folder that both can reach.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.custody.identity import words
from core.registry import Registry
from tests.core.cli.handing import Handing, hand
from tests.endurance.killed_handovers import Counts
from tests.endurance.killed_sittings import walk_windows
from tests.parts.keyrings import Keyrings

MOST_WALKS = 30
"""More than anything that is done there has steps."""

STEPS = {"begin": 15, "confirm": 11, "release": 9}
"""How many durable steps some of it takes, for runs that are too short to count them."""

Make = Callable[..., Handing]


@pytest.fixture
def make(registry: Registry, keyrings: Keyrings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Make the two; the words cost little here, what they are is tested with the cards."""
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    yield lambda **how: hand(registry, keyrings, tmp_path, shared=False, **how)
    words._words_of.cache_clear()


def test_a_killed_window_is_opened_again(make: Make, tmp_path: Path, counted):
    """One window is killed, in something that is another one each day, as is the step."""
    moments, counts = random.Random(datetime.now(UTC).date().toordinal()), Counts()
    doing = moments.choice(sorted(STEPS))
    try:
        walk_windows(make(logins=1), "reset", tmp_path, counts, {doing: moments.randint(1, STEPS[doing])})
    finally:
        counted(f"{counts.line()} (in windows, the steps of the day)")
    assert counts.kills == 1
    assert counts.closed == 1


@pytest.mark.usefixtures("at_full_length")
@pytest.mark.parametrize("kind", ["sealed", "reset", "withdrawn", "refused"])
def test_each_step_at_the_windows(make: Make, tmp_path: Path, counted, kind: str):
    """Whatever is done is killed at its first step, then at its second, until nothing has so many."""
    pair, counts, done = make(logins=MOST_WALKS), Counts(), frozenset[str]()
    try:
        for at in range(1, MOST_WALKS + 1):
            before = counts.kills
            done = walk_windows(pair, kind, tmp_path, counts, {"": at})
            if counts.kills == before:
                break
    finally:
        counted(f"{counts.line()} ({kind}, in windows)")
    every = {(name, at) for name in done for at in range(1, counts.steps[name] + 1)}
    assert every <= counts.reached
    assert counts.closed + counts.aborted == counts.walks
