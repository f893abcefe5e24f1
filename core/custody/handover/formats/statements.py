"""Signed statements of a handover: who says what of which things, in canonical form; never a secret, nor its hash.

A statement carries the whole card of whoever signed it, so that its signature can be checked from the file alone.
Whether that person may say so, and whether the card is believed, is asked elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from core.custody.handover.formats.abouts import ABOUTS, About, card_of, cards_in
from core.custody.handover.formats.items import LARGEST_NUMBER, Key, Told, check_items, content_of, told_of
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.identity.armor import Kind, armored, unarmored
from core.custody.identity.canonical import (
    FORMAT,
    Shape,
    Value,
    canonical,
    instant_of,
    instant_text,
    is_base64,
    is_choice,
    is_instant,
    is_line,
    is_number,
    is_object,
    is_uuid,
    read_canonical,
)
from core.custody.identity.cards import LARGEST_CARD, Card
from core.custody.identity.keys import Keys
from core.custody.identity.refusals import Refusal, RefusedError
from core.model.choices import Act

LARGEST_STATEMENT = 262_144
STATEMENT = "handover-statement"
LONGEST_HEAD = 128

_DOMAIN = b"kanalregister/v1/handover-statement\0"
_KINDS = {act: Kind(f"HANDOVER {act.value.upper()}") for act in Act}


@dataclass(frozen=True, slots=True)
class Matter:
    """Which handover it is, and between whom; every statement repeats it.

    Attributes:
        registry: The id of the registry.
        handover: The id of the handover.
        giver: The id of the person who hands over.
        taker: The id of the person who takes over.
    """

    registry: str
    handover: UUID
    giver: UUID
    taker: UUID


@dataclass(frozen=True, slots=True)
class Signer:
    """Who makes a statement, when, and after what.

    Attributes:
        card: The card.
        keys: Its private keys.
        number: Which statement of this card's key it is, from 1.
        head: The last head of the log that this person has seen.
        now: The instant.
    """

    card: Card
    keys: Keys
    number: int
    head: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that was made here or read strictly: its signature is by the card inside.

    Attributes:
        act: What is said.
        registry: The id of the registry.
        handover: The id of the handover.
        giver: Who hands over.
        taker: Who takes over.
        by: The card of whoever says it.
        number: Which statement of that card's key it is.
        made_at: When it was made, by the clock of whoever made it.
        head: The last head of the log that they had seen.
        items: Of what it is said.
        about: What else is said, by act (see `abouts`).
        signature: The signature.
    """

    act: Act
    registry: str
    handover: UUID
    giver: UUID
    taker: UUID
    by: Card
    number: int
    made_at: datetime
    head: str
    items: tuple[Told, ...]
    about: About = field(hash=False)
    signature: str
    _written: bytes | None = field(default=None, init=False, compare=False, repr=False)
    """The canonical statement once somebody asked for it: each fold over statements asks for all of them."""

    @property
    def matter(self) -> Matter:
        """Which handover it is."""
        return Matter(self.registry, self.handover, self.giver, self.taker)

    @property
    def text(self) -> bytes:
        """The canonical statement."""
        written = self._written
        if written is None:
            written = canonical(_content(self) | {"signature": self.signature})
            object.__setattr__(self, "_written", written)
        return written

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical statement."""
        return hashlib.sha256(self.text).hexdigest()

    @property
    def file_text(self) -> str:
        """The statement as a file that survives mail."""
        return armored(_KINDS[self.act], self.text)

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards to which a request asks to seal."""
        return cards_in(str(self.about.get("cards") or ""))

    @property
    def to(self) -> tuple[str, ...]:
        """The fingerprints of the cards to which a bundle was sealed."""
        return tuple(str(self.about.get("to") or "").split())

    @property
    def expires_on(self) -> date | None:
        """The last day on which a bundle may be opened."""
        expires = self.about.get("expires")
        return date.fromisoformat(str(expires)) if expires else None

    def told_of(self, key: Key) -> Told | None:
        """Return what it says of one thing, None where it says nothing."""
        return next((told for told in self.items if told.key == key), None)


_SHAPE: Shape = {
    "act": is_choice(Act),
    "registry": is_uuid,
    "handover": is_uuid,
    "giver": is_uuid,
    "taker": is_uuid,
    "by": is_line(LARGEST_CARD),
    "number": is_number(1, LARGEST_NUMBER),
    "made_at": is_instant,
    "head": is_line(LONGEST_HEAD, shortest=0),
    "items": lambda value: isinstance(value, list),
    "about": lambda value: isinstance(value, dict),
    "signature": is_base64(64),
}


def make_statement(act: Act, matter: Matter, items: Sequence[Told], about: About, signer: Signer) -> Statement:
    """Make and sign a statement.

    Args:
        act: What is said.
        matter: In which handover.
        items: Of what.
        about: What else is said; which keys there are depends on the act (see `abouts`).
        signer: Who says it.

    Raises:
        RefusedError: Nobody could read it, because there is too much, too little or something wrong in it.
    """
    unsigned = Statement(
        act=act,
        registry=matter.registry,
        handover=matter.handover,
        giver=matter.giver,
        taker=matter.taker,
        by=signer.card,
        number=signer.number,
        made_at=instant_of(instant_text(signer.now)),
        head=signer.head,
        items=tuple(items),
        about=about,
        signature="",
    )
    return read_statement(replace(unsigned, signature=signer.keys.sign(_message(unsigned))).text)


def read_statement(text: bytes) -> Statement:
    """Read a canonical statement, strictly; its signature must be by the card inside.

    Raises:
        RefusedError: Anything about it is not as it must be.
    """
    content: dict[str, Any] = read_canonical(text, STATEMENT, _SHAPE, largest=LARGEST_STATEMENT)
    act = Act(content["act"])
    check_items(content["items"])
    if not is_object(ABOUTS[act])(content["about"]):
        raise RefusedError(Refusal.WRONG_VALUE)
    statement = _statement(act, content)
    if not statement.by.signed(_message(statement), statement.signature):
        raise RefusedError(Refusal.BAD_SIGNATURE)
    if {statement.registry} != {card.registry for card in (statement.by, *statement.cards)}:
        raise RefusedError(HandoverRefusal.OTHER_REGISTRY)
    return statement


def read_statement_file(text: bytes) -> Statement:
    """Read the one statement in a file or a mail.

    Raises:
        RefusedError: There is none, there are several, or anything about it is not as it must be.
    """
    kind, content = unarmored(text)
    if kind not in _KINDS.values():
        raise RefusedError(HandoverRefusal.OTHER_KIND)
    statement = read_statement(content)
    if kind is not _KINDS[statement.act]:
        raise RefusedError(HandoverRefusal.OTHER_KIND)
    return statement


def _statement(act: Act, content: Mapping[str, Any]) -> Statement:
    return Statement(
        act=act,
        registry=content["registry"],
        handover=UUID(content["handover"]),
        giver=UUID(content["giver"]),
        taker=UUID(content["taker"]),
        by=card_of(content["by"]),
        number=content["number"],
        made_at=instant_of(content["made_at"]),
        head=content["head"],
        items=tuple(told_of(item) for item in content["items"]),
        about=cast("About", dict(content["about"])),
        signature=content["signature"],
    )


def _content(statement: Statement) -> dict[str, Value]:
    return {
        "kind": STATEMENT,
        "format": FORMAT,
        "act": statement.act.value,
        "registry": statement.registry,
        "handover": str(statement.handover),
        "giver": str(statement.giver),
        "taker": str(statement.taker),
        "by": statement.by.text.decode(),
        "number": statement.number,
        "made_at": instant_text(statement.made_at),
        "head": statement.head,
        "items": [content_of(told) for told in statement.items],
        "about": dict(statement.about),
    }


def _message(statement: Statement) -> bytes:
    return _DOMAIN + canonical(_content(statement))
