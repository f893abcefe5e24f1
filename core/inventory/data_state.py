"""Whether a person's data may be used and erased on a day: restricted, or kept for a running case."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, select, type_coerce

from core.i18n import N_
from core.model import DataHold, Person
from core.model.choices import Choice
from core.model.record import enum_type


class DataState(Choice):
    """What holds for a person's data on a given day; never stored, and nothing where nothing holds."""

    RESTRICTED = "restricted", N_("restricted")
    KEPT = "kept", N_("kept for a case")
    BOTH = "both", N_("restricted and kept")


def data_state_on(today: date) -> ColumnElement[Any]:
    """Return what holds for a person's data, for the query that lists people; null where nothing does."""
    hold = select(DataHold.id).where(DataHold.person_id == Person.id, *hold_counts(DataHold, today))
    restricted, kept = Person.restricted_on.is_not(None), hold.correlate(Person).exists()
    state = case(
        (and_(restricted, kept), DataState.BOTH.value),
        (restricted, DataState.RESTRICTED.value),
        (kept, DataState.KEPT.value),
        else_=None,
    )
    return type_coerce(state, enum_type(DataState))


def hold_counts(hold: type[DataHold], today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a hold keeps something on a day, its last day included."""
    lifted = and_(hold.ended_on.is_not(None), hold.ended_on <= today)
    return hold.since <= today, hold.until >= today, ~lifted
