"""How is measured: several ways of one thing in turn, so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the data sets are and how often is measured.

    Attributes:
        city: How many channels a city has.
        state: How many a state has.
        country: How many a country has.
        rounds: How often a cheap thing is measured.
        slow_rounds: How often a thing of many seconds is measured.
        idle_seconds: How long an idle window is watched.
    """

    city: int
    state: int
    country: int
    rounds: int
    slow_rounds: int
    idle_seconds: float


FULL = Scale(300, 10_000, 100_000, 7, 3, 5.0)
QUICK = Scale(300, 1_000, 5_000, 3, 3, 1.0)
SMALLEST = Scale(10, 20, 40, 1, 1, 0.1)


def interleaved(rounds: int, *ways: Callable[[], float]) -> list[float]:
    """Return the median of what each way gives; every round asks each once, rubbish is collected before."""
    gc.collect()
    taken: list[list[float]] = [[] for _way in ways]
    for _round in range(rounds):
        for way, times in zip(ways, taken, strict=True):
            times.append(way())
    return [median(times) for times in taken]


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Return what does the work and gives the seconds it took."""

    def way() -> float:
        with stopwatch() as watch:
            work()
        return watch.seconds

    return way


@dataclass(slots=True)
class Watch:
    """A measured duration."""

    seconds: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Watch]:
    """Measure what happens inside."""
    watch, start = Watch(), time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - start


def peak_memory() -> float:
    """Return how many bytes this process has held at most; on Linux without what its parent held before it."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
