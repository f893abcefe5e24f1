"""Documents and extracts name controller, data protection officer and authority, or say that nobody entered them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core.i18n import LANGUAGES, N_, use_language
from core.protection.documents.filling import phrases
from core.protection.documents.making import DOCUMENTS, make_documents
from core.protection.extract.making import make_extract
from core.protection.extract.writing import PAGE_WIDTH, as_sheet, as_text
from core.protection.rights.contacts import CONTACTS, missing_contacts
from core.registry import Registry
from core.settings import Settings, change_setting
from tests.factories import make_channel, make_owner, make_person

ENTERED = {
    "privacy.controller": "Stadt Musterbach, Rathausplatz 1, 12345 Musterbach",
    "privacy.officer": "datenschutz@musterbach.example",
    "privacy.authority": "Datenschutzaufsicht Musterland",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_names_those_who_are_entered_and_marks_those_who_are_not(language: str, today: date):
    filled = {one.key: one.body for one in make_documents(Settings(ENTERED), today) if one.language == language}
    empty = {one.key: one.body for one in make_documents(Settings(), today) if one.language == language}
    said = phrases(language)
    blanks = [said[key].strip("[]") for key in ("address", "officer", "authority")]
    for key in DOCUMENTS:
        assert [text for text in ENTERED.values() if text not in filled[key]] in ([], [ENTERED["privacy.authority"]])
        assert not [one for one in blanks if f"[{one}]" in filled[key]], key
        assert f'<span class="blank">[{blanks[0]}]</span>' in empty[key], key
        assert f'<span class="blank">[{blanks[1]}]</span>' in empty[key], key
    assert all(ENTERED["privacy.authority"] in filled[key] for key in DOCUMENTS if key != "record")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entered", [ENTERED, {}])
def test_an_extract_has_no_place_that_nobody_can_fill_in(registry, language, entered, now: datetime):
    use_language(language)
    person = make_person()
    with registry.action(N_("Add")) as session:
        session.add(person)
    extract = make_extract(registry, person.id, now)
    page, text = as_sheet(extract, Settings(entered)), as_text(extract, Settings(entered))
    assert 'class="blank"' not in page
    assert "[[" not in page
    assert "{" not in page.partition("</style>")[2]
    assert "[" not in text
    assert all(one in page and one in text for one in entered.values())


def test_what_is_missing_is_told_by_name(in_english):
    assert len(missing_contacts(Settings())) == len(CONTACTS) == 3
    assert missing_contacts(Settings({**ENTERED, "privacy.officer": ""})) == (
        "Data protection officer: how to reach them",
    )
    assert missing_contacts(Settings(ENTERED)) == ()


def test_columns_are_as_wide_as_their_longest_words(registry: Registry, now: datetime, in_english):
    person = make_person()
    channels = [make_channel(title=title, account_key=title) for title in ("Beitragsserie Stadtgeschichte", "Zoo")]
    with registry.action(N_("Add")) as session:
        session.add_all([person, *channels, *(make_owner(one, person) for one in channels)])
    page = as_sheet(make_extract(registry, person.id, now), registry.settings())
    head = page.partition("Beitragsserie")[0].rpartition("<table")[2]
    widths = [int(part.partition("%")[0]) for part in head.split('<th width="')[1:]]
    assert 97 <= sum(widths) <= 103
    assert widths[0] * PAGE_WIDTH / 100 >= len("Stadtgeschichte")


def test_a_setting_that_names_somebody_is_told_by_its_name(registry: Registry, now: datetime, in_english):
    person = make_person()
    with registry.action(N_("Add")) as session:
        session.add(person)
        change_setting(session, "report.cover-text", "Fragen an Erika Mustermann")
    told = as_text(make_extract(registry, person.id, now), registry.settings())
    assert "Setting: Text on the cover of the quarterly report\nValue: Fragen an Erika Mustermann" in told
    page = as_sheet(make_extract(registry, person.id, now), registry.settings())
    assert '<td width="28%">First name</td><td width="72%">Erika</td>' in page


def test_a_setting_is_as_long_as_an_address(registry: Registry):
    with registry.action(N_("Change setting")) as session:
        for key, text in ENTERED.items():
            change_setting(session, key, text)
    assert missing_contacts(registry.settings()) == ()
