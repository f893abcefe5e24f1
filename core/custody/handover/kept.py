"""What the registry keeps of handovers: the statements, and how far each thing is, as follows from all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.handover.course import Course, course_of
from core.custody.handover.effects import follow, learn
from core.custody.handover.formats.statements import Statement, read_statement
from core.custody.handover.item_course import FINISHED, ItemCourse, day_of
from core.custody.identity.cards import Card
from core.custody.identity.circle import HEAD_OF_PRESS
from core.custody.identity.enrolling import card_row
from core.custody.identity.refusals import RefusedError
from core.errors import BadInputError
from core.i18n import _
from core.model import (
    Act,
    Credential,
    Custody,
    Handover,
    HandoverItem,
    HandoverStatement,
    ItemKind,
    ItemState,
    KeyCard,
    Occasion,
    Person,
    Rotation,
)
from core.settings import read_settings


def statements_of(session: Session, handover: UUID) -> tuple[Statement, ...]:
    """Return the statements of a handover that can be read, the oldest first."""
    query = select(HandoverStatement).where(HandoverStatement.handover_id == handover)
    rows = session.scalars(query.order_by(HandoverStatement.made_at, HandoverStatement.digest))
    found = (_read(row.text) for row in rows)
    return tuple(one for one in found if one is not None)


def keep(session: Session, statements: Iterable[Statement], learnt: Mapping[UUID, int], now: datetime) -> None:
    """Keep statements, each once, with all that follows from them; call inside an action.

    Args:
        session: The action's.
        statements: What was said here, or taken in and believed; all of one handover.
        learnt: By secret, the revision that the successor put in force.
        now: The instant.

    Raises:
        BadInputError: The registry does not know one of the people.
    """
    fresh = tuple(statements)
    if not fresh:
        return
    handover = fresh[0].handover
    _note_people(session, fresh)
    together = {one.digest: one for one in (*statements_of(session, handover), *fresh)}
    course = course_in(session, tuple(together.values()), now)
    _keep_handover(session, course, now)
    for statement in fresh:
        _keep_statement(session, statement, now)
        follow(session, statement, until=course.until)
    for credential, revision in learnt.items():
        if (confirmation := _confirmation(tuple(together.values()), credential, revision)) is not None:
            learn(session, confirmation, credential, revision)
    session.flush()
    keep_course(session, course_in(session, tuple(together.values()), now), now)


def refresh(session: Session, credential: UUID, now: datetime) -> None:
    """Bring the kept states of all open handovers of a secret up to date; call inside an action."""
    query = select(HandoverItem.handover_id).where(HandoverItem.item_id == credential)
    for handover in session.scalars(query.where(HandoverItem.state.not_in(FINISHED))).all():
        if known := statements_of(session, handover):
            keep_course(session, course_in(session, known, now), now)


def course_in(session: Session, statements: Sequence[Statement], now: datetime) -> Course:
    """Return how far a handover is, as this registry knows: a change is prepared where it records a copy of it."""
    ids = {told.id for one in statements for told in one.items if told.kind is ItemKind.CREDENTIAL}
    # Who was head of press was asked when a statement came; a change of head reopens nothing.
    return course_of(statements, now, in_keyring=_prepared(session, ids))


def head_of_press(session: Session) -> UUID | None:
    """Return the head of press as the settings name them."""
    try:
        return UUID(str(read_settings(session)[HEAD_OF_PRESS]))
    except ValueError:
        return None


def keep_course(session: Session, course: Course, now: datetime) -> None:
    """Write how far each thing is."""
    handover = course.matter.handover
    known = session.scalars(select(HandoverItem).where(HandoverItem.handover_id == handover)).all()
    rows = {(one.kind, one.item_id): one for one in known}
    for key, one in course.items.items():
        row = rows.get(key)
        if row is None:
            session.add(_row(handover, one))
        else:
            _bring(row, one)
    record = session.get_one(Handover, handover)
    finished = all(not one.is_open for one in course.items.values())
    if finished != (record.finished_on is not None):
        record.finished_on = day_of(now) if finished else None


@lru_cache(maxsize=512)
def _read(text: str) -> Statement | None:
    """Read a statement; the same ones are read again in each step, and one that can be read once always can."""
    try:
        return read_statement(text.encode("utf-8", "surrogatepass"))
    except RefusedError:
        return None


def _prepared(session: Session, credentials: Collection[UUID]) -> list[UUID]:
    ahead = select(Custody.credential_id).join(Credential, Credential.id == Custody.credential_id)
    ahead = ahead.where(Custody.revision > Credential.revision, Custody.until.is_(None))
    return [one for one in session.scalars(ahead) if one in credentials]


def _note_people(session: Session, statements: Iterable[Statement]) -> None:
    """See that all people are known, and keep the cards that came with statements."""
    for statement in statements:
        for person in (statement.giver, statement.taker, statement.by.person):
            if session.get(Person, person) is None:
                raise unknown_people()
        for card in (statement.by, *statement.cards):
            if card_row(session, card.fingerprint) is None and session.get(Person, card.person) is not None:
                session.add(_card_row(card))
                session.flush()


def unknown_people() -> BadInputError:
    """Return what is said where a statement is about somebody whom the registry does not know."""
    return BadInputError(
        _("The registry does not know a person of this handover. Please add what the file brings along.")
    )


def _card_row(card: Card) -> KeyCard:
    return KeyCard(
        person_id=card.person,
        store_id=card.store,
        text=card.text.decode(),
        fingerprint=card.fingerprint,
        created_on=card.created.date(),
    )


def _keep_handover(session: Session, course: Course, now: datetime) -> None:
    matter, record = course.matter, session.get(Handover, course.matter.handover)
    occasion = course.occasion or Occasion.LEAVING
    if record is None:
        first = min(day_of(one.since) for one in course.items.values())
        made = Handover(
            id=matter.handover,
            from_id=matter.giver,
            to_id=matter.taker,
            occasion=occasion,
            opened_on=min(first, day_of(now)),
            until=course.until,
        )
        session.add(made)
        session.flush()
    elif course.occasion is not None and (record.occasion, record.until) != (occasion, course.until):
        record.occasion, record.until = occasion, course.until


def _keep_statement(session: Session, statement: Statement, now: datetime) -> None:
    known = select(HandoverStatement.id).where(HandoverStatement.digest == statement.digest)
    if session.scalars(known).first() is None:
        session.add(
            HandoverStatement(
                handover_id=statement.handover,
                act=statement.act,
                person_id=statement.by.person,
                card=statement.by.fingerprint,
                number=statement.number,
                made_at=statement.made_at,
                text=statement.text.decode(),
                digest=statement.digest,
                taken_in_on=day_of(now),
            )
        )


def _confirmation(statements: Sequence[Statement], credential: UUID, revision: int) -> Statement | None:
    """Return the confirmation of a revision, the newest if there are several; the newest of all for another number."""
    said = [
        (told.revision, one)
        for one in sorted(statements, key=lambda one: one.made_at, reverse=True)
        for told in one.items
        if one.act is Act.CONFIRMATION and one.by.person == one.taker and told.id == credential
    ]
    exact = (one for number, one in said if number == revision)
    return next(exact, next((one for _number, one in said), None))


def _row(handover: UUID, one: ItemCourse) -> HandoverItem:
    return HandoverItem(
        handover_id=handover,
        kind=one.told.kind,
        item_id=one.told.id,
        way=one.told.way,
        state=one.state,
        state_since=day_of(one.since),
        revision_before=one.revision_before,
        revision_after=one.revision_after,
        sealed_on=one.sealed_on,
        expires_on=one.expires_on,
    )


def _bring(row: HandoverItem, one: ItemCourse) -> None:
    """Bring a row in line; only what differs is written, so that the log tells only of changes."""
    fresh = _row(row.handover_id, one)
    for key in ("way", "state", "state_since", "revision_before", "revision_after", "sealed_on", "expires_on"):
        if getattr(row, key) != getattr(fresh, key):
            setattr(row, key, getattr(fresh, key))


def is_open(row: HandoverItem, today: date) -> bool:
    """Say whether something is still to be done; a file that ran out is not opened any more."""
    ran_out = row.state is ItemState.SEALED and row.expires_on is not None and row.expires_on < today
    return row.state not in FINISHED and not ran_out


def is_owed(session: Session, credential: UUID, now: datetime) -> bool:
    """Say whether a handover of a secret that came to nothing, or was given back, asks for a new one."""
    known = session.get(Credential, credential)
    handovers = select(HandoverItem.handover_id).where(HandoverItem.item_id == credential)
    told = (statements_of(session, one) for one in session.scalars(handovers).all()) if known is not None else ()
    courses = (course_in(session, statements, now).item(credential) for statements in told if statements)
    return known is not None and any(one is not None and one.owes_rotation(known.revision) for one in courses)


def is_of_somebody_else(session: Session, credential: UUID, revision: int, person: UUID) -> bool:
    """Say whether somebody else put another secret in force under the same number."""
    query = select(Rotation.person_id).where(Rotation.credential_id == credential, Rotation.revision == revision)
    by = session.scalars(query).first()
    return by is not None and by != person
