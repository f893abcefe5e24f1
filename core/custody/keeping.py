"""Keeping secrets: storing, reading, using and releasing them, in steps of which each can be repeated."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, kept_by, make_store, usable
from core.custody.revisions import (
    Step,
    custody_here,
    end,
    has_read,
    held_in,
    new_custody,
    note_reading,
    overtaken,
    put_revision,
    still,
    take_effect,
    write_slot,
)
from core.custody.secret import Secret
from core.custody.uses import READ, USED, note_use
from core.days import beginning_of, local_day
from core.errors import ConflictError
from core.i18n import N_, _
from core.model import Credential, CustodyEnd


def store_secret(custodian: Custodian, credential_id: UUID, secret: Secret) -> int:
    """Store the secret that is in force on the platform now, as a new revision; return its number.

    The revision before stays in the keyring until `confirm_works` says that the new one works.

    Raises:
        VaultError: The keyring does not answer, or did not keep what it was given.
        BadInputError: The credential keeps its secret elsewhere, or nobody is bound to this workstation.
        ConflictError: Somebody else changed it meanwhile, or a change is under way.
    """
    store_id, me = make_store(custodian), custodian.person_id

    def commit(session: Session, credential: Credential, revision: int) -> None:
        _keep(session, custodian, credential, store_id, revision)
        take_effect(session, credential, revision, me, custodian.today)

    step = Step(custodian, credential_id, store_id, secret, in_force=True)
    return put_revision(step, N_("Store secret"), commit)


def keep_copy(custodian: Custodian, credential_id: UUID, secret: Secret) -> int:
    """Keep the secret in force, which this person knows already, in this keyring too; return its revision.

    Raises:
        VaultError: The keyring does not answer, or did not keep what it was given.
        ConflictError: There is nothing in force yet, or this keyring has a copy.
    """
    store_id = make_store(custodian)
    with custodian.registry.reading() as session:
        revision = usable(session, credential_id, custodian.today).revision
        held = [one for one in kept_by(session, store_id, credential_id) if one.revision == revision]
    if revision == 0 or held:
        raise ConflictError(_("This keyring keeps the secret already, or nobody has stored it yet."))
    write_slot(custodian, store_id, credential_id, revision, secret)
    with custodian.registry.action(N_("Keep a copy of a secret")) as session:
        credential = usable(session, credential_id, custodian.today)
        if credential.revision != revision:
            raise overtaken()
        session.add(new_custody(custodian, credential_id, store_id, revision))
        note_reading(session, credential_id, custodian.person_id, revision, custodian.today)
    return revision


def read_secret(custodian: Custodian, credential_id: UUID, *, revision: int | None = None) -> Secret:
    """Read a secret from this keyring; the day of a person's first reading of a revision is recorded before.

    Args:
        custodian: Who reads.
        credential_id: What is read.
        revision: Which one; the one in force unless named.

    Raises:
        VaultError: The keyring does not answer.
        MissingSecretError: The keyring has lost it.
        ConflictError: This keyring was never given it.
    """
    custody = custody_here(custodian, credential_id, revision)
    held = held_in(custodian, custody)
    note_use(custodian, credential_id, READ)
    with custodian.registry.reading() as session:
        known = has_read(session, credential_id, custodian.person_id, custody.revision)
    if not known:
        with custodian.registry.action(N_("Read secret for the first time"), now=_today_without_time()) as session:
            note_reading(session, credential_id, custodian.person_id, custody.revision, custodian.today)
    return held.secret


def _today_without_time() -> datetime:
    """Return the beginning of the day: of a first reading only the day is kept, in the log, too (trust.md).

    The log is ordered by its numbers and asked about days, never about the hour; noon might lie in the future.
    """
    return beginning_of(local_day(datetime.now(UTC)))


def use_secret(custodian: Custodian, credential_id: UUID) -> Secret:
    """Give the secret in force to a function that does not show it, a one-time code for example; no reading.

    Raises:
        VaultError: The keyring does not answer, has lost it or was never given it.
    """
    held = held_in(custodian, custody_here(custodian, credential_id, None))
    note_use(custodian, credential_id, USED)
    return held.secret


def release(custodian: Custodian, credential_id: UUID) -> None:
    """Delete all revisions of a secret from this keyring and record that; whoever knew it is known by the record.

    Raises:
        VaultError: The keyring does not answer, or does not let go.
        ConflictError: This keyring keeps no copy.
    """
    store_id = custodian.vault.store()
    with custodian.registry.reading() as session:
        held = kept_by(session, store_id, credential_id) if store_id else []
    if not held:
        raise ConflictError(_("This keyring keeps no copy of the secret."))
    for custody in held:
        custodian.vault.remove(custody.slot)
    with custodian.registry.action(N_("Release secret")) as session:
        end([still(session, one) for one in held], custodian.today, CustodyEnd.RELEASED)


def _keep(session: Session, custodian: Custodian, credential: Credential, store_id: UUID, revision: int) -> None:
    """Record the copy just stored; of older ones only the revision before is kept."""
    for one in kept_by(session, store_id, credential.id):
        if one.revision < revision - 1:
            end([one], custodian.today, CustodyEnd.REPLACED)
    session.add(new_custody(custodian, credential.id, store_id, revision))
    note_reading(session, credential.id, custodian.person_id, revision, custodian.today)
