"""Two programs on one file, one of them a real window: it follows without a click and overwrites nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from core.registry import open_registry
from tests.journeys.two_programs import PROMPT_SECONDS
from tests.parts.screen import Screen

PROJECT = Path(__file__).resolve().parents[2]


def test_the_window_follows_the_other_program_and_lets_a_person_choose(screen: Screen, tmp_path: Path):
    registry = tmp_path / "musterstadt.kanal"
    walked = subprocess.run(
        [sys.executable, "-m", "tests.journeys.two_programs", "de", str(registry)],
        cwd=PROJECT,
        env=screen.environment(),
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    found = json.loads(walked.stdout)
    assert found["seconds"] < PROMPT_SECONDS
    assert "Erika Mustermann" in found["said"]
    assert found["mine"] == "Fassung am Fenster"
    assert found["theirs"] == "Anderswo Noch eine Fassung"
    opened = open_registry(registry)
    labels = list(dict.fromkeys((entry.action_id, entry.label) for entry in opened.log()))
    assert [label for _action, label in labels].count("Rename channel") == 3
    assert [label for _action, label in labels].count("Change channel") == 1
    assert opened.verify().broken_at is None
    opened.close()
