"""What the window knows of handovers at one moment; it lies in the registry, no keyring is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from core.custody.handover.compared import have_compared
from core.custody.handover.kept import head_of_press
from core.custody.handover.listing import (
    HandoverDetail,
    HandoverRow,
    ItemRow,
    handover_detail,
    handover_rows,
    open_things,
)
from core.custody.handover.possible import Possible, possible_steps
from core.custody.handover.proposing import proposed
from core.i18n import _
from core.inventory.finding_anything import OF_EACH, Hit
from core.model import ItemState, Occasion, Person
from core.registry import Registry
from core.storage.sorting import folded
from gui.dialogs.leaving import Leaver
from gui.handover_ticks import granted_roles, made_up_for
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
        rest: How many things still hang on the giver and can be handed over.
        leaver: Who hands over because they leave, where their last day is not entered yet.
    """

    detail: HandoverDetail
    steps: tuple[Possible, ...]
    me: UUID | None
    reasons: Mapping[UUID, str] = field(default_factory=dict)
    compared: bool = False
    rest: int = 0
    leaver: Leaver | None = None

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
    rows = [_with_granter(one, me, granted_roles(one.id)) for one in rows]
    return HandoversRead(tuple(sorted(rows, key=lambda one: not is_mine(one, me))), me)


def read_detail(registry: Registry, handover: UUID, today: date) -> DetailRead:
    """Read one handover, on the database lane.

    Raises:
        BadInputError: There is none, or nothing of it can be read.
    """
    me = registry.me()
    with registry.reading() as session:
        detail, head = _as_known_here(handover_detail(session, handover, today), me), head_of_press(session)
        row = detail.row
        hanging = proposed(session, row.giver_id, row.occasion, today)
        compared = have_compared(session, row.giver_id, row.taker_id, me)
        busy, leaver = open_things(session, today), _leaver(session, row)
    ways = {one.id: one.way for one in detail.items}
    reasons = {one.id: one.why(ways[one.id]) for one in hanging if ways.get(one.id) in one.ways}
    rest = sum(one.way is not None and one.id not in busy for one in hanging) if me in {row.giver_id, head} else 0
    return DetailRead(detail, possible_steps(detail, me, head), me, reasons, compared, rest, leaver)


def _with_granter(row: HandoverRow, me: UUID | None, granted: Collection[UUID]) -> HandoverRow:
    """Let it be the turn of whoever is to grant a role, too; theirs no longer once they have ticked that here."""
    if me in row.granters and set(row.to_grant) <= set(granted):
        return row
    return replace(row, turns={**row.granters, **row.turns})


def _as_known_here(detail: HandoverDetail, me: UUID | None) -> HandoverDetail:
    """Add what was ticked at this computer alone: roles that were granted, and what was made up for since."""
    granted, row = granted_roles(detail.row.id), detail.row
    items = [replace(one, still_open=_left_open(row.id, one)) for one in detail.items]
    then = _("{taker} signs in and confirms it.").format(taker=row.taker)
    for place, one in enumerate(items):
        if one.state is ItemState.CLOSED and detail.items[place].still_open and not one.still_open:
            items[place] = replace(one, next=_("Nothing is open any more."))
        if one.granter == me and one.granter != one.turn_id and one.id in granted:
            items[place] = replace(one, granter=None, own={}, next=then)
    return replace(detail, items=tuple(items), row=_with_granter(row, me, granted))


def _left_open(handover: UUID, item: ItemRow) -> tuple[str, ...]:
    answers = made_up_for(handover, item.id) if item.still_open else {}
    return tuple(one for one in item.still_open if answers.get(one, "no") == "no")


def _leaver(session: Any, row: HandoverRow) -> Leaver | None:
    person = session.get(Person, row.giver_id) if row.occasion is Occasion.LEAVING else None
    return Leaver(person.id, person.name, None, row.taker_id) if person and person.last_day is None else None


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
