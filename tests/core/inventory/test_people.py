"""People and units: adding them by what people write, finding them again, and leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.inventory import people, units
from core.model import PersonKind, PersonState
from tests.factories import TODAY, make_person, make_unit
from tests.memory import records_in_memory


@pytest.fixture
def session():
    with records_in_memory() as opened:
        yield opened


@pytest.mark.parametrize("text", ["Dr. Erika Mustermann", "Mustermann, Dr. Erika"])
def test_a_name_is_taken_apart(session: Session, text):
    person = people.add_person(session, text, function="Pressesprecherin", email="e.mustermann@moers.example")
    assert (person.name_title, person.given_name, person.family_name) == ("Dr.", "Erika", "Mustermann")
    assert (person.kind, person.email) == (PersonKind.PERSON, "e.mustermann@moers.example")


def test_an_office_keeps_its_name_whole(session: Session):
    office = people.add_person(session, "Pressestelle")
    assert (office.kind, office.given_name, office.name) == (PersonKind.OFFICE, None, "Pressestelle")


@pytest.mark.parametrize("text", ["", "N. N.", "Erika Mustermann; Max Mustermann"])
def test_a_text_that_names_not_just_one_is_refused(session: Session, text):
    with pytest.raises(BadInputError):
        people.add_person(session, text)


@pytest.mark.parametrize(
    ("text", "email", "refused"),
    [
        ("Mustermann, Erika", None, True),
        ("Erika Mustermann", "erika@moers.example", True),
        ("Frau Muster", "Erika@Moers.example", True),
        ("Erika Mustermann", "e.mustermann2@moers.example", False),
        ("Max Mustermann", None, False),
    ],
)
def test_somebody_who_is_there_already_is_not_added_again(session: Session, text, email, refused):
    session.add(make_person(email="erika@moers.example"))
    if refused:
        with pytest.raises(BadInputError, match="Erika Mustermann"):
            people.add_person(session, text, email=email)
    else:
        assert people.add_person(session, text, email=email)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("erika@moers.example", True),
        ("ERIKA@moers.example ", True),
        ("Erika Mustermann", True),
        ("mustermann erika", True),
        ("Mustermann, Erika", True),
        ("Dr. Erika Mustermann", True),
        ("Mustermann", False),
        ("Erik Mustermann", False),
        ("max@moers.example", False),
        ("", False),
    ],
)
def test_people_are_found_by_address_else_by_both_names_in_either_order(session: Session, text, found):
    session.add(make_person(email="erika@moers.example"))
    session.add(make_person(given_name="Max", email=None))
    person = people.find_person(session, text)
    assert (person.given_name if person else None) == ("Erika" if found else None)


def test_a_name_of_two_people_finds_neither_but_both_are_candidates(session: Session):
    session.add_all([make_person(), make_person()])
    assert people.find_person(session, "Erika Mustermann") is None
    assert len(people.candidates(session, "Erika Mustermann")) == 2


def test_leaving_is_planned_and_taken_back():
    person, heir = make_person(), make_person(given_name="Max")
    people.plan_leaving(person, TODAY, successor_id=heir.id)
    assert (person.state(TODAY), person.state(TODAY + timedelta(days=1))) == (PersonState.LEAVING, PersonState.LEFT)
    assert person.successor_id == heir.id
    people.stay(person)
    assert person.state(TODAY + timedelta(days=1)) is PersonState.ACTIVE


def test_who_has_left_left_on_a_day_that_has_come():
    person = make_person(leaving_on=TODAY + timedelta(days=9))
    with pytest.raises(BadInputError):
        people.mark_left(person, TODAY + timedelta(days=1), today=TODAY)
    people.mark_left(person, TODAY, today=TODAY)
    assert (person.left_on, person.leaving_on) == (TODAY, TODAY)


def test_nobody_succeeds_themselves():
    person = make_person()
    with pytest.raises(BadInputError):
        people.set_successor(person, person.id)
    people.set_successor(person, None)
    assert person.successor_id is None


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("FD 3.5 Internetredaktion", "FD 3.5", "Internetredaktion"),
        ("FD 3.5 - Internetredaktion", "FD 3.5", "Internetredaktion"),
        ("FB3: Kultur und Sport", "FB3", "Kultur und Sport"),
        ("Feuerwehr", None, "Feuerwehr"),
        ("FD 3.5", None, "FD 3.5"),
    ],
)
def test_a_unit_is_parted_into_code_and_name(session: Session, text, code, name):
    unit = units.add_unit(session, text)
    assert (unit.code, unit.name) == (code, name)


@pytest.mark.parametrize("text", ["FD 3.5", "internetredaktion", "fd 3.5  Internetredaktion"])
def test_a_unit_is_found_by_code_name_or_both(session: Session, text):
    session.add(unit := make_unit())
    assert units.find_unit(session, text) is unit
    with pytest.raises(BadInputError):
        units.add_unit(session, text)


def test_a_unit_needs_a_name(session: Session):
    with pytest.raises(BadInputError):
        units.add_unit(session, " ")
