"""The log shows every change and every gap, up to the last anchor."""

from __future__ import annotations

from core.registry import Registry
from tests.endurance.tamperings import Log, fill, run


def test_every_tampering_is_found_at_its_entry(registry: Registry, rounds, counted):
    fill(registry, actions=12)
    registry.close()
    tried, missed = run(Log(registry.path), rounds(300, 10_000), seed=20261122)
    counted(f"tamperings: {tried.total():,}, not found where they are: {len(missed)} {dict(sorted(tried.items()))}")
    assert missed == []
