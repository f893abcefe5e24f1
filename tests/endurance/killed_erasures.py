"""Erase what is due by the command line while the command is killed at a durable step, and given again.

Besides the usual steps, each file that is written anew and each folder that is cleared counts as one.
"""

from __future__ import annotations

import io
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.protection.erasure.beside import backups, left_behind
from core.registry import open_registry
from main import main
from tests.core.protection.canaries import home_in, leaks
from tests.core.protection.leavers import REGISTRY, TODAY, WITHDRAWN, City, figures_of
from tests.endurance.children import DONE, Child, Work
from tests.endurance.killed_commands import DurableSteps, Outcome, run_command


@dataclass(slots=True)
class Counts:
    """What the runs came to."""

    kills: int = 0
    steps: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Tell of all of it."""
        return f"erasures killed: {self.kills} kills at {len(self.steps)} different steps; wrong {len(self.wrong)}"


class ErasureSteps(DurableSteps):
    """The steps of an erasure."""

    def watch(self) -> None:
        """Look also at what is done to whole files."""
        super().watch()
        for owner, name in ((backups, "compact"), (backups, "drop_beside"), (backups, "drop"), (left_behind, "clean")):
            setattr(owner, name, self.counted(getattr(owner, name)))


def erase(folder: Path, kill_at: int = 0) -> Outcome:
    """Give the command in a copy of the city."""
    words = [*_named(folder), "people", "erase", "--due", "--also-open"]
    return run_command(home_in(folder), words, kill_at, watched=ErasureSteps)


def begin(folder: Path) -> Work:
    """Prepare the erasure in a process of its own."""
    os.environ.update(home_in(folder))

    def work() -> None:
        with redirect_stdout(io.StringIO()):
            assert main([*_named(folder), "people", "erase", "--due", "--also-open"]) == 0

    return work


def seconds_needed(template: Path, folder: Path) -> float:
    """Return how long an erasure takes that is left alone."""
    shutil.copytree(template, folder)
    with Child(begin, folder) as child:
        began = time.monotonic()
        child.go()
        kind, text = child.said()
        assert kind == DONE, text
    shutil.rmtree(folder)
    return time.monotonic() - began


def run_killed_after(city: City, template: Path, folder: Path, seconds: float, counts: Counts) -> None:
    """Kill the erasure at a moment, whatever it is about, give it again, and look at what is left."""
    shutil.copytree(template, folder)
    with Child(begin, folder) as child:
        child.go()
        time.sleep(seconds)
        child.kill()
    counts.kills += 1
    _look(city, folder, f"killed after {seconds:.2f} s", counts)


def run(city: City, template: Path, folder: Path, kills: Sequence[int], counts: Counts) -> None:
    """Kill the erasure at some steps in a row, give it again, and look at what is left.

    Args:
        city: Who is named where.
        template: The folder it was planted in.
        folder: A new one, for a copy of it.
        kills: At which steps the command is killed, time after time; then it lives.
        counts: What the runs came to.
    """
    shutil.copytree(template, folder)
    for at in kills:
        outcome = erase(folder, at)
        counts.kills += outcome.killed
        counts.steps |= {at} if outcome.killed else set()
        _verify(folder, f"killed at {kills}", counts)
    _look(city, folder, f"killed at {kills}", counts)


def _look(city: City, folder: Path, told: str, counts: Counts) -> None:
    """Give the command again and see that it came to its end."""
    _verify(folder, told, counts)
    last = erase(folder)
    if last.code != 0:
        counts.wrong.append(f"{told}: given again, {last.said}")
    counts.wrong += [f"{told}: {problem}" for problem in _problems(city, folder)]
    shutil.rmtree(folder)


def _verify(folder: Path, told: str, counts: Counts) -> None:
    checked = run_command(home_in(folder), [*_named(folder), "verify"])
    counts.wrong += [f"{told}: verify says {checked.said}"] if checked.code else []


def _named(folder: Path) -> list[str]:
    return ["--registry", str(folder / REGISTRY)]


def _problems(city: City, folder: Path) -> list[str]:
    """Return what is not as it is to be when an erasure has come to its end."""
    found = leaks(folder, (*city.canaries, WITHDRAWN))
    stay = {canary for one in city.stay for canary in one.canaries}
    lost = stay - {line.partition(" in ")[0] for line in leaks(folder, tuple(stay))}
    found += [f"{canary} was lost" for canary in sorted(lost)]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in home_in(folder).items():
            patch.setenv(name, value)
        registry = open_registry(folder / REGISTRY, today=lambda: TODAY)
        try:
            found += [] if registry.verify().broken_at is None else ["the chain is broken"]
            figures = {quarter: figures_of(registry, quarter) for quarter in city.figures}
        finally:
            registry.close()
    return found + ([] if figures == city.figures else ["other figures"])
