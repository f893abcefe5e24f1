"""People in cells: "Mustermann, Erika", "Dr. Erika Mustermann; Max Mustermann", "Presse", "Muster, Sabine (bis 2010)".

Several people are separated by `;`, `|`, a line break, and, where it cannot be part of an office's name, by `/`, `&`,
`+`, "und", "u." and commas between full names. How an office is told from a person says `core.inventory.offices`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from core.inventory.dates_in_text import read_date
from core.inventory.offices import is_office
from core.inventory.person_names import (
    NamedPerson,
    has_particle,
    is_readable,
    is_title,
    listed_name,
    person_of_mail,
    spoken_name,
    without_titles,
)
from core.model import PersonKind
from core.partial_dates import first_day, last_day

_LONGEST_CELL = 1000
_NOBODY_WORDS = """
    nn ka na n/a offen nochoffen derzeitoffen zurzeitoffen zzoffen zztoffen unbekannt nochunbekannt nichtbekannt vakant
    derzeitvakant zurzeitvakant zzvakant zztvakant unbesetzt nichtbesetzt derzeitunbesetzt zurzeitunbesetzt
    zztunbesetzt niemand keine keiner keines kein keineangabe keineangaben keinerbekannt none nobody noone unknown
    vacant open tbd tba nv entfällt entfaellt nichtvorhanden fehlt leer null nan
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_NOTHING = frozenset({"", "ka", "na", "n/a", "keineangabe", "keineangaben", "nv", "null", "nan"})
_HARD = re.compile(r"(?:[;|\n\r\v\f\u2028•]|(?<=\s)[-–](?=\s))(?![^()\n]*\))")
_SOFT = re.compile(r"\s*(?:[/&+]|(?<=\s)(?:und|u\.|u|and|sowie|bzw\.)(?=\s))\s*(?![^()]*\))", re.IGNORECASE)
_MAIL = re.compile(r"[^\s<>()\[\],;:\"'@]+@[^\s<>()\[\],;:\"'@]+\.[^\s<>()\[\],;:\"'@.]+")
_MAIL_AROUND = re.compile(r"[<(\[]?\s*(?:mailto:)?(" + _MAIL.pattern + r")\s*[>)\]]?", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PERIOD = re.compile(
    r"(?:^|[\s,(])(?P<word>bis(?:\s+zum)?|until|till|to|seit|ab|since|from)\b[:.]?\s+(?P<day>[^\s,][^,]*)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"[,\s]*(?:(?:tel|telefon|fon|phone|mobil|mobile|handy|durchwahl|dw|app|apparat)\b[.:]*\s*)?"
    r"(?:\+|\(0|0|-)\d[\d\s()/.-]{2,}$|[,\s]*\b(?:tel|durchwahl|dw|app|apparat)\b[.:]*\s*\d[\d\s/-]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PeopleInCell:
    """Whom a cell names, and what in it could not be used."""

    people: tuple[NamedPerson, ...] = ()
    left_out: tuple[str, ...] = ()
    """Remarks, telephone numbers and texts that name nobody."""
    impossible_dates: tuple[str, ...] = ()
    """Texts such as "bis 30.02.2010"."""


@dataclass(slots=True)
class _Piece:
    """What is left of one piece of a cell while it is taken apart."""

    text: str
    email: str | None = None
    since: date | None = None
    until: date | None = None
    left_out: list[str] = field(default_factory=list)
    impossible: list[str] = field(default_factory=list)


def is_nobody(text: str) -> bool:
    """Tell whether a text stands for nobody: "N. N.", "k. A.", "-", "?", offen, vakant, unbesetzt, nothing."""
    squeezed = _squeezed(text)
    return squeezed in _NOBODY or not any(letter.isalnum() for letter in squeezed)


def says_nothing(text: str) -> bool:
    """Tell whether a cell that is not about people is as good as empty: "-", "?", "k. A.", nothing."""
    squeezed = _squeezed(text)
    return squeezed in _NOTHING or not any(letter.isalnum() for letter in squeezed)


def read_people(text: str) -> PeopleInCell:
    """Read the people and offices that a cell names, in its order."""
    if len(text) > _LONGEST_CELL:
        return PeopleInCell(left_out=(text,))
    plain = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    read = [_read_piece(piece) for hard in _HARD.split(plain) for piece in _soft_pieces(hard)]
    return PeopleInCell(
        people=_with_shared_family_names(tuple(person for part in read for person in part.people)),
        left_out=tuple(rest for part in read for rest in part.left_out),
        impossible_dates=tuple(rest for part in read for rest in part.impossible_dates),
    )


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split()).replace(".", "").strip("()[]*")


def _soft_pieces(text: str) -> list[str]:
    """Split at "/", "und" and the like, unless what they join is one office ("Kultur und Sport")."""
    pieces = [piece.strip() for piece in _SOFT.split(text)]
    if is_nobody(text) or len(pieces) < 2 or any(not piece or piece.endswith("-") for piece in pieces):
        return [text]
    bare = [_BRACKETS.sub("", _MAIL_AROUND.sub("", piece)).strip(" ,") for piece in pieces]
    full_name = any(" " in piece and not is_office(piece) for piece in bare)
    return pieces if full_name or not any(is_office(piece) for piece in bare) else [text]


def _read_piece(text: str) -> PeopleInCell:
    piece = _Piece(text)
    _take_mail(piece)
    _take_brackets(piece)
    _take_period(piece)
    _take_phone(piece)
    words = _unshouted(" ".join(piece.text.split()).strip(" ,;:*"))
    people = () if is_nobody(words) else _named(words, piece)
    if not people and piece.email and is_nobody(words):
        people = (person_of_mail(piece.email),)
    dated = tuple(replace(person, since=piece.since, until=piece.until) for person in people)
    if piece.email and len(dated) == 1:
        dated = (replace(dated[0], email=piece.email),)
    return PeopleInCell(dated, tuple(piece.left_out), tuple(piece.impossible))


def _take_mail(piece: _Piece) -> None:
    found = _MAIL_AROUND.search(piece.text)
    if found:
        piece.email = found[1].rstrip(".").lower()
        piece.text = piece.text[: found.start()] + " " + piece.text[found.end() :]


def _take_brackets(piece: _Piece) -> None:
    for inside in _BRACKETS.findall(piece.text):
        if not (is_title(f"({inside})") or is_nobody(inside) or _is_period(f" {inside}", piece)):
            piece.left_out.append(inside.strip())
    piece.text = _BRACKETS.sub(lambda found: found[0] if is_title(found[0]) else " ", piece.text)


def _take_period(piece: _Piece) -> None:
    found = _PERIOD.search(piece.text)
    if found and _is_period(found[0], piece):
        piece.text = piece.text[: found.start()] + piece.text[found.end() :]


def _is_period(text: str, piece: _Piece) -> bool:
    """Take "bis 31.12.2010" into the piece; a day that does not exist is understood, and reported."""
    found = _PERIOD.match(text)
    read = read_date(found["day"]) if found else None
    if found is None or read is None or not (read.value or read.impossible):
        return False
    if read.value is None:
        piece.impossible.append(text.strip(" ,("))
    elif found["word"].casefold().startswith(("bis", "until", "till", "to")):
        piece.until = last_day(read.value)
    else:
        piece.since = first_day(read.value)
    return True


def _take_phone(piece: _Piece) -> None:
    found = _PHONE.search(piece.text)
    if found and not is_office(piece.text[: found.start()].strip() or "0"):
        piece.left_out.append(found[0].strip(" ,"))
        piece.text = piece.text[: found.start()]


def _named(text: str, piece: _Piece) -> tuple[NamedPerson, ...]:
    """Return whom a text without remarks names; "A, B" is a family name and a given name unless both are full names."""
    segments = [segment.strip() for segment in text.split(",") if segment.strip()]
    titles = [segment for segment in segments[1:] if is_title(segment)]
    segments = [segment for segment in segments if segment not in titles]
    people: tuple[NamedPerson, ...]
    if is_office(segments[0] if segments else ""):
        named = [segment for segment in segments[1:] if _is_full_person(segment)]
        others = [segment for segment in segments if segment not in named]
        people = (*_offices(", ".join(others) if named else text, others), *map(spoken_name, named))
    else:
        piece.left_out += [segment for segment in segments[1:] if is_office(segment)]
        people = _people([segment for segment in segments if not is_office(segment)])
    if people and titles:
        all_titles = " ".join(filter(None, (people[-1].name_title, *titles)))
        people = (*people[:-1], replace(people[-1], name_title=all_titles))
    readable = tuple(person for person in people if is_readable(person))
    piece.left_out += [person.name for person in people if person not in readable]
    return readable


def _is_full_person(text: str) -> bool:
    return not is_office(text) and " " in text and text[0].isupper() and is_readable(spoken_name(text))


def _unshouted(text: str) -> str:
    """Write "MUSTERMANN, ERIKA" as names are written; an abbreviation stays."""
    words = re.findall(r"[^\W\d_]+", text)
    return text.title() if len(words) > 1 and max(map(len, words)) > 4 and text.isupper() else text


def _offices(text: str, segments: list[str]) -> tuple[NamedPerson, ...]:
    several = len(segments) > 1 and all(" " not in segment and is_office(segment) for segment in segments)
    return tuple(NamedPerson(name, kind=PersonKind.OFFICE) for name in (segments if several else [text]))


def _people(segments: list[str]) -> tuple[NamedPerson, ...]:
    full = [" " in without_titles(segment)[1] and not has_particle(segment) for segment in segments]
    if len(segments) == 1 or all(full):
        return tuple(spoken_name(segment) for segment in segments)
    if len(segments) % 2:
        return tuple(spoken_name(segment) for segment in segments)
    return tuple(listed_name(family, given) for family, given in zip(segments[::2], segments[1::2], strict=True))


def _with_shared_family_names(people: tuple[NamedPerson, ...]) -> tuple[NamedPerson, ...]:
    """Give "Erika und Max Mustermann" one family name; two single words stay two family names."""
    completed = list(people)
    for at, (person, following) in enumerate(pairwise(people)):
        if person.kind is PersonKind.PERSON and person.given_name is None and following.given_name:
            completed[at] = replace(person, given_name=person.family_name, family_name=following.family_name)
    return tuple(completed)
