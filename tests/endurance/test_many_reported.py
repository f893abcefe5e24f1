"""A state's channels are reported at the real window: the bar moves all the way, and who cancels is left no file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from core.model import ReportRun
from core.registry import open_registry
from tests.benchmarks.datasets import DataSets
from tests.parts.screen import Screen

PROJECT = Path(__file__).resolve().parents[2]
FEW, MANY = 1_000, 10_000


def test_the_bar_moves_and_cancelling_leaves_no_file(
    rounds: Callable[[int, int], int], own_folders: Path, screen: Screen, tmp_path: Path, counted: Callable[[str], None]
) -> None:
    registry, folder = DataSets(tmp_path).registry(rounds(FEW, MANY)), tmp_path / "reports"
    folder.mkdir()
    walked = subprocess.run(
        [sys.executable, "-m", "tests.endurance.many_reported", str(registry), str(folder), str(rounds(1, 50))],
        cwd=PROJECT,
        env=screen.environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    told = json.loads(walked.stdout)
    made, cancelled = told["made"], told["cancelled"]
    counted(f"values {len(made['values'])}, longest {made['longest']:.2f} s, cancelled in {cancelled['after']:.2f} s")
    assert cancelled["files"] == []
    assert [one.name for one in folder.iterdir()] == ["report.xlsx"]
    assert made["values"] == sorted(made["values"])
    assert len(made["values"]) >= rounds(2, 20)  # A small report is made while the window paints a few times.
    # Seconds; half a one where nothing else runs.
    assert max(made["longest"], made["frozen"], cancelled["after"]) < rounds(10, 3)
    opened = open_registry(registry)
    with opened.reading() as session:
        assert len(session.scalars(select(ReportRun)).all()) == 1
    opened.close()
