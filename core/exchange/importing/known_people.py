"""Finds the people of a list among those the registry knows: by e-mail, else by both names in either order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.importing.plan import Plan
from core.i18n import _
from core.inventory.person_names import NamedPerson
from core.model import Person, PersonKind

NameKey = tuple[str, ...]
_TWIN_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SPELLED_ALIKE = 80


@dataclass(slots=True)
class KnownPerson:
    """Somebody the registry or an earlier row of the list knows."""

    id: UUID
    kind: PersonKind
    name: str
    given_name: str | None
    family_name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Who is meant by a name: somebody, or nobody where several could be; with doubts, and whether data was added."""

    person: KnownPerson | None
    doubts: tuple[str, ...] = ()
    filled: bool = False


class People:
    """The people of the registry, and those whom the list adds."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self._plan = plan
        self.by_id: dict[UUID, KnownPerson] = {}
        self._by_mail: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_name: dict[NameKey, list[KnownPerson]] = defaultdict(list)
        self._by_family: dict[str, list[KnownPerson]] = defaultdict(list)
        known = select(Person).where(Person.erased_on.is_(None)).order_by(Person.created_at, Person.id)
        for person in session.scalars(known):
            self._enter(
                KnownPerson(
                    person.id,
                    person.kind,
                    person.name,
                    person.given_name,
                    person.family_name,
                    person.email,
                    person.phone,
                )
            )

    def find_or_add(self, named: NamedPerson, preferred: Collection[UUID]) -> Match:
        """Return who is meant, a new person if nobody is.

        Args:
            named: The person as the cell names it.
            preferred: Who answers for the channel already; chosen among several of one name.
        """
        match = self._by_address(named)
        if match.person is None and not match.doubts:
            match = self._by_both_names(named, preferred)
        elif match.person is None:
            # The address is somebody else's, so it says nothing about this person.
            bare = NamedPerson(named.family_name, named.given_name, named.name_title, named.kind)
            found = self._by_both_names(bare, preferred)
            return Match(found.person, (*match.doubts, *found.doubts), found.filled)
        if match.person is None or not named.email or match.person.email:
            return match
        self._fill_mail(match.person, named.email)
        return Match(match.person, match.doubts, filled=not self._plan.is_new(Person, match.person.id))

    def fill_phone(self, person: KnownPerson, phone: str) -> bool:
        """Note a telephone number where none is known; tell whether the registry changes by it."""
        if person.phone:
            return False
        person.phone = phone
        self._plan.set(Person, person.id, phone=phone)
        return not self._plan.is_new(Person, person.id)

    def _by_address(self, named: NamedPerson) -> Match:
        holders = self._by_mail.get((named.email or "").casefold(), []) if named.email else []
        same = [one for one in holders if name_key(one) == name_key(named)]
        fitting = same or [one for one in holders if _may_be_one(one, named)]
        if fitting or not holders:
            return Match(fitting[0] if fitting else None)
        doubt = _("The address {email} belongs to {name} already; it was not taken over for {other}.")
        return Match(None, (doubt.format(email=named.email, name=holders[0].name, other=named.name),))

    def _by_both_names(self, named: NamedPerson, preferred: Collection[UUID]) -> Match:
        found = self._by_name.get(name_key(named), [])
        if len(found) > 1:
            found = [one for one in found if named.email and one.email is None] or found
            found = [one for one in found if one.id in preferred] or found
        if len(found) > 1:
            doubt = _("There are several people called {name}. Please choose one after the import.")
            return Match(None, (doubt.format(name=named.name),))
        if found:
            return Match(found[0], self._other_mail(found[0], named))
        return self._by_family_name(named)

    def _other_mail(self, person: KnownPerson, named: NamedPerson) -> tuple[str, ...]:
        if not named.email or not person.email or person.email.casefold() == named.email.casefold():
            return ()
        doubt = _("{name} is known under {known}; the address {email} was not taken over.")
        return (doubt.format(name=person.name, known=person.email, email=named.email),)

    def _by_family_name(self, named: NamedPerson) -> Match:
        """Take "Müller" or "J. Müller" for the only Müller there is, and say so."""
        if named.kind is PersonKind.OFFICE or not _is_short(named.given_name):
            return Match(self._add(named))
        initial = _folded(named.given_name or "")[:1]
        possible = [
            one
            for one in self._by_family.get(_folded(named.family_name), [])
            if not _is_short(one.given_name) and _folded(one.given_name or "").startswith(initial)
        ]
        if len(possible) == 1:
            doubt = _("“{text}” was taken for {name}. Please check it.").format(text=named.name, name=possible[0].name)
            return Match(possible[0], (doubt,))
        doubt = _("“{text}” names nobody in full. Please add the given name.").format(text=named.name)
        return Match(self._add(named), (doubt,))

    def _add(self, named: NamedPerson) -> KnownPerson:
        person_id = self._plan.add(
            Person,
            kind=named.kind,
            name_title=named.name_title,
            given_name=named.given_name,
            family_name=named.family_name,
            email=named.email,
        )
        person = KnownPerson(person_id, named.kind, named.name, named.given_name, named.family_name, email=named.email)
        self._enter(person)
        return person

    def _fill_mail(self, person: KnownPerson, email: str) -> None:
        person.email = email
        self._by_mail[email.casefold()].append(person)
        self._plan.set(Person, person.id, email=email)

    def _enter(self, person: KnownPerson) -> None:
        self.by_id[person.id] = person
        self._by_name[name_key(person)].append(person)
        self._by_family[_folded(person.family_name)].append(person)
        if person.email:
            self._by_mail[person.email.casefold()].append(person)


def name_key(person: NamedPerson | KnownPerson) -> NameKey:
    """Return what two spellings of one name have in common, whichever name comes first."""
    words = sorted(_words(f"{person.given_name or ''} {person.family_name}"))
    return ("office", *words) if person.kind is PersonKind.OFFICE else tuple(words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _folded(text))


def _folded(text: str) -> str:
    return " ".join(text.casefold().translate(_TWIN_LETTERS).split())


def _is_short(given_name: str | None) -> bool:
    return len((given_name or "").strip(" .")) < 2


def _may_be_one(known: KnownPerson, named: NamedPerson) -> bool:
    """Tell whether two names under one e-mail address can be one person's: shortened, misspelt or married."""
    if known.kind is PersonKind.OFFICE or named.kind is PersonKind.OFFICE:
        return known.kind is named.kind
    first, second = (_words(person.given_name or "") for person in (known, named))
    families = {_folded(known.family_name), _folded(named.family_name)}
    given_fits = not first or not second or first[0].startswith(second[0]) or second[0].startswith(first[0])
    if len(families) == 1:
        return given_fits or fuzz.ratio(" ".join(first), " ".join(second)) >= _SPELLED_ALIKE
    return (given_fits and bool(first) and bool(second)) or (fuzz.ratio(*families) >= _SPELLED_ALIKE and given_fits)
