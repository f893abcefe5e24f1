"""Key cards: the public keys of one person in one store, signed by themselves, in canonical form."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from uuid import UUID

from core.custody.identity.armor import Kind, armored
from core.custody.identity.canonical import (
    FORMAT,
    Shape,
    Value,
    canonical,
    clean_line,
    instant_of,
    instant_text,
    is_base64,
    is_instant,
    is_line,
    is_uuid,
    read_canonical,
)
from core.custody.identity.keys import Keys, is_signed
from core.custody.identity.refusals import Refusal, RefusedError

LARGEST_CARD = 4_096
LONGEST_NAME, LONGEST_DEVICE = 200, 100
KEY_CARD = "key-card"

_DOMAIN = b"kanalregister/v1/key-card\0"
_SUCCESSION_DOMAIN = b"kanalregister/v1/key-card-succession\0"
_FINGERPRINT = re.compile(r"[0-9a-f]{64}", re.ASCII)
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}", re.ASCII)
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A card that was made here or read strictly: its own signature fits.

    Attributes:
        registry: The id of the registry to which the keys belong.
        person: The id of the person whose keys they are.
        name: What the person is called.
        device: A remark about the computer.
        store: The id of the keyring that holds the private halves.
        recipient: The public key of age.
        signing_key: The public key of Ed25519, in base64 for addresses.
        created: When the card was made.
        previous: The fingerprint of the card that it replaces.
        signature: The signature by its own key.
        succession: The signature by the key of the card that it replaces.
    """

    registry: str
    person: UUID
    name: str
    device: str
    store: UUID
    recipient: str
    signing_key: str
    created: datetime
    previous: str | None
    signature: str
    succession: str | None

    @property
    def text(self) -> bytes:
        """The canonical card."""
        return canonical(_content(self) | {"signature": self.signature, "succession": self.succession})

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical card."""
        return hashlib.sha256(self.text).hexdigest()

    @property
    def file_text(self) -> str:
        """The card as a file that survives mail."""
        return armored(Kind.KEY_CARD, self.text)

    def signed(self, message: bytes, signature: str) -> bool:
        """Say whether a signature of a message is by the key of this card."""
        return is_signed(message, signature, self.signing_key)

    def replaces(self, older: Card) -> bool:
        """Say whether this card replaces an older one, by the older one's own signature."""
        return (
            self.previous == older.fingerprint
            and self.succession is not None
            and (self.registry, self.person, self.store) == (older.registry, older.person, older.store)
            and older.signed(_for_the_older(self), self.succession)
        )


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose card it is to be, and where."""

    registry: str
    person: UUID
    name: str
    device: str
    store: UUID


def make_card(owner: Owner, keys: Keys, now: datetime, *, before: tuple[Card, Keys] | None = None) -> Card:
    """Make and sign the card of some keys.

    Args:
        owner: Whose they are.
        keys: The private keys.
        now: The instant.
        before: The card that it replaces, and its keys.
    """
    bare = Card(
        registry=owner.registry,
        person=owner.person,
        name=clean_line(owner.name)[:LONGEST_NAME].strip(),
        device=clean_line(owner.device)[:LONGEST_DEVICE].strip(),
        store=owner.store,
        recipient=keys.recipient,
        signing_key=keys.signing_key,
        created=instant_of(instant_text(now)),
        previous=before[0].fingerprint if before else None,
        signature="",
        succession=None,
    )
    followed = replace(bare, succession=before[1].sign(_for_the_older(bare))) if before else bare
    return replace(followed, signature=keys.sign(_for_itself(followed)))


def read_card(text: bytes) -> Card:
    """Read a canonical card, strictly.

    Raises:
        RefusedError: Anything about it is not as it must be.
    """
    content = read_canonical(text, KEY_CARD, _SHAPE, largest=LARGEST_CARD)
    card = Card(
        registry=str(content["registry"]),
        person=UUID(str(content["person"])),
        name=str(content["name"]),
        device=str(content["device"]),
        store=UUID(str(content["store"])),
        recipient=str(content["recipient"]),
        signing_key=str(content["signing_key"]),
        created=instant_of(str(content["created"])),
        previous=cast("str | None", content["previous"]),
        signature=str(content["signature"]),
        succession=cast("str | None", content["succession"]),
    )
    if not card.signed(_for_itself(card), card.signature):
        raise RefusedError(Refusal.BAD_SIGNATURE)
    if (card.previous is None) != (card.succession is None):
        raise RefusedError(Refusal.BAD_SUCCESSION)
    return card


def in_groups(fingerprint: str) -> str:
    """Return a fingerprint as people compare it: in groups of four."""
    return " ".join(fingerprint[start : start + _GROUP] for start in range(0, len(fingerprint), _GROUP))


def is_fingerprint(value: Value) -> bool:
    """Say whether a value is a fingerprint."""
    return isinstance(value, str) and _FINGERPRINT.fullmatch(value) is not None


def _is_recipient(value: Value) -> bool:
    """Say whether a value is a public key of age; its checksum is looked at, too."""
    import pyrage

    if not isinstance(value, str) or not _RECIPIENT.fullmatch(value):
        return False
    try:
        pyrage.x25519.Recipient.from_str(value)
    except pyrage.RecipientError:
        return False
    return True


_SHAPE: Shape = {
    "registry": is_uuid,
    "person": is_uuid,
    "name": is_line(LONGEST_NAME),
    "device": is_line(LONGEST_DEVICE, shortest=0),
    "store": is_uuid,
    "recipient": _is_recipient,
    "signing_key": is_base64(32),
    "created": is_instant,
    "previous": lambda value: value is None or is_fingerprint(value),
    "succession": lambda value: value is None or is_base64(64)(value),
    "signature": is_base64(64),
}


def _content(card: Card) -> dict[str, Value]:
    return {
        "kind": KEY_CARD,
        "format": FORMAT,
        "registry": card.registry,
        "person": str(card.person),
        "name": card.name,
        "device": card.device,
        "store": str(card.store),
        "recipient": card.recipient,
        "signing_key": card.signing_key,
        "created": instant_text(card.created),
        "previous": card.previous,
    }


def _for_the_older(card: Card) -> bytes:
    """Return what the key of the older card signs."""
    return _SUCCESSION_DOMAIN + canonical(_content(card))


def _for_itself(card: Card) -> bytes:
    """Return what the card's own key signs: all of it, the older key's signature included."""
    return _DOMAIN + canonical(_content(card) | {"succession": card.succession})
