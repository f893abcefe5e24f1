"""An erasure that is killed at any durable step is taken up again to its end; nothing is left, nothing else is lost."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.core.protection.leavers import QUARTERS, City, plant_in
from tests.endurance.killed_erasures import Counts, erase, run, run_killed_after, seconds_needed

FEW_PEOPLE, FEW_DUE = 4, 2


@pytest.fixture(scope="module")
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, City]:
    """The city, planted once, of which each run has a copy; all its people and reports only in the long run."""
    folder = tmp_path_factory.mktemp("template")
    if request.config.getoption("--endurance"):
        return folder, plant_in(folder)
    return folder, plant_in(folder, FEW_PEOPLE, FEW_DUE, QUARTERS[-1:])


def test_a_killed_erasure_is_taken_up_again(planted: tuple[Path, City], tmp_path: Path, rounds, counted):
    """The steps of the day in short runs, every step in long ones."""
    template, city = planted
    steps = _steps_of(planted, tmp_path)
    day, counts = random.Random(datetime.now(UTC).date().toordinal()), Counts()
    some = day.sample(range(1, steps + 1), rounds(3, steps))
    try:
        for at in some:
            run(city, template, tmp_path / f"at-{at}", (at,), counts)
    finally:
        counted(f"{counts.line()} of {steps}")
    assert counts.wrong == []
    assert counts.kills == len(some)


def test_killed_at_any_moment(planted: tuple[Path, City], tmp_path: Path, rounds, counted):
    """Also in the middle of a transaction, or while a file is written anew."""
    template, city = planted
    needed, counts = seconds_needed(template, tmp_path / "whole"), Counts()
    moments = random.Random(20261123)
    try:
        for number in range(rounds(2, 40)):
            after = needed * moments.uniform(0, 1.1)
            run_killed_after(city, template, tmp_path / f"moment-{number}", after, counts)
    finally:
        counted(f"{counts.line()} (at any moment)")
    assert counts.wrong == []


@pytest.mark.usefixtures("at_full_length")
def test_killed_up_to_three_times_in_a_row(planted: tuple[Path, City], tmp_path: Path, counted):
    template, city = planted
    steps = _steps_of(planted, tmp_path)
    moments, counts = random.Random(20261123), Counts()
    try:
        for number in range(20):
            run(city, template, tmp_path / f"run-{number}", [moments.randint(1, steps) for _time in range(3)], counts)
    finally:
        counted(f"{counts.line()} (up to three times in a row)")
    assert counts.wrong == []


def _steps_of(planted: tuple[Path, City], folder: Path) -> int:
    shutil.copytree(planted[0], folder / "whole")
    outcome = erase(folder / "whole")
    assert outcome.code == 0, outcome.said
    shutil.rmtree(folder / "whole")
    return outcome.steps
