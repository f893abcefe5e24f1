"""Takes over a secret that the keyring of this workstation holds in a newer revision than the registry knows of.

That happens when the program was stopped between keyring and registry, and when the registry was restored from a
backup. The number stays as it is in the keyring, so that the other keyrings with that revision are right again, too.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.comparing import LOOK_AHEAD, held_at, newest_ahead
from core.custody.custodian import Custodian, kept_by, make_store, slot_of, usable
from core.custody.envelopes import put_in_envelopes
from core.custody.escrow.pairs import safe_of
from core.custody.revisions import end, envelopes_of, new_custody, overtaken, take_effect
from core.errors import ConflictError
from core.i18n import N_, _
from core.model import Credential, Custody, CustodyEnd


def adopt_newer(custodian: Custodian, credential_id: UUID) -> int:
    """Make the newest revision in this keyring the one in force; return its number.

    Older copies stay in the keyring as long as they are there, for the case that the new one does not work.

    Raises:
        VaultError: The keyring does not answer.
        ConflictError: The keyring holds nothing newer, or a change is under way.
    """
    store_id = make_store(custodian)
    with custodian.registry.reading() as session:
        credential = usable(session, credential_id, custodian.today)
        _refuse_pending(session, credential)
        known = kept_by(session, store_id, credential_id)
        session.expunge_all()
    newest = newest_ahead(custodian, store_id, credential_id, credential.revision, ahead=LOOK_AHEAD)
    if newest is None:
        raise ConflictError(
            _("This keyring holds no newer secret of “{label}” than the registry.").format(label=credential.label)
        )
    revision, held = newest
    gone = {one.id for one in known if held_at(custodian, one.slot, one.revision) is None}
    sealed = put_in_envelopes(safe_of(custodian), credential, revision, held.secret)
    with custodian.registry.action(N_("Take over secret from the keyring")) as session:
        fresh = usable(session, credential_id, custodian.today)
        if fresh.revision != credential.revision:
            raise overtaken()
        _refuse_pending(session, fresh)
        for envelope in envelopes_of(session, credential_id, revision):
            session.delete(envelope)
        session.flush()
        old = [one for one in kept_by(session, store_id, credential_id) if one.id in gone]
        end(old, custodian.today, CustodyEnd.REPLACED)
        session.add_all([*sealed, new_custody(custodian, credential_id, store_id, revision)])
        take_effect(session, fresh, revision, custodian.person_id, custodian.today)
    return revision


def discard_newer(custodian: Custodian, credential_id: UUID) -> int:
    """Remove what this keyring holds beyond the registry's revision, because it does not work; return how many.

    Raises:
        VaultError: The keyring does not answer.
        ConflictError: A change is under way.
    """
    store_id = make_store(custodian)
    with custodian.registry.reading() as session:
        credential = usable(session, credential_id, custodian.today)
        _refuse_pending(session, credential)
        revision = credential.revision
    numbers = range(revision + 1, revision + 1 + LOOK_AHEAD)
    slots = [slot_of(store_id, credential_id, number) for number in numbers]
    held = [slot for slot in slots if custodian.vault.get(slot) is not None]
    for slot in held:
        custodian.vault.remove(slot)
    return len(held)


def _refuse_pending(session: Session, credential: Credential) -> None:
    pending = select(Custody.id).where(
        Custody.credential_id == credential.id, Custody.revision > credential.revision, Custody.until.is_(None)
    )
    if session.scalars(pending).first() is not None:
        raise ConflictError(_("A change of this secret is under way. Please confirm or abandon it first."))
