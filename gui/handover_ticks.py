"""What somebody has ticked in a handover and no statement says; kept at this computer, so that it goes on another day.

Only answers are kept, never a secret. Those of a login count for nobody before they are confirmed; that a role was
granted, and what was made up for after the confirmation, is for whoever ticked it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core import workstation
from core.custody.handover.item_course import LOGIN_SEEN

_KEPT = "handovers.ticks"
_GRANTED = "handovers.granted"
_MADE_UP = "handovers.made-up"


@dataclass(frozen=True, slots=True)
class Ticks:
    """What is ticked of one login.

    Attributes:
        signed_in: The day of the sign-in with the new secret, None where nobody ticked it.
        answers: The answers by question.
    """

    signed_in: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


def kept_ticks(handover: UUID, item: UUID) -> Ticks:
    """Return what was ticked before."""
    kept = _all(_KEPT).get(_key(handover, item))
    if not isinstance(kept, dict):
        return Ticks()
    answers = {str(key): str(value) for key, value in kept.items()}
    try:
        day = date.fromisoformat(answers.pop(LOGIN_SEEN, ""))
    except ValueError:
        day = None
    return Ticks(day, answers)


def keep_ticks(handover: UUID, item: UUID, ticks: Ticks) -> None:
    """Keep what is ticked; nothing ticked is forgotten."""
    kept, key = _all(_KEPT), _key(handover, item)
    told = dict(ticks.answers) | ({LOGIN_SEEN: ticks.signed_in.isoformat()} if ticks.signed_in is not None else {})
    if told:
        kept[key] = told
    else:
        kept.pop(key, None)
    workstation.remember(_KEPT, kept or None)


def granted_roles(handover: UUID) -> frozenset[UUID]:
    """Return the roles of a handover that were granted on their platforms, by the word of whoever works here."""
    kept = _all(_GRANTED).get(str(handover))
    return frozenset(UUID(str(one)) for one in kept) if isinstance(kept, list) else frozenset()


def keep_granted(handover: UUID, roles: Collection[UUID]) -> None:
    """Keep that roles of a handover were granted."""
    granted = sorted(str(one) for one in granted_roles(handover) | set(roles))
    workstation.remember(_GRANTED, _all(_GRANTED) | {str(handover): granted})


def made_up_for(handover: UUID, item: UUID) -> dict[str, str]:
    """Return the answers to what was open when a thing was confirmed."""
    kept = _all(_MADE_UP).get(_key(handover, item))
    return {str(key): str(value) for key, value in kept.items()} if isinstance(kept, dict) else {}


def keep_made_up(handover: UUID, item: UUID, answers: Mapping[str, str]) -> None:
    """Keep answers to what was open when a thing was confirmed."""
    workstation.remember(_MADE_UP, _all(_MADE_UP) | {_key(handover, item): dict(answers)})


def _all(name: str) -> dict[str, object]:
    kept = workstation.remembered(name)
    return kept if isinstance(kept, dict) else {}


def _key(handover: UUID, item: UUID) -> str:
    return f"{handover} {item}"
