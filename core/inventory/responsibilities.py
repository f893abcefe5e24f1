"""Who answers for a channel: what a responsibility shows, when it counts, and how it begins and ends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.fields import Day, Field, OneOf, Reference
from core.i18n import N_, _, show_date
from core.inventory.people import display_name
from core.model import Channel, Person, Responsibility, ResponsibilityRole
from core.storage.touching import chunks


class Held(NamedTuple):
    """A responsibility as somebody saw it."""

    role: ResponsibilityRole
    id: UUID
    version: str


FIELDS = (
    Field("channel", N_("Channel"), Reference("channel"), required=True, help=N_("The channel that is answered for.")),
    Field("person", N_("Person"), Reference("person"), required=True, help=N_("Who answers for it (Moers no. 3 c).")),
    Field("role", N_("Role"), OneOf(ResponsibilityRole), required=True, help=N_("What the person answers for.")),
    Field("since", N_("Since"), Day(), help=N_("The first day; empty if nobody knows it, then it always counts.")),
    Field("until", N_("Until"), Day(), help=N_("The last day; empty as long as no end is in sight.")),
)


def counts_on(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that a responsibility counts on a day; both its days are included, unknown always counts."""
    one = Responsibility
    return and_(or_(one.since.is_(None), one.since <= today), or_(one.until.is_(None), one.until >= today))


def names_in_role(role: ResponsibilityRole, today: date) -> ColumnElement[str | None]:
    """Return the names of those who hold a role of the enclosing query's channel today, or null.

    They stand in the order of their beginning. It is made by an ordered inner query, because SQLite orders within an
    aggregate only from 3.44 on.
    """
    holders = (
        select(display_name(Person).label("name"))
        .join_from(Responsibility, Person, Person.id == Responsibility.person_id)
        .where(Responsibility.channel_id == Channel.id, Responsibility.role == role, counts_on(today))
        .order_by(Responsibility.since.nulls_first(), Person.family_name, Person.id)
        .correlate(Channel)
        .subquery()
    )
    return select(func.aggregate_strings(holders.c.name, "; ")).scalar_subquery()


def assign(  # noqa: PLR0913 - an association has as many sides
    session: Session,
    channel_id: UUID,
    person_id: UUID,
    role: ResponsibilityRole,
    *,
    since: date | None,
    replace: bool = False,
) -> Responsibility:
    """Let a person answer for a channel; call inside an action.

    Args:
        session: The action's session.
        channel_id: The channel.
        person_id: The person; who holds the role already keeps it as it is.
        role: What the person answers for.
        since: The first day, None if nobody knows it.
        replace: End what others hold in this role on the day before; needs `since`.

    Raises:
        BadInputError: The person has left before that day.
    """
    person = session.get_one(Person, person_id)
    if since is not None and person.last_day is not None and person.last_day < since:
        raise BadInputError(
            _("{name} left on {day} and cannot take this on. Please choose somebody else.").format(
                name=person.name, day=show_date(person.last_day)
            )
        )
    holding = _open_in_role(session, channel_id, role, since)
    if replace:
        assert since is not None, "those who are replaced need a last day"
        _end_all([one for one in holding if one.person_id != person_id], since - timedelta(days=1), session)
    kept = next((one for one in holding if one.person_id == person_id), None)
    return kept or _begin(session, Responsibility(channel_id=channel_id, person_id=person_id, role=role, since=since))


def held(session: Session, channel_ids: Collection[UUID], today: date) -> frozenset[Held]:
    """Return who holds a role of some channels today or later, for a decision that is to be made on nothing else."""
    one, found = Responsibility, set[Held]()
    for some in chunks(channel_ids):
        query = select(one.role, one.id, one.version).where(one.channel_id.in_(some))
        rows = session.execute(query.where(or_(one.until.is_(None), one.until >= today)))
        found.update(Held(*row) for row in rows)
    return frozenset(found)


def end(session: Session, responsibility_id: UUID, until: date) -> Responsibility:
    """End a responsibility after its last day; call inside an action.

    Raises:
        BadInputError: It began only after that day.
    """
    one = session.get_one(Responsibility, responsibility_id)
    if one.since is not None and until < one.since:
        raise BadInputError(
            _("This responsibility began on {since}; it cannot end on {until}.").format(
                since=show_date(one.since), until=show_date(until)
            )
        )
    one.until = until
    return one


def _open_in_role(
    session: Session, channel_id: UUID, role: ResponsibilityRole, since: date | None
) -> list[Responsibility]:
    """Return what is held in a role and goes on beyond a day."""
    one = Responsibility
    goes_on = one.until.is_(None) if since is None else or_(one.until.is_(None), one.until >= since)
    return list(session.scalars(select(one).where(one.channel_id == channel_id, one.role == role, goes_on)))


def _end_all(held: list[Responsibility], until: date, session: Session) -> None:
    for one in held:
        if one.since is not None and one.since > until:
            session.delete(one)  # It would have ended before it began; the history still knows of it.
        else:
            one.until = until


def _begin(session: Session, one: Responsibility) -> Responsibility:
    session.add(one)
    return one
