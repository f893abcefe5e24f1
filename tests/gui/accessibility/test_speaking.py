"""What assistive technology is told: names, roles and states of everything, and it can press and type."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.gui.accessibility.conftest import PROJECT
from tests.gui.accessibility.parts import Part
from tests.parts.keyrings import BUS
from tests.parts.missing import missing_part, needed_program
from tests.parts.screen import Screen

ALWAYS = ("overview", "channels", "dialog conflict")
LEAST_SCENES, LEAST_CONTROLS = 45, 1_000
REGISTRY_DAEMON = [Path("/usr/libexec/at-spi2-registryd"), Path("/usr/lib/at-spi2-core/at-spi2-registryd")]


@pytest.fixture(scope="module")
def spoken(
    demo_city: Path, screen: Screen, tmp_path_factory: pytest.TempPathFactory, part: Callable[[int], Part]
) -> Any:
    """What a screen reader is told of a third of the scenes, in turn, and of some always."""
    starter = needed_program("dbus-run-session")
    if importlib.util.find_spec("jeepney") is None or not any(place.exists() for place in REGISTRY_DAEMON):
        missing_part("at-spi2-core")
    home, chosen = tmp_path_factory.mktemp("spoken"), part(2)
    own = home / "demo.kanal"
    own.write_bytes(demo_city.read_bytes())
    folders = {name: str(home) for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    walked = subprocess.run(
        [
            starter,
            f"--config-file={_bus_without_keyring(home)}",
            "--",
            sys.executable,
            "-m",
            "tests.gui.accessibility.speaking",
            "en",
            str(own),
            *(str(chosen.number), str(chosen.parts), *ALWAYS),
        ],
        cwd=PROJECT,
        env=screen.environment() | folders | {"XDG_CACHE_HOME": str(home), "XDG_RUNTIME_DIR": str(home)},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    return json.loads(walked.stdout.splitlines()[-1]) | {"parts": chosen.parts}


def _bus_without_keyring(home: Path) -> Path:
    """Return the settings of a bus that starts nothing but the assistive technology: a keyring would ask for things."""
    (home / "services").mkdir()
    name = "org.a11y.Bus.service"
    (home / "services" / name).write_bytes(Path("/usr/share/dbus-1/services", name).read_bytes())
    settings = home / "bus.conf"
    settings.write_text(BUS.format(socket=home / "bus", services=f"<servicedir>{home / 'services'}</servicedir>"))
    return settings


def test_everything_that_takes_the_keys_has_a_name_and_a_role(spoken):
    scenes, parts = spoken["scenes"], spoken["parts"]
    assert {name: told["nameless"] for name, told in scenes.items() if told["nameless"]} == {}
    assert len(scenes) >= LEAST_SCENES // parts
    assert sum(told["controls"] for told in scenes.values()) >= LEAST_CONTROLS // parts


def test_every_list_and_table_has_a_name(spoken):
    assert {name: told["lists"] for name, told in spoken["scenes"].items() if told["lists"]} == {}


@pytest.mark.parametrize(
    ("scene", "state"),
    [
        ("overview", "list item: selected"),
        ("overview", "list item: focused"),
        ("channels", "check box: checked"),
        ("channels", "cell: selected"),
        ("channels", "page tab: selected"),
        ("channels", "combo box: expandable"),
        ("dialog conflict", "radio button: checked"),
    ],
)
def test_what_is_chosen_checked_or_can_be_opened_is_told(spoken, scene: str, state: str):
    assert spoken["scenes"][scene]["states"].get(state, 0) >= 1


def test_a_name_typed_by_assistive_technology_narrows_the_list(spoken):
    before, after = spoken["rows"]
    assert (before, after) == (42, 1)


def test_a_button_pressed_by_assistive_technology_opens_its_dialog(spoken):
    assert spoken["dialog"].startswith("Which channel do you want to add?")
