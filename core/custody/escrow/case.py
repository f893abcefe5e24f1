"""One break-glass that is under way: what is to be opened, why, and with which keys; and its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, usable
from core.custody.envelopes import Contents, Target
from core.custody.escrow.at_hand import AtHand, keys_at_hand, keys_of_target
from core.custody.secret import Secret
from core.errors import BadInputError, ConflictError, UnusableFileError
from core.i18n import N_, _
from core.model import Credential, Envelope, EscrowKey, EscrowOpening


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be opened, why, and with what besides the key in this keyring.

    Attributes:
        credential_id: The login.
        reason: Why; everybody can read it.
        paper: What stands on the printed key.
        handed: What somebody else has handed over who took off the outer seal.
        to: Who is to get the file where this keyring only takes off the outer seal; the first who can, unless named.
        hands_on: Whether such a file can be handed on; without, nothing is begun.
    """

    credential_id: UUID
    reason: str
    paper: Secret | None = None
    handed: bytes | None = None
    to: UUID | None = None
    hands_on: bool = True


@dataclass(frozen=True, slots=True)
class SealedFor:
    """An envelope with the keys that open it."""

    envelope: Envelope
    target: Target


@dataclass(frozen=True, slots=True)
class Case:
    """One break-glass.

    Attributes:
        custodian: Who opens.
        request: What they want.
        label: What the team calls the login.
        reason: Why, on one line.
        hand: The private keys that are here.
        keys: The keys of the escrow that they belong to.
        sealed: The envelopes of the secret in force and of one that is prepared, in this order.
    """

    custodian: Custodian
    request: Request
    label: str
    reason: str
    hand: AtHand
    keys: Mapping[UUID, EscrowKey]
    sealed: tuple[SealedFor, ...]

    def has(self, key: EscrowKey | None) -> bool:
        """Say whether a key is here and may be used."""
        return key is not None and key.id in self.keys

    def opens(self, one: SealedFor) -> bool:
        """Say whether an envelope can be opened here, be it by two keys."""
        return all(self.has(key) for key in keys_of_target(one.target))

    def is_meant(self, contents: Contents) -> bool:
        """Say whether what was in an envelope belongs to this registry and login."""
        meant = (self.custodian.registry.id, self.request.credential_id)
        return (contents.registry_id, contents.credential_id) == meant

    def record(self, key: EscrowKey) -> None:
        """Record the opening; whoever opens calls this first."""
        opening = EscrowOpening(
            escrow_key_id=key.id,
            person_id=self.custodian.person_id,
            on=self.custodian.today,
            reason=self.reason,
            credential_id=self.request.credential_id,
        )
        with self.custodian.registry.action(N_("Open an envelope of the escrow")) as session:
            session.add(opening)

    def damaged(self) -> UnusableFileError:
        """Return what is said where an envelope cannot be opened that should open."""
        return UnusableFileError(
            _(
                "The envelope of “{label}” is gone or damaged. Ask another holder, or bring it back from a backup."
            ).format(label=self.label)
        )


def begin(custodian: Custodian, request: Request) -> Case:
    """Look what is there to open a login's envelope; nothing is decrypted yet.

    Raises:
        BadInputError: No reason was given, or the login has no secret in keyrings.
        ConflictError: No key of the escrow is here.
        VaultError: The keyring does not answer.
    """
    reason = " ".join(request.reason.split())
    if not reason:
        raise BadInputError(_("Please say why the envelope is opened. Everybody will see it."))
    hand = keys_at_hand(custodian, request.paper)
    with custodian.registry.reading() as session:
        label = usable(session, request.credential_id, custodian.today).label
        keys, sealed = _keys_here(session, custodian, hand), _sealed(session, request.credential_id)
        session.expunge_all()
    if not keys:
        raise _no_key(handed=request.handed is not None and bool(hand.privates))
    return Case(custodian, request, label, reason, hand, keys, sealed)


def _no_key(*, handed: bool) -> ConflictError:
    """Return what is said where no key of the escrow is here; a file may come from a registry that knows of more."""
    if handed:
        return ConflictError(
            _(
                "This registry does not know that you hold the escrow. Perhaps you were named in another copy of it: "
                "then name yourself here first, in the settings of the escrow, and open the file again."
            )
        )
    return ConflictError(
        _(
            "No key of the escrow is here. Only its holders can open an envelope, at the computer with their key "
            "card, or whoever has the printed key."
        )
    )


def _keys_here(session: Session, custodian: Custodian, hand: AtHand) -> dict[UUID, EscrowKey]:
    """Return the keys of which the private halves are here: those of people only while in force, of paper always."""
    counts = EscrowKey.person_id.is_(None) | EscrowKey.until.is_(None) | (EscrowKey.until > custodian.today)
    return {key.id: key for key in session.scalars(select(EscrowKey).where(counts)) if hand.opens(key)}


def _sealed(session: Session, credential_id: UUID) -> tuple[SealedFor, ...]:
    query = (
        select(Envelope)
        .join(Credential, Credential.id == Envelope.credential_id)
        .where(Credential.id == credential_id, Envelope.revision >= Credential.revision)
        .order_by(Envelope.revision, Envelope.created_at)
    )
    keys = {key.id: key for key in session.scalars(select(EscrowKey))}
    return tuple(SealedFor(one, _target(one, keys)) for one in session.scalars(query))


def _target(envelope: Envelope, keys: Mapping[UUID, EscrowKey]) -> Target:
    inner = keys[envelope.with_key_id] if envelope.with_key_id is not None else None
    return Target(keys[envelope.escrow_key_id], inner)
