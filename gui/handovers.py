"""What the window knows of handovers at one moment; it lies in the registry, no keyring is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.custody.handover.compared import have_compared
from core.custody.handover.kept import head_of_press
from core.custody.handover.listing import HandoverDetail, HandoverRow, ItemRow, handover_detail, handover_rows
from core.custody.handover.possible import Possible, possible_steps
from core.custody.handover.proposing import proposed
from core.i18n import _
from core.inventory.finding_anything import OF_EACH, Hit
from core.registry import Registry
from core.storage.sorting import folded
from gui.handover_told import WAYS, is_mine, title


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
        reasons: By thing, why it passes in its way.
        compared: Whether the two have compared words already.
    """

    detail: HandoverDetail
    steps: tuple[Possible, ...]
    me: UUID | None
    reasons: Mapping[UUID, str] = field(default_factory=dict)
    compared: bool = False

    def why(self, item: ItemRow) -> str:
        """Return why a thing passes in its way: its own reason, or what is true of everything that passes so."""
        return self.reasons.get(item.id) or _(WAYS[item.way])

    def due(self, item: ItemRow) -> Possible | None:
        """Return what the others wait for from the person here with a thing."""
        ids = (one for one in self.steps if one.is_due and item.id in {thing.id for thing in one.items})
        return next(ids, None)


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
        row = detail.row
        hanging = proposed(session, row.giver_id, row.occasion, today)
        compared = have_compared(session, row.giver_id, row.taker_id, me)
    ways = {one.id: one.way for one in detail.items}
    reasons = {one.id: one.reason for one in hanging if one.way is not None and ways.get(one.id) is one.way}
    return DetailRead(detail, possible_steps(detail, me, head), me, reasons, compared)


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
