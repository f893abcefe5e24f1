"""Findings that are gone: which action put an end to them, told by whoever looks at the record later."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from core.governance.finding_rows import Changed, FindingRow
from core.governance.rules.rule import chunks
from core.governance.subjects import SUBJECT_COLUMNS, joined, registry_label, subject_label
from core.governance.waivers import waived_subjects
from core.model import Action, Channel, MendedFinding, Person
from core.storage.log_view import labels_of

MOST = 200


@dataclass(frozen=True, slots=True)
class Mended:
    """A finding that an action put an end to.

    Attributes:
        rule: The rule that had raised it.
        subject_type: The table of the record, or "registry".
        subject_id: The record.
        since: Since when it had been so.
        action_id: The action that mended it.
        label: What was done, in the user's language.
        actor: Who did it; empty where nobody was bound to the account.
        at: When.
    """

    rule: str
    subject_type: str
    subject_id: UUID | None
    since: date | None
    action_id: UUID
    label: str
    actor: str
    at: datetime


def note_mended(
    session: Session, changed: Changed, action_id: UUID, *, on: date, besides: Collection[UUID] = ()
) -> None:
    """Note which findings an action put an end to; one that is raised again was not mended after all.

    Args:
        session: A session that may write; this lies outside the log.
        changed: What is new and what is gone since the action.
        action_id: The action.
        on: Its day.
        besides: Records that it deleted; nothing of theirs is mended.
    """
    still = {(row.rule, row.record_id) for row in changed.new}
    _forget_raised(session, changed.new)
    gone = [row for row in changed.gone if (row.rule, row.record_id) not in still and row.record_id not in besides]
    waived = waived_subjects(session, on) if gone else frozenset()
    mended = [row for row in gone if (row.rule, row.record_id) not in waived]
    if mended:
        session.connection().execute(insert(MendedFinding), [_columns(row, action_id, on) for row in mended])


def mended_findings(session: Session, *, subject_id: UUID | None = None, since: date | None = None) -> list[Mended]:
    """Return the findings that were mended, newest first, at most the newest MOST of them.

    Args:
        session: A session that reads.
        subject_id: Only those of one record.
        since: Only those mended on a day or after it.
    """
    query = select(MendedFinding, Action, Person).join(Action, Action.id == MendedFinding.action_id)
    query = query.outerjoin(Person, Person.id == Action.actor_id).order_by(MendedFinding.id.desc()).limit(MOST)
    if subject_id is not None:
        query = query.where(MendedFinding.subject_id == subject_id)
    if since is not None:
        query = query.where(MendedFinding.mended_on >= since)
    rows = session.execute(query).all()
    labels = labels_of(session, {action.id for _one, action, _person in rows})
    return [
        Mended(
            one.rule,
            one.subject_type,
            one.subject_id,
            one.since,
            action.id,
            labels[action.id],
            person.name if person is not None else "",
            action.at,
        )
        for one, action, person in rows
    ]


@dataclass(frozen=True, slots=True)
class MendedThen:
    """A finding that was mended within some days, as it is told of later.

    Attributes:
        rule: The rule that had raised it.
        subject_id: The record.
        subject_label: What its record is called.
        since: Since when it had been so.
        on: The day on which it was mended.
        label: What was done, in the user's language.
    """

    rule: str
    subject_id: UUID | None
    subject_label: str
    since: date | None
    on: date
    label: str


def mended_within(session: Session, first: date, last: date) -> list[MendedThen]:
    """Return all findings that were mended from one day to another, in the order in which they were.

    What was mended of a channel that is not there any more, or not yet, is left out.
    """
    one, city = MendedFinding, registry_label(session)
    columns = one.rule, one.subject_id, one.subject_type, one.since, one.mended_on, one.action_id
    query = joined(select(*columns, *SUBJECT_COLUMNS), one.subject_id).where(one.mended_on.between(first, last))
    rows = session.execute(query.order_by(one.mended_on, one.id)).all()
    labels = labels_of(session, {row.action_id for row in rows})
    return [
        MendedThen(rule, subject_id, subject_label(subject, told, city), since, on, labels[action])
        for rule, subject_id, subject, since, on, action, *told in rows
        if subject != Channel.__tablename__ or told[0] is not None
    ]


def _forget_raised(session: Session, new: Iterable[FindingRow]) -> None:
    """Forget that findings were mended which stand again since the same day."""
    raised = {(row.rule, row.record_id, row.since) for row in new}
    connection, one = session.connection(), MendedFinding
    for some in chunks({subject for _rule, subject, _since in raised}):
        known = connection.execute(select(one.id, one.rule, one.subject_id, one.since).where(one.subject_id.in_(some)))
        if false := [number for number, *finding in known if tuple(finding) in raised]:
            connection.execute(delete(one).where(one.id.in_(false)))


def _columns(row: FindingRow, action_id: UUID, on: date) -> dict[str, object]:
    return {
        "rule": row.rule,
        "subject_type": row.table,
        "subject_id": row.record_id,
        "since": row.since,
        "mended_on": on,
        "action_id": action_id,
    }
