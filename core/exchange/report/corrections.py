"""What a report made again says otherwise than the one that was issued, fact by fact.

Both are read from the log: what the registry knew when the report was issued, and what it knows now, each as of the
quarter's last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from core.storage.sorting import sort_key

Value: TypeAlias = str | int | date | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of one subject: a channel, a finding, a change.

    Attributes:
        label: What it concerns, as people call it.
        name: What the subject is.
        value: What is said of it as a whole.
        more: What else is said of it, by name.
    """

    label: str
    name: str
    value: Value
    more: dict[str, Value] = field(default_factory=dict)


Facts: TypeAlias = Mapping[str, Told]
"""What a report says, by what tells its subjects apart."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Something that is not told as it was; None where nothing was or is told.

    Attributes:
        label: What it concerns.
        name: What is said of it.
        issued: What was said.
        now: What is said now.
        whole: Whether it is about the subject as a whole, which may be missing.
    """

    label: str
    name: str
    issued: Value
    now: Value
    whole: bool = False


def differences(issued: Facts, now: Facts) -> list[Correction]:
    """Return what is told otherwise now; of a subject that came or went only that it did."""
    subjects = sorted(issued.keys() | now.keys())
    found = [one for key in subjects for one in _differences(issued.get(key), now.get(key))]
    return sorted(found, key=lambda one: (sort_key(one.label), not one.whole, sort_key(one.name)))


def _differences(before: Told | None, after: Told | None) -> Iterator[Correction]:
    present = after or before
    assert present is not None
    issued, now = (one.value if one is not None else None for one in (before, after))
    if issued != now:
        yield Correction(present.label, present.name, issued, now, whole=True)
    if before is not None and after is not None and before.more != after.more:
        for name in before.more | after.more:
            if before.more.get(name) != after.more.get(name):
                yield Correction(present.label, name, before.more.get(name), after.more.get(name))
