"""The version is told in two places, which agree."""

from __future__ import annotations

import tomllib
from pathlib import Path

from core import VERSION


def test_the_program_says_the_version_of_its_project_file() -> None:
    project = Path(__file__).parents[2] / "pyproject.toml"
    assert tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] == VERSION
