"""New passwords and passphrases from the system's randomness, and how strong a password is."""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Collection
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import combinations

from core.custody.secret import Secret
from core.errors import BadInputError
from core.i18n import _

SHORTEST, LONGEST = 8, 128
FEWEST_WORDS, MOST_WORDS = 3, 20
FAIR_BITS, STRONG_BITS = 50, 75
"""Where a password is no longer weak (a stolen list of hashes takes months), and where it is strong (it does not pay).
"""


class Alphabet(StrEnum):
    """A kind of characters that a password may be made of."""

    LOWER = "lower"
    UPPER = "upper"
    DIGITS = "digits"
    SYMBOLS = "symbols"


CHARACTERS = {
    Alphabet.LOWER: "abcdefghijkmnopqrstuvwxyz",
    Alphabet.UPPER: "ABCDEFGHJKLMNPQRSTUVWXYZ",
    Alphabet.DIGITS: "23456789",
    Alphabet.SYMBOLS: "!#$%&()*+,-./:;=?@[]_{}~",
}
"""Without l, I, O, 0 and 1, which look alike on paper, and without signs that command lines and forms take apart."""


class Strength(StrEnum):
    """How well a password withstands guessing."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def password(length: int = 20, alphabets: Collection[Alphabet] = tuple(Alphabet)) -> Secret:
    """Return a new password with at least one character of each alphabet; all such passwords are equally likely.

    Raises:
        BadInputError: The length is out of bounds or there is no alphabet.
    """
    chosen = _alphabets(length, alphabets)
    characters = "".join(CHARACTERS[each] for each in chosen)
    while True:
        text = "".join(secrets.choice(characters) for _place in range(length))
        if all(set(text) & set(CHARACTERS[each]) for each in chosen):
            return Secret(text)


def passphrase(words: int = 6, separator: str = "-") -> Secret:
    """Return a new passphrase of German words.

    Raises:
        BadInputError: The number of words is out of bounds.
    """
    _check_words(words)
    return Secret(separator.join(secrets.choice(german_words()) for _place in range(words)))


def password_bits(length: int = 20, alphabets: Collection[Alphabet] = tuple(Alphabet)) -> float:
    """Return the exact strength of a generated password: the logarithm of how many there are."""
    sizes = [len(CHARACTERS[each]) for each in _alphabets(length, alphabets)]
    # Inclusion and exclusion: those without one alphabet, plus those without two, and so on.
    without = [subset for missing in range(len(sizes) + 1) for subset in combinations(sizes, missing)]
    return math.log2(sum((-1) ** len(subset) * (sum(sizes) - sum(subset)) ** length for subset in without))


def passphrase_bits(words: int = 6) -> float:
    """Return the exact strength of a generated passphrase."""
    _check_words(words)
    return words * math.log2(len(german_words()))


def strength_bits(secret: Secret) -> float:
    """Return a cautious estimate for a password that a person typed, in bits.

    It is a simple lower bound and no oracle: a word of the German list counts as one choice among its words, a year
    as one of a thousand, a character that repeats or follows in the alphabet or on the keyboard as half a bit, and
    any other character as one of its kind only. What is one thing several times counts once. Names and dates that
    have to do with the person are not known here.
    """
    text = secret.reveal()
    if (repeated := _REPEATED.fullmatch(text)) is not None:
        once = Secret(repeated[1])
        return strength_bits(once) + math.log2(len(text) / len(repeated[1]))
    return sum(map(_piece_bits, _PIECES.findall(text)))


def strength(bits: float) -> Strength:
    """Return how strong a password of so many bits is."""
    if bits < FAIR_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < STRONG_BITS else Strength.STRONG


def strength_label(kind: Strength) -> str:
    """Return the word for a strength in the user's language."""
    return {Strength.WEAK: _("weak"), Strength.FAIR: _("fair"), Strength.STRONG: _("strong")}[kind]


@cache
def german_words() -> tuple[str, ...]:
    """Return the 7,776 German words of passphrases: lower case, without umlauts.

    Source: the list ger-long of the xkcdpass library.
    """
    return tuple(resources.files("xkcdpass").joinpath("static", "ger-long").read_text("utf-8").split())


_REPEATED = re.compile(r"(.+?)\1+", re.DOTALL)
_PIECES = re.compile(r"[^\W\d_]+|(?:19|20)\d\d(?!\d)|\d+|[\W_]+")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertzuiopü", "qwertyuiop", "asdfghjklöä", "yxcvbnm", "zxcvbnm", "01234567890")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORST = frozenset({"passwort", "password", "kennwort", "geheim", "hallo", "admin", "rathaus", "stadt", "master"})


def _piece_bits(piece: str) -> float:
    plain = piece.casefold()
    if _YEAR.fullmatch(plain):
        return 10
    if plain in _WORST:
        return 3
    spelled = sum(_step_bits(before, after) for before, after in zip(" " + plain, plain, strict=False))
    spelled += len([letter for letter in piece[1:] if letter.isupper()])
    if plain in _word_set():
        return min(spelled, math.log2(len(german_words())) + (1 if piece != plain else 0))
    return spelled


def _step_bits(before: str, after: str) -> float:
    """Return what a character adds after another: next to nothing where it repeats or follows it."""
    pair = before + after
    if before == after or any(pair in row or pair[::-1] in row for row in _ROWS):
        return 0.5
    if after.isdecimal():
        return math.log2(10)
    # Letters of a language are far from random: Shannon's experiments leave two bits, names and words mixed three.
    return 3 if after.isalpha() else 4


@cache
def _word_set() -> frozenset[str]:
    return frozenset(german_words())


def _alphabets(length: int, alphabets: Collection[Alphabet]) -> list[Alphabet]:
    if not SHORTEST <= length <= LONGEST:
        told = _("A password may have {first} to {last} characters, not {given}.")
        raise BadInputError(told.format(first=SHORTEST, last=LONGEST, given=length))
    if not alphabets:
        raise BadInputError(_("Choose at least one kind of characters for the password."))
    return [each for each in Alphabet if each in alphabets]


def _check_words(words: int) -> None:
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        told = _("A passphrase may have {first} to {last} words, not {given}.")
        raise BadInputError(told.format(first=FEWEST_WORDS, last=MOST_WORDS, given=words))
