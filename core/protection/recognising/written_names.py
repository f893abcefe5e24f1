"""The ways in which one name is written, as patterns of the one spelling (see spelling.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from core.protection.recognising.name_words import WORDS
from core.protection.recognising.spelling import spelled

SHORTEST = 3
"""So many letters has a family name that is looked for where it stands alone."""
INITIALLED = 2
GENITIVE = r"(?:s|['’]s?)?"
_BETWEEN_HALVES = r"[\s._/-]{0,3}"
_PARTICLES = frozenset(
    ("von", "van", "vom", "der", "den", "dem", "des", "ten", "ter", "zu", "zum", "zur", "del", "della", "dos", "ibn")
)
"""What stands before family names and is no name."""


def folded(text: str) -> str:
    """Return a text in small letters and in the one spelling."""
    return spelled(text).casefold()


def halves(family: str) -> list[str]:
    """Return the names of which a double name is made; none where it is not made of others."""
    names = [one for one in re.split(r"[\s-]+", family.strip()) if one]
    if len(names) < 2:
        return []
    return [one for one in names if len(one) >= SHORTEST and one.casefold() not in _PARTICLES]


def mail_forms(mail: str, families: Iterable[str]) -> Iterator[str]:
    """Give an address, and what stands before its sign where that is a name and not an office."""
    yield re.escape(folded(mail))
    local = folded(mail.partition("@")[0])
    if any(folded(family) in local for family in families):
        yield re.escape(local)


def name_forms(given: str, family: str) -> Iterator[str]:
    """Give how a first and a family name are written together, in prose and as a login name."""
    first, last, initial = either(given), written(family), _initial(given)
    between = r"\s+(?:[\w.]+\s+)?" if len(family) >= SHORTEST else r"\s+"
    yield rf"{first}{between}{last}{GENITIVE}"
    yield rf"{last},?\s+{first}"
    if len(family) >= INITIALLED:
        yield rf"{initial}\.\s*{last}{GENITIVE}"
        yield rf"{last},?\s+{initial}\."
    yield from _login_forms(first, either(family), re.escape(spelled(given)[0]), long=is_telling(family))


def half_forms(given: str, half: str) -> Iterator[str]:
    """Give the first name with one half of a double name; with another half it is somebody else."""
    first, last = either(given), either(half)
    yield rf"{first}\s+{last}{GENITIVE}(?!-[^\W\d_])"
    yield rf"(?<!-){last},?\s+{first}"
    yield f"{first}[._-]{last}(?!-[^\\W\\d_])"


def written(family: str) -> str:
    """Return what finds a family name in prose; a short one is told from a word ("an", "do") by its capital letter."""
    if len(family) >= SHORTEST:
        return either(family)
    written = {either(one) for one in (family, family.upper(), spelled(family).upper())}
    return f"(?-i:{'|'.join(sorted(written))})"


def as_named(family: str) -> str:
    """Return a name as people write it, also where a list has it in capitals or in small letters."""
    return family.title() if family in {family.upper(), family.lower()} else family


def _initial(given: str) -> str:
    return f"(?:{'|'.join(re.escape(one) for one in sorted({spelled(given)[0], spelled(given[0])}, reverse=True))})"


def _login_forms(first: str, last: str, initial: str, *, long: bool) -> Iterator[str]:
    """Give what login names and profiles look like; short ones without a sign between are parts of other words."""
    between = "[._-]?" if long else "[._-]"
    yield f"{first}{between}{last}"
    yield f"{last}{between}{first}"
    yield f"{last}[._-]{initial}"
    yield f"{initial}{between}{last}"


def is_telling(family: str) -> bool:
    """Say whether a family name says by itself who is meant."""
    return len(family) > SHORTEST + 1 and folded(family) not in WORDS


def either(name: str) -> str:
    """Return what finds a name, also where its halves are joined by another sign, or by none."""
    return _BETWEEN_HALVES.join(re.escape(one) for one in re.split(r"[\s-]+", spelled(name).strip()) if one)
