"""The course of a handover as a checklist: its steps, which of them are done, by whom and when, and what is on now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.custody.handover.item_course import ABORTED, BY_BUNDLE, ROTATED
from core.custody.handover.listing import HandoverDetail, ItemRow
from core.model.choices import Act, ItemState, Way


class Stage(StrEnum):
    """One step of the course, in the order in which they come."""

    PROPOSED = "proposed"
    REQUESTED = "requested"
    COMPARED = "compared"
    SEALED = "sealed"
    RECEIVED = "received"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    RELEASED = "released"
    RETURNED = "returned"


class Standing(StrEnum):
    """How it stands with a step."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist.

    Attributes:
        stage: Which step.
        standing: Whether it is done, on now, or comes later.
        by: Who did it last, empty where nobody said so; for what is to come, who will.
        at: When.
        done: With how many things it is done.
        of: How many things it concerns.
    """

    stage: Stage
    standing: Standing
    by: str
    at: datetime | None
    done: int
    of: int


_TOLD_BY: dict[Stage, tuple[Act, ...]] = {
    Stage.PROPOSED: (Act.PROPOSAL,),
    Stage.REQUESTED: (Act.REQUEST,),
    Stage.COMPARED: (),
    Stage.SEALED: (Act.SEALING,),
    Stage.RECEIVED: (Act.RECEIPT,),
    Stage.CHANGED: (),
    Stage.CONFIRMED: (Act.CONFIRMATION,),
    Stage.RELEASED: (Act.RELEASE, Act.CLOSING),
    Stage.RETURNED: (Act.RETURN,),
}
_BY_GIVER = frozenset({Stage.PROPOSED, Stage.SEALED, Stage.RELEASED})
_REACHED: dict[ItemState, Stage | None] = {
    ItemState.PLANNED: Stage.PROPOSED,
    ItemState.REQUESTED: Stage.REQUESTED,
    ItemState.SEALED: Stage.SEALED,
    ItemState.OPENED: Stage.RECEIVED,
    ItemState.ROTATING: Stage.RECEIVED,
    ItemState.CONFIRMED: Stage.CONFIRMED,
    ItemState.CLOSED: Stage.RETURNED,
}
_ORDER = tuple(Stage)


def checklist(detail: HandoverDetail, *, compared: bool = False) -> tuple[Check, ...]:
    """Return the steps of a handover in their order; things that came to nothing are left out while others go on.

    Args:
        detail: The handover.
        compared: Whether the two have compared words; that is done then, though nothing is sealed yet.
    """
    alive = [one for one in detail.items if one.state not in ABORTED]
    proposed = any(step.act is Act.PROPOSAL for step in detail.steps)
    courses = {one.id: list(_stages(one, detail, proposed=proposed)) for one in alive}
    done = frozenset({Stage.COMPARED} if compared else ())
    now = {stage for one in alive for stage in _now(one, courses[one.id], done)}
    found = []
    for stage in _order(alive, proposed=proposed, compared=compared):
        some = [one for one in alive if stage in courses[one.id]]
        if some:
            found.append(_check(stage, some, detail, is_now=stage in now, is_done=stage in done))
    return tuple(found) or tuple(_said(detail))


def _order(items: Iterable[ItemRow], *, proposed: bool, compared: bool) -> tuple[Stage, ...]:
    """Return the steps as they happen: after a proposal words are compared first, else once the request is there."""
    late = not compared and any(item.state is ItemState.REQUESTED for item in items)
    if not proposed or late:
        return _ORDER
    return (Stage.PROPOSED, Stage.COMPARED, Stage.REQUESTED, *_ORDER[3:])


def _stages(item: ItemRow, detail: HandoverDetail, *, proposed: bool) -> Iterator[Stage]:
    """Give the steps that a thing takes."""
    if proposed:
        yield Stage.PROPOSED
    yield Stage.REQUESTED
    if item.way in BY_BUNDLE:
        yield from (Stage.COMPARED, Stage.SEALED, Stage.RECEIVED)
    if item.way in ROTATED:
        yield Stage.CHANGED
    if item.way not in {Way.COPY, Way.MOVE}:
        yield Stage.CONFIRMED
    if item.way in ROTATED or item.way is Way.ROLE:
        yield Stage.RELEASED
    if item.way is Way.COPY and detail.row.until is not None:
        yield Stage.RETURNED


def _now(item: ItemRow, stages: Iterable[Stage], done: AbstractSet[Stage]) -> tuple[Stage, ...]:
    """Return what is on with a thing: comparing words and what needs that belong together."""
    ahead = [stage for stage in stages if stage not in done and not _is_done(item, stage)]
    if ahead[:2] == [Stage.REQUESTED, Stage.COMPARED]:
        return tuple(ahead[:2])
    if ahead[:1] == [Stage.COMPARED]:
        return tuple(ahead[:2])
    return tuple(ahead[:1])


def _is_done(item: ItemRow, stage: Stage) -> bool:
    reached = _REACHED.get(item.state)
    return reached is not None and _ORDER.index(stage) <= _ORDER.index(reached)


def _check(stage: Stage, items: list[ItemRow], detail: HandoverDetail, *, is_now: bool, is_done: bool) -> Check:
    done = len(items) if is_done else sum(_is_done(one, stage) for one in items)
    said = [step for step in detail.steps if step.act in _TOLD_BY[stage]]
    if done == len(items):
        last = said[-1] if said else None
        return Check(stage, Standing.DONE, last.person if last else "", last.made_at if last else None, done, done)
    names = "" if stage is Stage.COMPARED else detail.row.giver if stage in _BY_GIVER else detail.row.taker
    return Check(stage, Standing.NOW if is_now or done else Standing.LATER, names, None, done, len(items))


def _said(detail: HandoverDetail) -> Iterator[Check]:
    """Give what was done of a handover that came to nothing."""
    for stage in _ORDER:
        said = [step for step in detail.steps if step.act in _TOLD_BY[stage]]
        if said:
            yield Check(stage, Standing.DONE, said[-1].person, said[-1].made_at, 0, 0)
