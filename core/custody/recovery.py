"""The printed recovery key: made once, kept on paper, and what brings every secret back when a keyring dies.

The private half exists on paper only. The program shows it while the key is made and forgets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, kept_by, make_store
from core.custody.envelopes import (
    Contents,
    Target,
    envelope_files,
    keys_in_force,
    keys_named,
    opened_contents,
    read_sealed,
)
from core.custody.escrow.at_hand import AtHand, keys_at_hand
from core.custody.escrow.resealing import seal_missing
from core.custody.escrow.taking import is_known_to, take
from core.custody.revisions import end
from core.custody.sealing import NotForThisKeyError, new_identity, public_half
from core.custody.secret import Secret
from core.errors import BadInputError
from core.i18n import N_, _
from core.model import Credential, Custody, CustodyEnd, EscrowKey, EscrowOpening, Store


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
        together: How many files open only together with a second key that is not here.
    """

    restored: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    together: int = 0


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
            if key.person_id is None:
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


@dataclass(frozen=True, slots=True)
class _Work:
    """One restoring: into which store, with which keys at hand, and what it has brought.

    Attributes:
        paper: The record of the key that was typed.
        private: What was typed.
        keys: All keys that envelopes were ever made for, by the beginnings of their ids.
    """

    custodian: Custodian
    store_id: UUID
    paper: UUID
    private: Secret
    hand: AtHand
    keys: Mapping[str, EscrowKey]
    recovered: Recovered


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
    paper = _note_opening(custodian, private, reason)
    with custodian.registry.reading() as session:
        keys = {key.id.hex[:8]: key for key in session.scalars(select(EscrowKey))}
        session.expunge_all()
    work = _Work(custodian, store_id, paper, private, keys_at_hand(custodian, private), keys, Recovered())
    files = list(envelope_files(custodian.registry.path))
    for done, file in enumerate(files):
        if not custodian.told(done, len(files)):
            break
        _restore_one(work, file)
    if work.recovered.restored or work.recovered.kept:
        _give_up_lost(custodian, store_id)
    return work.recovered


def _in_force(held: list[Custody], credential: Credential) -> Custody | None:
    return next((one for one in held if one.revision == credential.revision), None)


def _note_opening(custodian: Custodian, private: Secret, reason: str | None) -> UUID:
    recipient, why = public_half(private), (reason or "").strip() or None
    me, today = custodian.person_id, custodian.today
    with custodian.registry.action(N_("Use the recovery key")) as session:
        key = session.scalars(select(EscrowKey).where(EscrowKey.recipient == recipient)).first()
        if key is None:
            raise BadInputError(_("This recovery key does not belong to this registry."))
        session.add(EscrowOpening(escrow_key_id=key.id, person_id=me, on=today, reason=why))
        return key.id


def _restore_one(work: _Work, file: Path) -> None:
    try:
        contents = _opened(work, file)
    except (OSError, NotForThisKeyError):
        work.recovered.unreadable.append(file.name)
        return
    if contents is not None and contents.registry_id != work.custodian.registry.id:
        work.recovered.unknown.append(contents.label)
    elif contents is not None:
        _bring_back(work, contents)


def _opened(work: _Work, file: Path) -> Contents | None:
    """Open a file with what is at hand; None for one that is meant for other keys."""
    match [work.keys.get(name) for name in keys_named(file)]:
        case [EscrowKey() as outer, EscrowKey() as inner]:
            target = Target(outer, inner)
            if work.hand.opens_all(target):
                return work.hand.opened(read_sealed(file), target)
            if work.hand.opens(outer) or work.hand.opens(inner):
                work.recovered.together += 1
            return None
        case [EscrowKey(person_id=UUID())]:
            return None
        case _:
            return opened_contents(read_sealed(file), work.private)


def _bring_back(work: _Work, contents: Contents) -> None:
    custodian, recovered = work.custodian, work.recovered
    with custodian.registry.reading() as session:
        credential = session.get(Credential, contents.credential_id)
        held = kept_by(session, work.store_id, contents.credential_id)
        known = is_known_to(session, custodian.person_id, contents)
        session.expunge_all()
    if credential is None or (credential.retired_on is not None and credential.retired_on <= custodian.today):
        recovered.unknown.append(contents.label)
    elif credential.revision != contents.revision:
        recovered.outdated.append(credential.label)
    elif _is_there(custodian, _in_force(held, credential)):
        recovered.kept.append(credential.label)
    else:
        take(custodian, work.store_id, contents, N_("Recover secret"), None if known else _news(work, contents))
        recovered.restored.append(credential.label)


def _news(work: _Work, contents: Contents) -> EscrowOpening:
    """Return the record that somebody has seen a secret who never had it: it is to be changed."""
    return EscrowOpening(
        escrow_key_id=work.paper,
        person_id=work.custodian.person_id,
        on=work.custodian.today,
        credential_id=contents.credential_id,
    )


def _is_there(custodian: Custodian, custody: Custody | None) -> bool:
    held = custodian.vault.get(custody.slot) if custody is not None else None
    return custody is not None and held is not None and held.revision == custody.revision


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
