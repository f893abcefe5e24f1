"""One spelling for all ways of writing a name, and finding in it what stands at which place of the text as it is.

Names come composed and decomposed, with umlauts as login names write them, with hyphens of many kinds, and with
characters that nobody sees, from programs that break lines. A text is searched in one spelling of all these; what is
found, and what takes its place, is in the text itself, so that everything else in it stays byte for byte.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_DASHES = "\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_ALIKE = "äöüÄÖÜßẞıİ\ufb00-\ufb06"
MARKS = "\u0300-\u034e\u0350-\u036f"
"""What makes another letter of the one before, in decomposed texts."""

_SPECIAL = re.compile(rf"[^{_UNSEEN}{MARKS}][{_UNSEEN}]*[{MARKS}][{MARKS}{_UNSEEN}]*|[{_UNSEEN}{_DASHES}{_ALIKE}]")
_DROPPED = re.compile(rf"[{_UNSEEN}]+")
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS", "ı": "i", "İ": "I"}
)
_DASH = re.compile(rf"[{_DASHES}]")


def spelled(text: str) -> str:
    """Return a text in the one spelling; capital letters stay."""
    return text if text.isascii() else _SPECIAL.sub(_in_its_place, text)


def _in_its_place(found: re.Match[str]) -> str:
    seen = _DASH.sub("-", _DROPPED.sub("", found[0]))
    return unicodedata.normalize("NFKC", seen).translate(_LETTERS)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a text, as it stands there.

    Attributes:
        string: The text.
        begins: The place of its first character.
        ends: The place after its last.
    """

    string: str
    begins: int
    ends: int

    def start(self) -> int:
        """Return the place of its first character."""
        return self.begins

    def end(self) -> int:
        """Return the place after its last character."""
        return self.ends

    def group(self) -> str:
        """Return what was found."""
        return self.string[self.begins : self.ends]

    def __getitem__(self, _whole: Literal[0]) -> str:
        return self.group()


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A text in the one spelling, and where each piece of it, which stood otherwise, begins in both."""

    text: str
    own: list[int]
    begins: list[int]
    ends: list[int]

    def start(self, place: int) -> int:
        """Return where a character stands in the text itself."""
        return self._placed(place, self.begins)

    def end(self, place: int) -> int:
        """Return the place after the character in the text itself that ends before a place."""
        return self._placed(place - 1, self.ends) + (0 if self._is_piece(place - 1) else 1)

    def _is_piece(self, place: int) -> bool:
        return bool((bisect_right(self.own, place) - 1) % 2)

    def _placed(self, place: int, edges: list[int]) -> int:
        number = bisect_right(self.own, place) - 1
        return edges[number] if number % 2 else self.begins[number] + place - self.own[number]


def _spelled(text: str) -> _Spelled:
    """Return the one spelling with its places: by turns what stands so in the text itself, and what does not."""
    pieces, own, begins, ends, last, length = list[str](), list[int](), list[int](), list[int](), 0, 0
    for special in _SPECIAL.finditer(text):
        for piece, begin, end in (
            (text[last : special.start()], last, special.start()),
            (_in_its_place(special), *special.span()),
        ):
            pieces.append(piece)
            own.append(length)
            begins.append(begin)
            ends.append(end)
            length += len(piece)
        last = special.end()
    return _Spelled("".join([*pieces, text[last:]]), [*own, length], [*begins, last], [*ends, len(text)])


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds in texts what a pattern of the one spelling describes.

    Attributes:
        pattern: The pattern.
    """

    pattern: re.Pattern[str]

    def finditer(self, text: str) -> Iterator[Found]:
        """Give everything that is found, from the beginning to the end."""
        if text.isascii():
            yield from (Found(text, *one.span()) for one in self.pattern.finditer(text))
            return
        other = _spelled(text)
        for one in self.pattern.finditer(other.text):
            yield Found(text, other.start(one.start()), other.end(one.end()))

    def search(self, text: str) -> Found | None:
        """Return what is found first."""
        return next(self.finditer(text), None)

    def fullmatch(self, text: str) -> bool:
        """Say whether a whole text is what is sought."""
        return self.pattern.fullmatch(spelled(text)) is not None

    def sub(self, instead: str | Callable[[Found], str], text: str) -> str:
        """Return a text with something in the place of what is found; the rest stays byte for byte."""
        parts, last = list[str](), 0
        for one in self.finditer(text):
            if one.begins >= last:
                parts += [text[last : one.begins], instead if isinstance(instead, str) else instead(one)]
                last = one.ends
        return "".join([*parts, text[last:]])


def finder(forms: Iterable[str], before: str = "", after: str = "") -> Finder:
    """Return what finds any of some forms, the longest first; nothing where there is none.

    Args:
        forms: Patterns of the one spelling.
        before: What has to be at the place before.
        after: What has to be at the place after.
    """
    listed = "|".join(dict.fromkeys(forms))
    return Finder(re.compile(f"{before}(?:{listed}){after}" if listed else r"(?!)", re.IGNORECASE))
