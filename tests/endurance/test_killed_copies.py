"""What replaces whole files is whole or not there, whenever it is killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance.killed_copies import run


@pytest.mark.parametrize("name", ["backup", "upgrade", "restore", "founding", "asset"])
def test_a_killed_copy_leaves_exactly_the_old_file_or_the_new_one(
    name: str, template: Path, tmp_path: Path, rounds, counted
):
    counts = run(name, template, tmp_path / "run", rounds(4, 100), seed=20261122)
    counted(
        f"kills, {name}: {counts.kills}, then the old file {counts.old}, the new one {counts.new}, wrong "
        f"{len(counts.wrong)}; private half-written files left behind {counts.left_behind}"
    )
    assert counts.wrong == []
