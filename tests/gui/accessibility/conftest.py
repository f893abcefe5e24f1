"""What the tests of accessibility share: the demo city, made once, and the way to walk the window in a process."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gui.accessibility.parts import WHOLE, Part, part_in_turn
from tests.gui.accessibility.pseudo import write_catalogue
from tests.parts.screen import Screen

PROJECT = Path(__file__).resolve().parents[3]
Walk = Callable[..., Any]


@pytest.fixture(scope="session")
def demo_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city in a file that nobody writes to: copy it."""
    from core.exchange.demo import fill
    from core.registry import create_registry
    from tests.gui.accessibility.kept_secrets import keep_secrets

    made = create_registry(tmp_path_factory.mktemp("demo") / "demo.kanal", city="Musterstadt")
    fill(made, today=made.today())
    keep_secrets(made)
    made.close()
    return made.path


@pytest.fixture(scope="session")
def pseudo_language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogues in which English is the pseudo-language."""
    folder = tmp_path_factory.mktemp("locale")
    write_catalogue(folder)
    return folder


@pytest.fixture(scope="session")
def large_screen() -> Iterator[Screen]:
    """A screen of twice the pixels in each direction."""
    with Screen("2560x1600") as screen:
        yield screen


@pytest.fixture(scope="session")
def part(request: pytest.FixtureRequest) -> Callable[[int], Part]:
    """Which part a walk of a turn looks at."""
    return (lambda _turn: WHOLE) if request.config.getoption("--endurance") else part_in_turn


@pytest.fixture
def walk(demo_city: Path, tmp_path: Path) -> Walk:
    """Run a module of this folder on a screen, with a demo city of its own; return what it prints as JSON."""
    own = tmp_path / "demo.kanal"
    shutil.copy(demo_city, own)
    for beside in filter(Path.is_dir, demo_city.parent.glob(f"{demo_city.name}.*")):
        shutil.copytree(beside, tmp_path / beside.name)

    def run(module: str, screen: Screen, *order: object, **environment: str) -> Any:
        walked = subprocess.run(
            [sys.executable, "-m", f"tests.gui.accessibility.{module}", *map(str, order)],
            cwd=PROJECT,
            env=screen.environment() | environment,
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
        assert walked.returncode == 0, walked.stderr
        return json.loads(walked.stdout)

    return run


@pytest.fixture
def own_demo(walk: Walk, tmp_path: Path) -> Path:
    """The demo city of this test."""
    return tmp_path / "demo.kanal"
