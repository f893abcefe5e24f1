"""Whoever is restricted stays stored, can be looked up, and is offered and given out no more."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from core.errors import BadInputError
from core.exchange.exporting import export
from core.exchange.full.wanted import whole
from core.exchange.report.readers import Reader, read_people
from core.inventory.candidates import candidates
from core.inventory.finding_anything import find_anything
from core.model import Person
from core.protection.rights.restriction import LIFT, RESTRICT, lift, restrict
from core.registry import Registry
from tests.factories import make_person


@pytest.fixture
def restricted(registry: Registry, today: date) -> Registry:
    person = make_person(function="Redaktion")
    with registry.action("Add") as session:
        session.add_all([person, make_person(given_name="Max", function="Technik")])
    with registry.action(RESTRICT) as session:
        restrict(session.get_one(Person, person.id), today)
    return registry


def test_whoever_is_restricted_is_not_offered_to_choose(restricted: Registry, today: date):
    with restricted.reading() as session:
        assert [one.name for one in candidates(session, "person", "muster", today)] == ["Max Mustermann"]


def test_whoever_is_restricted_can_be_looked_up_to_lift_it(restricted: Registry, today: date):
    with restricted.reading() as session:
        assert len(find_anything(session, "Mustermann", today)) == 2


def test_a_restriction_that_is_lifted_leaves_nothing_behind(restricted: Registry, today: date):
    with restricted.action(LIFT) as session:
        for person in session.query(Person):
            lift(person)
    with restricted.reading() as session:
        assert len(candidates(session, "person", "muster", today)) == 2


def test_a_restriction_can_be_undone(restricted: Registry, today: date):
    restricted.undo()
    with restricted.reading() as session:
        assert len(candidates(session, "person", "muster", today)) == 2


def test_the_committee_gets_nobody_who_is_restricted(restricted: Registry, tmp_path: Path, today: date):
    export(restricted, whole("people", Reader.COMMITTEE), tmp_path / "a.json", today=today, reader=Reader.COMMITTEE)
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [one["function"] for one in told["records"]] == ["Technik"]


def test_of_whom_everything_was_erased_nothing_can_be_restricted(today: date):
    with pytest.raises(BadInputError):
        restrict(make_person(erased_on=today), today)


def test_a_restriction_keeps_its_first_day(today: date):
    person = make_person(restricted_on=date(2026, 1, 2))
    restrict(person, today)
    assert person.restricted_on == date(2026, 1, 2)


def test_a_new_report_names_by_function_whoever_is_restricted(restricted: Registry):
    with restricted.reading() as session:
        shown = read_people(session, Reader.INTERNAL).shown.values()
    assert sorted(shown) == ["Max Mustermann", "Redaktion"]
