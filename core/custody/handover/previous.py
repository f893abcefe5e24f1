"""Old secrets that handovers leave in keyrings: the one before the new one, and what other computers still keep."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select

from core.custody.custodian import Custodian
from core.custody.handover.acting import Actor
from core.custody.handover.item_course import ROTATED
from core.custody.handover.steps.case import best
from core.custody.rotating import confirm_works
from core.model import Act, Credential, Custody, Handover, HandoverItem, ItemKind, ItemState

KEPT_DAYS = 30


def clear_previous(custodian: Custodian) -> int:
    """Remove the secrets before those in force that handovers brought here, once closed or after thirty days.

    Returns:
        Of how many logins one was removed.

    Raises:
        VaultError: The keyring does not answer.
    """
    return sum(confirm_works(custodian, one) for one in _outlived(custodian))


def clear_released(actor: Actor) -> int:
    """Remove what this person released at another computer; it was changed by somebody else, and opens nothing.

    It goes only at the word of a card that was verified at this keyring: whoever merely writes into the registry must
    not talk it out of a secret. What stays is listed as outdated.

    Returns:
        How many logins it was.

    Raises:
        VaultError: The keyring does not answer, or does not let go.
    """
    kept = _kept_at_others(actor.custodian)
    here = actor.custodian.vault.store() if kept else None
    gone = 0
    for handover, credential in (one[:2] for one in kept if one[2] == here):
        revision = _released_for(actor, handover, credential)
        if revision:
            actor.drop(credential, revision - 1)
            gone += 1
    return gone


def _released_for(actor: Actor, handover: UUID, credential: UUID) -> int:
    """Return the revision for which a verified card let go of a login, 0 where none did."""
    known = actor.statements(handover)
    said = (best(actor, known, act, credential) for act in (Act.RELEASE, Act.CLOSING))
    told = [
        one.told_of((ItemKind.CREDENTIAL, credential)) for one in said if one is not None and actor.verified(one.by)
    ]
    return max((one.revision or 0 for one in told if one is not None), default=0)


def _kept_at_others(custodian: Custodian) -> list[tuple[UUID, UUID, UUID]]:
    """Return closed handovers and logins of which this person still keeps an older secret somewhere, and where."""
    me = custodian.registry.me()
    query = (
        select(Handover.id, HandoverItem.item_id, Custody.store_id)
        .join_from(HandoverItem, Handover, Handover.id == HandoverItem.handover_id)
        .join(Custody, Custody.credential_id == HandoverItem.item_id)
        .where(HandoverItem.kind == ItemKind.CREDENTIAL, HandoverItem.way.in_(ROTATED))
        .where(HandoverItem.state == ItemState.CLOSED, Handover.from_id == me, Custody.person_id == me)
        .where(Custody.until.is_(None), Custody.revision < HandoverItem.revision_after)
        .distinct()
    )
    with custodian.registry.reading() as session:
        return [(row[0], row[1], row[2]) for row in session.execute(query)]


def _outlived(custodian: Custodian) -> list[UUID]:
    store_id = custodian.vault.store()
    before = custodian.today - timedelta(days=KEPT_DAYS)
    over = or_(HandoverItem.state == ItemState.CLOSED, Credential.rotated_on < before)
    query = (
        select(Credential.id)
        .join_from(HandoverItem, Credential, Credential.id == HandoverItem.item_id)
        .join(Handover, Handover.id == HandoverItem.handover_id)
        .join(Custody, Custody.credential_id == Credential.id)
        .where(HandoverItem.kind == ItemKind.CREDENTIAL, HandoverItem.way.in_(ROTATED), over)
        .where(HandoverItem.state.in_((ItemState.CLOSED, ItemState.CONFIRMED)))
        .where(Handover.to_id == custodian.person_id, Custody.store_id == store_id)
        .where(Custody.until.is_(None), Custody.revision < Credential.revision)
        .distinct()
    )
    with custodian.registry.reading() as session:
        return list(session.scalars(query)) if store_id is not None else []
