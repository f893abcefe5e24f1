"""All that an editor does can be done without a mouse: the real window gets nothing but keys."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from core.registry import open_registry
from tests.parts.screen import Screen

PROJECT = Path(__file__).resolve().parents[2]
DONE = [
    "Create registry",
    "Bind this account to a person",
    "Import list",
    "Assign owner",
    "Change tags",
    "Change stage of the rules",
    "Assign owner",
    "Assign owner",
    "Assign deputy",
    "Waive finding",
    "Undo",
]


def test_an_editor_without_a_mouse_does_all_that_there_is_to_do(screen: Screen, data: Path, tmp_path: Path):
    registry, report = tmp_path / "moers.kanal", tmp_path / "bericht.xlsx"
    order = [str(data / "kanalliste-moers.xlsx"), str(registry), str(report)]
    walked = subprocess.run(
        [sys.executable, "-m", "tests.journeys.keyboard_journey", *order],
        cwd=PROJECT,
        env=screen.environment(),
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    found = json.loads(walked.stdout)
    assert found["mended"] == ["no-owner", "no-owner", "no-deputy"]
    assert (found["found"], found["handbook"]) == ("people", "people")
    assert report.stat().st_size > 0
    assert labels_of(registry) == DONE


def labels_of(registry: Path) -> list[str]:
    """Return what was done, in order."""
    opened = open_registry(registry)
    actions = dict.fromkeys((entry.action_id, entry.label) for entry in opened.log())
    assert opened.verify().broken_at is None
    opened.close()
    return [label for _action, label in actions]
