"""The two private keys of an identity, both derived from one seed, and what can be done with them."""

from __future__ import annotations

import base64
import secrets
from typing import NoReturn

from core.custody.identity.bech32 import bech32
from core.custody.sealing import public_half
from core.custody.secret import MASK, Secret

SEED_BYTES = 32
_SALT = b"kanalregister/v1/identity"
_FOR_AGE = b"age X25519 identity"
_FOR_SIGNING = b"Ed25519 signing key"


class Keys:
    """The private keys of one identity; it shows dots like a secret, and gives out public halves and signatures.

    Attributes:
        recipient: The public half to which others seal, as age writes it.
        signing_key: The public half with which others check signatures, in base64 for addresses.
    """

    __slots__ = ("_age", "_signing", "recipient", "signing_key")

    def __init__(self, seed: Secret) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        raw = unbase64(seed.reveal())
        self._age = Secret(bech32("age-secret-key-", _derived(raw, _FOR_AGE)).upper())
        self._signing = Ed25519PrivateKey.from_private_bytes(_derived(raw, _FOR_SIGNING))
        self.recipient = public_half(self._age)
        self.signing_key = base64_of(self._signing.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> str:
        """Return the signature of a message, in base64 for addresses."""
        return base64_of(self._signing.sign(message))

    def age_identity(self) -> Secret:
        """Return the private half that opens what is sealed to the recipient."""
        return self._age

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are not written anywhere; the seed lies in the keyring")


def new_seed() -> Secret:
    """Make a seed from the system's randomness."""
    return Secret(base64_of(secrets.token_bytes(SEED_BYTES)))


def is_signed(message: bytes, signature: str, signing_key: str) -> bool:
    """Say whether a signature of a message fits a public key; all three may be forged."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(unbase64(signing_key)).verify(unbase64(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def base64_of(raw: bytes) -> str:
    """Write bytes in base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unbase64(text: str) -> bytes:
    """Read base64 for addresses; only what `base64_of` writes is read.

    Raises:
        ValueError: The text is something else; it is not quoted.
    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    if base64_of(raw) != text:
        raise ValueError("no base64 of ours")
    return raw


def _derived(seed: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    if len(seed) != SEED_BYTES:
        raise ValueError("a seed has 32 bytes")
    return HKDF(SHA256(), 32, _SALT, purpose).derive(seed)
