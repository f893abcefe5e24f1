"""The secret before the one that a handover put in force: kept for a while, should the new one not work after all."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select

from core.custody.custodian import Custodian
from core.custody.handover.item_course import ROTATED
from core.custody.rotating import confirm_works
from core.model import Credential, Custody, Handover, HandoverItem, ItemKind, ItemState

KEPT_DAYS = 30


def clear_previous(custodian: Custodian) -> int:
    """Remove the secrets before those in force that handovers brought here, once closed or after thirty days.

    Returns:
        Of how many logins one was removed.

    Raises:
        VaultError: The keyring does not answer.
    """
    return sum(confirm_works(custodian, one) for one in _outlived(custodian))


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
