"""Changing a secret: prepared, set on the platform, confirmed or given up; the old one stays until then."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, kept_by, make_store, usable
from core.custody.envelopes import remove_envelopes
from core.custody.revisions import (
    Step,
    custody_here,
    end,
    envelopes_of,
    forget_older_envelopes,
    held_in,
    new_custody,
    overtaken,
    put_revision,
    readings_of,
    remove_slots,
    still,
    take_effect,
)
from core.custody.secret import Secret
from core.errors import ConflictError
from core.i18n import N_, _
from core.model import Credential, Custody, CustodyEnd


def begin_rotation(custodian: Custodian, credential_id: UUID, secret: Secret) -> int:
    """Prepare a new secret, which is to be set on the platform next; return its number. Only then may it be shown.

    Raises:
        VaultError: The keyring does not answer, or did not keep what it was given.
        ConflictError: A change is under way already, here or at another workstation.
    """
    store_id = make_store(custodian)

    def commit(session: Session, credential: Credential, revision: int) -> None:
        session.add(new_custody(custodian, credential.id, store_id, revision))

    step = Step(custodian, credential_id, store_id, secret, in_force=False)
    return put_revision(step, N_("Prepare new secret"), commit)


def confirm_rotation(custodian: Custodian, credential_id: UUID) -> int:
    """Note that the prepared secret works on the platform: it is the one in force, and the old one is removed.

    Raises:
        VaultError: The keyring does not answer or has lost the new secret.
        ConflictError: Nothing is prepared here, or somebody else changed the secret meanwhile.
    """
    pending = _pending(custodian, credential_id)
    held_in(custodian, pending)
    with custodian.registry.action(N_("Change secret")) as session:
        credential = usable(session, credential_id, custodian.today)
        if credential.revision != pending.revision - 1:
            raise overtaken()
        old = [one for one in kept_by(session, pending.store_id, credential_id) if one.revision < pending.revision]
        take_effect(session, credential, pending.revision, custodian.person_id, custodian.today)
        end(old, custodian.today, CustodyEnd.REPLACED)
        sealed = forget_older_envelopes(session, credential_id, pending.revision)
    remove_slots(custodian, [one.slot for one in old])
    remove_envelopes(custodian.registry.path, sealed)
    return pending.revision


def abandon_rotation(custodian: Custodian, credential_id: UUID) -> None:
    """Give up a prepared secret; the one in force stays.

    Raises:
        VaultError: The keyring does not answer.
        ConflictError: Nothing is prepared here.
    """
    pending = custody_here(custodian, credential_id, prepared_revision(custodian, credential_id))
    custodian.vault.remove(pending.slot)
    with custodian.registry.action(N_("Abandon new secret")) as session:
        end([still(session, pending)], custodian.today, CustodyEnd.ABANDONED)
        sealed = envelopes_of(session, credential_id, pending.revision)
        for record in (*sealed, *readings_of(session, credential_id, pending.revision)):
            session.delete(record)  # The number goes to another secret, which nobody has read.
    remove_envelopes(custodian.registry.path, sealed)


def confirm_works(custodian: Custodian, credential_id: UUID) -> bool:
    """Note that the secret in force works, so that the revision before is removed here; say if there was one."""
    store_id = custodian.vault.store()
    with custodian.registry.reading() as session:
        revision = usable(session, credential_id, custodian.today).revision
        held = kept_by(session, store_id, credential_id) if store_id else []
    old = [one for one in held if one.revision < revision]
    if not old or all(one.revision != revision for one in held):
        return False
    with custodian.registry.action(N_("Remove replaced secret")) as session:
        end([still(session, one) for one in old], custodian.today, CustodyEnd.REPLACED)
        sealed = forget_older_envelopes(session, credential_id, revision)
    remove_slots(custodian, [one.slot for one in old])
    remove_envelopes(custodian.registry.path, sealed)
    return True


def prepared_revision(custodian: Custodian, credential_id: UUID) -> int:
    """Return the number of the new secret that is prepared in this keyring.

    Raises:
        VaultError: The keyring does not answer.
        ConflictError: Nothing is prepared here.
    """
    store_id = custodian.vault.store()
    with custodian.registry.reading() as session:
        in_force = usable(session, credential_id, custodian.today).revision
        held = kept_by(session, store_id, credential_id) if store_id else []
    if not held or held[0].revision <= in_force:
        raise _nothing_prepared()
    return held[0].revision


def note_rotation(session: Session, credential_id: UUID, on: date, by: UUID | None) -> int:
    """Note that a secret that is not kept in a keyring was changed; call inside an action.

    Raises:
        ConflictError: The credential is gone.
    """
    credential = session.get(Credential, credential_id)
    if credential is None:
        raise ConflictError(_("This record was removed in the meantime. Nothing was saved."))
    credential.revision += 1
    take_effect(session, credential, credential.revision, by, on, changed=True)
    return credential.revision


def _pending(custodian: Custodian, credential_id: UUID) -> Custody:
    with custodian.registry.reading() as session:
        following = usable(session, credential_id, custodian.today).revision + 1
    try:
        return custody_here(custodian, credential_id, following)
    except ConflictError:
        raise _nothing_prepared() from None


def _nothing_prepared() -> ConflictError:
    return ConflictError(_("No new secret is prepared at this workstation."))
