"""Kill what replaces whole files, at any moment: afterwards the file is exactly the old one or the new one."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.endurance.children import DONE, Child
from tests.endurance.faults import strays
from tests.endurance.use_cases import AFTER, BEFORE, USE_CASES, copy_of


@dataclass(slots=True)
class Counts:
    """What a run of kills came to."""

    kills: int = 0
    old: int = 0
    new: int = 0
    left_behind: int = 0
    wrong: list[str] = field(default_factory=list)


def run(name: str, template: Path, folder: Path, kills: int, seed: int) -> Counts:
    """Kill a use case so many times, at moments drawn from a seed, and do it again after each kill."""
    moments, counts, case = random.Random(seed), Counts(), USE_CASES[name]
    needed = _seconds(name, template, folder)
    while counts.kills < kills:
        with Child(case.begin, copy_of(template, folder)) as child:
            child.go()
            # As often at any moment as around the end, where the new file takes the old one's place.
            time.sleep(needed * moments.uniform(*moments.choice(((0, 1.1), (0.8, 1.2)))))
            child.kill()
        counts.kills += 1
        state = case.state(folder, template)
        counts.old += state == BEFORE
        counts.new += state == AFTER
        counts.left_behind += bool(strays(folder))
        problem = "" if state in {BEFORE, AFTER} else state
        if state == BEFORE:
            problem = _again(name, template, folder)
        if problem:
            counts.wrong.append(f"kill {counts.kills}: {problem}")
    return counts


def _seconds(name: str, template: Path, folder: Path) -> float:
    with Child(USE_CASES[name].begin, copy_of(template, folder)) as child:
        began = time.monotonic()
        child.go()
        kind, text = child.said()
        assert kind == DONE, text
        return time.monotonic() - began


def _again(name: str, template: Path, folder: Path) -> str:
    with Child(USE_CASES[name].begin, folder) as child:
        child.go()
        kind, text = child.said()
    return "" if kind == DONE and USE_CASES[name].state(folder, template) == AFTER else f"again: {text}"
