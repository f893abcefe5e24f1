"""Holds: somebody's data is kept for a running case although its time comes, with a reason and until a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.governance.rules.rule import moved_months
from core.i18n import N_, _, show_date
from core.model import DataHold, Person

HOLD = N_("Keep data for a running case")
END = N_("End a hold on data")

LONGEST_YEARS = 10
"""So far ahead may a hold end; a case that runs on is looked at again, and its data kept anew."""


def hold(session: Session, person_id: UUID, *, until: date, reason: str, today: date) -> DataHold:
    """Keep a person's data until a day, that day included; one that is there already ends. Call inside an action.

    Raises:
        BadInputError: There is no reason, the day has passed or is years ahead, or nothing is left to be kept.
    """
    person = session.get_one(Person, person_id)
    if person.erased_on is not None:
        raise BadInputError(_("This person's data has been erased; there is nothing left to keep."))
    if not reason.strip():
        raise BadInputError(_("A hold needs a reason, for example the case it is for."))
    if until < today:
        raise BadInputError(_("{day} has passed. Please name a day to come.").format(day=show_date(until)))
    if until > (latest := moved_months(today, 12 * LONGEST_YEARS)):
        told = _("Data can be kept for {years} years at most. Please name a day up to {day}.")
        raise BadInputError(told.format(years=LONGEST_YEARS, day=show_date(latest)))
    for earlier in holds_of(session, person_id, today):
        earlier.ended_on = today
    made = DataHold(person_id=person_id, reason=reason.strip(), since=today, until=until)
    session.add(made)
    return made


def end_hold(session: Session, person_id: UUID, today: date) -> None:
    """End what keeps a person's data; what is due can be erased from today on. Call inside an action.

    Raises:
        BadInputError: Nothing keeps it.
    """
    running = holds_of(session, person_id, today)
    if not running:
        raise BadInputError(_("Nothing keeps this person's data."))
    for one in running:
        one.ended_on = today


def holds_of(session: Session, person_id: UUID, today: date) -> list[DataHold]:
    """Return what keeps a person's data today."""
    query = select(DataHold).where(DataHold.person_id == person_id, DataHold.until >= today)
    return [one for one in session.scalars(query) if one.ended_on is None or one.ended_on > today]
