"""The six words by which two people find out over the telephone that both have the same two cards.

Both cards go into them, so that a card swapped on either way changes the words on one side. Making them is slow on
purpose: whoever tries many forged cards until some words agree pays for each (docs/decisions/0014).
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from core.custody.generating import german_words

HOW_MANY = 6
ASKED = 2
_SALT = b"kanalregister/v1/verification-words"
_COST, _BLOCK, _LANES = 2**17, 8, 1
_MEMORY = 2 * 128 * _COST * _BLOCK
_BYTES = 32
"""More than the six words need, so that all are equally likely."""


def verification_words(first: str, second: str) -> tuple[str, ...]:
    """Return the six German words of two cards; whose comes first does not matter.

    Args:
        first: The fingerprint of one card.
        second: The fingerprint of the other.
    """
    return _words_of(*sorted((first, second)))


def reads_first(own: str, other: str) -> bool:
    """Say whether the owner of a card reads the words out first; the two sides come to opposite answers by themselves.

    Args:
        own: The fingerprint of one's own card.
        other: The fingerprint of the card to be verified.
    """
    return own < other


def asked_numbers() -> tuple[int, ...]:
    """Choose at random which words are asked for, in the order in which they are read out; the first is number 1."""
    return tuple(sorted(secrets.SystemRandom().sample(range(1, HOW_MANY + 1), ASKED)))


def are_right(words: tuple[str, ...], typed: Mapping[int, str]) -> bool:
    """Say whether words typed by number are the right ones, in whatever case."""
    return len(typed) >= ASKED and all(
        1 <= number <= len(words) and _plain(text) == words[number - 1] for number, text in typed.items()
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


@lru_cache(maxsize=64)
def _words_of(first: str, second: str) -> tuple[str, ...]:
    message = f"{first}\n{second}".encode()
    digest = hashlib.scrypt(message, salt=_SALT, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY, dklen=_BYTES)
    number, words, listed = int.from_bytes(digest), [], german_words()
    for _place in range(HOW_MANY):
        number, place = divmod(number, len(listed))
        words.append(listed[place])
    return tuple(words)
