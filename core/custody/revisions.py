"""One revision of a secret in its four places: keyring, recovery envelope, registry, and the mind of who read it.

The order is always: write the new entry and read it back, seal it for the recovery key, commit what refers to it,
remove the old entry. Whatever stops it in between, the login that works on the platform can still be read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, kept_by, slot_of, usable
from core.custody.envelopes import put_in_envelopes
from core.custody.escrow.pairs import safe_of
from core.custody.secret import Secret
from core.custody.vault import Held, SlotTakenError, VaultError
from core.errors import ConflictError
from core.i18n import _
from core.model import Credential, Custody, CustodyEnd, Envelope, Reading, Rotation

AHEAD = 10
"""So many numbers after the one in force may be taken by secrets that a restored registry does not know of."""


class MissingSecretError(VaultError):
    """The registry says that this keyring keeps the secret, but it does not, or keeps another revision."""


@dataclass(frozen=True, slots=True)
class Step:
    """One secret on its way to a revision of its own.

    Attributes:
        custodian: Whose step it is.
        credential_id: Of which login.
        store_id: Into which keyring.
        secret: What is written.
        in_force: Whether it is the one in force already, so that an unknown newer one is left behind, not in the way.
    """

    custodian: Custodian
    credential_id: UUID
    store_id: UUID
    secret: Secret
    in_force: bool


def put_revision(step: Step, label: str, commit: Callable[[Session, Credential, int], None]) -> int:
    """Write a secret as the revision after the one in force, seal it, and commit what refers to it.

    Raises:
        VaultError: The keyring does not answer, or did not keep what it was given.
        ConflictError: A change is under way, somebody was quicker, or the keyring holds an unknown newer secret.
    """
    custodian, credential_id = step.custodian, step.credential_id
    with custodian.registry.reading() as session:
        credential = usable(session, credential_id, custodian.today)
        before = credential.revision
        _refuse_pending(session, credential_id, before)
        known = _given_up(session, step)
        session.expunge_all()
    revision = _written(step, before + 1, known)
    sealed = put_in_envelopes(safe_of(custodian), credential, revision, step.secret)
    try:
        with custodian.registry.action(label) as session:
            credential = usable(session, credential_id, custodian.today)
            if credential.revision != before:
                raise overtaken()
            _refuse_pending(session, credential_id, before)
            _forget_envelopes(session, credential_id, revision)
            session.add_all(sealed)
            commit(session, credential, revision)
    except ConflictError:
        remove_slots(custodian, [slot_of(step.store_id, credential_id, revision)])
        raise
    return revision


def _given_up(session: Session, step: Step) -> set[int]:
    """Return the revisions whose slots in this keyring held a secret that was given up since."""
    query = select(Custody.revision).where(
        Custody.credential_id == step.credential_id,
        Custody.store_id == step.store_id,
        Custody.ended == CustodyEnd.ABANDONED,
    )
    return set(session.scalars(query))


def _written(step: Step, first: int, given_up: set[int]) -> int:
    """Write a secret into the first slot that holds none which might be the only one that works; return its number."""
    for revision in range(first, first + AHEAD):
        slot = slot_of(step.store_id, step.credential_id, revision)
        if revision in given_up or step.custodian.vault.get(slot) is None:
            write_slot(step.custodian, step.store_id, step.credential_id, revision, step.secret)
            return revision
        if not step.in_force:
            break
    raise ConflictError(
        _("The keyring holds a newer secret than the registry knows of. Please compare with the keyring first.")
    )


def write_slot(custodian: Custodian, store_id: UUID, credential_id: UUID, revision: int, secret: Secret) -> UUID:
    """Put a secret into its slot; what a crash left there, and nothing refers to, is replaced."""
    slot = slot_of(store_id, credential_id, revision)
    try:
        custodian.vault.put(slot, revision, secret)
    except SlotTakenError:
        custodian.vault.remove(slot)
        custodian.vault.put(slot, revision, secret)
    return slot


def new_custody(custodian: Custodian, credential_id: UUID, store_id: UUID, revision: int) -> Custody:
    """Return the record of a copy that the person at this workstation keeps from today on."""
    return Custody(
        credential_id=credential_id,
        person_id=custodian.person_id,
        store_id=store_id,
        slot=slot_of(store_id, credential_id, revision),
        revision=revision,
        since=custodian.today,
        last_seen_on=custodian.today,
    )


def take_effect(  # noqa: PLR0913 - what takes effect, whose doing, when
    session: Session, credential: Credential, revision: int, by: UUID | None, on: date, *, changed: bool = False
) -> None:
    """Make a revision the one in force; the first one was there before anybody recorded it."""
    credential.revision = revision
    if revision > 1 or changed:
        credential.rotated_on, credential.rotated_by_id = on, by
    session.add(Rotation(credential_id=credential.id, revision=revision, person_id=by, on=on))
    if by is not None and not changed:
        note_reading(session, credential.id, by, revision, on)


def custody_here(custodian: Custodian, credential_id: UUID, revision: int | None) -> Custody:
    """Return the record of the copy that this keyring keeps of a revision, of the one in force unless named.

    Raises:
        ConflictError: It keeps none.
    """
    store_id = custodian.vault.store()
    with custodian.registry.reading() as session:
        credential = usable(session, credential_id, custodian.today)
        wanted = credential.revision if revision is None else revision
        held = kept_by(session, store_id, credential_id) if store_id else []
        found = next((one for one in held if one.revision == wanted), None)
        session.expunge_all()
    if found is None:
        raise ConflictError(
            _("This keyring keeps no copy of “{label}”. Ask somebody who does, or recover it.").format(
                label=credential.label
            )
        )
    return found


def held_in(custodian: Custodian, custody: Custody) -> Held:
    """Read a copy from the keyring.

    Raises:
        VaultError: The keyring does not answer.
        MissingSecretError: It does not have what was recorded.
    """
    held = custodian.vault.get(custody.slot)
    if held is None or held.revision != custody.revision:
        raise MissingSecretError(
            _(
                "The keyring should have this secret, but has not. Please choose “Compare with the keyring” on the "
                "page of the logins."
            )
        )
    return held


def _refuse_pending(session: Session, credential_id: UUID, in_force: int) -> None:
    query = select(Custody.id).where(
        Custody.credential_id == credential_id, Custody.revision > in_force, Custody.until.is_(None)
    )
    if session.scalars(query).first() is not None:
        raise ConflictError(_("A change of this secret is under way. Please confirm or abandon it first."))


def note_reading(session: Session, credential_id: UUID, person_id: UUID, revision: int, on: date) -> None:
    """Record the day on which a person first read a revision; later readings leave no trace (trust.md)."""
    session.flush()
    if not has_read(session, credential_id, person_id, revision):
        session.add(Reading(credential_id=credential_id, person_id=person_id, revision=revision, on=on))


def has_read(session: Session, credential_id: UUID, person_id: UUID, revision: int) -> bool:
    """Say whether a person has read a revision."""
    query = select(Reading.id).where(
        Reading.credential_id == credential_id, Reading.person_id == person_id, Reading.revision == revision
    )
    return session.scalars(query).first() is not None


def still(session: Session, custody: Custody) -> Custody:
    """Return a copy's record as it is now."""
    found = session.get(Custody, custody.id)
    if found is None or found.until is not None:
        raise overtaken()
    return found


def end(ended: list[Custody], on: date, why: CustodyEnd) -> None:
    """Note that copies are not kept any more."""
    for custody in ended:
        custody.until, custody.ended = on, why


def remove_slots(custodian: Custodian, slots: list[UUID]) -> None:
    """Remove entries that nothing refers to any more; what the keyring keeps all the same, reconciling removes."""
    for slot in slots:
        try:
            custodian.vault.remove(slot)
        except VaultError:
            return


def readings_of(session: Session, credential_id: UUID, revision: int) -> list[Reading]:
    """Return who has read one revision."""
    query = select(Reading).where(Reading.credential_id == credential_id, Reading.revision == revision)
    return list(session.scalars(query))


def envelopes_of(session: Session, credential_id: UUID, revision: int) -> list[Envelope]:
    """Return the records of the envelopes of one revision."""
    query = select(Envelope).where(Envelope.credential_id == credential_id, Envelope.revision == revision)
    return list(session.scalars(query))


def forget_older_envelopes(session: Session, credential_id: UUID, revision: int) -> list[Envelope]:
    """Forget the envelopes of revisions before one that works, and return them; their files go after the commit."""
    older = select(Envelope).where(Envelope.credential_id == credential_id, Envelope.revision < revision)
    found = list(session.scalars(older))
    for envelope in found:
        session.delete(envelope)
    return found


def _forget_envelopes(session: Session, credential_id: UUID, revision: int) -> None:
    """Forget the records of envelopes of a revision that never took effect; their files have just been replaced."""
    for envelope in envelopes_of(session, credential_id, revision):
        session.delete(envelope)
    session.flush()


def overtaken() -> ConflictError:
    """Return what is said to whoever was overtaken by somebody else's change."""
    return ConflictError(_("Somebody else changed this secret in the meantime. Nothing was changed by you."))
