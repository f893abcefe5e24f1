"""Recognising one person in texts, and putting everybody else's function in the place of their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import _
from core.model import Access, Person, PersonKind
from core.protection.recognising.company_names import is_in_company
from core.protection.recognising.known_names import known_people
from core.protection.recognising.name_forms import Forms, Known, composed, forms_of, significant
from core.protection.recognising.name_words import says_little
from core.protection.recognising.spelling import Found, spelled
from core.protection.recognising.written_names import SHORTEST

_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_PIECE = re.compile(r"[^\s,;()\[\]{}\"“”„]+(?<![.:!?])")
"""A word, an address or a profile as it stands in a text."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Finds what texts say of one person, also where only somebody of the same name may be meant."""

    person_id: UUID
    forms: Forms

    def are_in(self, text: str) -> bool:
        """Say whether a text names the person, or points at their record."""
        return str(self.person_id) in text or (self.forms.may_be_in(text) and self._first(text) is not None)

    def around(self, text: str, room: int) -> str:
        """Return so much of a long text as stands around the first mention."""
        found = self._first(text)
        if len(text) <= 2 * room or found is None:
            return text
        return f"… {text[max(0, found.start() - room) : found.end() + room]} …"

    def _first(self, text: str) -> Found | None:
        """Return the first mention; of words in small letters that say little, texts are full."""
        told = (one for one in self.forms.unclear.finditer(text) if not says_little(one.group()))
        return self.forms.sure.search(text) or next(told, None)


@dataclass(frozen=True, slots=True)
class Hiding:
    """Puts the function of other people in the place of their names.

    Attributes:
        roles: What stands for each person, by their id.
        known: What they are and were called.
        own: How the person is found who is not to be hidden from themselves.
        forms: How everybody else is found.
        alone: Their own profiles, which they work with, and first names; what stands for each.
        mine: The first names of the person, in one spelling: others may be called the same and nothing more.
        seen: What was found before, so that it is looked up once.
    """

    roles: Mapping[UUID, str]
    known: Mapping[UUID, Known]
    own: Forms
    forms: Forms
    alone: Mapping[str, str]
    mine: frozenset[str] = frozenset()
    seen: dict[str, str] = field(default_factory=dict)

    def hide(self, text: str) -> str:
        """Return a text without the other people in it."""
        if len(text) >= 36:
            text = _ID.sub(lambda found: self._of_id(found[0]), text)
        if self.forms.may_be_in(text):
            text = self.forms.sure.sub(lambda found: self._in_place_of(found[0]), text)
            text = self.forms.unclear.sub(self._unclear, text)
        for name in (name for name in self.alone if " " in name):
            text = text.replace(name, f"[{self.alone[name]}]")
        return _PIECE.sub(lambda found: self._in_place_of_piece(found[0]), text)

    def _in_place_of_piece(self, piece: str) -> str:
        """Return what stands for a first name or a profile, in whichever spelling, also in capitals."""
        name = piece if piece in self.alone else spelled(piece)
        return f"[{self.alone[name]}]" if name in self.alone else piece

    def _of_id(self, found: str) -> str:
        person = UUID(found)
        return f"[{self.roles[person]}]" if person in self.roles else found

    def _unclear(self, found: Found) -> str:
        """Return what stands for a name that may be a word; companies keep theirs, for they are nobody's data."""
        return found[0] if is_in_company(found) or says_little(found[0]) else self._in_place_of(found[0])

    def _in_place_of(self, found: str) -> str:
        if found not in self.seen:
            is_own = _folded(found) in self.mine or self.own.sure.fullmatch(found) or self.own.unclear.fullmatch(found)
            self.seen[found] = found if is_own else f"[{self._role(found)}]"
        return self.seen[found]

    def _role(self, found: str) -> str:
        """Return the function of the one person whom a name means; of several, that it is somebody else."""
        meant = {
            self.roles[one] for one, known in self.known.items() if _may_mean(known, found) and _means(known, found)
        }
        return meant.pop() if len(meant) == 1 else _("another person")


def mentions_of(session: Session, person_id: UUID) -> Mentions:
    """Learn by what a person is recognised, now and in what the log still holds of them."""
    return Mentions(person_id, forms_of([known_people(session).get(person_id, Known())], ()))


def hiding_of_others(session: Session, person_id: UUID) -> Hiding:
    """Learn by what everybody else is recognised; offices are no people, and nobody is hidden from themselves."""
    query = select(Person.id, Person.function).where(Person.id != person_id, Person.kind == PersonKind.PERSON)
    roles = {one: function or _("another person") for one, function in session.execute(query)}
    people = known_people(session)
    own = [people[person_id]] if person_id in people else []
    known = {one: names for one, names in people.items() if one in roles}
    alone = _profiles(session, roles) | _first_names(known, roles)
    mine = {name for one in own for name in _first_names({person_id: one}, {person_id: ""})} | set(
        _profiles(session, {person_id: ""})
    )
    alone = {name: role for name, role in alone.items() if name not in mine}
    given = frozenset(_folded(name) for name in mine)
    return Hiding(roles, known, forms_of(own, ()), forms_of(known.values(), own), alone, given)


def _profiles(session: Session, roles: Mapping[UUID, str]) -> dict[str, str]:
    query = select(Access.person_id, Access.via_profile).where(Access.via_profile.is_not(None))
    return {
        str(profile): roles[one]
        for one, profile in session.execute(query)
        if one is not None and one in roles and profile
    }


def _first_names(known: Mapping[UUID, Known], roles: Mapping[UUID, str]) -> dict[str, str]:
    """Return first names; one that several have tells nobody's function."""
    found: dict[str, str] = {}
    for one, names in known.items():
        for given in {given for given, _family in names.names if len(given) >= SHORTEST}:
            for name in {given, spelled(given), spelled(given.upper()), spelled(given).upper()}:
                found[name] = roles[one] if found.get(name, roles[one]) == roles[one] else _("another person")
    return found


def _may_mean(known: Known, found: str) -> bool:
    """Say quickly whether what was found can mean a person."""
    folded = spelled(found).casefold()
    named = any(word in folded for family in known.families for word in _words(family))
    return (
        named or significant(found) in known.numbers or any(composed(found).casefold() in mail for mail in known.mails)
    )


def _folded(text: str) -> str:
    return spelled(text).casefold()


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]{2,}", spelled(text).casefold()))


def _means(known: Known, found: str) -> bool:
    forms = forms_of([known], ())
    return bool(forms.sure.fullmatch(found) or forms.unclear.fullmatch(found))
