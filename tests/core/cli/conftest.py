"""The command line as a person at a terminal uses it, and an asset that was taken in with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from core.registry import Registry
from main import main
from tests.core.exchange.pictures.drawn import picture

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shell(registry: Registry, capsys: pytest.CaptureFixture[str], in_english: None) -> Shell:
    def run(*words: object) -> tuple[int, str, str]:
        try:
            code = main(["--registry", str(registry.path), "--lang", "en", *map(str, words)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def arms(tmp_path: Path) -> Path:
    file = tmp_path / "wappen.png"
    file.write_bytes(picture())
    return file


@pytest.fixture
def added(shell: Shell, arms: Path) -> dict[str, str]:
    code, out, err = shell("asset", "add", arms, "--kind", "coat-of-arms", "--title", "Coat of arms", "--json")
    assert (code, err) == (0, "")
    told: dict[str, str] = json.loads(out)
    return told
