"""The private keys at hand while envelopes are opened: what stands on the paper, and the one in this keyring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.custody.custodian import Custodian
from core.custody.envelopes import Contents, Target, opened_contents
from core.custody.identity.circle import look
from core.custody.sealing import public_half
from core.custody.secret import Secret
from core.custody.vault import DamagedEntryError
from core.model import EscrowKey


@dataclass(frozen=True, slots=True)
class AtHand:
    """Private keys by their public halves."""

    privates: Mapping[str, Secret] = field(default_factory=dict)

    def opens(self, key: EscrowKey) -> bool:
        """Say whether the private half of a key is here."""
        return key.recipient in self.privates

    def of(self, key: EscrowKey) -> Secret:
        """Return the private half of a key."""
        return self.privates[key.recipient]

    def opens_all(self, target: Target) -> bool:
        """Say whether all keys are here that it takes."""
        return all(self.opens(key) for key in keys_of_target(target))

    def opened(self, ciphertext: bytes, target: Target) -> Contents:
        """Open an envelope.

        Raises:
            NotForThisKeyError: The file is damaged or none of ours.
        """
        return opened_contents(ciphertext, *(self.of(key) for key in keys_of_target(target)))


def keys_of_target(target: Target) -> tuple[EscrowKey, ...]:
    """Return the keys that it takes to open an envelope, the outer one first."""
    return (target.key,) if target.inner is None else (target.key, target.inner)


def keys_at_hand(custodian: Custodian, typed: Secret | None = None) -> AtHand:
    """Return the private keys that are here.

    Args:
        custodian: The person at this workstation.
        typed: What was typed from the paper.

    Raises:
        BadInputError: What was typed is no recovery key.
        VaultError: The keyring does not answer.
    """
    try:
        me = look(custodian).me
    except DamagedEntryError:
        if typed is None:
            raise
        me = None  # The paper is for the day on which a keyring is broken.
    found: Iterable[Secret | None] = (typed, me.keys.age_identity() if me is not None else None)
    return AtHand({public_half(one): one for one in found if one is not None})
