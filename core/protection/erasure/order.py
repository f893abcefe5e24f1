"""What an erasure is about, as it was confirmed: ids and ticks, never a name, so that it can be taken up again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from core.governance.retention import Due
from core.model import Erasure


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be erased.

    Attributes:
        id: The erasure.
        as_of: The day that counted as today.
        due: The records whose time had come.
        ticked: The keys of mentions that are erased although they may mean something else.
        unticked: The keys of mentions that stay although they look like one.
    """

    id: UUID
    as_of: date
    due: Due
    ticked: frozenset[str] = frozenset()
    unticked: frozenset[str] = frozenset()

    def plan(self) -> dict[str, Any]:
        """Return what is kept of it in the registry."""
        ids = {kind: [str(one) for one in some] for kind, some in _by_kind(self.due).items()}
        return {**ids, "ticked": sorted(self.ticked), "unticked": sorted(self.unticked)}

    def only(self, still: Due, people: Collection[UUID] = ()) -> Order:
        """Return the order without whatever dropped out of it.

        Args:
            still: What is due now.
            people: Who is erased already: nothing is to name them any more, although they are not due again.
        """
        kept = {kind: set(some) for kind, some in _by_kind(still).items()}
        kept["people"] |= set(people)
        left = {kind: tuple(one for one in some if one in kept[kind]) for kind, some in _by_kind(self.due).items()}
        return replace(self, due=Due(**left))

    def size(self) -> int:
        """Return how many people and records it names."""
        return sum(map(len, _by_kind(self.due).values()))

    def erases(self, key: str, *, usually: bool) -> bool:
        """Say whether a mention is erased.

        Args:
            key: The mention's key.
            usually: Whether it is where nobody decided.
        """
        return key in self.ticked or (usually and key not in self.unticked)


def _by_kind(due: Due) -> dict[str, tuple[UUID, ...]]:
    return {one.name: getattr(due, one.name) for one in fields(due)}


def order_of(erasure: Erasure) -> Order:
    """Return what an erasure that was begun is about."""
    plan = erasure.plan
    # One that was begun by an older program knows fewer kinds of data.
    due = Due(*(tuple(UUID(one) for one in plan.get(kind, ())) for kind in Due.__dataclass_fields__))
    return Order(erasure.id, erasure.as_of, due, frozenset(plan["ticked"]), frozenset(plan["unticked"]))
