"""What people signed is told to them in sentences; the wording with keys and signatures is for programs."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from core.custody.handover.kept import keep
from core.model import KeyCard, Store
from core.protection.extract.making import make_extract
from core.protection.extract.signed import in_a_sentence
from core.protection.extract.writing import as_json, as_sheet, as_text
from core.registry import Registry
from tests.core.custody.handover.parties import ERIKA, LISA, MAX
from tests.core.custody.handover.records import Talk, whole
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("in_english")
RAW = ('{"', "{&quot;", "age1", "secret-service", "signature", "signing_key", "leaving")


@pytest.fixture
def talk(registry: Registry, now: datetime) -> Talk:
    """A handover from Erika to Max, all of it kept."""
    talk = whole()
    functions = ((ERIKA, "Press"), (MAX, "Library"), (LISA, "Head of press"))
    with registry.action("Add") as session:
        for human, function in functions:
            given, family = human.name.split(" ")
            session.add(make_person(id=human.id, given_name=given, family_name=family, function=function, email=None))
        session.flush()
        session.add(Store(id=ERIKA.card.store, person_id=ERIKA.id, backend="secret-service", since=registry.today()))
    with registry.action("Keep") as session:
        keep(session, talk.statements, {}, now)
    return talk


def test_a_statement_is_told_in_one_sentence_without_keys_and_signatures(registry: Registry, now: datetime, talk: Talk):
    extract = make_extract(registry, ERIKA.id, now)
    for told in (as_text(extract, registry.settings()), as_sheet(extract, registry.settings())):
        assert "Release, signed by you on 23 Nov 2026 in your handover to Library: " in told
        assert "Instagram stadt.musterstadt" in told
        assert "Secret Service" in told
        assert "the full wording is in the JSON form" in told
        found = {word for word in RAW if word in told} | {
            one.signature for one in talk.statements if one.signature in told
        }
        assert not found
    told_once = len(
        [line for line in as_text(extract, registry.settings()).splitlines() if "Release, signed by you" in line]
    )
    assert told_once == 1, "the log does not repeat it"


def test_the_wording_with_its_signature_stands_in_the_form_for_programs(registry: Registry, now: datetime, talk: Talk):
    told = json.loads(as_json(make_extract(registry, ERIKA.id, now)))
    mine = [one for one in talk.statements if one.by.person == ERIKA.id]
    wordings = [json.loads(one["text"]) for one in told["parts"]["handover_statement"]]
    assert {one["signature"] for one in wordings} == {one.signature for one in mine}
    assert {one["digest"] for one in told["parts"]["handover_statement"]} == {one.digest for one in mine}


def test_whoever_took_over_reads_from_whom_and_names_nobody_else(registry: Registry, now: datetime, talk: Talk):
    told = as_text(make_extract(registry, MAX.id, now), registry.settings())
    assert "Request, signed by you on 23 Nov 2026 when you took over from Press: " in told
    assert "Erika" not in told


def test_a_fingerprint_is_told_in_groups(registry: Registry, now: datetime, talk: Talk):
    with registry.reading() as session:
        fingerprint = session.query(KeyCard.fingerprint).filter(KeyCard.person_id == ERIKA.id).scalar()
    told = as_text(make_extract(registry, ERIKA.id, now), registry.settings())
    assert fingerprint not in told
    assert fingerprint[:4] + " " + fingerprint[4:8] in told


@pytest.mark.parametrize("text", ["", "Words without form", "[1]", "7"])
def test_what_is_no_statement_is_told_as_it_is(text: str):
    assert in_a_sentence(text, ERIKA.id, str) == text


@pytest.mark.parametrize("text", ["{}", '{"kind": "key-card"}', '{"kind": "handover-statement", "giver": "x"}'])
def test_of_a_statement_with_gaps_the_reader_is_sent_to_the_form_for_programs(text: str):
    assert in_a_sentence(text, ERIKA.id, str) == "Signed; the wording is in the JSON form of this extract."


def test_what_was_signed_in_place_of_others_says_for_whom_and_why():
    talk = whole(by_head=True)
    names = {ERIKA.id: "Press", MAX.id: "Library", LISA.id: "you"}
    sentence = in_a_sentence(talk.statements[-1].text.decode(), LISA.id, names.__getitem__)
    assert sentence.startswith(
        "Closing by the head of press, signed by you on 23 Nov 2026 in a handover, Press to Library"
    )
    assert sentence.endswith("Reason given: “Frau Mustermann ist ausgeschieden.”")
    other = in_a_sentence(talk.statements[-1].text.decode(), MAX.id, names.__getitem__)
    assert "signed on 23 Nov 2026 by you in a handover" in other


def test_what_was_entered_later_is_told_in_the_log_and_what_is_new_not_twice(registry: Registry, now: datetime):
    person = make_person(notes=None, function="Press")
    with registry.action("Add") as session:
        session.add(person)
    with registry.action("Note") as session:
        session.get_one(type(person), person.id).notes = "Leads the team"
    extract = make_extract(registry, person.id, now)
    told = as_text(extract, registry.settings())
    assert told.count("Function: Press") == 1
    assert told.count("Leads the team") == 2
    entries = json.loads(as_json(extract))["parts"]["log"]
    assert entries[0]["function"] == {"before": None, "after": "Press"}
