"""Names one edit apart: a letter more, less, another one, or two neighbouring letters in each other's place.

Among many names the pairs are found without comparing each with each. Names that differ in their numbers only
("wache1", "wache2") are siblings and no pair.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations, product

Pair = tuple[str, str]
"""Two names in alphabetical order."""

_NUMBER = re.compile(r"\d+")


def near_pairs(names: Collection[str]) -> set[Pair]:
    """Return all pairs of names that are one edit apart."""
    known = set(names)
    found = {*_shortened(known), *_swapped(known), *_replaced(known)}
    return {pair for pair in found if not _siblings(*pair)}


def near_to(name: str, names: Collection[str]) -> list[str]:
    """Return the names that are one edit apart from one."""
    from rapidfuzz.distance import OSA

    close = [other for other in names if abs(len(other) - len(name)) <= 1]
    return [other for other in close if OSA.distance(name, other, score_cutoff=1) == 1 and not _siblings(name, other)]


def _siblings(one: str, other: str) -> bool:
    return _NUMBER.sub("0", one) == _NUMBER.sub("0", other)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _shortened(known: set[str]) -> Iterator[Pair]:
    """Give the pairs of which one name has a letter more."""
    for name in known:
        for place in range(len(name)):
            rest = name[:place] + name[place + 1 :]
            if rest in known:
                yield _pair(name, rest)


def _swapped(known: set[str]) -> Iterator[Pair]:
    """Give the pairs with two neighbouring letters in each other's place: they consist of the same letters."""
    same_letters: dict[str, set[str]] = defaultdict(set)
    for name in known:
        same_letters["".join(sorted(name))].add(name)
    for names in same_letters.values():
        for name in names if len(names) > 1 else ():
            for place in range(len(name) - 1):
                other = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
                if other != name and other in names:
                    yield _pair(name, other)


def _replaced(known: set[str]) -> Iterator[Pair]:
    """Give the pairs that differ in one letter: they have one half in common."""
    halves: dict[tuple[int, bool, str], list[str]] = defaultdict(list)
    for name in known:
        middle = len(name) // 2
        halves[len(name), True, name[:middle]].append(name)
        halves[len(name), False, name[middle:]].append(name)
    for (length, first_half_is_same, _half), names in halves.items():
        if len(names) > 1:
            other_half = range(length // 2, length) if first_half_is_same else range(length // 2)
            for place in other_half:
                yield from _differing_at(place, names)


def _differing_at(place: int, names: list[str]) -> Iterator[Pair]:
    """Give the pairs that differ at one place alone; two figures there make siblings."""
    letters = {name[place] for name in names}
    if len(letters) == 1 or all(letter.isdecimal() for letter in letters):
        return
    by_rest: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for name in names:
        by_rest[name[:place] + name[place + 1 :]][name[place].isdecimal()].append(name)
    for worded, numbered in by_rest.values():
        for one, other in (*combinations(worded, 2), *product(worded, numbered)):
            yield _pair(one, other)
