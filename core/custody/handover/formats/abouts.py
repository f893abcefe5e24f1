"""What a statement of a handover says besides the things, act by act."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

from core.custody.identity.canonical import (
    Shape,
    Value,
    either,
    is_base64,
    is_choice,
    is_day,
    is_line,
    is_nothing,
)
from core.custody.identity.cards import LARGEST_CARD, Card, is_fingerprint, read_card
from core.custody.identity.keys import base64_of
from core.custody.identity.refusals import RefusedError
from core.model.choices import Act, Occasion

About: TypeAlias = Mapping[str, str | int | None]
MOST_CARDS = 8
LONGEST_REASON = 500
NONCE_BYTES = 16
_CARDS_APART = "\n"


def new_nonce() -> str:
    """Make the number that binds a bundle to one request, from the system's randomness."""
    return base64_of(secrets.token_bytes(NONCE_BYTES))


def cards_text(cards: Iterable[Card]) -> str:
    """Write cards one a line, as a request carries them; none where nothing is sealed."""
    return _CARDS_APART.join(card.text.decode() for card in cards)


@lru_cache(maxsize=256)
def card_of(text: str) -> Card:
    """Read a card out of a statement; the same few come again in each, and a card that fits once always does.

    Raises:
        RefusedError: It is not as it must be.
    """
    return read_card(text.encode("utf-8", "surrogatepass"))


def cards_in(text: str) -> tuple[Card, ...]:
    """Read what `cards_text` wrote.

    Raises:
        RefusedError: One of them is not as it must be.
    """
    return tuple(card_of(line) for line in text.split(_CARDS_APART)) if text else ()


def fingerprints_text(cards: Iterable[Card]) -> str:
    """Write the fingerprints of cards in a line, as a sealing carries them."""
    return " ".join(card.fingerprint for card in cards)


def _are_cards(value: Value) -> bool:
    if not isinstance(value, str) or len(value) > MOST_CARDS * LARGEST_CARD:
        return False
    lines = value.split(_CARDS_APART)
    return len(lines) <= MOST_CARDS and len(set(lines)) == len(lines) and _can_be_read(value)


def _can_be_read(cards: str) -> bool:
    try:
        cards_in(cards)
    except RefusedError:
        return False
    return True


def _are_fingerprints(value: Value) -> bool:
    fingerprints = value.split(" ") if isinstance(value, str) else []
    return (
        0 < len(fingerprints) <= MOST_CARDS
        and len(set(fingerprints)) == len(fingerprints)
        and all(is_fingerprint(one) for one in fingerprints)
    )


_NONCE = is_base64(NONCE_BYTES)
_REASON = is_line(LONGEST_REASON, shortest=0)
_PAPER = either(is_nothing, is_fingerprint)
"""SHA-256 of the scan of a signed paper, where there is one."""

ABOUTS: Mapping[Act, Shape] = {
    Act.PROPOSAL: {"occasion": is_choice(Occasion), "until": either(is_nothing, is_day)},
    Act.REQUEST: {
        "nonce": _NONCE,
        "occasion": is_choice(Occasion),
        "until": either(is_nothing, is_day),
        "cards": _are_cards,
    },
    Act.SEALING: {"nonce": _NONCE, "expires": is_day, "to": _are_fingerprints, "request": is_fingerprint},
    Act.RECEIPT: {"bundle": is_fingerprint, "sealing": is_fingerprint},
    Act.CONFIRMATION: {},
    Act.RELEASE: {"confirmation": is_fingerprint, "paper": _PAPER},
    Act.RETURN: {},
    Act.REFUSAL: {"reason": _REASON},
    Act.WITHDRAWAL: {"reason": _REASON},
    Act.CLOSING: {"reason": _REASON, "paper": _PAPER},
    Act.SUPERSESSION: {"reason": _REASON, "card": is_fingerprint},
}
"""By act, which keys there are and what may stand there."""
