"""What nothing that is left may know: planted secrets, their hashes, and the private keys that are made on the way."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.custody.custodian import Custodian
from core.custody.identity import keys as derived
from core.custody.identity.enrolling import identity_here
from core.custody.secret import Secret
from core.model import CredentialKind
from tests.journeys.canary_flows import kind_of
from tests.parts.canaries import Search, planted
from tests.parts.keyrings import Keyring

PLANTED = 64
HASHES = ("sha256", "sha512", "sha1", "md5")
AGE_BEGINS = "AGE-SECRET-KEY-1"
"""Sentences say so, too; the key is what comes after it."""


@dataclass
class Sought:
    """Planted secrets to take from, and all that is searched for in the end.

    Attributes:
        texts: Secrets, passwords that the program made, and keys as they are written.
        keys: Private keys as bytes.
    """

    texts: list[str] = field(default_factory=lambda: planted(PLANTED))
    keys: list[bytes] = field(default_factory=list)
    _left: dict[CredentialKind, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for text in self.texts:
            self._left[kind_of(text)].append(text)

    def take(self, kind: CredentialKind) -> str:
        """Return a planted secret of a kind that nothing was done with yet."""
        return self._left[kind].pop()

    def note_age(self, private: Secret) -> None:
        """Search for a private key of age, too."""
        self.texts.append(private.reveal().removeprefix(AGE_BEGINS))

    def note_identity(self, custodian: Custodian) -> None:
        """Search for the seed and both private keys of whoever is signed in."""
        me = identity_here(custodian)
        assert me is not None
        seed = json.loads(me.held.secret.reveal())["seed"]
        raw = derived.unbase64(seed)
        signing: Ed25519PrivateKey = me.keys._signing
        self.texts.append(seed)
        self.note_age(me.keys.age_identity())
        self.keys += [raw, derived._derived(raw, derived._FOR_AGE), signing.private_bytes_raw()]

    def search(self) -> Search:
        """Return the search for all of it, and for the hashes of the texts."""
        hashes = (hashlib.new(name, text.encode()).digest() for text in self.texts for name in HASHES)
        return Search(self.texts, [*self.keys, *hashes])


def readable_of(keyrings: Iterable[Keyring]) -> Iterator[tuple[str, bytes]]:
    """Give what of keyrings any program on the bus can read while they are locked: labels and attributes."""
    for number, keyring in enumerate(keyrings):
        for label, attributes, _secret in keyring.texts():
            yield f"keyring {number}: {label}", json.dumps([label, attributes], ensure_ascii=False).encode()
