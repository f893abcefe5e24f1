"""A handover whose commands are killed at any durable step, on either side, ends closed or cleanly broken off.

Two people with keyrings of their own: with a copy of the registry each, and on one.
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
from tests.endurance.killed_handovers import STEPS, Counts, KillAt, walk
from tests.parts.keyrings import Keyrings

MOST_WALKS = 30
"""More than any command has steps."""

KILLED_AGAIN = 16
"""So many walks in which commands are killed up to three times in a row, at steps drawn from a seed."""

Make = Callable[..., Handing]


long_runs = pytest.mark.usefixtures("at_full_length")


@pytest.fixture
def make(registry: Registry, keyrings: Keyrings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Make the two; the words cost little here, what they are is tested with the cards."""
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    yield lambda **how: hand(registry, keyrings, tmp_path, **how)
    words._words_of.cache_clear()


def test_a_killed_handover_is_taken_up_again(make: Make, counted):
    """Each command is killed once, at a step that is another one each day."""
    day, counts = datetime.now(UTC).date().toordinal(), Counts()
    moments = random.Random(day)
    pair = make(shared=False, logins=1)
    try:
        walk(pair, ("sealed", "reset")[day % 2], lambda name: (moments.randint(1, STEPS[name]),), counts)
    finally:
        counted(f"{counts.line()} (the steps of the day)")
    assert counts.kills >= 5


@long_runs
@pytest.mark.parametrize("kind", ["sealed", "reset", "withdrawn", "refused"])
def test_each_step_of_each_command(make: Make, counted, kind: str):
    """Each command is killed at its first step, then at its second, until none has so many."""
    _each_step(make(shared=False, logins=MOST_WALKS), kind, counted)


@long_runs
@pytest.mark.parametrize("kind", ["sealed", "reset"])
def test_each_step_on_one_registry(make: Make, counted, kind: str):
    _each_step(make(shared=True, logins=MOST_WALKS), kind, counted)


@long_runs
def test_killed_up_to_three_times_in_a_row(make: Make, counted):
    counts, moments = Counts(), random.Random(20261123)
    pair = make(shared=False, logins=KILLED_AGAIN)
    try:
        for number in range(KILLED_AGAIN):
            kind = ("sealed", "reset", "withdrawn", "refused")[number % 4]
            walk(pair, kind, lambda name: [moments.randint(1, STEPS[name]) for _time in range(3)], counts)
    finally:
        counted(f"{counts.line()} (up to three times in a row)")
    assert counts.closed + counts.aborted == KILLED_AGAIN


def _each_step(pair: Handing, kind: str, counted: Callable[[str], None]) -> None:
    counts = Counts()
    try:
        for at in range(1, MOST_WALKS + 1):
            before = counts.kills
            walk(pair, kind, _always(at), counts)
            if counts.kills == before:
                break
    finally:
        counted(f"{counts.line()} ({kind}, {'one registry' if pair.shared else 'two copies'})")
    every = {(name, at) for name, steps in counts.steps.items() for at in range(1, steps + 1)}
    assert every <= counts.reached  # Now and then a command has one more to do than the next time.
    assert counts.closed + counts.aborted == counts.walks


def _always(at: int) -> KillAt:
    return lambda _name: (at,)
