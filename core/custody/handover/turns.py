"""Whose turn it is with one thing of a handover, told from what the registry keeps of it; for lists and rules."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from core.model import ItemState, Way


class Turn(StrEnum):
    """Who acts next."""

    GIVER = "giver"
    TAKER = "taker"
    NOBODY = "nobody"


_SEALED_FOR = frozenset({Way.SEALED, Way.COPY, Way.MOVE})


def whose_turn(way: Way, state: ItemState, *, until: date | None, today: date, ran_out: bool) -> Turn:
    """Return who acts next.

    Args:
        way: How the thing passes.
        state: How far it has passed.
        until: The last day of a cover.
        today: The day.
        ran_out: Whether the sealed file may not be opened any more.
    """
    match state:
        case ItemState.PLANNED:
            return Turn.TAKER
        case ItemState.REQUESTED:
            return Turn.GIVER if way in _SEALED_FOR else Turn.TAKER
        case ItemState.SEALED:
            return Turn.NOBODY if ran_out else Turn.TAKER
        case ItemState.OPENED if way is Way.COPY:
            return Turn.TAKER if until is not None and until < today else Turn.NOBODY
        case ItemState.OPENED | ItemState.ROTATING:
            return Turn.TAKER
        case ItemState.CONFIRMED:
            return Turn.GIVER
        case _:
            return Turn.NOBODY


def is_to_be_granted(way: Way, state: ItemState) -> bool:
    """Say whether whoever gives is to grant a role on its platform; until it is confirmed nobody knows they did."""
    return way is Way.ROLE and state is ItemState.REQUESTED
