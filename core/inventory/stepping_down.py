"""Somebody gives up a role of a channel because somebody else takes it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.model import Responsibility, ResponsibilityRole


def step_down(
    session: Session, channel_id: UUID, person_ids: Collection[UUID], role: ResponsibilityRole, *, before: date
) -> None:
    """End what some people hold in a role of a channel on the eve of a day; call inside an action."""
    one = Responsibility
    held = select(one).where(
        one.channel_id == channel_id,
        one.person_id.in_(person_ids),
        one.role == role,
        or_(one.until.is_(None), one.until >= before),
    )
    for tie in session.scalars(held):
        if tie.since is not None and tie.since >= before:
            session.delete(tie)  # It would end before it began; the history still knows of it.
        else:
            tie.until = before - timedelta(days=1)
