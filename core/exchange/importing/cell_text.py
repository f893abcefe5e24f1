"""The text of a cell, whatever type the spreadsheet gave it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from core.i18n import show_date

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ud800-\udfff\ufffe\uffff]"
)
_BLANKS = re.compile(r"[^\S\n]+")


def text_of(cell: object) -> str:
    """Return a cell's text as a person reads it: no invisible characters, no blanks around it, line breaks kept."""
    match cell:
        case None:
            return ""
        case str():
            return _tidy(cell)
        case bool():
            return "ja" if cell else "nein"
        case datetime():
            return show_date(cell.date())
        case date():
            return show_date(cell)
        case _:
            return str(cell)


def line_of(cell: object) -> str:
    """Return a cell's text on one line."""
    return " ".join(text_of(cell).split())


def letter_of(column: int) -> str:
    """Return the letters above a column counted from 0: "A", "Z", "AA"."""
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _tidy(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = _BLANKS.sub(" ", _INVISIBLE.sub("", whole)).split("\n")
    return "\n".join(line.strip() for line in lines).strip()
