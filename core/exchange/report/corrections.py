"""What a report made again says otherwise than the one that was issued, fact by fact.

Both are read from the log: what the registry knew when the report was issued, and what it knows now, each as of the
quarter's last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from core.storage.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a report says.

    Attributes:
        subject: What tells its subject from all others; facts about one subject belong together.
        label: What it concerns, as people call it.
        name: What is said of it.
        whole: Whether it says that the subject is in the report at all.
    """

    subject: str
    label: str
    name: str
    whole: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes two facts the same although the subject is called differently."""
        return self.subject, "" if self.whole else self.name


Value: TypeAlias = str | int | date | None
Facts: TypeAlias = Mapping[tuple[str, str], tuple[Fact, Value]]
"""What a report says, by the facts' keys."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact that is not told as it was; None where it was not or is not told at all."""

    fact: Fact
    issued: Value
    now: Value


def gathered(facts: Iterator[tuple[Fact, Value]]) -> Facts:
    """Collect facts under their keys."""
    return {fact.key: (fact, value) for fact, value in facts}


def differences(issued: Facts, now: Facts) -> list[Correction]:
    """Return what is told otherwise now; of a subject that came or went only that it did."""
    before, after = {subject for subject, _name in issued}, {subject for subject, _name in now}
    both = before & after
    found = [
        Correction((now.get(key) or issued[key])[0], _value(issued, key), _value(now, key))
        for key in issued.keys() | now.keys()
        if key[0] in both or not key[1]
    ]
    told = [one for one in found if one.issued != one.now]
    return sorted(told, key=lambda one: (sort_key(one.fact.label), one.fact.subject, sort_key(one.fact.name)))


def _value(facts: Facts, key: tuple[str, str]) -> Value:
    return facts[key][1] if key in facts else None
