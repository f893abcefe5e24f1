"""Who works here: a person is bound once to an account of the operating system and its store.

Acting as somebody else is not offered: the log of an official registry names who really sat at the keyboard.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import _
from core.inventory.people import person_of, single_name
from core.inventory.person_names import NamedPerson
from core.model import Person, PersonState, StoreBinding

_ALIKE = 88


@dataclass(frozen=True, slots=True)
class Bound:
    """The person who works here from now on, and whether the registry did not know that person before."""

    person: Person
    new: bool


def bind(session: Session, store_id: uuid.UUID, text: str, today: date) -> Bound:
    """Bind the person of a name to a store; call inside an action.

    A name that the registry does not know is taken in as a new person, because naming oneself asks for it. A name that
    is almost one that it knows is refused, so that a slip of the pen makes nobody twice.

    Raises:
        BadInputError: The text names nobody, several, or almost somebody; or somebody else is bound already.
    """
    named = single_name(text)
    people = list(session.scalars(select(Person)))
    known = [person for person in people if _same(person, named)]
    if len(known) > 1:
        raise BadInputError(
            _("There are several people named “{name}”. Please give the office e-mail.").format(name=text)
        )
    if not known:
        _refuse_almost(named, people)
    _refuse_second(session, store_id, known[0] if known else None, today)
    person = known[0] if known else person_of(named)
    session.add(person)
    if _binding(session, store_id) is None:
        session.add(StoreBinding(store_id=store_id, person_id=person.id, since=today))
    return Bound(person, new=not known)


def _same(person: Person, named: NamedPerson) -> bool:
    if named.email:
        return (person.email or "").casefold() == named.email.casefold()
    mine = {(person.given_name or "").casefold(), person.family_name.casefold()}
    return mine == {(named.given_name or "").casefold(), named.family_name.casefold()}


def _refuse_almost(named: NamedPerson, people: list[Person]) -> None:
    from rapidfuzz import fuzz

    alike = [one.name for one in people if fuzz.token_sort_ratio(one.name, named.name) >= _ALIKE]
    if alike:
        raise BadInputError(
            _("“{name}” is not known, but {known} is. Please write the name as it stands there.").format(
                name=named.name, known=", ".join(alike)
            )
        )


def _binding(session: Session, store_id: uuid.UUID) -> StoreBinding | None:
    query = select(StoreBinding).where(StoreBinding.store_id == store_id, StoreBinding.until.is_(None))
    return session.scalars(query).first()


def _refuse_second(session: Session, store_id: uuid.UUID, person: Person | None, today: date) -> None:
    """Refuse to bind another person, unless the one who worked here has left: then that binding ends."""
    binding = _binding(session, store_id)
    if binding is None or (person is not None and binding.person_id == person.id):
        return
    bound = session.get_one(Person, binding.person_id)
    if bound.state(today) is not PersonState.LEFT:
        raise BadInputError(
            _("{name} works at this computer account already. Please use an account of your own.").format(
                name=bound.name
            )
        )
    binding.until = today
    session.flush()
