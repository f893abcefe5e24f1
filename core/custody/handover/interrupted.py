"""A change of a secret that was interrupted: how far it came, so that it is gone on with and not begun once more."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from core.custody.custodian import kept_by
from core.custody.handover.acting import Actor
from core.model import Credential, Rotation


def prepared_revision(actor: Actor, credential: UUID, before: int) -> int | None:
    """Return which revision is to be confirmed next, None where none is prepared in this keyring.

    Where the keyring holds a new secret of which neither registry nor escrow know, it is prepared to the end first:
    before that nobody may see it. Where a new one is in force and nobody has said so, it is to be confirmed; to change
    it once more would be refused, or a second trip to the platform.

    Args:
        actor: The successor.
        credential: The login.
        before: Which revision was handed over.

    Raises:
        VaultError: The keyring does not answer.
        ConflictError: The same secret is being changed elsewhere.
    """
    newest, store_id = actor.newest(credential), actor.custodian.vault.store()
    if store_id is None:
        return None
    with actor.custodian.registry.reading() as session:
        in_force = session.get_one(Credential, credential).revision
        known = {one.revision for one in kept_by(session, store_id, credential)}
        rotated = select(Rotation.person_id).where(
            Rotation.credential_id == credential, Rotation.revision == newest, Rotation.person_id == actor.person
        )
        is_mine = session.scalars(rotated).first() is not None
    if newest <= in_force:
        return newest if before < newest == in_force and newest in known and is_mine else None
    if newest not in known and (secret := actor.held(credential, newest)) is not None:
        actor.begin_rotation(credential, secret)
    return newest
