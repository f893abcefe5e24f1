"""The coat of arms is replaced on six channels, a portrait withdrawn from two: at a real window, with all stages on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.i18n import N_
from core.inventory import channels
from core.inventory.binding import bind
from core.registry import Registry, open_registry
from core.settings import change_setting
from tests.gui.asset_office import BLUE, GREEN, GREY, arms, face
from tests.parts.screen import Screen

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def city(registry: Registry) -> Path:
    """Eight channels, all stages on, and Erika at work."""
    with registry.action(N_("Fill")) as session:
        bind(session, registry.store_id, "Erika Mustermann", registry.today())
        change_setting(session, "rules.stage", 4)
        for number in range(8):
            channels.add_channel(
                session, f"instagram.com/stadt{number}", title=f"Stadt {number}", today=registry.today()
            )
    registry.close()
    return registry.path


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """The files that the designer sent."""
    drawn = {
        "wappen.png": arms((640, 720), BLUE),
        "wappen-negativ.png": arms((640, 720), GREY),
        "wappen-neu.png": arms((640, 720), GREEN),
        "wappen-neu-negativ.png": arms((660, 720), GREY),
        "portraet.png": face((800, 1000)),
    }
    for name, data in drawn.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_what_is_replaced_or_withdrawn_is_found_listed_and_cleaned_in_every_place(
    city: Path, pictures: Path, screen: Screen
):
    walked = subprocess.run(
        [sys.executable, "-m", "tests.journeys.assets_journey", str(city), str(pictures)],
        cwd=PROJECT,
        env=screen.environment(),
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    told = json.loads(walked.stdout)
    assert told["arms"] == {"before": 0, "found": 6, "places": 6, "undone": 6, "left": 0}
    assert told["portrait"] == {"before": 0, "found": 2, "places": 2, "undone": 2, "left": 0}
    opened = open_registry(city)
    assert opened.verify().broken_at is None
    opened.close()
