"""How a person is written in free text and in login names: what surely means them, and what may be a word like others.

A family name alone can be a word ("Koch"), a place or somebody else's name; with a form of address or a first name it
is a person, however short. In capitals, in small letters, and as one half of a double name it may mean somebody: a
person decides. Umlauts, hyphens and what nobody sees are of one spelling (see spelling.py); numbers are found however
they are set. Names of accounts run words together ("team-erikamustermann24"), so that in them names are found within
words, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from core.protection.recognising.company_names import apart_from_companies
from core.protection.recognising.name_words import WORDS
from core.protection.recognising.spelling import MARKS, Finder, finder
from core.protection.recognising.written_names import (
    GENITIVE,
    INITIALLED,
    SHORTEST,
    as_named,
    either,
    folded,
    half_forms,
    halves,
    is_telling,
    mail_forms,
    name_forms,
    written,
)

FEWEST_DIGITS = 6
_ADDRESSED = r"(?:Frau|Fr\.|Herrn?|Hr\.|Familie|Fam\.|Kolleg(?:in|en|e)|Dr\.|Prof\.|Mrs?\.?|Ms\.?)\s+(?:Dr\.\s+)?"
_PREFIX = r"(?:(?:\+|00)\d{2}[\s/().-]*(?:\(0\)\s*)?|0)?"
_BETWEEN_NAMES = r"[._+-]{0,2}"
_BETWEEN_DIGITS = r"[\s/().-]*"
_WORD_BEGINS, _WORD_ENDS = r"(?<![^\W_])", rf"(?![^\W_]|[{MARKS}])"
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", rf"(?![^\W\d_]|[{MARKS}])"


@dataclass(slots=True)
class Known:
    """What has been recorded of one person's names, addresses and numbers, now and before."""

    names: set[tuple[str, str]] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def learn(self, values: Mapping[str, Any]) -> None:
        """Take in what a row, or an entry of the log, says of the person."""
        given, family = (composed(str(values.get(key) or "").strip()) for key in ("given_name", "family_name"))
        if family:
            self.names.add((given, family))
        if mail := str(values.get("email") or "").strip():
            self.mails.add(composed(mail).casefold())
        if len(digits := significant(str(values.get("phone") or ""))) >= FEWEST_DIGITS:
            self.numbers.add(digits)

    @property
    def complete(self) -> set[tuple[str, str]]:
        """All first names with all family names: the log tells changes of one without the other."""
        given = {one for one, _family in self.names if one}
        return {(one, family) for one in given for family in self.families}

    @property
    def told(self) -> str:
        """One of the names, for people."""
        return next((f"{given} {family}".strip() for given, family in sorted(self.names, reverse=True)), "")

    @property
    def families(self) -> set[str]:
        """The family names."""
        return {family for _given, family in self.names}

    @property
    def long_families(self) -> set[str]:
        """The family names that are looked for where they stand alone, too; shorter ones are words of all texts."""
        return {family for family in self.families if len(family) >= SHORTEST}


@dataclass(frozen=True, slots=True)
class Beside:
    """First names alone, which say something only where their bearers have had to do with the record.

    Attributes:
        unclear: Finds them.
        needles: What a text must contain to be looked at.
    """

    unclear: Finder
    needles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """How some people are found in texts.

    Attributes:
        sure: Finds what means one of them.
        unclear: Finds family names alone, and halves of them, that may be words or somebody else's name.
        nearly: Finds of these what is a whole family name.
        sure_in_accounts: Finds what means one of them in the name or the address of an account.
        unclear_in_accounts: Finds family names alone there.
        needles: What a text must contain in small letters to be looked at, numbers aside.
        numbers: The significant digits of their telephone numbers.
        beside: What may mean one of them in single records, by the records' ids.
    """

    sure: Finder
    unclear: Finder
    nearly: Finder
    sure_in_accounts: Finder
    unclear_in_accounts: Finder
    needles: tuple[str, ...]
    numbers: tuple[str, ...]
    beside: Mapping[UUID, Beside] = field(default_factory=dict)

    def may_be_in(self, text: str, record: UUID | None = None) -> bool:
        """Say quickly whether a text can name one of them; of a record, first names count that have to do with it."""
        small, beside = folded(text), self.beside.get(record) if record is not None else None
        if any(needle in small for needle in self.needles):
            return True
        if beside is not None and any(needle in small for needle in beside.needles):
            return True
        digits = "".join(filter(str.isdigit, text)) if self.numbers else ""
        return any(number in digits for number in self.numbers)

    def unclear_in(self, record: UUID) -> tuple[Finder, ...]:
        """Return what finds in a record's texts what may mean one of them."""
        return (self.unclear, self.beside[record].unclear) if record in self.beside else (self.unclear,)


def composed(text: str) -> str:
    """Return a text with each umlaut as one character; files and lists from elsewhere write two."""
    return unicodedata.normalize("NFC", text)


def significant(number: str) -> str:
    """Return the digits of a telephone number without the country's code and the leading zero."""
    digits = "".join(filter(str.isdigit, number.replace("(0)", "")))
    if number.strip().startswith(("+", "00")):
        digits = digits.removeprefix("00")[2:]
    return digits.lstrip("0")


def forms_of(
    people: Iterable[Known],
    others: Iterable[Known],
    words: Iterable[str] = (),
    near: Mapping[UUID, Collection[Known]] | None = None,
) -> Forms:
    """Return how people are found; what others are called as well, or have as well, is not surely theirs.

    Args:
        people: Who is to be found.
        others: Everybody else.
        words: Words that have a meaning of their own here: of the city's, units' and channels' names.
        near: Who has had to do with which records: there their first names alone may mean them.
    """
    known, rest = list(people), list(others)
    own = {folded(word) for word in words}
    shared = _shared(rest, own)
    parts, needles, numbers = _Parts(), set[str](), set[str]()
    for one in known:
        numbers |= one.numbers - shared.numbers
        needles |= _add(one, shared, parts)
    parts.sure += [_PREFIX + _BETWEEN_DIGITS.join(number) for number in numbers]
    return Forms(
        finder(_sorted(parts.sure) + _sorted(parts.sure_alone), _WORD_BEGINS, _WORD_ENDS),
        finder(_sorted(parts.unclear) + _sorted(parts.halves), _NO_LETTER_BEFORE, _NO_LETTER_AFTER),
        finder(_sorted(parts.unclear), _NO_LETTER_BEFORE, _NO_LETTER_AFTER),
        *_in_accounts(known, shared, own),
        tuple(sorted(needles)),
        tuple(sorted(numbers)),
        _beside(near or {}),
    )


def _add(one: Known, shared: _Shared, parts: _Parts) -> set[str]:
    """Add how one of the people is found; return what texts that name them contain."""
    needles = set[str]()
    for mail in one.mails - shared.mails:
        parts.sure += mail_forms(mail, one.long_families)
        needles.add(folded(mail))
    for given, family in one.complete:
        whole = parts.unclear if _key(given, family) in shared.names else parts.sure
        whole.extend(name_forms(given, family))
        for half in halves(family):
            (parts.halves if _key(given, half) in shared.names else parts.sure).extend(half_forms(given, half))
    for family in one.families:
        needles.update(map(folded, halves(family) or [family]))
        if folded(family) not in shared.families and len(family) >= INITIALLED:
            parts.sure_alone.append(f"{_ADDRESSED}{written(family)}{GENITIVE}")
    for family in one.long_families:
        parts.unclear.append(either(family) + GENITIVE)
        parts.halves += [either(half) + GENITIVE for half in halves(family)]
        if folded(family) not in shared.words:
            parts.sure_alone.append(apart_from_companies(f"(?-i:{either(as_named(family))}){GENITIVE}"))
    return needles


def _in_accounts(known: Iterable[Known], shared: _Shared, words: Collection[str]) -> tuple[Finder, Finder]:
    """Return what surely means somebody in names of accounts, and what may: there a name begins and ends anywhere.

    A family name that is a word of the city's own name or of a unit's stands in nearly all accounts and says nothing.
    """
    sure, unclear = list[str](), list[str]()
    for one in known:
        for given, family in one.complete:
            first, last = either(given), either(family)
            forms = [f"{first}{_BETWEEN_NAMES}{last}", f"{last}{_BETWEEN_NAMES}{first}"]
            if len(family) < SHORTEST:  # "Anliegen" is nobody's name.
                forms = [f"{_NO_LETTER_BEFORE}{form}{_NO_LETTER_AFTER}" for form in forms]
            (unclear if _key(given, family) in shared.names else sure).extend(forms)
        names = {name for family in one.long_families for name in (family, *halves(family))}
        for name in (name for name in names if folded(name) not in words):
            whole = f"{_WORD_BEGINS}{either(name)}{_WORD_ENDS}"
            unclear.append(either(name) if is_telling(name) else whole)
    return finder(_sorted(sure)), finder(_sorted(unclear))


def _beside(near: Mapping[UUID, Collection[Known]]) -> dict[UUID, Beside]:
    """Return what finds first names, by record; those who have to do with many records are prepared once."""
    made, found = dict[frozenset[str], Beside](), dict[UUID, Beside]()
    for record, people in near.items():
        names = frozenset(given for one in people for given, _family in one.names if len(given) >= SHORTEST)
        if names and names not in made:
            forms = (either(name) + GENITIVE for name in names)
            needles = tuple(sorted(max(map(folded, re.split(r"[\s-]+", name)), key=len) for name in names))
            made[names] = Beside(finder(_sorted(forms), _NO_LETTER_BEFORE, _NO_LETTER_AFTER), needles)
        if names:
            found[record] = made[names]
    return found


def _sorted(forms: Iterable[str]) -> list[str]:
    """Return each form once, the longest first: where two begin at one place, more of the name goes."""
    return sorted(set(forms), key=lambda form: (-len(form), form))


@dataclass(slots=True)
class _Parts:
    """The parts of the patterns; where two begin at one place, what has more than the family name goes first."""

    sure: list[str] = field(default_factory=list)
    sure_alone: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What is not theirs alone whom a search is about."""

    names: frozenset[tuple[str, str]]
    families: frozenset[str]
    words: frozenset[str]
    mails: frozenset[str]
    numbers: frozenset[str]


def _shared(others: Iterable[Known], words: Collection[str]) -> _Shared:
    rest = list(others)
    families = frozenset(folded(name) for one in rest for whole in one.families for name in (whole, *halves(whole)))
    return _Shared(
        frozenset(
            _key(given, name) for one in rest for given, whole in one.complete for name in (whole, *halves(whole))
        ),
        families,
        families.union(WORDS, words),
        frozenset(mail for one in rest for mail in one.mails),
        frozenset(number for one in rest for number in one.numbers),
    )


def _key(given: str, family: str) -> tuple[str, str]:
    return folded(given), folded(family)
