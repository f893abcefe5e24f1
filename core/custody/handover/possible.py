"""What one person can do next in a handover, the most important first; told from what is shown of it alone.

It offers what makes sense to offer. Whether a step may really be taken is asked by the guards, when it is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.custody.handover.item_course import BY_BUNDLE, FINISHED, ROTATED
from core.custody.handover.listing import HandoverDetail, HandoverRow, ItemRow
from core.custody.handover.steps.case import Step
from core.model.choices import ItemState, Way


class Doing(StrEnum):
    """What somebody can do with a handover; a step of the protocol, or something with its papers."""

    ACCEPT = "accept"
    OPEN = "open"
    CONFIRM = "confirm"
    BEGIN = "begin"
    SEAL = "seal"
    GRANT = "grant"
    RELEASE = "release"
    RETURN = "return"
    CLOSE = "close"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"
    SAVE_FILES = "save-files"
    RECORD = "record"


PROTOCOL: Mapping[Doing, Step] = {
    Doing.ACCEPT: Step.REQUEST,
    Doing.OPEN: Step.OPEN,
    Doing.BEGIN: Step.BEGIN,
    Doing.CONFIRM: Step.CONFIRM,
    Doing.SEAL: Step.SEAL,
    Doing.RELEASE: Step.RELEASE,
    Doing.RETURN: Step.RETURN,
    Doing.CLOSE: Step.CLOSE,
    Doing.REFUSE: Step.REFUSE,
    Doing.WITHDRAW: Step.WITHDRAW,
    Doing.SUPERSEDE: Step.SUPERSEDE,
}
"""Which step of the protocol each is, in the order in which they are offered: logins before roles and duties."""

ENDING = frozenset({Doing.REFUSE, Doing.WITHDRAW})
"""What nobody waits for."""

_TAKER = frozenset({Doing.ACCEPT, Doing.OPEN, Doing.CONFIRM, Doing.BEGIN, Doing.RETURN, Doing.REFUSE})
_GIVER = frozenset({Doing.SEAL, Doing.RELEASE, Doing.WITHDRAW})
_HEAD = frozenset({Doing.CLOSE, Doing.SUPERSEDE})
_BEFORE_OPENED = frozenset({ItemState.PLANNED, ItemState.REQUESTED, ItemState.SEALED})


@dataclass(frozen=True, slots=True)
class Possible:
    """Something that a person can do now.

    Attributes:
        doing: What.
        items: With which things; none where it is about the handover as a whole.
        is_due: Whether the others wait for it.
    """

    doing: Doing
    items: tuple[ItemRow, ...] = ()
    is_due: bool = False


def possible_steps(
    detail: HandoverDetail, me: UUID | None, head: UUID | None, granted: Collection[UUID] = ()
) -> tuple[Possible, ...]:
    """Return what a person can do now, the most important first: what the others wait for, then what else is possible.

    Args:
        detail: The handover.
        me: Who it is; None where nobody said so.
        head: The head of press, as the settings name them.
        granted: The roles that this person has granted on their platforms; no statement tells that.
    """
    found = [_possible(doing, detail, me) for doing in PROTOCOL if _acts(doing, detail.row, me, head)]
    steps = [one for one in found if one.items]
    to_grant = tuple(one for one in detail.items if me is not None and one.granter == me and one.id not in granted)
    if to_grant:
        after_sealing = int(bool(steps) and steps[0].doing is Doing.SEAL)
        steps.insert(after_sealing, Possible(Doing.GRANT, to_grant, is_due=True))
    steps.sort(key=lambda one: not one.is_due)
    if any(step.person_id == me for step in detail.steps):
        steps.append(Possible(Doing.SAVE_FILES))
    return (*steps, Possible(Doing.RECORD))


def due_step(steps: tuple[Possible, ...]) -> Possible | None:
    """Return what the others wait for, None where it is somebody else's turn."""
    return steps[0] if steps and steps[0].is_due else None


def begins(doing: Doing, way: Way, state: ItemState) -> bool:
    """Say whether a thing is where it makes sense to offer something.

    The guards allow a little more: whoever changed a password may confirm that even after the handover was given up,
    and what ran out may still be withdrawn.

    Args:
        doing: What would be done.
        way: How the thing passes.
        state: How far it has passed.
    """
    return _BEGINS[doing](way, state)


_BEGINS: Mapping[Doing, Callable[[Way, ItemState], bool]] = {
    Doing.ACCEPT: lambda _way, state: state is ItemState.PLANNED,
    Doing.OPEN: lambda way, state: way in BY_BUNDLE and state is ItemState.SEALED,
    Doing.CONFIRM: lambda way, state: (
        (way in ROTATED and state is ItemState.ROTATING)
        or (way in {Way.ROLE, Way.DUTY} and state is ItemState.REQUESTED)
    ),
    Doing.BEGIN: lambda way, state: (
        (way in ROTATED and state in {ItemState.OPENED, ItemState.ROTATING})
        or (way is Way.RESET and state is ItemState.REQUESTED)
    ),
    Doing.SEAL: lambda way, state: way in BY_BUNDLE and state is ItemState.REQUESTED,
    Doing.RELEASE: lambda _way, state: state is ItemState.CONFIRMED,
    Doing.RETURN: lambda way, state: way is Way.COPY and state is ItemState.OPENED,
    Doing.CLOSE: lambda _way, state: state is ItemState.CONFIRMED,
    Doing.REFUSE: lambda _way, state: state in _BEFORE_OPENED,
    Doing.WITHDRAW: lambda _way, state: state in _BEFORE_OPENED,
    Doing.SUPERSEDE: lambda _way, state: state not in FINISHED,
}


def _possible(doing: Doing, detail: HandoverDetail, me: UUID | None) -> Possible:
    items = tuple(one for one in detail.items if begins(doing, one.way, one.state))
    waited_for = [one for one in items if one.turn_id == me and doing not in ENDING]
    if doing is Doing.SUPERSEDE:
        # Only where the head of press acts for somebody who left, and there is nothing to close.
        mine = {detail.row.giver_id, detail.row.taker_id}
        waited_for = [one for one in waited_for if me not in mine and one.state is not ItemState.CONFIRMED]
    return Possible(doing, items, bool(waited_for))


def _acts(doing: Doing, row: HandoverRow, me: UUID | None, head: UUID | None) -> bool:
    """Say whether somebody is the one of the two, or the head of press, who does such a thing."""
    if me is None:
        return False
    if doing in _HEAD:
        return me == head and not (doing is Doing.CLOSE and me == row.giver_id)  # One's own is released.
    if doing is Doing.REFUSE and row.giver_id == row.taker_id:
        return False  # A move to one's own computer is withdrawn.
    return me == (row.giver_id if doing in _GIVER else row.taker_id)
