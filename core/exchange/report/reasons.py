"""Reasons that people give in their own words, as their reader may have them, and the names that are found in them.

Outside the editorial team a reason that may name somebody is not shown at all. To put functions in the place of names
would not do: "… is ill until October" beside a function that one person has is still that person's health, and what is
hidden by names leaks where one is missed. So whatever could be a name counts, a first name or a family name that is a
word as well as a form of address before a name that nobody here has: a reason too many withheld can be put otherwise,
and the dialogs in which reasons are given say beforehand which words are in the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.report.readers import Reader
from core.i18n import _
from core.model import Change, Person, PersonKind
from core.settings import read_settings
from core.storage.history import entries

_WORD = re.compile(r"\w+")
_ADDRESSED = re.compile(
    r"\b(?:Frau|Fr\.|Herrn?|Hr\.|Familie|Fam\.|Kolleg(?:in|en|e)|Dr\.|Prof\.|Mrs?\.?|Ms\.?)\s+(?:Dr\.\s+)?[A-ZÄÖÜ]\w+"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_JOINING = """
    abu bin das dem den der del des dos ibn las los ten ter the und van vom von zum zur
"""
_SHORTEST, _FEWEST_DIGITS = 3, 6
_WRITTEN_SMALL = """
    alt bald blau braun bunt ernst fern fest frei froh fromm früh ganz grün groß gut hart hell hoch jung kalt klar klein
    klug kurz lang lange laut leicht max neu recht reich rot sauer scharf schnell schwarz stark still stolz süß treu
    weiß wild
"""


def _key(word: str) -> str:
    """Return a word as it is compared: Müller, Mueller and MÜLLER are one name."""
    return word.casefold().translate(_UMLAUTS)


_PARTS = frozenset(_JOINING.split())
"""Parts of names that say nothing alone."""
_ADJECTIVES = frozenset(_key(word) for word in _WRITTEN_SMALL.split())
"""Words that are names only where they are written with a capital."""


@dataclass(frozen=True, slots=True)
class Names:
    """By what people are recognised in a reason.

    Attributes:
        words: First names and family names, as they are compared.
        numbers: The digits of their telephone numbers, without those of the country and the leading zero.
    """

    words: frozenset[str]
    numbers: frozenset[str]

    def found_in(self, text: str) -> list[str]:
        """Return what may name somebody, as it stands in the text, each once."""
        whole = [hit.group() for one in (_ADDRESSED, _MAIL) for hit in one.finditer(text)]
        words = (word for word in _WORD.findall(text) if self._is_name(word) and not any(word in one for one in whole))
        return list(dict.fromkeys([*whole, *words, *self._numbers_in("".join(filter(str.isdigit, text)))]))

    def _numbers_in(self, digits: str) -> list[str]:
        return sorted(one for one in self.numbers if one in digits) if len(digits) >= _FEWEST_DIGITS else []

    def _is_name(self, word: str) -> bool:
        small = word[0].islower()
        keys = {_key(word), _key(word).removesuffix("s")} & self.words
        return any(not small or (len(key) >= _SHORTEST and key not in _ADJECTIVES) for key in keys)


def read_names(session: Session) -> Names:
    """Learn what people are and were called; offices are no people, and the city's own name names nobody."""
    offices = set(session.scalars(select(Person.id).where(Person.kind == PersonKind.OFFICE)))
    columns = Person.given_name, Person.family_name, Person.phone
    free = Person.kind != PersonKind.OFFICE, Person.erased_on.is_(None)
    told: list[Mapping[str, Any]] = [dict(row) for row in session.execute(select(*columns).where(*free)).mappings()]
    for entry in entries(session, Change.table_name == Person.__tablename__):
        if entry.record_id not in offices:  # What somebody was called before, or in a view of the past will be.
            told += [values for values in (entry.before, entry.after) if values]
    city = {_key(word) for word in _WORD.findall(str(read_settings(session)["city.name"]))}
    return Names(frozenset(_names_of(told)) - city, frozenset(_numbers_of(told)))


def _names_of(told: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for values in told:
        name = f"{values.get('given_name') or ''} {values.get('family_name') or ''}"
        yield from (key for key in map(_key, _WORD.findall(name)) if len(key) > 1 and key not in _PARTS)


def _numbers_of(told: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for values in told:
        number = str(values.get("phone") or "").strip().replace("(0)", "")
        digits = "".join(filter(str.isdigit, number))
        digits = digits.removeprefix("00")[2:] if number.startswith(("+", "00")) else digits
        if len(digits.lstrip("0")) >= _FEWEST_DIGITS:
            yield digits.lstrip("0")


def reasons_for(session: Session, reader: Reader) -> Callable[[str | None], str | None]:
    """Return what tells a reason as a reader may have it; names are read when the first reason is told."""
    if reader is Reader.INTERNAL:
        return lambda reason: reason
    names = cache(lambda: read_names(session))

    def told(reason: str | None) -> str | None:
        return withheld() if reason and names().found_in(reason) else reason

    return told


def withheld() -> str:
    """Return what stands in the place of a reason that may name somebody."""
    return _("A reason is given; it may name people.")


def names_sentence(found: list[str]) -> str:
    """Say to whoever gives a reason that it may name people, and what that means; nothing where it names nobody."""
    if not found:
        return ""
    told = _(
        "The reason may name people: {names}. Outside the press office, reports then only say that there is a reason. "
        "Write functions instead of names."
    )
    return told.format(names=", ".join(_("“{name}”").format(name=name) for name in found))
