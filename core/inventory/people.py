"""The people who answer for channels: what they show, the query that lists them, adding and finding them, leaving."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, case, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from core.errors import BadInputError
from core.fields import Day, Field, LongText, Mail, OneOf, Reference, YesNo
from core.i18n import N_, _, show_date
from core.inventory.data_state import DataState, data_state_on
from core.inventory.names import read_people
from core.inventory.person_names import NamedPerson
from core.inventory.units import title_of
from core.model import Person, PersonKind, PersonState
from core.model.organisation import FORMER
from core.model.record import enum_type

FIELDS = (
    Field("name", N_("Name"), editable=False, help=N_("The name as people say it.")),
    Field("name_title", N_("Academic title"), help=N_("“Dr.” for example; it is kept apart from the name.")),
    Field("given_name", N_("First name"), help=N_("The first name; empty for an office.")),
    Field("family_name", N_("Last name"), required=True, help=N_("The last name, or the whole name of an office.")),
    Field("kind", N_("Kind"), OneOf(PersonKind), required=True, help=N_("A human being, or an office as a whole.")),
    Field("function", N_("Function"), help=N_("What the person does; reports name it instead of the person.")),
    Field("unit", N_("Unit"), Reference("org_unit"), help=N_("The organisation unit the person works in.")),
    Field("email", N_("Office e-mail"), Mail(), help=N_("The office e-mail address, never a private one.")),
    Field("phone", N_("Office telephone"), help=N_("The office telephone number, never a private one.")),
    Field("state", N_("State"), OneOf(PersonState), editable=False, help=N_("What the dates below mean today.")),
    Field("absent_until", N_("Absent until"), Day(), help=N_("The last day of an absence, without its reason.")),
    Field("leaving_on", N_("Leaving on"), Day(), help=N_("The planned last day of work (BSI ORP.2.A2).")),
    Field("left_on", N_("Left on"), Day(), help=N_("The last day of work, once it has passed (BSI ORP.2.A2).")),
    Field("successor", N_("Successor"), Reference("person"), help=N_("Who takes over when the person leaves.")),
    Field(
        "public_contact",
        N_("Public contact"),
        YesNo(),
        required=True,
        help=N_("Whether the public list of contact persons names this one (Mülheim)."),
    ),
    Field(
        "data_state",
        N_("Data protection"),
        OneOf(DataState),
        editable=False,
        help=N_("Whether the data is restricted (Art. 18 GDPR) or kept for a running case."),
    ),
    Field("notes", N_("Notes"), LongText(), help=N_("What else a colleague should know; nothing personal.")),
)


def listing(today: date) -> Select[Any]:
    """Return the query of all people; its labels are the keys of FIELDS, "id", "unit_id" and "successor_id"."""
    derived: dict[str, ColumnElement[Any]] = {
        "name": display_name(Person),
        "family_name": case((Person.erased_on.is_not(None), _former()), else_=Person.family_name),
        "unit": title_of(Person.unit_id),
        "state": state_on(today),
        "data_state": data_state_on(today),
        "successor": name_of(Person.successor_id),
    }
    labelled = [
        derived[field.key].label(field.key) if field.key in derived else getattr(Person, field.key) for field in FIELDS
    ]
    return select(Person.id, *labelled, Person.unit_id, Person.successor_id)


def display_name(person: type[Person]) -> ColumnElement[str]:
    """Return a person's name as `Person.name` puts it together, for queries."""
    parts = [
        case((or_(part.is_(None), part == ""), ""), else_=part.concat(" "))
        for part in (person.name_title, person.given_name)
    ]
    name = parts[0].concat(parts[1]).concat(person.family_name)
    former, function = _former(), and_(person.function.is_not(None), person.function != "")
    erased = case((function, former.concat(" (").concat(person.function).concat(")")), else_=former)
    return case((person.erased_on.is_not(None), erased), else_=name)


def _former() -> ColumnElement[str]:
    """Return the word for whoever was erased; asked for when a query runs, for queries outlive a change of language."""
    return bindparam("former", callable_=lambda: _(FORMER), type_=String(), unique=True)


def name_of(reference: InstrumentedAttribute[UUID | None]) -> ColumnElement[str | None]:
    """Return the name of the person that a column points at, null where it points at nobody."""
    person = aliased(Person)
    return select(display_name(person)).where(person.id == reference).correlate(reference.class_).scalar_subquery()


def last_day(person: type[Person]) -> ColumnElement[date | None]:
    """Return a person's last day of work as `Person.last_day` does, for queries."""
    return case(
        (person.left_on.is_(None), person.leaving_on),
        (person.leaving_on < person.left_on, person.leaving_on),
        else_=person.left_on,
    )


def has_left(person: type[Person], today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that a person is gone on a day; the last day of work still counts as present."""
    return or_(person.left_on < today, person.leaving_on < today)


def is_here(person: type[Person], today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that a person has not left by a day, present or for a while absent."""
    return and_(
        or_(person.left_on.is_(None), person.left_on >= today),
        or_(person.leaving_on.is_(None), person.leaving_on >= today),
    )


def state_on(today: date) -> ColumnElement[Any]:
    """Return what a person's dates mean on a day, as `Person.state` does, for queries."""
    state = case(
        (has_left(Person, today), PersonState.LEFT.value),
        (or_(Person.leaving_on.is_not(None), Person.left_on.is_not(None)), PersonState.LEAVING.value),
        (and_(Person.absent_until.is_not(None), Person.absent_until >= today), PersonState.ABSENT.value),
        else_=PersonState.ACTIVE.value,
    )
    return type_coerce(state, enum_type(PersonState))


def add_person(
    session: Session, text: str, *, unit_id: UUID | None = None, function: str | None = None, email: str | None = None
) -> Person:
    """Add a person or an office by the name people write: "Dr. Erika Mustermann", "Mustermann, Erika"; in an action.

    Two people of one name are told apart by their e-mail addresses.

    Raises:
        BadInputError: The text names nobody or several, or somebody who is there already.
    """
    named = single_name(text)
    mail = email or named.email
    alike = [*candidates(session, mail or ""), *candidates(session, named.name)]
    known = next((one for one in alike if not mail or not one.email or one.email.casefold() == mail.casefold()), None)
    if known is not None:
        raise BadInputError(_("{name} is in the registry already.").format(name=known.name))
    person = person_of(named)
    person.unit_id, person.function, person.email = unit_id, function, mail
    session.add(person)
    return person


def single_name(text: str) -> NamedPerson:
    """Read a text that is to name one person or office.

    Raises:
        BadInputError: It names nobody or several.
    """
    people = read_people(text).people
    if len(people) != 1:
        raise BadInputError(_("“{text}” does not name one person. Write first and last name.").format(text=text))
    return people[0]


def person_of(named: NamedPerson) -> Person:
    """Make the record of a person whom a text names; it is not added to a session."""
    return Person(
        kind=named.kind,
        name_title=named.name_title,
        given_name=named.given_name,
        family_name=named.family_name,
        email=named.email,
    )


def candidates(session: Session, name_or_mail: str) -> list[Person]:
    """Return the people whom an e-mail address or a name means: by address, else by both names in either order."""
    wanted = name_or_mail.strip().casefold()
    if not wanted:
        return []
    query = select(Person).where(Person.erased_on.is_(None))
    people = list(session.scalars(query.order_by(Person.family_name, Person.given_name, Person.id)))
    by_mail = [person for person in people if (person.email or "").strip().casefold() == wanted]
    if by_mail or "@" in wanted:
        return by_mail
    names = {frozenset(_words(named)) for named in read_people(name_or_mail).people} | {frozenset(wanted.split())}
    return [person for person in people if frozenset(_words(person)) in names]


def find_person(session: Session, name_or_mail: str) -> Person | None:
    """Return the one person whom an e-mail address or a name means, None where it means nobody or several."""
    found = candidates(session, name_or_mail)
    return found[0] if len(found) == 1 else None


def plan_leaving(person: Person, on: date, *, successor_id: UUID | None = None) -> None:
    """Note a person's planned last day of work, and who takes over if that is known; call inside an action."""
    person.leaving_on, person.left_on = on, None
    if successor_id is not None:
        set_successor(person, successor_id)


def set_successor(person: Person, successor_id: UUID | None) -> None:
    """Note who takes over when a person leaves, None for nobody yet; call inside an action.

    Raises:
        BadInputError: The person would succeed to themselves.
    """
    if successor_id == person.id:
        raise BadInputError(_("Nobody can be their own successor. Please choose somebody else."))
    person.successor_id = successor_id


def mark_left(person: Person, on: date, *, today: date) -> None:
    """Note that a person has left after a last day of work; nothing of the history goes. Call inside an action.

    Raises:
        BadInputError: The day has not come yet; then it is a planned leaving.
    """
    if on > today:
        raise BadInputError(_("{day} has not come yet. Please enter it as “Leaving on”.").format(day=show_date(on)))
    person.left_on = on
    if person.leaving_on is not None and person.leaving_on != on:
        person.leaving_on = on


def stay(person: Person) -> None:
    """Take a leaving back: the person stays or has come back; call inside an action."""
    person.leaving_on = person.left_on = None


def _words(person: Person | NamedPerson) -> list[str]:
    return f"{person.given_name or ''} {person.family_name}".casefold().split()
