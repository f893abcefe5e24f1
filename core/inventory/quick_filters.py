"""The channels that one looks for most: without anybody in charge, stale, one's own."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from core.i18n import N_
from core.model import Channel, Finding, Responsibility

FILTERS = {"all": N_("All"), "unowned": N_("Without owner"), "stale": N_("Stale"), "mine": N_("Mine")}
"""The filters by key, with the source text of their name, in their order."""

_RULES = {"unowned": ("no-owner", "owner-left"), "stale": ("stale", "dormant")}


def filtered(key: str, today: date, me: UUID | None) -> Select[Any] | None:
    """Return the query for the ids of a filter's channels, None for all channels.

    Args:
        key: A key of FILTERS.
        today: The day on which a responsibility must be valid.
        me: The person at this workstation, None where nobody is bound; nothing is theirs then.
    """
    match key:
        case "unowned" | "stale":
            return select(Finding.subject_id).where(Finding.rule.in_(_RULES[key]), Finding.subject_type == "channel")
        case "mine" if me is None:
            return select(Channel.id).where(false())
        case "mine":
            return select(Responsibility.channel_id).where(
                Responsibility.person_id == me,
                or_(Responsibility.since.is_(None), Responsibility.since <= today),
                or_(Responsibility.until.is_(None), Responsibility.until >= today),
            )
        case _:
            return None


def filter_counts(session: Session, today: date, me: UUID | None) -> dict[str, int]:
    """Count the channels of each filter."""
    return {key: _count(session, filtered(key, today, me)) for key in FILTERS}


def _count(session: Session, only: Select[Any] | None) -> int:
    query = select(func.count()).select_from(Channel)
    return session.execute(query if only is None else query.where(Channel.id.in_(only))).scalar_one()
