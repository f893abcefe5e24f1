"""Texts as a cell can hold them: nothing becomes a formula or an unreadable file, and nothing is lost in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.i18n import _

LONGEST = 32_767
"""How many UTF-16 units a cell holds (ECMA-376 and Excel's own limits)."""

LONGEST_TOLD = 2_000
"""How much of a text a chart says; nobody listens to more."""

MARK = "\N{REPLACEMENT CHARACTER}"
_FORMULA_STARTS = ("=", "+", "-", "@")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")
# "_x000D_" in a cell means the character 000D, so a text that only looks so needs its underscore escaped.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TOUCHED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


@dataclass(frozen=True, slots=True)
class SafeText:
    """A text that a cell can hold.

    Attributes:
        text: What is written.
        quoted: Whether spreadsheets would take it for a formula if somebody edited the cell.
        altered: Whether characters were replaced or the text was cut; the text shows where.
    """

    text: str
    quoted: bool = False
    altered: bool = False


def fits(text: str) -> bool:
    """Say whether a cell certainly holds a text as it is."""
    return len(text) <= LONGEST // 2 and not _TOUCHED.search(text)


def looks_like_formula(text: str) -> bool:
    """Say whether spreadsheets would take a text for a formula if somebody edited its cell."""
    return text.startswith(_FORMULA_STARTS)


def safe(text: str) -> SafeText:
    """Make a text fit for a cell: unreadable characters are replaced by a mark, what is too long is cut with a note."""
    if fits(text):
        return SafeText(text, looks_like_formula(text))
    lines = _LINE_ENDS.sub("\n", text)
    readable, marks = _UNREADABLE.subn(MARK, lines)
    short, cut = _cut(_ESCAPE_LIKE.sub("_x005F_", readable))
    return SafeText(short, looks_like_formula(short), bool(marks) or cut)


def readable(text: str, longest: int = LONGEST_TOLD) -> str:
    """Return a text as a chart or its alternative text can hold it; what is too long ends in an ellipsis."""
    plain = _UNREADABLE.sub(MARK, _LINE_ENDS.sub("\n", text))
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _cut(text: str) -> tuple[str, bool]:
    if _units(text) <= LONGEST:
        return text, False
    note = _("… [cut off here; the whole text has {count} characters]").format(count=len(text))
    room = 2 * (LONGEST - _units(note))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + note, True


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
