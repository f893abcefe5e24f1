"""What the window knows of handovers at one moment; it lies in the registry, no keyring is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.custody.handover.kept import head_of_press
from core.custody.handover.listing import HandoverDetail, HandoverRow, handover_detail, handover_rows
from core.custody.handover.possible import Possible, possible_steps
from core.inventory.finding_anything import OF_EACH, Hit
from core.registry import Registry
from core.storage.sorting import folded
from gui.handover_told import is_mine, title


@dataclass(frozen=True, slots=True)
class HandoversRead:
    """All handovers: those in which the person here is waited for first.

    Attributes:
        rows: The handovers.
        me: Who works here, None where nobody said so yet.
    """

    rows: tuple[HandoverRow, ...] = ()
    me: UUID | None = None


@dataclass(frozen=True, slots=True)
class DetailRead:
    """One handover, and what the person here can do with it.

    Attributes:
        detail: The handover.
        steps: What can be done, the most important first.
        me: Who works here.
    """

    detail: HandoverDetail
    steps: tuple[Possible, ...]
    me: UUID | None


def read_handovers(registry: Registry, today: date) -> HandoversRead:
    """Read all handovers, on the database lane."""
    me = registry.me()
    with registry.reading() as session:
        rows = handover_rows(session, today)
    return HandoversRead(tuple(sorted(rows, key=lambda one: not is_mine(one, me))), me)


def read_detail(registry: Registry, handover: UUID, today: date) -> DetailRead:
    """Read one handover, on the database lane.

    Raises:
        BadInputError: There is none, or nothing of it can be read.
    """
    me = registry.me()
    with registry.reading() as session:
        detail, head = handover_detail(session, handover, today), head_of_press(session)
    return DetailRead(detail, possible_steps(detail, me, head), me)


def find_handovers(registry: Registry, typed: str, today: date) -> list[Hit]:
    """Find handovers by who gives and takes; people who are called so come before them."""
    words = folded(typed).split()
    with registry.reading() as session:
        rows = handover_rows(session, today) if words else []
    told = ((row.id, title(row)) for row in rows)
    found = [
        Hit("handover", id, text, by_name=False) for id, text in told if all(word in folded(text) for word in words)
    ]
    return found[:OF_EACH]
