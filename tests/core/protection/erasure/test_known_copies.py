"""Copies out of reach are named as far as the program knows where they may be."""

from __future__ import annotations

import platform
from datetime import date
from pathlib import Path

import pytest

from core import workstation
from core.exchange.report.making import make_report
from core.i18n import N_
from core.model import Person, Store
from core.protection.erasure.beside.known_copies import copies_of
from core.protection.erasure.planning import plan_erasure
from core.registry import Registry, create_registry
from tests.factories import make_channel, make_owner, make_person

pytestmark = pytest.mark.usefixtures("in_english")

TODAY = date(2026, 11, 23)


@pytest.fixture
def leaver(registry: Registry) -> Person:
    person, colleague = make_person(left_on=date(2019, 3, 31)), make_person(given_name="Max")
    channel = make_channel(notes="Fragen an Erika Mustermann")
    with registry.action(N_("Add person")) as session:
        session.add_all([person, colleague, channel])
        session.add(make_owner(channel, person, since=date(2015, 1, 1)))
        for owner, name in ((person, "PC-Erika"), (colleague, "Presse-2"), (colleague, platform.node())):
            session.add(Store(person_id=owner.id, backend="secret-service", remark=name, since=date(2020, 1, 1)))
    return person


def told(registry: Registry) -> str:
    return "\n".join(plan_erasure(registry, TODAY).out_of_reach)


def test_a_copy_that_somebody_saved_beside_the_registry_is_named(registry: Registry, leaver: Person):
    saved = registry.path.with_name("sicherung-2026.kanal")
    registry.back_up(saved)
    registry.back_up_automatically("daily")
    assert copies_of(registry.path, registry.id) == [saved]
    assert f"“{saved}”" in told(registry)


def test_what_is_no_copy_of_this_registry_is_not_named(registry: Registry, leaver: Person):
    create_registry(registry.path.with_name("andere.kanal")).close()
    registry.path.with_name("kaputt.kanal").write_bytes(b"nothing")
    assert copies_of(registry.path, registry.id) == []
    assert "copies of this registry" not in told(registry)


def test_a_copy_in_the_shared_folder_is_named_and_the_folder_too(registry: Registry, leaver: Person, tmp_path: Path):
    shared = tmp_path / "Austausch"
    shared.mkdir()
    workstation.remember(workstation.SHARED_FOLDER, str(shared))
    registry.back_up(shared / "fuer-max.kanal")
    said = told(registry)
    assert f"“{shared / 'fuer-max.kanal'}”" in said
    assert f"shared folder “{shared}”" in said


def test_other_computers_are_named_but_neither_this_one_nor_theirs(registry: Registry, leaver: Person):
    said = told(registry)
    assert "“Presse-2”" in said
    assert "PC-Erika" not in said
    assert f"“{platform.node()}”" not in said


def test_reports_that_name_somebody_are_told_by_the_names_of_their_files(
    registry: Registry, leaver: Person, tmp_path: Path
):
    make_report(registry, "2026Q3", tmp_path / "intern-3.xlsx", reader="internal", today=TODAY)
    make_report(registry, "2026Q3", tmp_path / "gremium-3.xlsx", reader="committee", today=TODAY)
    said = told(registry)
    assert "“intern-3.xlsx”" in said
    assert "gremium-3" not in said
