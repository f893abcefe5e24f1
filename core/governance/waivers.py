"""Waivers: a finding that is borne with, for a reason and until a day; when the day is over, the finding comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.governance.rules import rule_named
from core.governance.rules.rule import TODAY, Query
from core.governance.subjects import SUBJECT_COLUMNS, joined, registry_label, subject_label
from core.i18n import _, show_date
from core.model import Action, Change, Person, Waiver


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver in force.

    Attributes:
        id: The waiver.
        rule: The rule that is not applied.
        subject_type: "channel", "credential", "store" (a keyring), or "registry" for the registry as a whole.
        subject_id: To which record; None for the registry.
        subject_label: What the record is called.
        reason: Why.
        since: The first day.
        until: The last day.
        by: Who waived it; empty where nobody was bound to the account.
    """

    id: UUID
    rule: str
    subject_type: str
    subject_id: UUID | None
    subject_label: str
    reason: str
    since: date
    until: date
    by: str


def waive(  # noqa: PLR0913 - what is waived, why, and for how long
    session: Session,
    rule: str,
    subject_type: str,
    subject_id: UUID | None,
    *,
    reason: str,
    until: date,
    today: date,
) -> Waiver:
    """Bear with a finding until the end of a day; call inside an action.

    What is waived already gets the new reason and end.

    Raises:
        BadInputError: No reason is given, or the last day is over.
    """
    reason = reason.strip()
    rule = rule_named(rule).key
    _refuse(reason, until, today)
    here = Waiver.rule == rule, Waiver.subject_id == subject_id, _in_force(today)
    waiver = session.scalars(select(Waiver).where(*here)).first()
    if waiver is None:
        waiver = Waiver(
            rule=rule, subject_type=subject_type, subject_id=subject_id, reason=reason, since=today, until=until
        )
        session.add(waiver)
    else:
        waiver.reason, waiver.until = reason, until
    return waiver


def _refuse(reason: str, until: date, today: date) -> None:
    if not reason:
        raise BadInputError(_("A waiver needs a reason. Please say why the finding is to be borne with."))
    if until < today:
        raise BadInputError(
            _("{day} is over. Please choose a day to come as the end of the waiver.").format(day=show_date(until))
        )


def end_waiver(session: Session, waiver_id: UUID, *, today: date) -> None:
    """End a waiver at once, so that the finding comes back; call inside an action.

    Raises:
        ConflictError: The waiver is gone or has ended already.
    """
    waiver = session.get(Waiver, waiver_id)
    if waiver is None or waiver.until < today:
        raise ConflictError(_("This waiver ended in the meantime."))
    if waiver.since >= today:
        session.delete(waiver)  # It would end before it began; the history still knows of it.
    else:
        waiver.until = today - timedelta(days=1)


def waived_subjects(session: Session, today: date) -> frozenset[tuple[str, UUID | None]]:
    """Return which rules are waived for which records on a day."""
    return frozenset((row[0], row[1]) for row in session.connection().execute(_subjects(), {"today": today}))


def waived(session: Session, today: date) -> list[Waived]:
    """Return the waivers in force on a day, those that end first first."""
    made = Change.record_id == Waiver.id, Change.table_name == Waiver.__tablename__, Change.kind == "create"
    city = registry_label(session)
    query = (
        joined(select(Waiver, Person, *SUBJECT_COLUMNS), Waiver.subject_id)
        .outerjoin(Change, and_(*made))
        .outerjoin(Action, Action.id == Change.action_id)
        .outerjoin(Person, Person.id == Action.actor_id)
        .where(_in_force(today))
        .order_by(Waiver.until, Waiver.rule, Waiver.id, Change.seq.desc())
    )
    found: dict[UUID, Waived] = {}
    for one, person, *told in session.execute(query):
        label = subject_label(one.subject_type, told, city)
        by = person.name if person is not None else ""
        subject = one.subject_type, one.subject_id, label
        found.setdefault(one.id, Waived(one.id, one.rule, *subject, one.reason, one.since, one.until, by))
    return list(found.values())


def _in_force(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    return and_(Waiver.since <= today, Waiver.until >= today)


@cache
def _subjects() -> Query:
    return select(Waiver.rule, Waiver.subject_id).where(_in_force(TODAY))
