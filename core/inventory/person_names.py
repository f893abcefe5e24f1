"""One name with its title, given and family name, spoken ("Dr. Erika von Muster") or sorted ("Muster, Erika")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from core.inventory.offices import is_office
from core.model import PersonKind

_MOST_WORDS = 6
_ADDRESS_WORD = re.compile(r"^(?:herrn?|hr\.|frau|fr\.|mr\.?|mrs\.?|ms\.?)\s+(?=\S)", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:dr|prof|professor|pd|mag|dipl|ing|med|jur|phil|rer|nat|pol|oec|h\.?\s?c|lic|mba|ll\.?m|m\.?a|b\.?a|m\.?sc|b\.?sc)"
    r"\.?|dipl\.?-\w+\.?(?:-\w+\.?)*|dr\.-ing\.?|\((?:fh|uni)\)",
    re.IGNORECASE,
)
_PARTICLE_WORDS = "von van vom zu zur zum der den de del della di da dos du la le el al bin ben ter ten te af"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_REMARK_WORDS = "siehe oben unten noch wie alle wird intern extern derzeit zur zeit nur kein keine nicht mehr frei"
_REMARKS = frozenset(_REMARK_WORDS.split())
_INITIAL = re.compile(r"[^\W\d_]\.?")


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody a cell names; an office keeps its name in `family_name`."""

    family_name: str
    given_name: str | None = None
    name_title: str | None = None
    kind: PersonKind = PersonKind.PERSON
    email: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def name(self) -> str:
        """The name as people say it: "Dr. Erika Mustermann"."""
        return " ".join(part for part in (self.name_title, self.given_name, self.family_name) if part)


def spoken_name(text: str) -> NamedPerson:
    """Read a name as people say it: "Dr. Erika von Muster"."""
    title, name = without_titles(text)
    words = name.split()
    if len(words) == 2 and _INITIAL.fullmatch(words[1]) and not _INITIAL.fullmatch(words[0]):
        return NamedPerson(words[0], words[1], title)
    start = next((at for at, word in enumerate(words[:-1]) if at and word in _PARTICLES), len(words) - 1)
    start = 0 if words and words[0] in _PARTICLES else start
    return NamedPerson(" ".join(words[start:]), " ".join(words[:start]) or None, title)


def listed_name(family: str, given: str) -> NamedPerson:
    """Read a name as lists sort it: "Mustermann, Dr. Erika"."""
    title, family = without_titles(family)
    given_title, given = without_titles(given)
    words = given.split()
    while len(words) > 1 and words[-1] in _PARTICLES:  # "Muster, Erika von"
        family = f"{words.pop()} {family}"
    return NamedPerson(family, " ".join(words) or None, title or given_title)


def without_titles(text: str) -> tuple[str | None, str]:
    """Take the academic titles, which may stand at either end, from a name."""
    words = _ADDRESS_WORD.sub("", text).split()
    count = 0
    while count < len(words) - 1 and _TITLE.fullmatch(words[count]):
        count += 1
    while len(words) - 1 > count and _TITLE.fullmatch(words[-1]) and "." in words[-1]:
        words.insert(count, words.pop())
        count += 1
    return " ".join(words[:count]) or None, " ".join(words[count:])


def is_title(text: str) -> bool:
    """Tell whether a text is nothing but academic titles."""
    return all(_TITLE.fullmatch(word) for word in text.split())


def has_particle(text: str) -> bool:
    """Tell whether a text begins as a family name of several words does ("von der Heide")."""
    return text.split(maxsplit=1)[0] in _PARTICLES


def is_readable(person: NamedPerson) -> bool:
    """Tell a name from a remark such as "wird noch geklärt": its words are capitalised, or there are just two."""
    if person.kind is PersonKind.OFFICE:
        return True
    words = [word for word in f"{person.given_name or ''} {person.family_name}".split() if word not in _PARTICLES]
    small = sum(word[:1].islower() for word in words)
    lettered = all(any(letter.isalpha() for letter in word) for word in words)
    two_small = small == len(words) == 2 and not _REMARKS.intersection(words)
    return lettered and 0 < len(words) <= _MOST_WORDS and (small == 0 or two_small)


def person_of_mail(address: str) -> NamedPerson:
    """Name the holder of an address that stands alone: a person if it reads like one, else an office."""
    local = address.partition("@")[0]
    words = [word for word in re.split(r"[._]", local) if word]
    if len(words) == 2 and all(word.replace("-", "").isalpha() for word in words) and not is_office(" ".join(words)):
        given, family = (word.title() for word in words)
        return NamedPerson(family, given, email=address)
    return NamedPerson(address, kind=PersonKind.OFFICE, email=address)
