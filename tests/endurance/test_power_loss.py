"""What was confirmed as saved survives a power loss, in any state the disk may be in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.endurance import replayed
from tests.endurance.replayed import replay

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what was asked of the disk is recorded with strace")
SEED = 20261122


def test_nothing_acknowledged_is_lost_when_the_power_fails(template: Path, in_memory: Path, rounds, counted):
    counts = replay(replayed.ours, template, in_memory, rounds(60, 2_000), SEED)
    counted(f"replayed states, TRUNCATE and FULL: {counts.states:,}, lost {counts.lost}, damaged {counts.damaged}")
    assert counts.examples == []


@pytest.mark.parametrize("careless", [replayed.deleting, replayed.careless])
def test_a_mode_that_loses_data_is_found_out(careless, template: Path, in_memory: Path, rounds, counted):
    counts = replay(careless, template, in_memory, rounds(40, 500), SEED)
    counted(
        f"replayed states, control that must fail, {careless.__name__}: {counts.states:,}, lost {counts.lost}, "
        f"damaged {counts.damaged}"
    )
    assert counts.lost + counts.damaged > 0
