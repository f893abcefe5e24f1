"""With an extract the person gets their pictures, the forms they signed, and the findings that name them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from core.inventory.assets.library import folder_of, shelf_of
from core.model import Person
from core.protection.extract.making import make_extract
from core.protection.extract.writing import as_sheet, as_text, write_extract
from core.registry import Registry
from tests.core.exchange.pictures.drawn import picture
from tests.core.inventory.assets.asset_records import make_consent, make_portrait, make_version
from tests.factories import make_channel, make_owner, make_person

pytestmark = pytest.mark.usefixtures("in_english")
FORM = b"%PDF-1.7 form"


@pytest.fixture
def person(registry: Registry) -> Person:
    """Somebody with a portrait and the form of the consent to it; a colleague has a portrait, too."""
    shelf = shelf_of(registry.path)
    person, other = make_person(), make_person(given_name="Max", family_name="Musterkoch", function="Presse")
    shown, another = make_portrait(person), make_portrait(other, title="Max")
    pictures = [shelf.put(picture()), shelf.put(picture((30, 40)))]
    with registry.action("Add") as session:
        session.add_all([person, other, shown, another])
        session.add(make_version(shown, sha256=pictures[0], file_name="../erika: 1.png"))
        session.add(make_version(another, sha256=pictures[1], file_name="max.png"))
        session.add(make_consent(shown, form_sha256=shelf.put(FORM), form_name="Einwilligung.pdf"))
    return person


def written(registry: Registry, person: Person, target: Path, now: datetime) -> str:
    extract = make_extract(registry, person.id, now)
    write_extract(extract, registry.settings(), target, registry.path, lambda: lambda sheet, *_told: sheet.encode())
    return target.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", [".json", ".txt", ".html", ".pdf"])
def test_the_pictures_and_the_forms_are_handed_out_beside_the_extract(registry, person, tmp_path, now, ending):
    told = written(registry, person, tmp_path / f"extract{ending}", now)
    beside = tmp_path / "extract (files)"
    given = {file.name: file.read_bytes() for file in beside.iterdir()}
    assert given == {"01-erika_ 1.png": picture(), "02-Einwilligung.pdf": FORM}
    assert all(name in told for name in given)
    assert {one.stat().st_mode & 0o777 for one in (beside, *beside.iterdir())} == {0o700, 0o600}


def test_programs_find_each_file_by_its_name_and_its_fingerprint(registry, person, tmp_path, now):
    told = json.loads(written(registry, person, tmp_path / "extract.json", now))["parts"]
    assert [(one["file"], one["kind"]) for one in told["files"]] == [
        ("01-erika_ 1.png", "asset_version"),
        ("02-Einwilligung.pdf", "consent"),
    ]
    assert told["files"][0]["sha256"] == told["asset_version"][0]["sha256"]


def test_a_file_that_the_library_lost_is_said_to_be_missing(registry, person, tmp_path, now):
    for file in folder_of(registry.path).iterdir():
        file.unlink()
    told = written(registry, person, tmp_path / "extract.txt", now)
    assert told.count("The library does not have this file any more.") == 2
    assert not (tmp_path / "extract (files)").exists()


def test_who_has_no_portrait_gets_no_folder(registry, tmp_path, now):
    nobody = make_person()
    with registry.action("Add") as session:
        session.add(nobody)
    written(registry, nobody, tmp_path / "extract.txt", now)
    assert not (tmp_path / "extract (files)").exists()


def test_findings_about_channels_that_name_a_person_are_told(registry, today, now):
    person, other = make_person(left_on=today.replace(year=today.year - 1)), make_person(family_name="Musterkoch")
    channel, another = make_channel(title="Stadtmuseum"), make_channel(title="Bauhof", account_key="b")
    with registry.action("Add") as session:
        session.add_all([person, other, channel, another])
        session.flush()
        session.add(make_owner(channel, person))
        session.add(make_owner(another, other))
    extract = make_extract(registry, person.id, now)
    (part,) = [one for one in extract.parts if one.key == "finding"]
    assert part.rows
    for told in (as_text(extract, registry.settings()), as_sheet(extract, registry.settings())):
        assert "Stadtmuseum" in told
    assert {value.text for row in part.rows for value in row.values if value.key == "subject_id"} == {
        "Stadtmuseum (Facebook)"
    }
