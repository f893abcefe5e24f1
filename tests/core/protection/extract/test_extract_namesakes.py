"""Whoever shares a first name with somebody who is known by nothing else still reads their own name."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.protection.extract.making import make_extract
from core.protection.extract.writing import as_text
from core.registry import Registry
from tests.factories import make_person


@pytest.mark.parametrize("other", [("Erika", None), (None, "Erika"), ("ERIKA", None)])
def test_a_namesake_by_the_first_name_hides_nobody_from_themselves(registry: Registry, now: datetime, other):
    family, given = other
    person = make_person(email="erika.mustermann@stadt.example", notes="Erika vertritt Klaus Beispiel.")
    with registry.action("Add") as session:
        session.add(person)
        session.add(make_person(given_name=given, family_name=family or "", email=None))
        session.add(make_person(given_name="Klaus", family_name="Beispiel", email=None))
    extract = make_extract(registry, person.id, now)
    told = as_text(extract, registry.settings())
    assert "erika.mustermann@stadt.example" in told
    assert "Erika vertritt" in told
    assert "Klaus" not in told
    plain = {one.key: one.plain for one in extract.parts[0].rows[0].values}
    assert (plain["given_name"], plain["email"]) == ("Erika", "erika.mustermann@stadt.example")
