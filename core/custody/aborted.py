"""Secrets that left the house in a sealed file of a handover that broke off: nobody knows who will open the file.

A handover that is refused, withdrawn or superseded, or that runs out, before it was opened leaves the login as it was.
From the sealing on its secret is to be changed all the same; what is owed ends with the next revision alone.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from core.inventory.credentials import in_use
from core.inventory.people import display_name
from core.model import Credential, Handover, HandoverItem, ItemKind, ItemState, Person

BROKEN_OFF = (ItemState.REFUSED, ItemState.WITHDRAWN, ItemState.EXPIRED, ItemState.SUPERSEDED)
"""States that a thing does not leave any more, and in which it stays where it was."""


def sent_in_vain(today: date) -> Select[Any]:
    """Return the query of the secrets in force that were sealed in vain, and of those for whom.

    Columns: credential_id, person_id, name, function, state, state_since, expires_on.
    """
    person: list[Any] = [Person.id.label("person_id"), display_name(Person).label("name"), Person.function]
    state: list[Any] = [HandoverItem.state, HandoverItem.state_since, HandoverItem.expires_on]
    return (
        select(Credential.id.label("credential_id"), *person, *state)
        .join_from(HandoverItem, Credential, Credential.id == HandoverItem.item_id)
        .join(Handover, Handover.id == HandoverItem.handover_id)
        .join(Person, Person.id == Handover.to_id)
        .where(HandoverItem.kind == ItemKind.CREDENTIAL, HandoverItem.sealed_on.is_not(None))
        .where(in_use(today), _unchanged(), _broken_off(today))
    )


def sent_in_vain_on(row: Any) -> date:
    """Return the first day on which a file of `sent_in_vain` was in vain."""
    runs_out: date | None = row.expires_on
    if row.state is not ItemState.SEALED or runs_out is None:
        return row.state_since  # type: ignore[no-any-return]  # a row of a query knows no types
    return runs_out + timedelta(days=1)


def owes_change(session: Session, credential_id: UUID, today: date) -> bool:
    """Say whether the secret of a login is to be changed because a sealed file with it was in vain."""
    of_it = sent_in_vain(today).where(Credential.id == credential_id)
    return session.execute(of_it.limit(1)).first() is not None


def _unchanged() -> ColumnElement[bool]:
    return or_(HandoverItem.revision_before.is_(None), Credential.revision <= HandoverItem.revision_before)


def _broken_off(today: date) -> ColumnElement[bool]:
    """Return the condition that a handover broke off, or ran out although no statement says so."""
    ran_out = and_(HandoverItem.state == ItemState.SEALED, HandoverItem.expires_on < today)
    return or_(HandoverItem.state.in_(BROKEN_OFF), ran_out)
