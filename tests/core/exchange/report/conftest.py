"""The demo city, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from core.exchange.demo import fill
from core.registry import Registry, create_registry, open_registry


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo city lies once the first test has made it."""
    return tmp_path_factory.mktemp("demo") / "demo.kanal"


@pytest.fixture
def demo(own_folders: Path, demo_file: Path, tmp_path: Path, today: date, now: datetime) -> Iterator[Registry]:
    """A registry with the demo city, of the test's own."""
    if not demo_file.exists():
        made = create_registry(demo_file)
        made.now = lambda: now
        fill(made, today=today)
        made.close()
    copy = tmp_path / "registry.kanal"
    shutil.copy(demo_file, copy)
    registry = open_registry(copy, today=lambda: today)
    registry.now = lambda: now
    yield registry
    registry.close()
