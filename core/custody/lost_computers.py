"""Computers that are lost with their keyrings: whoever has one may come to know what its keyring kept.

A keyring that is merely gone, after a new installation for example, revealed nothing to anybody; so somebody has to say
that it is the computer that is lost.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from core.custody.custodian import Custodian
from core.custody.revisions import end
from core.i18n import N_
from core.inventory.credentials import in_use
from core.inventory.people import display_name
from core.model import Credential, Custody, CustodyEnd, Person, Store


def give_up_computer(custodian: Custodian, store_id: UUID) -> int:
    """Note that a computer is lost with its keyring, and return how many copies of secrets were in it; repeatable.

    Copies that were given up with the keyring before count, too. A registry that does not know the keyring, another
    copy of it for example, has nothing to give up.
    """
    with custodian.registry.reading() as session:
        if session.get(Store, store_id) is None:
            return 0
    in_it = Custody.store_id == store_id, or_(Custody.until.is_(None), Custody.ended == CustodyEnd.LOST)
    with custodian.registry.action(N_("Give up a lost computer")) as session:
        store = session.get_one(Store, store_id)
        store.until, store.vanished_on = store.until or custodian.today, None
        for copy in session.scalars(select(Custody).where(*in_it)).all():
            if copy.until is None:
                end([copy], custodian.today, CustodyEnd.STOLEN)
            copy.ended = CustodyEnd.STOLEN
    stolen = Custody.store_id == store_id, Custody.ended == CustodyEnd.STOLEN
    with custodian.registry.reading() as session:
        return session.scalar(select(func.count()).select_from(Custody).where(*stolen)) or 0


def lost_with_computers(today: date) -> Select[Any]:
    """Return the query of the secrets in force that lay on a lost computer, and of those whose computer it was.

    Columns: credential_id, person_id, name, function, lost_on.
    """
    person: list[Any] = [Person.id.label("person_id"), display_name(Person).label("name"), Person.function]
    return (
        select(Credential.id.label("credential_id"), *person, func.min(Custody.until).label("lost_on"))
        .join_from(Custody, Credential, Credential.id == Custody.credential_id)
        .join(Person, Person.id == Custody.person_id)
        .where(in_use(today), Custody.revision == Credential.revision, Custody.ended == CustodyEnd.STOLEN)
        .group_by(Credential.id, Person.id)
    )
