"""The printed recovery key: made once, kept on paper, and what brings every secret back when a keyring dies.

The private half exists on paper only. The program shows it while the key is made and forgets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, kept_by, make_store
from core.custody.envelopes import (
    Contents,
    envelope_files,
    keys_in_force,
    open_envelope,
    put_in_envelopes,
    remove_envelopes,
    without_envelope,
)
from core.custody.revisions import end, new_custody, write_slot
from core.custody.sealing import NotForThisKeyError, new_identity, public_half
from core.custody.secret import Secret
from core.errors import BadInputError, ConflictError
from core.i18n import N_, _
from core.model import Credential, Custody, CustodyEnd, Envelope, EscrowKey, EscrowOpening, Store


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """A fresh recovery key: what goes on paper, and what the registry keeps."""

    private: Secret
    recipient: str


@dataclass(slots=True)
class Recovered:
    """What opening all envelopes brought back, by label.

    Attributes:
        restored: Secrets in force that are in this keyring now and were not before.
        kept: Secrets that this keyring had already.
        outdated: Envelopes of revisions that are not in force; the secret was changed since and not sealed anew.
        unknown: Files that belong to another registry or to a login that is gone.
        unreadable: Files that this key does not open, or that are damaged, by name.
    """

    restored: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def new_recovery_key() -> RecoveryKey:
    """Make a key, which is in force only when `put_in_force` says so: after it has been printed."""
    return RecoveryKey(*new_identity())


def put_in_force(custodian: Custodian, recipient: str, *, place: str | None = None) -> int:
    """Take a key into use in place of the one before, and seal to it what this keyring keeps; return how many.

    Raises:
        VaultError: The keyring does not answer; the key is in force, sealing can be taken up again.
    """
    with custodian.registry.action(N_("Take recovery key into use")) as session:
        for key in keys_in_force(session, custodian.today):
            key.until = custodian.today
        session.add(
            EscrowKey(
                recipient=recipient,
                place=(place or "").strip() or None,
                made_by_id=custodian.person_id,
                since=custodian.today,
            )
        )
    return seal_missing(custodian)


def seal_missing(custodian: Custodian) -> int:
    """Seal what this keyring keeps in force and no envelope holds yet; return how many secrets were sealed.

    Raises:
        VaultError: The keyring does not answer; what was sealed before stays sealed.
    """
    store_id = custodian.vault.store()
    with custodian.registry.reading() as session:
        safe = custodian.safe(session)
        wanted = {one.id: one for key in safe.keys for one in without_envelope(session, key, custodian.today)}
        here = (
            {one.id: _in_force(kept_by(session, store_id, one.id), one) for one in wanted.values()} if store_id else {}
        )
        session.expunge_all()
    todo = [(wanted[one], custody) for one, custody in here.items() if custody is not None]
    count = 0
    for done, (credential, custody) in enumerate(todo):
        if not custodian.told(done, len(todo)):
            break
        held = custodian.vault.get(custody.slot)
        if held is not None and held.revision == credential.revision:
            count += _note(custodian, put_in_envelopes(safe, credential, credential.revision, held.secret))
    return count


def restore(custodian: Custodian, private: Secret, *, reason: str | None = None) -> Recovered:
    """Bring every secret in force from its envelope into this keyring; it can be repeated, and stopped in between.

    Args:
        custodian: Who takes the secrets; they are recorded as keeping them from now on.
        private: What stands on the paper.
        reason: Why the key was taken out of the safe.

    Raises:
        BadInputError: The text is no recovery key, or none of this registry.
        VaultError: The keyring does not answer, or did not keep what it was given.
    """
    store_id = make_store(custodian)
    _note_opening(custodian, private, reason)
    files, recovered = list(envelope_files(custodian.registry.path)), Recovered()
    for done, file in enumerate(files):
        if not custodian.told(done, len(files)):
            break
        _restore_one(custodian, store_id, file, private, recovered)
    if recovered.restored or recovered.kept:
        _give_up_lost(custodian, store_id)
    return recovered


def _in_force(held: list[Custody], credential: Credential) -> Custody | None:
    return next((one for one in held if one.revision == credential.revision), None)


def _note(custodian: Custodian, made: list[Envelope]) -> int:
    """Record envelopes that were written; those of the same secret for keys no longer in force go."""
    if not made:
        return 0
    first = made[0]
    with custodian.registry.action(N_("Seal for the recovery key")) as session:
        known = {
            (one.escrow_key_id, one.revision): one
            for one in session.scalars(select(Envelope).where(Envelope.credential_id == first.credential_id))
        }
        current = {(one.escrow_key_id, one.revision) for one in made}
        in_force = {key.id for key in keys_in_force(session, custodian.today)}
        old = [one for key, one in known.items() if key not in current and key[0] not in in_force]
        for envelope in old:
            session.delete(envelope)
        session.add_all(one for one in made if (one.escrow_key_id, one.revision) not in known)
    remove_envelopes(custodian.registry.path, old)
    return 1


def _note_opening(custodian: Custodian, private: Secret, reason: str | None) -> None:
    recipient, why = public_half(private), (reason or "").strip() or None
    me, today = custodian.person_id, custodian.today
    with custodian.registry.action(N_("Use the recovery key")) as session:
        key = session.scalars(select(EscrowKey).where(EscrowKey.recipient == recipient)).first()
        if key is None:
            raise BadInputError(_("This recovery key does not belong to this registry."))
        session.add(EscrowOpening(escrow_key_id=key.id, person_id=me, on=today, reason=why))


def _restore_one(custodian: Custodian, store_id: UUID, file: Path, private: Secret, recovered: Recovered) -> None:
    try:
        contents = open_envelope(file, private)
    except (OSError, NotForThisKeyError):
        recovered.unreadable.append(file.name)
        return
    if contents.registry_id != custodian.registry.id:
        recovered.unknown.append(contents.label)
        return
    with custodian.registry.reading() as session:
        credential = session.get(Credential, contents.credential_id)
        held = kept_by(session, store_id, contents.credential_id)
        session.expunge_all()
    if credential is None or (credential.retired_on is not None and credential.retired_on <= custodian.today):
        recovered.unknown.append(contents.label)
    elif credential.revision != contents.revision:
        recovered.outdated.append(credential.label)
    elif _is_there(custodian, _in_force(held, credential)):
        recovered.kept.append(credential.label)
    else:
        _take(custodian, store_id, contents, known=_in_force(held, credential) is not None)
        recovered.restored.append(credential.label)


def _is_there(custodian: Custodian, custody: Custody | None) -> bool:
    held = custodian.vault.get(custody.slot) if custody is not None else None
    return custody is not None and held is not None and held.revision == custody.revision


def _take(custodian: Custodian, store_id: UUID, contents: Contents, *, known: bool) -> None:
    """Put a secret into the keyring and record the copy, or that the one that was missing is there again."""
    write_slot(custodian, store_id, contents.credential_id, contents.revision, contents.secret)
    with custodian.registry.action(N_("Recover secret")) as session:
        credential = session.get(Credential, contents.credential_id)
        if credential is None or credential.revision != contents.revision:
            raise ConflictError(_("Somebody else changed this secret in the meantime. Nothing was changed by you."))
        if known:
            for custody in kept_by(session, store_id, contents.credential_id):
                if custody.revision == contents.revision:
                    custody.missing_since, custody.last_seen_on = None, custodian.today
        else:
            session.add(new_custody(custodian, contents.credential_id, store_id, contents.revision))


def _give_up_lost(custodian: Custodian, store_id: UUID) -> None:
    """End what this person's vanished keyrings kept: the secrets are here again."""
    with custodian.registry.action(N_("Give up a lost keyring")) as session:
        vanished = select(Store).where(
            Store.person_id == custodian.person_id, Store.vanished_on.is_not(None), Store.until.is_(None)
        )
        for store in session.scalars(vanished).all():
            if store.id != store_id:
                store.until = custodian.today
                end(list(_kept_in(session, store.id)), custodian.today, CustodyEnd.LOST)
            else:
                store.vanished_on = None


def _kept_in(session: Session, store_id: UUID) -> Iterator[Custody]:
    yield from session.scalars(select(Custody).where(Custody.store_id == store_id, Custody.until.is_(None))).all()
