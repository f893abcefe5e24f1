"""People stand in the order of their family names, and of their first names where those are the same."""

from __future__ import annotations

from datetime import date

import pytest

from core.inventory.candidates import candidates
from core.inventory.lists import PEOPLE
from core.model import PersonKind
from core.registry import Registry
from core.storage.searching import View, ordered_rows, page
from tests.factories import make_person

BY_FAMILY_NAME = ["Ute Beispiel", "Dr. Änne Mustermann", "Erika Mustermann", "Max Mustermann", "Pressestelle"]


@pytest.fixture
def staffed(registry: Registry) -> Registry:
    with registry.action("Fill") as session:
        session.add_all(
            [
                make_person(given_name="Max"),
                make_person(given_name=None, family_name="Pressestelle", kind=PersonKind.OFFICE),
                make_person(given_name="Erika"),
                make_person(given_name="Ute", family_name="Beispiel"),
                make_person(given_name="Änne", name_title="Dr."),
            ]
        )
    return registry


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("family_name", BY_FAMILY_NAME),
        ("given_name", [BY_FAMILY_NAME[place] for place in (1, 2, 3, 0, 4)]),
    ],
)
def test_the_list_of_people_is_ordered_by_both_names(staffed: Registry, today: date, sort: str, names: list[str]):
    with staffed.reading() as session:
        connection = session.connection()
        rows = ordered_rows(connection, PEOPLE, View(sort=sort))
        assert [one["name"] for one in page(connection, PEOPLE, rows, today) if one] == names


def test_people_to_choose_from_stand_in_the_same_order(staffed: Registry, today: date):
    with staffed.reading() as session:
        found = [one.name for one in candidates(session, "person", "Mustermann", today)]
    assert found == BY_FAMILY_NAME[1:4]
