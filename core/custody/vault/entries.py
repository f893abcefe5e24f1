r"""What the text of a keyring entry looks like: revision, part and the secret, in characters every keyring keeps.

    kr1:12:1/2:1170:the first 1,170 characters;

The header says format 1, revision 12, part 1 of 2 and the length of what follows; the semicolon closes. Characters
that some keyring loses (NUL in C strings, control characters in XML, halves of surrogate pairs) or replaces (KeePassXC
fills in what stands in braces) are written as a backslash, their number in hexadecimal and a semicolon; letters stay as
they are, so that a person can read the entry in the keyring's own program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.custody.secret import Secret
from core.custody.vault.errors import DamagedEntryError, UnfitSecretError
from core.i18n import _

ENTRY_UNITS = 1_200
"""UTF-16 units an entry may have: Windows holds 1,280."""

MOST_PARTS = 64
HIGHEST_REVISION = 10**9

_TEXT_UNITS = ENTRY_UNITS - len(f"kr1:{HIGHEST_REVISION}:{MOST_PARTS}/{MOST_PARTS}:{ENTRY_UNITS}:;")
_ENTRY = re.compile(
    r"kr1:(?P<revision>[0-9]{1,10}):(?P<number>[0-9]{1,2})/(?P<count>[0-9]{1,2}):(?P<length>[0-9]{1,4}):(?P<text>.*);",
    re.DOTALL | re.ASCII,
)
_ESCAPED = re.compile(r"\\([0-9a-f]{1,6});")
_NEVER_PLAIN = frozenset("\\{}")


@dataclass(frozen=True, slots=True)
class Part:
    """One entry, read: its place among the parts of a secret, and its piece of the escaped text."""

    revision: int
    number: int
    count: int
    text: Secret


def write_entries(revision: int, secret: Secret) -> tuple[Secret, ...]:
    """Return the texts of the entries that hold a secret, in order.

    Raises:
        UnfitSecretError: The secret is empty or too long for a keyring.
    """
    if not secret:
        raise UnfitSecretError(_("An empty secret cannot be stored: type or generate one."))
    if not 0 <= revision <= HIGHEST_REVISION:
        raise ValueError(revision)
    pieces = list(_pieces(secret.reveal()))
    if len(pieces) > MOST_PARTS:
        told = _("This secret is too long for a keyring: it may have about {number} characters.")
        raise UnfitSecretError(told.format(number=f"{MOST_PARTS * _TEXT_UNITS // 1_000 * 1_000}"))
    count = len(pieces)
    return tuple(
        Secret(f"kr1:{revision}:{number}/{count}:{len(piece)}:{piece};") for number, piece in enumerate(pieces, start=1)
    )


def read_entry(entry: Secret) -> Part:
    """Return what one entry says.

    Raises:
        DamagedEntryError: It is none of ours, cut off or changed.
    """
    read = _ENTRY.fullmatch(entry.reveal())
    if read is None:
        raise DamagedEntryError
    revision, number, count, length = (int(read[name]) for name in ("revision", "number", "count", "length"))
    if length != len(read["text"]) or not 1 <= number <= count <= MOST_PARTS or revision > HIGHEST_REVISION:
        raise DamagedEntryError
    return Part(revision, number, count, Secret(read["text"]))


def join(parts: list[Part]) -> Secret:
    """Return the secret that all its parts make.

    Raises:
        DamagedEntryError: The parts are not all there or not of one secret.
    """
    first = parts[0]
    places = [(part.revision, part.number, part.count) for part in parts]
    if places != [(first.revision, number, len(parts)) for number in range(1, first.count + 1)]:
        raise DamagedEntryError
    return Secret(_plain("".join(part.text.reveal() for part in parts)))


def units(text: str) -> int:
    """Count the UTF-16 units of a text, which is how Windows measures it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _pieces(text: str) -> Iterator[str]:
    """Yield the escaped text in pieces that fit; a character is never cut, nor is its escape."""
    piece: list[str] = []
    room = _TEXT_UNITS
    for written in map(_escaped, text):
        size = units(written)
        if size > room:
            yield "".join(piece)
            piece, room = [], _TEXT_UNITS
        piece.append(written)
        room -= size
    yield "".join(piece)


def _escaped(character: str) -> str:
    if character.isprintable() and character not in _NEVER_PLAIN:
        return character
    return f"\\{ord(character):x};"


def _plain(escaped: str) -> str:
    """Undo the escapes; a backslash that opens none was never written by us."""
    if "\\" in _ESCAPED.sub("", escaped) or any(int(code, 16) > 0x10FFFF for code in _ESCAPED.findall(escaped)):
        raise DamagedEntryError
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), escaped)
