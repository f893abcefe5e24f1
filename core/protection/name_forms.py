"""How a person is written in free text and in login names: what surely means them, and what may be a word like others.

A family name alone can be a word ("Koch"), a place or somebody else's name; with a form of address or a first name it
is a person, however short. Umlauts are found composed, decomposed, and as login names write them ("mueller"); numbers
however they are set. Names of accounts run words together ("team-erikamustermann24"), so that in them names are found
within words, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.protection.company_names import apart_from_companies, in_companies

SHORTEST = 3
"""So many letters has a family name that is looked for where it stands alone."""
_INITIALLED = 2
_MARKS = "\u0300-\u036f"  # What makes another letter of the one before, in decomposed texts.
FEWEST_DIGITS = 6
_TRANSLITERATED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_ADDRESSED = r"(?:Frau|Fr\.|Herrn?|Hr\.|Familie|Fam\.|Kolleg(?:in|en|e)|Dr\.|Prof\.|Mrs?\.?|Ms\.?)\s+(?:Dr\.\s+)?"
_PREFIX = r"(?:(?:\+|00)\d{2}[\s/().-]*(?:\(0\)\s*)?|0)?"
_BETWEEN_NAMES = r"[._+-]{0,2}"
_BETWEEN_DIGITS = r"[\s/().-]*"
_GENITIVE = r"(?:s|['’]s?)?"
_WORD_LIST = """
    Adler Amt Bach Bader Bauer Baum Becher Beck Becker Berg Berger Bischof Blum Bock Braun Brand Brandt Brücke Brunner
    Burg Busch Dorn Eisen Engel Esser Falk Feld Fink Fischer Förster Forst Frank Freund Frey Fried Fromm Fuchs Funk Ganz
    Gast Geist Graf Groß Grün Haas Hahn Hammer Haus Heim Held Herbst Herr Herz Hirsch Hof Hoffmann Holz Horn Hut Jäger
    Jung Junge Kaiser Kamp Kaufmann Keller Kern Kirsch Klein Klinge Koch Kohl König Koller Kopf Korn Kraft Kranz Kraus
    Krieg Krüger Kuhn Kurz Lang Lange Lehmann Lehrer Licht Lieb Linde Lohn Lorenz Löwe Maler Markt Maurer Meister
    Meyer Michel Mond Moos Müller Münster Nagel Neu Neumann Ernst Nord Ost Pfeiffer Pfarrer Platz Post Rat Rath Rau
    Reich Reif Richter Ring Ritter Rose Roth Rot Sander Sauer Schäfer Scheffler Schiller Schlosser Schmidt Schneider
    Scholz Schreiber Schreiner Schuh Schulte Schulz Schulze Schuster Schwan Schwarz See Seiler Siegel Sommer Sonne
    Spiegel Sport Stadt Stark Stein Stern Stock Stolz Storch Strauß Strom Süd Tag Tanz Teich Thron Topf Treu Turm Ufer
    Unger Vogel Vogt Voß Wagner Wald Walter Weber Weg Weide Wein Weiß Welt Werner West Wiese Wild Winkler Winter Wirth
    Wolf Wolff Wunder Zahn Ziegler Zimmer Zimmermann
"""
WORDS = frozenset(word.casefold() for word in _WORD_LIST.split())
"""Family names that are words, trades or places in German, or so common that they say little about who is meant."""


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
class Forms:
    """How some people are found in texts.

    Attributes:
        sure: Finds what means one of them.
        unclear: Finds family names alone that may be words or somebody else's name.
        sure_in_accounts: Finds what means one of them in the name or the address of an account.
        unclear_in_accounts: Finds family names alone there.
        needles: What a text must contain in small letters to be looked at, numbers aside.
        numbers: The significant digits of their telephone numbers.
    """

    sure: re.Pattern[str]
    unclear: re.Pattern[str]
    sure_in_accounts: re.Pattern[str]
    unclear_in_accounts: re.Pattern[str]
    needles: tuple[str, ...]
    numbers: tuple[str, ...]

    def may_be_in(self, text: str) -> bool:
        """Say quickly whether a text can name one of them."""
        folded = text.casefold()
        if any(needle in folded for needle in self.needles):
            return True
        digits = "".join(filter(str.isdigit, text)) if self.numbers else ""
        return any(number in digits for number in self.numbers)


def composed(text: str) -> str:
    """Return a text with each umlaut as one character; files and lists from elsewhere write two."""
    return unicodedata.normalize("NFC", text)


def significant(number: str) -> str:
    """Return the digits of a telephone number without the country's code and the leading zero."""
    digits = "".join(filter(str.isdigit, number.replace("(0)", "")))
    if number.strip().startswith(("+", "00")):
        digits = digits.removeprefix("00")[2:]
    return digits.lstrip("0")


def forms_of(people: Iterable[Known], others: Iterable[Known], words: Iterable[str] = ()) -> Forms:
    """Return how people are found; what others are called as well, or have as well, is not surely theirs.

    Args:
        people: Who is to be found.
        others: Everybody else.
        words: Words that have a meaning of their own here: of the city's, units' and channels' names.
    """
    known, rest = list(people), list(others)
    own = {composed(word).casefold() for word in words}
    shared = _shared(rest, own)
    sure, unclear, needles, numbers = _Parts(), _Parts(), set[str](), set[str]()
    for one in known:
        numbers |= one.numbers - shared.numbers
        for mail in one.mails - shared.mails:
            sure.whole += _mail_forms(mail, one.long_families)
            needles |= _both_normal(mail)
        for given, family in one.complete:
            (unclear if _key(given, family) in shared.names else sure).whole.extend(_name_forms(given, family))
        for family in one.families:
            needles |= _needles(family)
            if family.casefold() not in shared.families and len(family) >= _INITIALLED:
                sure.alone.append(f"{_ADDRESSED}{_written(family)}{_GENITIVE}")
        for family in one.long_families:
            _add_alone(family, sure, unclear, is_word=family.casefold() in shared.words)
    sure.whole += [_PREFIX + _BETWEEN_DIGITS.join(number) for number in numbers]
    accounts = _in_accounts(known, shared, own)
    return Forms(_pattern(sure), _pattern(unclear), *accounts, tuple(sorted(needles)), tuple(sorted(numbers)))


def _add_alone(family: str, sure: _Parts, unclear: _Parts, *, is_word: bool) -> None:
    """Add a family name alone, which is sure unless it is a word or stands in the name of a company."""
    form = f"(?-i:{_either(family)}){_GENITIVE}"
    if is_word:
        unclear.alone.append(form)
    else:
        sure.alone.append(apart_from_companies(form))
        unclear.alone.append(in_companies(form))


def _in_accounts(
    known: Iterable[Known], shared: _Shared, words: Collection[str]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what surely means somebody in names of accounts, and what may: there a name begins and ends anywhere.

    A family name that is a word of the city's own name or of a unit's stands in nearly all accounts and says nothing.
    """
    sure, unclear = list[str](), list[str]()
    for one in known:
        for given, family in one.complete:
            first, last = _either(given), _either(family)
            forms = [f"{first}{_BETWEEN_NAMES}{last}", f"{last}{_BETWEEN_NAMES}{first}"]
            if len(family) < SHORTEST:  # "Anliegen" is nobody's name.
                forms = [rf"(?<![^\W\d_]){form}(?![^\W\d_])" for form in forms]
            (unclear if _key(given, family) in shared.names else sure).extend(forms)
        for family in (family for family in one.long_families if family.casefold() not in words):
            unclear.append(_either(family) if _is_telling(family) else rf"(?<![^\W_]){_either(family)}(?![^\W_])")
    return _alternatives(sure), _alternatives(unclear)


def _alternatives(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(set(forms), key=len, reverse=True)) or r"(?!)", re.IGNORECASE)


@dataclass(slots=True)
class _Parts:
    """The parts of a pattern; where both begin at one place, what has more than the family name goes first."""

    whole: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)


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
    families = frozenset(family.casefold() for one in rest for family in one.families)
    return _Shared(
        frozenset(_key(*name) for one in rest for name in one.complete),
        families,
        families.union(WORDS, words),
        frozenset(mail for one in rest for mail in one.mails),
        frozenset(number for one in rest for number in one.numbers),
    )


def _needles(family: str) -> set[str]:
    telling = max(re.split(r"[\s-]+", family), key=len)
    return _both_normal(telling.casefold()) | {_plain(telling).casefold()}


def _both_normal(text: str) -> set[str]:
    return {text, _decomposed(text)}


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _key(given: str, family: str) -> tuple[str, str]:
    return given.casefold(), family.casefold()


def _mail_forms(mail: str, families: Iterable[str]) -> Iterator[str]:
    """Give an address, and what stands before its sign where that is a name and not an office."""
    yield from map(re.escape, _both_normal(mail))
    local = mail.partition("@")[0]
    if any(_plain(family).casefold() in _plain(local) or family.casefold() in local for family in families):
        yield from map(re.escape, _both_normal(local))


def _name_forms(given: str, family: str) -> Iterator[str]:
    first, last, initial = _either(given), _written(family), _initial(given)
    between = r"\s+(?:[\w.]+\s+)?" if len(family) >= SHORTEST else r"\s+"
    yield rf"{first}{between}{last}{_GENITIVE}"
    yield rf"{last},?\s+{first}"
    if len(family) >= _INITIALLED:
        yield rf"{initial}\.\s*{last}{_GENITIVE}"
        yield rf"{last},?\s+{initial}\."
    yield from _login_forms(first, _either(family), re.escape(_plain(given)[0]), long=_is_telling(family))


def _written(family: str) -> str:
    """Return what finds a family name in prose; a short one is told from a word ("an", "do") by its capital letter."""
    if len(family) >= SHORTEST:
        return _either(family)
    return f"(?-i:{_either(family)}|{_either(family.upper())})"


def _initial(given: str) -> str:
    return f"(?:{'|'.join(re.escape(one) for one in sorted({given[0], _decomposed(given[0])}))})"


def _login_forms(first: str, last: str, initial: str, *, long: bool) -> Iterator[str]:
    """Give what login names and profiles look like; short ones without a sign between are parts of other words."""
    between = "[._-]?" if long else "[._-]"
    yield f"{first}{between}{last}"
    yield f"{last}{between}{first}"
    yield f"{last}[._-]{initial}"
    yield f"{initial}{between}{last}"


def _is_telling(family: str) -> bool:
    return len(family) > SHORTEST + 1 and family.casefold() not in WORDS


def _either(name: str) -> str:
    """Return what finds a name as it is written, composed or decomposed, and as login names write it."""
    written = dict.fromkeys((_decomposed(name), name, _plain(name)))
    spaced = [r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", one))) for one in written]
    return f"(?:{'|'.join(spaced)})" if len(spaced) > 1 else spaced[0]


def _plain(name: str) -> str:
    return name.translate(_TRANSLITERATED)


def _pattern(parts: _Parts) -> re.Pattern[str]:
    listed = [*sorted(set(parts.whole), key=len, reverse=True), *sorted(set(parts.alone), key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?![\w{_MARKS}])" if listed else r"(?!)", re.IGNORECASE)
