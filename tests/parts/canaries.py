"""Planted secrets, and a search that finds any piece of them in whatever bytes a program left behind."""

from __future__ import annotations

import base64
import html
import json
import random
import string
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

PIECE = 12
"""So many letters of a secret betray it; a leak need not be whole."""
_WORD, _STEP = 8, 4
_LETTERS = string.ascii_letters + string.digits
_UMLAUTS = _LETTERS + "äöüÄÖÜßéñ€–„“"
_SIGNS = _LETTERS + "\"'`´\\/&<>;:%$#{}[]()=?!*+~|^°§,. @"
_BASE32 = string.ascii_uppercase + "234567"


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of a secret that was found: whose, and how it was written."""

    secret: str
    form: str


def planted(count: int) -> list[str]:
    """Return secrets as people have them: passwords, keys for codes, recovery codes, tokens, long and awkward ones."""
    chance = random.Random("Kanarienvogel")  # The same ones every time, so that a failure can be repeated.
    kinds = (
        lambda: _of(chance, _LETTERS, 12),
        lambda: _of(chance, _UMLAUTS, 16),
        lambda: _of(chance, _SIGNS, 24),
        lambda: _of(chance, _BASE32, 32),
        lambda: "\n".join(f"{_of(chance, _LETTERS, 6)}-{_of(chance, _LETTERS, 6)}" for _code in range(10)),
        lambda: f"ghp_{_of(chance, _LETTERS, 40)}",
        lambda: f"{_of(chance, _UMLAUTS, 8)}\r\n\t{_of(chance, _SIGNS, 30)}\n",
        lambda: _of(chance, _UMLAUTS, chance.choice((20, 1_400))),
    )
    return [kinds[number % len(kinds)]() for number in range(count)]


def _of(chance: random.Random, alphabet: str, length: int) -> str:
    return "".join(chance.choices(alphabet, k=length))


def pieces(secret: str) -> list[str]:
    """Return what a secret is made of; any of it is too much."""
    last = max(0, len(secret) - PIECE)
    return [secret[start : start + PIECE] for start in sorted({*range(0, last, PIECE), last})]


def forms(text: str) -> dict[str, bytes]:
    """Return how a program may write a text, by the name of the form."""
    raw = text.encode("utf-8", "surrogatepass")
    written = {
        "utf-8": raw,
        "utf-16-le": text.encode("utf-16-le", "surrogatepass"),
        "utf-16-be": text.encode("utf-16-be", "surrogatepass"),
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "percent": quote(raw, safe="").encode(),
        "percent of a path": quote(raw).encode(),
        "percent of a form": quote_plus(raw).encode(),
        "json": json.dumps(text)[1:-1].encode(),
        "json in utf-8": _utf8(json.dumps(text, ensure_ascii=False)[1:-1]),
        "python": _utf8(repr(text)[1:-1]),
        "xml": _utf8(html.escape(text)),
        "xml text": _utf8(html.escape(text, quote=False)),
        "xml in ASCII": html.escape(text).encode("ascii", "xmlcharrefreplace"),
        "xml text in ASCII": html.escape(text, quote=False).encode("ascii", "xmlcharrefreplace"),
        "casefolded": _utf8(text.casefold()),
    }
    return written | _in_base64(raw)


def forms_of_bytes(raw: bytes) -> dict[str, bytes]:
    """Return how a program may write bytes that are no text, a private key or a hash, by the name of the form."""
    written = {
        "bytes": raw,
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "percent": quote(raw, safe="").encode(),
        "python": repr(raw)[2:-1].encode(),
        "numbers": ", ".join(map(str, raw)).encode(),
        "json": json.dumps(raw.decode("latin-1"))[1:-1].encode(),
    }
    return written | _in_base64(raw)


def _in_base64(raw: bytes) -> dict[str, bytes]:
    written = {}
    for offset in range(3):
        plain = base64.b64encode(b"\0" * offset + raw)[-(-offset * 8 // 6) : (offset + len(raw)) * 8 // 6]
        written[f"base64 at {offset}"] = plain
        written[f"base64 for addresses at {offset}"] = plain.translate(bytes.maketrans(b"+/", b"-_"))
    return written


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class Search:
    """Looks for all pieces of many secrets in all their forms at once.

    Words of eight bytes, one from every fourth place on, are compared with the first four words of all forms; only
    where one fits is the rest compared. So tens of thousands of forms cost no more than one.

    Args:
        secrets: Texts.
        keys: Secrets that are bytes, as long as a piece or longer.
    """

    def __init__(self, secrets: Iterable[str], keys: Iterable[bytes] = ()) -> None:
        self._by_word: dict[int, list[tuple[bytes, Hit]]] = {}
        for secret in secrets:
            for piece in pieces(secret):
                self._add(secret, forms(piece))
        for key in keys:
            for start in range(0, len(key) - PIECE + 1, PIECE):
                self._add(key.hex(), forms_of_bytes(key[start : start + PIECE]))
        self._words = frozenset(self._by_word)

    def _add(self, secret: str, written_as: Mapping[str, bytes]) -> None:
        for form, written in written_as.items():
            for at in range(_STEP):
                word = int.from_bytes(written[at : at + _WORD], sys.byteorder)
                self._by_word.setdefault(word, []).append((written, Hit(secret, form)))

    def hits(self, data: bytes) -> Iterator[Hit]:
        """Give what is found in some bytes."""
        view, met = memoryview(data), set[int]()
        for offset in range(0, _WORD, _STEP):
            whole = (len(data) - offset) // _WORD * _WORD
            if whole > 0:
                met |= self._words.intersection(view[offset : offset + whole].cast("Q"))
        tried = {written: hit for word in met for written, hit in self._by_word[word]}
        yield from (hit for written, hit in tried.items() if written in data)


def found(search: Search, told: Mapping[str, bytes]) -> dict[str, set[Hit]]:
    """Return where which secret was found; the same bytes are searched once."""
    seen = dict[bytes, str]()
    for name, data in told.items():
        seen.setdefault(data, name)
    hits = {name: set(search.hits(data)) for data, name in seen.items()}
    return {name: some for name, some in hits.items() if some}
