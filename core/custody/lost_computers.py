"""Computers that are lost with their keyrings: whoever has one may come to know what its keyring kept.

A computer counts as lost once its keyring was given up and its key card is revoked. A keyring that is merely gone,
after a new installation for example, revealed nothing to anybody.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, note_vanished
from core.custody.reconciling import VanishedAnswer, answer_vanished
from core.inventory.credentials import in_use
from core.inventory.people import display_name
from core.model import Credential, Custody, CustodyEnd, KeyCard, Person, Store


def give_up_computer(custodian: Custodian, store_id: UUID) -> int:
    """Note that a computer is lost with its keyring, and return how many copies of secrets were in it; repeatable.

    The store is marked vanished and then given up. A registry that does not know the store has nothing to give up.
    """
    with custodian.registry.reading() as session:
        store = session.get(Store, store_id)
        is_open, count = store is not None and store.until is None, _count_copies(session, store_id)
    if is_open:
        note_vanished(custodian, store_id)
        answer_vanished(custodian, VanishedAnswer.LOST, store_id)
    return count


def lost_with_computers(today: date) -> Select[Any]:
    """Return the query of the secrets in force that lay on a lost computer, and of those whose computer it was.

    Columns: credential_id, person_id, name, function, lost_on.
    """
    person: list[Any] = [Person.id.label("person_id"), display_name(Person).label("name"), Person.function]
    revoked = select(KeyCard.store_id).where(KeyCard.revoked_on.is_not(None), KeyCard.revoked_on <= today)
    gone = or_(Store.until.is_not(None), Store.vanished_on.is_not(None))
    lost_on = func.min(func.coalesce(Custody.until, Store.vanished_on, Store.until)).label("lost_on")
    return (
        select(Credential.id.label("credential_id"), *person, lost_on)
        .join_from(Custody, Credential, Credential.id == Custody.credential_id)
        .join(Store, Store.id == Custody.store_id)
        .join(Person, Person.id == Custody.person_id)
        .where(in_use(today), Custody.revision == Credential.revision, gone, Custody.store_id.in_(revoked))
        .where(or_(Custody.until.is_(None), Custody.ended == CustodyEnd.LOST))
        .group_by(Credential.id, Person.id)
    )


def _count_copies(session: Session, store_id: UUID) -> int:
    kept = select(func.count()).select_from(Custody).where(Custody.store_id == store_id)
    return session.scalar(kept.where(or_(Custody.until.is_(None), Custody.ended == CustodyEnd.LOST))) or 0
