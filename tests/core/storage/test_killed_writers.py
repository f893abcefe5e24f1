"""What was confirmed as saved survives a kill."""

from __future__ import annotations

from core.registry import Registry
from tests.endurance.killed_writers import run


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(registry: Registry):
    registry.close()
    counts = run(registry.path, kills=8, seed=20261122)
    assert counts.acknowledged > 0
    assert (counts.lost, counts.damaged, counts.broken) == (0, 0, 0)
