"""By what a person is recognised in a text: names in both orders, addresses, numbers, and what they were before."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import _
from core.model import Access, Change, ChangeValue, Person, PersonKind

SHORTEST_WORD = 3
_FEWEST_DIGITS = 6
_BETWEEN_DIGITS = r"[\s/().-]*"


@dataclass(slots=True)
class Naming:
    """What tells that a text speaks of one person.

    Attributes:
        whole: Names of several words, addresses, names of profiles: no text has them by chance.
        words: A first or last name alone, which can be a word like others; compared letter for letter.
        numbers: Telephone numbers, as digits.
    """

    whole: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def learn(self, values: Mapping[str, Any]) -> None:
        """Take in what a row, or an entry of the log on it, says of the person."""
        given, family = (str(values.get(key) or "").strip() for key in ("given_name", "family_name"))
        if given and family:
            self.whole |= {f"{given} {family}", f"{family}, {given}", f"{family} {given}"}
        self.words |= {name for name in (given, family) if len(name) >= SHORTEST_WORD}
        self.whole |= {str(one).strip() for key in ("email", "via_profile") if (one := values.get(key))}
        digits = "".join(filter(str.isdigit, str(values.get("phone") or "")))
        self.numbers |= {digits} if len(digits) >= _FEWEST_DIGITS else set()


@dataclass(frozen=True, slots=True)
class Mentions:
    """Finds what texts say of one person."""

    person_id: UUID
    pattern: re.Pattern[str]

    def are_in(self, text: str) -> bool:
        """Say whether a text names the person, or points at their record."""
        return str(self.person_id) in text or self.pattern.search(text) is not None

    def around(self, text: str, room: int) -> str:
        """Return so much of a long text as stands around the first mention."""
        found = self.pattern.search(text)
        if len(text) <= 2 * room or found is None:
            return text
        return f"… {text[max(0, found.start() - room) : found.end() + room]} …"


@dataclass(frozen=True, slots=True)
class Hiding:
    """Puts the function of other people in the place of their names.

    Attributes:
        roles: What stands for each person, by their id.
        known: What stands for each way to name one, in small letters; a word alone as it is written.
        pattern: Finds them all.
    """

    roles: Mapping[UUID, str]
    known: Mapping[str, str]
    pattern: re.Pattern[str]

    def hide(self, text: str) -> str:
        """Return a text without the other people in it."""
        return self.pattern.sub(lambda found: f"[{self._role(found[0])}]", text) if self.known else text

    def _role(self, found: str) -> str:
        keys = (found, _folded(found), "".join(filter(str.isdigit, found)))
        return next((self.known[key] for key in keys if key in self.known), _("another person"))


def mentions_of(session: Session, person_id: UUID) -> Mentions:
    """Learn by what a person is recognised, now and in what the log still holds of them."""
    naming = _namings(session, [person_id])[person_id]
    return Mentions(person_id, pattern_of(naming.whole, naming.words, naming.numbers))


def hiding_of_others(session: Session, person_id: UUID) -> Hiding:
    """Learn by what everybody else is recognised; offices are no people, and a name that two share hides neither."""
    own = _namings(session, [person_id])[person_id]
    query = select(Person.id, Person.function).where(Person.id != person_id, Person.kind == PersonKind.PERSON)
    roles = {one: function or _("another person") for one, function in session.execute(query)}
    known: dict[str, str] = {str(one): role for one, role in roles.items()}
    whole, words, numbers = set[str](map(str, roles)), set[str](), set[str]()
    shared = {_folded(one) for one in own.whole}
    for one, naming in _namings(session, roles).items():
        whole |= (fresh := {name for name in naming.whole if _folded(name) not in shared})
        words |= (alone := naming.words - own.words)
        numbers |= (dialled := naming.numbers - own.numbers)
        known |= dict.fromkeys([*map(_folded, fresh), *alone, *dialled], roles[one])
    return Hiding(roles, known, pattern_of(whole, words, numbers))


def _namings(session: Session, people: Collection[UUID]) -> dict[UUID, Naming]:
    found = {one: Naming() for one in people}
    for row in session.execute(select(*Person.__table__.columns)).mappings():
        if row["id"] in found:
            found[row["id"]].learn(dict(row))
    for person, values in chain(_profiles(session), _in_the_log(session)):
        if person in found:
            found[person].learn(values)
    return found


def _profiles(session: Session) -> Iterator[tuple[UUID, Mapping[str, Any]]]:
    query = select(Access.person_id, Access.via_profile).where(Access.via_profile.is_not(None))
    for person, profile in session.execute(query):
        if person is not None and len(profile or "") > SHORTEST_WORD:
            yield person, {"via_profile": profile}


def _in_the_log(session: Session) -> Iterator[tuple[UUID, Mapping[str, Any]]]:
    """Give what the log holds of people; what was erased there is not among it."""
    query = select(Change.record_id, ChangeValue.text).join(ChangeValue, ChangeValue.seq == Change.seq)
    wanted = (Change.table_name == Person.__tablename__, ChangeValue.text.is_not(None), ChangeValue.personal.is_(True))
    for person, text in session.execute(query.where(*wanted)):
        yield person, json.loads(text or "{}")


def pattern_of(whole: Iterable[str], words: Iterable[str], numbers: Iterable[str]) -> re.Pattern[str]:
    """Return what finds names in any case, words alone as they are written, numbers however they are set."""
    parts = [f"(?i:{_spaced(one)})" for one in sorted(whole, key=len, reverse=True) if one]
    parts += [_BETWEEN_DIGITS.join(digits) for digits in sorted(numbers, key=len, reverse=True)]
    parts += [re.escape(one) for one in sorted(words, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)")


def _spaced(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
