"""Sealing anew: what this keyring keeps gets the envelopes it lacks, and those that are in nobody's interest go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, kept_by
from core.custody.envelopes import Safe, Target, is_whole, put_in_envelopes, remove_envelopes
from core.custody.escrow.pairs import safe_of, wanted_targets
from core.custody.uses import USED, note_use
from core.i18n import N_
from core.inventory.credentials import in_use
from core.model import Credential, Custody, Envelope

Keys = tuple[UUID, UUID | None]


def seal_missing(custodian: Custodian) -> int:
    """Seal what this keyring keeps in force and some envelope does not hold yet; return how many secrets were sealed.

    A file that is gone or altered is written anew. Envelopes for keys that are not to open anything any more are
    removed where another one is there. It can be stopped and repeated.

    Raises:
        VaultError: The keyring does not answer; what was sealed before stays sealed.
    """
    store_id = custodian.vault.store()
    todo = _todo(custodian, store_id, safe_of(custodian)) if store_id is not None else []
    count = 0
    for done, (credential, custody, safe) in enumerate(todo):
        if not custodian.told(done, len(todo)):
            break
        held = custodian.vault.get(custody.slot)
        if held is not None and held.revision == credential.revision:
            note_use(custodian, credential.id, USED)
            count += _note(custodian, put_in_envelopes(safe, credential, credential.revision, held.secret))
    remove_outdated(custodian)
    return count


def _todo(custodian: Custodian, store_id: UUID, safe: Safe) -> list[tuple[Credential, Custody, Safe]]:
    """Return what this keyring keeps and some target has no envelope of, with the targets that lack one."""
    found = []
    with custodian.registry.reading() as session:
        stored = select(Credential).where(Credential.revision > 0, in_use(custodian.today))
        for credential in session.scalars(stored.order_by(Credential.label)).all():
            kept = (one for one in kept_by(session, store_id, credential.id) if one.revision == credential.revision)
            custody, lacking = next(kept, None), _lacking(session, safe, credential)
            if custody is not None and lacking:
                found.append((credential, custody, replace(safe, targets=lacking)))
        session.expunge_all()
    return found


def _lacking(session: Session, safe: Safe, credential: Credential) -> tuple[Target, ...]:
    of_it = select(Envelope).where(Envelope.credential_id == credential.id, Envelope.revision == credential.revision)
    whole = {keys_of(one) for one in session.scalars(of_it) if is_whole(safe.registry, one)}
    return tuple(target for target in safe.targets if target.ids not in whole)


def keys_of(envelope: Envelope) -> Keys:
    """Return the keys that open an envelope, the outer one first."""
    return envelope.escrow_key_id, envelope.with_key_id


def _note(custodian: Custodian, made: list[Envelope]) -> int:
    """Record envelopes that were written."""
    if not made:
        return 0
    with custodian.registry.action(N_("Seal for the escrow")) as session:
        of_it = select(Envelope).where(Envelope.credential_id == made[0].credential_id)
        known = {(keys_of(one), one.revision): one for one in session.scalars(of_it)}
        for one in made:
            before = known.get((keys_of(one), one.revision))
            if before is None:
                session.add(one)
            else:
                before.digest, before.made_on = one.digest, one.made_on
    return 1


def remove_outdated(custodian: Custodian) -> int:
    """Remove envelopes of secrets in force for keys that are not to open anything any more; return how many.

    One that is the last of its secret stays: it is better to be opened by somebody who has left than by nobody.
    """
    with custodian.registry.reading() as session:
        ids = [one.id for one in _outdated(session, custodian)]
    if not ids:
        return 0
    with custodian.registry.action(N_("Remove outdated envelopes")) as session:
        gone = [one for one in _outdated(session, custodian) if one.id in ids]
        for envelope in gone:
            session.delete(envelope)
    remove_envelopes(custodian.registry.path, gone)
    return len(gone)


def _outdated(session: Session, custodian: Custodian) -> Iterable[Envelope]:
    wanted = {target.ids for target in wanted_targets(session, custodian.today)}
    of_force = select(Envelope).join(Credential, Credential.id == Envelope.credential_id)
    envelopes = list(session.scalars(of_force.where(Envelope.revision == Credential.revision)))
    served = {one.credential_id for one in envelopes if keys_of(one) in wanted}
    return [one for one in envelopes if keys_of(one) not in wanted and one.credential_id in served]
