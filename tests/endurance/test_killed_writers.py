"""What was confirmed as saved survives a kill."""

from __future__ import annotations

from pathlib import Path

from core.registry import create_registry
from tests.endurance.killed_writers import Counts, run

TO_A_FILE = 50


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path: Path, rounds, counted):
    kills, total = rounds(8, 1_000), Counts()
    for number in range(0, kills, TO_A_FILE):
        path = tmp_path / f"r{number}.kanal"
        create_registry(path).close()
        total += run(path, min(TO_A_FILE, kills - number), seed=20261122 + number)
    counted(
        f"kills of a writer: {total.kills:,}, saves acknowledged {total.acknowledged:,}, lost {total.lost}, "
        f"files damaged {total.damaged}, chains broken {total.broken}"
    )
    assert total.acknowledged > 0
    assert (total.lost, total.damaged, total.broken) == (0, 0, 0)
