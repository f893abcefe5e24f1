"""Everything about one person is in their extract, and nothing about anybody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInputError
from core.i18n import use_language
from core.model import Responsibility
from core.protection.declared import ABOUT, PARTS
from core.protection.extract.content import Extract
from core.protection.extract.making import make_extract
from core.protection.extract.writing import as_json, as_sheet, as_text, write_extract
from core.protection.recognising.name_forms import Known, forms_of
from core.protection.recognising.naming import Mentions, hiding_of_others, mentions_of
from core.registry import Registry
from core.settings import Settings
from tests.core.protection.planted import NAME, OTHER, plant
from tests.factories import make_channel, make_owner, make_person


def test_every_text_about_a_person_in_every_table_is_in_their_extract(registry: Registry, now: datetime):
    planted = plant(registry)
    extract = make_extract(registry, planted.person_id, now)
    told = {
        "json": as_json(extract),
        "text": as_text(extract, registry.settings()),
        "sheet": as_sheet(extract, registry.settings()),
    }
    missing = [
        (form, place) for form, text in told.items() for place, one in planted.canaries.items() if one not in text
    ]
    assert len(planted.canaries) > 25
    assert not missing


def test_every_table_about_people_and_every_part_they_had_is_told(registry: Registry, now: datetime):
    planted = plant(registry)
    told = {part.key for part in make_extract(registry, planted.person_id, now).parts}
    assert {one.table for one in ABOUT} <= told
    own = {"access", "escrow_key", "key_card", "asset_version", "asset_use", "person"}
    assert {f"{one.table}.{one.by}" for one in PARTS if one.table not in own} <= told


def test_nothing_about_others_is_in_an_extract(registry: Registry, now: datetime):
    planted = plant(registry)
    _write_about_both(registry, planted.person_id)
    extract = make_extract(registry, planted.person_id, now)
    for told in (as_json(extract), as_text(extract, registry.settings()), as_sheet(extract, registry.settings())):
        found = [key for key, value in OTHER.items() if key != "function" and value in told]
        assert not found
        assert str(planted.other_id) not in told
        assert "[Hausmeisterei]" in told


def _write_about_both(registry: Registry, person_id: object) -> None:
    told = ", ".join((f"{OTHER['given_name']} {OTHER['family_name']}", OTHER["email"], "02841/20199887", "Anderswo"))
    with registry.action("Note") as session:
        session.add(make_channel(notes=f"{NAME} weiß das von {told}."))
        session.add(make_person(given_name="Max", family_name="Muster", notes=f"Vertritt {NAME} und {told}."))


def test_what_a_person_was_called_before_is_told_from_the_log(registry: Registry, now: datetime):
    person = make_person(family_name="Musterfrau", phone="02841 201-345")
    with registry.action("Add") as session:
        session.add(person)
    with registry.action("Marry") as session:
        session.get_one(type(person), person.id).family_name = "Mustermann"
    with registry.action("Add") as session:
        session.add(make_channel(notes="Fragen an Frau Musterfrau, Telefon 02841/201345"))
    extract = make_extract(registry, person.id, now)
    told = as_text(extract, registry.settings())
    assert "Musterfrau → Mustermann" in told
    assert "Fragen an Frau Musterfrau" in told


def test_what_was_deleted_is_told_from_the_log(registry: Registry, now: datetime, today: date):
    person, channel = make_person(), make_channel()
    tie = make_owner(channel, person, since=date(2021, 3, 4))
    with registry.action("Add") as session:
        session.add_all([person, channel, tie])
    with registry.action("Remove") as session:
        session.delete(session.get_one(Responsibility, tie.id))
    extract = make_extract(registry, person.id, now)
    assert "responsibility" not in {part.key for part in extract.parts}
    assert "04.03.2021" in as_text(extract, registry.settings())


def test_what_a_person_did_is_told_with_its_reason(registry: Registry, now: datetime):
    from core.inventory.binding import bind

    with registry.action("Bind") as session:
        person = bind(session, registry.store_id, NAME, registry.today()).person.id
    with registry.action("Add", reason="Der Rat hat es beschlossen") as session:
        session.add(make_channel(title="Stadtbücherei"))
    extract = make_extract(registry, person, now)
    actions = next(part for part in extract.parts if part.key == "actions")
    assert "Stadtbücherei" in actions.rows[-1].values[2].text
    assert actions.rows[-1].values[3].plain == "Der Rat hat es beschlossen"


def test_of_several_who_may_be_meant_none_is_told(registry: Registry, now: datetime):
    one = make_person(notes="Fragt Frau Anders und J. Anders, jonas@moers.example")
    others = [
        make_person(given_name=given, family_name="Anders", function=function, email=mail)
        for given, function, mail in (("Jonas", "Technik", "jonas@moers.example"), ("Rosa", "Bühne", None))
    ]
    with registry.action("Add") as session:
        session.add_all([one, *others])
    told = as_text(make_extract(registry, one.id, now), registry.settings())
    assert "Anders" not in told
    assert "[eine andere Person]" in told or "[another person]" in told
    assert "[Technik]" in told


def test_companies_keep_their_names_in_an_extract(registry: Registry, now: datetime):
    one = make_person(notes="Fotos macht das Fotostudio Andersen, Herr Andersen nicht mehr")
    with registry.action("Add") as session:
        session.add_all([one, make_person(given_name="Jonas", family_name="Andersen", function="Technik")])
    told = as_text(make_extract(registry, one.id, now), registry.settings())
    assert "das Fotostudio Andersen, [Technik] nicht mehr" in told


def test_a_family_name_that_two_share_hides_nobody_from_themselves(registry: Registry, now: datetime):
    one, other = make_person(), make_person(given_name="Jonas", function="Technik", email="jonas@moers.example")
    with registry.action("Add") as session:
        session.add_all([one, other])
    told = as_text(make_extract(registry, one.id, now), registry.settings())
    assert "Mustermann" in told
    assert "Jonas" not in told
    assert "jonas@moers.example" not in told


def test_of_whom_everything_was_erased_nothing_is_told(registry: Registry, now: datetime, today: date):
    person = make_person(erased_on=today)
    with registry.action("Add") as session:
        session.add(person)
    with pytest.raises(BadInputError):
        make_extract(registry, person.id, now)


@pytest.mark.parametrize("ending", [".json", ".txt", ".html", ".pdf"])
def test_an_extract_is_written_for_its_user_alone(registry: Registry, tmp_path: Path, now: datetime, ending: str):
    person = make_person()
    with registry.action("Add") as session:
        session.add(person)
    target = tmp_path / f"auskunft{ending}"
    write_extract(make_extract(registry, person.id, now), registry.settings(), target, registry.path, lambda: _no_paper)
    assert target.stat().st_mode & 0o777 == 0o600
    content = target.read_text(encoding="utf-8")
    assert "Mustermann" in content
    if ending == ".json":
        assert json.loads(content)["person"]["name"] == "Erika Mustermann"


def _no_paper(html: str, title: str, footer: str) -> bytes:
    return f"{title}{footer}{html}".encode()


@given(
    st.sampled_from(["02841 201-345", "02841/201345", "(02841) 201 345", "02841201345"]),
    st.sampled_from(["Tel. {}", "{}", "ruft {} an", "({})"]),
)
def test_a_number_is_recognised_however_it_is_set(number: str, around: str):
    known = Known()
    known.learn({"phone": "02841 201345"})
    found = Mentions(make_person().id, forms_of([known], ()))
    assert found.are_in(around.format(number))
    assert not found.are_in("Aktenzeichen 902841201345")


def test_a_word_that_only_holds_a_name_is_no_mention(registry: Registry):
    person = make_person(family_name="Koch")
    other = make_person(given_name="Max", family_name="Berg", function="Technik")
    with registry.action("Add") as session:
        session.add_all([person, other])
    with registry.reading() as session:
        mentions, hiding = mentions_of(session, person.id), hiding_of_others(session, person.id)
    assert mentions.are_in("Frau Koch kommt")
    assert mentions.are_in("Kochs Vertretung")
    assert not mentions.are_in("Die Kochschule beginnt; koch gern")
    assert hiding.hide("Herr Berg am Bergwerk, Koch und Max.") == "[Technik] am Bergwerk, Koch und [Technik]."


@pytest.mark.parametrize("write", [as_text, as_sheet])
def test_what_people_read_says_purpose_periods_and_rights_and_leaves_nothing_to_fill_in(
    registry: Registry, now: datetime, write: Callable[[Extract, Settings], str]
):
    person = make_person()
    with registry.action("Add") as session:
        session.add(person)
    use_language("de")
    told = write(make_extract(registry, person.id, now), registry.settings())
    body = told.rpartition("</style>")[2]
    for wanted in ("Wozu und wie lange", "36 Monate", "Art. 77 DSGVO", "Datenschutzaufsicht Ihres Bundeslands"):
        assert wanted in body
    assert "blank" not in body
    assert "[[" not in body
