"""Which part of the window's places a walk looks at: another when the program changes; a long run all."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from tests.sources import python_files

T = TypeVar("T")
PARTS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Every so many-th place, beginning with one of them."""

    number: int
    parts: int

    def of(self, all_of_them: Sequence[T]) -> list[T]:
        """Return this part of some places."""
        return list(all_of_them[self.number :: self.parts])


WHOLE = Part(0, 1)


def part_in_turn(turn: int) -> Part:
    """Return one part, which the program's sources choose; it is printed where a test fails.

    A day of work sees each of them often, and one state of the program always the same, so that it fails again or not.

    Args:
        turn: Walks with another turn look at another part of the same program.
    """
    part = Part((_mark_of_the_sources() + turn) % PARTS, PARTS)
    print(f"looked at part {part.number + 1} of {PARTS}; with --endurance, at all of them")
    return part


@cache
def _mark_of_the_sources() -> int:
    mark = 0
    for file in python_files("core", "gui"):
        mark = zlib.crc32(file.read_bytes(), mark)
    return mark
