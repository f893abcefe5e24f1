"""Taking a secret out of its envelope into this keyring, as a copy that is recorded like any other."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, kept_by
from core.custody.envelopes import Contents
from core.custody.revisions import has_read, new_custody, write_slot
from core.errors import ConflictError
from core.i18n import _
from core.model import Credential, Custody, CustodyEnd, EscrowOpening


def is_known_to(session: Session, person_id: UUID, contents: Contents) -> bool:
    """Say whether a person has kept or read this revision before."""
    kept = select(Custody.id).where(
        Custody.credential_id == contents.credential_id,
        Custody.person_id == person_id,
        Custody.revision == contents.revision,
        Custody.ended.is_(None) | (Custody.ended != CustodyEnd.ABANDONED),
    )
    known = session.scalars(kept).first() is not None
    return known or has_read(session, contents.credential_id, person_id, contents.revision)


def take(
    custodian: Custodian, store_id: UUID, contents: Contents, label: str, opening: EscrowOpening | None = None
) -> None:
    """Put a secret into the keyring and record the copy, or that the one that was missing is there again.

    Args:
        custodian: Who takes it.
        store_id: The store of the keyring.
        contents: What was in the envelope.
        label: The action's label, marked by N_.
        opening: What is recorded besides.

    Raises:
        ConflictError: The secret was changed in the meantime.
        VaultError: The keyring did not keep it.
    """
    write_slot(custodian, store_id, contents.credential_id, contents.revision, contents.secret)
    with custodian.registry.action(label) as session:
        credential = session.get(Credential, contents.credential_id)
        if credential is None or credential.revision > contents.revision:
            raise ConflictError(_("Somebody else changed this secret in the meantime. Nothing was changed by you."))
        kept = kept_by(session, store_id, contents.credential_id)
        known = next((one for one in kept if one.revision == contents.revision), None)
        if known is not None:
            known.missing_since, known.last_seen_on = None, custodian.today
        else:
            session.add(new_custody(custodian, contents.credential_id, store_id, contents.revision))
        if opening is not None:
            session.add(opening)
