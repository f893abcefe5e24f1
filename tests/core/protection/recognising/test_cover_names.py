"""A text on a report's cover names people, or it does not."""

from __future__ import annotations

import pytest

from core.model import PersonKind
from core.protection.recognising.cover_names import names_sentence, read_cover_names
from core.registry import Registry
from core.settings import change_setting
from tests.factories import make_person


@pytest.fixture
def staffed(registry: Registry) -> Registry:
    office = make_person(given_name=None, family_name="Pressestelle", kind=PersonKind.OFFICE)
    namesake = make_person(given_name="Max", family_name="Musterstadt")
    with registry.action("People") as session:
        change_setting(session, "city.name", "Stadt Musterstadt")
        session.add_all([make_person(email="erika.mustermann@stadt.example"), office, namesake])
    return registry


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vorgelegt von Erika Mustermann und Frau Mustermann.", ["Erika Mustermann", "Frau Mustermann"]),
        ("Fragen an erika.mustermann@stadt.example", ["erika.mustermann@stadt.example"]),
        ("Die Pressestelle der Stadt Musterstadt legt vor.", []),
        ("", []),
    ],
)
def test_people_are_found_and_offices_and_the_city_are_not(staffed: Registry, text: str, found: list[str]) -> None:
    with staffed.reading() as session:
        assert read_cover_names(session).found_in(text) == found


@pytest.mark.usefixtures("in_english")
def test_the_sentence_names_what_was_found_and_says_nothing_without() -> None:
    assert names_sentence([]) == ""
    assert "“Erika Mustermann”, “Max”" in names_sentence(["Erika Mustermann", "Max"])
