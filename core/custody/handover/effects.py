"""What follows in the registry from a statement that is believed: who keeps what, who may get in, who answers for it.

The same statement may take effect several times, and in two copies of a registry: what it makes has the same id in
both, and what is there already stays as it is.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid5

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from core.custody.custodian import slot_of
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import ROTATED, day_of
from core.custody.identity.cards import Card
from core.custody.revisions import end, take_effect
from core.model import (
    Access,
    Act,
    Credential,
    Custody,
    CustodyEnd,
    ItemKind,
    KeptIn,
    Responsibility,
    Rotation,
    Store,
    Way,
)

ELSEWHERE = "elsewhere"
"""The sort of a keyring of which only a key card tells."""


def follow(session: Session, statement: Statement, *, until: date | None) -> None:
    """Bring the records in line with a statement that is believed; call inside an action.

    Args:
        session: The action's.
        statement: The statement.
        until: The last day of a cover; who covers takes over for that long, and nobody gives anything up.
    """
    for told in statement.items:
        match told.kind:
            case ItemKind.CREDENTIAL:
                _follow_copy(session, statement, told)
            case ItemKind.ACCESS:
                _follow_access(session, statement, told, until)
            case ItemKind.RESPONSIBILITY:
                _follow_tie(session, statement, told, until)


def learn(session: Session, confirmation: Statement, credential_id: UUID, revision: int) -> None:
    """Note that the successor put a revision in force and keeps it; a registry does not go back.

    Where a release gave the secret another number, the copy under the confirmed one is the same, and told of once.
    """
    credential = session.get(Credential, credential_id)
    if credential is None:
        return
    if credential.revision < revision:
        put_in_force(session, credential, revision, confirmation.taker, day_of(confirmation.made_at))
    note_copy(session, confirmation.by, credential_id, revision, day_of(confirmation.made_at))
    confirmed = max(told.revision or 0 for told in confirmation.items if told.id == credential_id)
    if confirmed < revision:
        same = _copies(confirmation.by.store, credential_id).where(Custody.revision == confirmed)
        end(
            list(session.scalars(same.where(Custody.until.is_(None)))),
            day_of(confirmation.made_at),
            CustodyEnd.REPLACED,
        )


def put_in_force(session: Session, credential: Credential, revision: int, by: UUID | None, on: date) -> None:
    """Make a revision the one in force; that it once took effect is noted only once."""
    known = select(Rotation.id).where(Rotation.credential_id == credential.id, Rotation.revision == revision)
    if session.scalars(known).first() is None:
        take_effect(session, credential, revision, by, on)
    else:
        credential.revision = revision


def note_copy(session: Session, card: Card, credential_id: UUID, revision: int, on: date) -> None:
    """Record that the keyring of a card kept a revision on a day, unless that is known or has ended since."""
    if session.get(Store, card.store) is None:
        remark = card.device or None
        session.add(Store(id=card.store, person_id=card.person, backend=ELSEWHERE, remark=remark, since=on))
        session.flush()
    known = _copies(card.store, credential_id).where(Custody.revision == revision)
    if session.scalars(known.where(or_(Custody.until.is_(None), Custody.until >= on))).first() is None:
        session.add(
            Custody(
                credential_id=credential_id,
                person_id=card.person,
                store_id=card.store,
                slot=slot_of(card.store, credential_id, revision),
                revision=revision,
                since=on,
            )
        )
        session.flush()


def end_copies(session: Session, store_id: UUID, credential_id: UUID, up_to: int, on: date) -> None:
    """Note that a keyring has let go of the revisions up to one."""
    kept = _copies(store_id, credential_id).where(Custody.revision <= up_to, Custody.until.is_(None))
    end(list(session.scalars(kept)), on, CustodyEnd.RELEASED)


def _copies(store_id: UUID, credential_id: UUID) -> Select[Custody]:
    return select(Custody).where(Custody.store_id == store_id, Custody.credential_id == credential_id)


def _follow_copy(session: Session, statement: Statement, told: Told) -> None:
    credential, on = session.get(Credential, told.id), day_of(statement.made_at)
    if credential is None:
        return
    match statement.act:
        case Act.SEALING | Act.RECEIPT:
            note_copy(session, statement.by, told.id, told.revision or 0, on)
        case Act.RETURN:
            end_copies(session, statement.by.store, told.id, max(credential.revision, told.revision or 0), on)
        case Act.RELEASE if told.way in ROTATED and told.revision is not None:
            end_copies(session, statement.by.store, told.id, told.revision, on)
        case Act.CONFIRMATION if told.way is Way.DUTY and credential.kept_in is not KeptIn.KEYRING:
            credential.holder_id = statement.taker
        case _:
            pass


def _follow_access(session: Session, statement: Statement, told: Told, until: date | None) -> None:
    access, on = session.get(Access, told.id), day_of(statement.made_at)
    if access is None:
        return
    if statement.act is Act.CONFIRMATION:
        _grant(session, access, statement, on)
    elif statement.act in {Act.RELEASE, Act.CLOSING} and access.withdrawn_on is None and until is None:
        access.withdrawn_on, access.withdrawn_by_id = on, statement.by.person


def _grant(session: Session, given: Access, statement: Statement, on: date) -> None:
    """Grant the same access to the successor, unless they have it."""
    same = select(Access.id).where(
        Access.channel_id == given.channel_id,
        Access.person_id == statement.taker,
        Access.kind == given.kind,
        Access.platform_role.is_not_distinct_from(given.platform_role),
        Access.withdrawn_on.is_(None),
    )
    made = uuid5(statement.handover, str(given.id))
    if session.get(Access, made) is None and session.scalars(same).first() is None:
        session.add(
            Access(
                id=made,
                channel_id=given.channel_id,
                person_id=statement.taker,
                kind=given.kind,
                platform_role=given.platform_role,
                reason=given.reason,
                granted_on=on,
                granted_by_id=statement.giver,
            )
        )


def _follow_tie(session: Session, statement: Statement, told: Told, until: date | None) -> None:
    """Let the successor answer for a channel from the day on which they said so."""
    tie, on = session.get(Responsibility, told.id), day_of(statement.made_at)
    if tie is None or statement.act is not Act.CONFIRMATION:
        return
    taker, made = statement.taker, uuid5(statement.handover, str(told.id))
    if session.get(Responsibility, made) is None and not _answers(session, tie, taker):
        taken = Responsibility(
            id=made, channel_id=tie.channel_id, person_id=taker, role=tie.role, since=on, until=until
        )
        session.add(taken)
    if until is None and tie.until is None:
        tie.until = max(on - timedelta(days=1), tie.since or date.min)


def _answers(session: Session, tie: Responsibility, person: UUID) -> bool:
    """Say whether a person answers for the same channel in the same role already, with no end in sight."""
    one = Responsibility
    same = select(one.id).where(one.channel_id == tie.channel_id, one.person_id == person, one.role == tie.role)
    return session.scalars(same.where(one.until.is_(None))).first() is not None
