"""Finds the address or handle in whatever a person pastes: a cell, a sentence, a link copied from an e-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.inventory.web_address import LONGEST, parsed

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f]")
_MARKDOWN_LINK = re.compile(r"\[[^\]\n]*\]\(\s*<?([^\s>]+)")
_FULL_ADDRESS = re.compile(r"(?<![\w./?=&%#@-])https?:[/\\]+(?:\[[\da-fA-F:.]+\])?[^\s<>\"|`{}\[\]]*", re.IGNORECASE)
_REMARK = re.compile(r"\s+[(\[].*", re.DOTALL)
_AROUND = "<>«»‹›„“”‚‘’\"'`|*"
_AFTER = ".,;:!?"
_NOTHING = frozenset(
    {
        "-",
        "--",
        "–",
        "—",
        "?",
        "/",
        "n. n.",
        "n.n.",
        "nn",
        "k. a.",
        "k.a.",
        "n/a",
        "offen",
        "unbekannt",
        "vakant",
        "unbesetzt",
        "keine",
        "keiner",
        "keins",
        "kein",
        "nein",
        "ja",
        "none",
        "null",
        "entfällt",
    }
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was found in a pasted text: one word without blanks, or nothing."""

    word: str
    several: bool = False
    """More than one full address was in the text; the first is taken."""
    empty: bool = False
    """The text says nothing, or says that there is nothing ("k. A.")."""


def found_in(text: str) -> Pasted:
    """Return the address or handle in a text.

    Args:
        text: Anything; quotes, brackets, invisible characters, a remark behind it and a markdown link are understood.
    """
    clean = _INVISIBLE.sub("", text).strip()[:LONGEST]
    if clean.casefold() in _NOTHING or not clean.strip(_AROUND + _AFTER):
        return Pasted("", empty=True)
    if link := _MARKDOWN_LINK.search(clean):
        return Pasted(_bare(link[1]))
    full = [_bare(word) for word in _FULL_ADDRESS.findall(clean)]
    if full:
        return Pasted(full[0], several=len(set(full)) > 1)
    return Pasted(_word_in(clean))


def _word_in(text: str) -> str:
    """Return the one word that is meant in a text without a full address, or an empty text."""
    words = [_bare(word) for word in text.split()]
    if len(words) == 1:
        return words[0]
    without_remark = _REMARK.sub("", text)
    if len(without_remark.split()) == 1:
        return _bare(without_remark)
    likely = [word for word in words if word.startswith("@") and len(word) > 1] or [w for w in words if _is_address(w)]
    return likely[0] if likely else ""


def _is_address(word: str) -> bool:
    """Tell whether a word among others is meant as an address, not "z.B." or "Referat/Amt"."""
    return parsed(word) is not None and ("/" in word or word.lower().startswith("www.") or word.count(".") > 1)


def _bare(word: str) -> str:
    """Return a word without the quotes, brackets and full stops around it."""
    bare = _peeled(word)
    while bare != word:
        word, bare = bare, _peeled(bare)
    return bare


def _peeled(word: str) -> str:
    """Return a word without one layer of what is around it; a bracket that was opened inside stays."""
    bare = word.strip(_AROUND).rstrip(_AFTER)
    for opening, closing in ("()", "[]"):
        if bare.startswith(opening):
            bare = bare[1:]
        if bare.endswith(closing) and bare.count(closing) > bare.count(opening):
            bare = bare[:-1]
    return bare
