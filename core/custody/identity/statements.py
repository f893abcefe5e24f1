"""Signed statements about a card: that it is genuine (the head of press's certificate), or that it is revoked.

A statement carries the card itself, so that one file is enough for whoever did not have the card yet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.custody.identity.armor import Kind, armored
from core.custody.identity.canonical import (
    FORMAT,
    Shape,
    Value,
    canonical,
    instant_of,
    instant_text,
    is_base64,
    is_instant,
    is_line,
    is_uuid,
    read_canonical,
)
from core.custody.identity.cards import LARGEST_CARD, Card, is_fingerprint, read_card
from core.custody.identity.keys import Keys
from core.custody.identity.refusals import Refusal, RefusedError

LARGEST_STATEMENT = 2 * LARGEST_CARD + 2_048


class Said(StrEnum):
    """What a statement says of its card."""

    CERTIFIED = "certificate"
    REVOKED = "revocation"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; whether its signature fits is asked with the card of whoever signed it.

    Attributes:
        said: What it says.
        card: Of which card.
        by: The fingerprint of the card whose key signed it.
        created: When it was made.
        signature: The signature.
    """

    said: Said
    card: Card
    by: str
    created: datetime
    signature: str

    @property
    def text(self) -> bytes:
        """The canonical statement."""
        return canonical(_content(self) | {"signature": self.signature})

    @property
    def file_text(self) -> str:
        """The statement as a file that survives mail."""
        return armored(_KINDS[self.said], self.text)

    def signed_by(self, signer: Card) -> bool:
        """Say whether the key of a card signed this statement."""
        return self.by == signer.fingerprint and signer.signed(_message(self), self.signature)


_KINDS = {Said.CERTIFIED: Kind.CERTIFICATE, Said.REVOKED: Kind.REVOCATION}
_SHAPE: Shape = {
    "registry": is_uuid,
    "person": is_uuid,
    "fingerprint": is_fingerprint,
    "card": is_line(LARGEST_CARD),
    "by": is_fingerprint,
    "created": is_instant,
    "signature": is_base64(64),
}


def make_statement(said: Said, card: Card, signer: Card, keys: Keys, now: datetime) -> Statement:
    """Make and sign a statement about a card with the keys of the signer's card."""
    unsigned = Statement(said, card, signer.fingerprint, instant_of(instant_text(now)), "")
    return replace(unsigned, signature=keys.sign(_message(unsigned)))


def read_statement(text: bytes, said: Said) -> Statement:
    """Read a canonical statement, strictly; who signed it is not looked at yet.

    Raises:
        RefusedError: Anything about it is not as it must be.
    """
    content = read_canonical(text, said, _SHAPE, largest=LARGEST_STATEMENT)
    card = read_card(str(content["card"]).encode())
    told = (content["registry"], content["person"], content["fingerprint"])
    if told != (card.registry, str(card.person), card.fingerprint):
        raise RefusedError(Refusal.WRONG_VALUE)
    created = instant_of(str(content["created"]))
    return Statement(said, card, str(content["by"]), created, str(content["signature"]))


def _content(statement: Statement) -> dict[str, Value]:
    card = statement.card
    return {
        "kind": statement.said.value,
        "format": FORMAT,
        "registry": card.registry,
        "person": str(card.person),
        "fingerprint": card.fingerprint,
        "card": card.text.decode(),
        "by": statement.by,
        "created": instant_text(statement.created),
    }


def _message(statement: Statement) -> bytes:
    domain = f"kanalregister/v1/{statement.said.value}\0"
    return domain.encode() + canonical(_content(statement))
