"""How texts are compared: sort keys after DIN 5007-1, and the folded form in which texts are searched.

SQLite alone orders "Zoo, amt, Ämter" by code points; here "amt, Ämter, Zoo".
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum

KEY_LENGTH = 80  # Longer texts differ earlier; a bounded key keeps the index small.
DIGITS = 8  # Numbers within a text are compared by value: "FD 3.9" before "FD 3.10".
_NUMBER = re.compile(r"\d+")
_LETTERS = str.maketrans({"ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def folded(text: str) -> str:
    """Return the form in which texts and queries meet: no case, ß as ss, one way to write an umlaut."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def sort_key(text: str) -> str:
    """Return the key by which a text is ordered in German lists.

    An umlaut counts as its base letter and comes after it where all else is equal. Source: DIN 5007-1, variant 1.
    """
    plain = folded(text).strip()
    if plain.isascii():
        return _NUMBER.sub(_padded, plain)[:KEY_LENGTH]
    split = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    base = "".join(letter for letter in split if not unicodedata.combining(letter))
    return f"{_NUMBER.sub(_padded, base)[:KEY_LENGTH]}\x01{plain[:KEY_LENGTH]}"


def sort_value(value: object) -> str | int | None:
    """Return what orders a record's value in the database; nothing has none, and comes last either way."""
    match value:
        case None | "" | ():
            return None
        case StrEnum():
            # A closed list is declared in its natural order: proposed, approved, active ...
            return list(type(value)).index(value)
        case bool() | int():
            return int(value)
        case date():
            return value.isoformat()
        case tuple():
            return sort_key(", ".join(str(part) for part in value))
        case _:
            return sort_key(str(value))


def _padded(number: re.Match[str]) -> str:
    return number.group().zfill(DIGITS)
