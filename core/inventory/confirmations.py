"""Confirmations: somebody looked at a channel's record and said whether it is right."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.fields import Day, Field, OneOf, Reference
from core.i18n import N_
from core.model import Channel, Confirmation, ConfirmationResult

FIELDS = (
    Field("channel", N_("Channel"), Reference("channel"), required=True, help=N_("The channel that was looked at.")),
    Field("person", N_("Person"), Reference("person"), help=N_("Who looked at it.")),
    Field("on", N_("On"), Day(), required=True, help=N_("The day on which it was looked at.")),
    Field("result", N_("Result"), OneOf(ConfirmationResult), required=True, help=N_("What was found.")),
)


def last_confirmed_on(today: date | ColumnElement[date]) -> ColumnElement[Any]:
    """Return the day on which the enclosing query's channel was last looked at, or null."""
    query = select(func.max(Confirmation.on)).where(Confirmation.channel_id == Channel.id, Confirmation.on <= today)
    return query.correlate(Channel).scalar_subquery()


def confirm(
    session: Session,
    channel_id: UUID,
    *,
    person_id: UUID | None,
    on: date,
    result: ConfirmationResult = ConfirmationResult.CORRECT,
) -> Confirmation:
    """Record that somebody looked at a channel's record; call inside an action."""
    confirmation = Confirmation(channel_id=channel_id, person_id=person_id, on=on, result=result)
    session.add(confirmation)
    return confirmation
