"""What somebody has ticked of one login and not confirmed yet; kept at this computer, so that it goes on another day.

Only answers are kept, never a secret; they count for nobody before they are confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core import workstation
from core.custody.handover.item_course import LOGIN_SEEN

_KEPT = "handovers.ticks"


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
    kept = _all().get(_key(handover, item))
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
    kept, key = _all(), _key(handover, item)
    told = dict(ticks.answers) | ({LOGIN_SEEN: ticks.signed_in.isoformat()} if ticks.signed_in is not None else {})
    if told:
        kept[key] = told
    else:
        kept.pop(key, None)
    workstation.remember(_KEPT, kept or None)


def _all() -> dict[str, object]:
    kept = workstation.remembered(_KEPT)
    return kept if isinstance(kept, dict) else {}


def _key(handover: UUID, item: UUID) -> str:
    return f"{handover} {item}"
