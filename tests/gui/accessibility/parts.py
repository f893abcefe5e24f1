"""Which part of the window's places a walk looks at: each run of the tests another one, in turn, and a long run all."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
PARTS = 3
HOUR = 60 * 60


@dataclass(frozen=True, slots=True)
class Part:
    """Every so many-th place, beginning with one of them."""

    number: int
    parts: int

    def of(self, all_of_them: Sequence[T]) -> list[T]:
        """Return this part of some places."""
        return list(all_of_them[self.number :: self.parts])


WHOLE = Part(0, 1)


def part_of_the_hour(turn: int) -> Part:
    """Return one part an hour, so that a day of work sees each of them often; it is printed where a test fails.

    Args:
        turn: Walks with another turn look at another part in the same hour.
    """
    part = Part((int(time.time()) // HOUR + turn) % PARTS, PARTS)
    print(f"looked at part {part.number + 1} of {PARTS}; with --endurance, at all of them")
    return part
