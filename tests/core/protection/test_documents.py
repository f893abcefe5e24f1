"""The documents say what a data protection officer asks for, with every setting's present value, in both languages."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from core import workstation
from core.errors import UnusableFileError
from core.i18n import LANGUAGES, use_language
from core.model import Base
from core.protection.documents.filling import FOLDER, phrases, template
from core.protection.documents.in_force import settings_in_force
from core.protection.documents.making import DOCUMENTS, Document, make_documents, write_documents
from core.protection.documents.odt import odt_of
from core.protection.documents.tables import NOT_ABOUT_PEOPLE
from core.protection.erasure.mentions import searched
from core.registry import Registry
from core.settings import SETTINGS, Settings, change_setting
from core.storage.values import TABLES
from tests.factories import make_person

CHANGED = {
    "city.name": "Stadt Musterbach",
    "retention-readings.days": 61,
    "retention-confirmations.months": 13,
    "retention-leavers.months": 29,
    "retention-handovers.months": 97,
    "retention-portraits.days": 53,
    "owner-leaving.days": 43,
    "rotation-overdue.days": 7,
    "secret-not-seen.days": 171,
    "workstation-lost.days": 37,
    "escrow.needed": 2,
    "drill.on": True,
    "drill-due.days": 88,
    "office.mail-domains": "musterbach.example",
    "rules.stage": 3,
}
PERIODS = ("61 ", "13 ", "29 ", "97 ", "53 ")
ALWAYS = {
    "notice": (
        "Art. 13",
        "Art. 15",
        "Art. 18",
        "Art. 21",
        "Art. 77",
        "Art. 22",
        "Art. 6",
        "61 ",
        "13 ",
        "29 ",
        "97 ",
        "53 ",
    ),
    "record": (
        "Art. 30",
        "Art. 32",
        "Art. 35",
        "Art. 28",
        "Art. 9",
        "43 ",
        "7 ",
        "53 ",
        "171 ",
        "37 ",
        "88 ",
        "musterbach",
    ),
    "council": ("LPVG", "BPersVG", *PERIODS),
    "flows": ("age", "KeePass", "Excel", "PDF"),
    "deletion": ("DIN 66398", "Art. 17", "Art. 18", *PERIODS),
}


def _made(changed: dict[str, object], today: date) -> dict[tuple[str, str], Document]:
    return {(one.key, one.language): one for one in make_documents(Settings(changed), today)}


@pytest.fixture
def documents(today: date) -> dict[tuple[str, str], Document]:
    return _made(CHANGED, today)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", DOCUMENTS)
def test_each_document_says_what_it_must_with_the_values_in_force(
    documents: dict[tuple[str, str], Document], key: str, language: str
):
    body = documents[key, language].body
    assert not [one for one in ALWAYS[key] if one not in body]
    assert "Stadt Musterbach" in body
    assert "{" not in body
    assert "[[" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_about_people_stands_in_the_annexes_with_its_value(
    documents: dict[tuple[str, str], Document], language: str
):
    wanted = [one for one in SETTINGS if not one.key.startswith(tuple(NOT_ABOUT_PEOPLE))]
    for key in ("record", "council", "deletion"):
        annex = documents[key, language].body.rpartition("<h2>")[2]
        assert annex.count("<tr>") == len(wanted) + 1
        values = [str(CHANGED[one.key]) for one in wanted if one.key in CHANGED and not one.key.startswith("drill.on")]
        assert not [value for value in values if value not in annex]


def test_what_is_declared_to_be_no_matter_of_people_exists():
    keys = [one.key for one in SETTINGS]
    assert not [one for one in NOT_ABOUT_PEOPLE if not any(key.startswith(one) for key in keys)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("until", "sentence"), [("2026-12-31", "uses_log_on"), ("2026-11-22", "uses_log_over"), ("", "uses_log_off")]
)
def test_the_full_log_of_uses_is_told_as_it_is(language: str, until: str, sentence: str, today: date):
    reference = "DV 7/2026" if until else ""
    made = _made({"uses-log.reference": reference, "uses-log.until": until}, today)
    beginning = phrases(language)[sentence].partition("{")[0]
    for key in ("notice", "record", "council", "flows"):
        assert beginning in made[key, language].body
    assert ("DV 7/2026" in made["notice", language].body) is bool(until)
    assert not until or until not in made["record", language].body, "a day is written as people write it"


def test_what_the_city_must_fill_in_is_marked(documents: dict[tuple[str, str], Document]):
    assert documents["notice", "de"].body.count('class="blank"') >= 8
    assert '<span class="blank">[Name der Kommune]' in _made({}, date(2026, 11, 23))["notice", "de"].body


def test_every_personal_column_is_named_in_the_record_of_processing(
    documents: dict[tuple[str, str], Document], in_english: None
):
    from core.protection.extract.labels import label_of

    assert Base.metadata.tables
    columns = [column for one in TABLES.values() for column in one.columns if column.info.get("personal")]
    body = documents["record", "en"].body
    assert not [one for one in columns if label_of(one.table.name, one.key) not in body]


def test_every_text_in_which_an_erasure_looks_for_names_is_named(documents, in_english: None):
    from core.protection.extract.labels import label_of

    body = documents["record", "en"].body
    columns = [column for some in searched().values() for column in some]
    assert not [f"{one.table.name}.{one.key}" for one in columns if label_of(one.table.name, one.key) not in body]
    texts = next(row for row in body.split("<tr>") if phrases("en")["category_texts"] in row)
    told = {kind.strip(): fields for kind, _colon, fields in (one.partition(":") for one in texts.split("<br/>"))}
    assert {"Title", "Address"} <= _fields(told["Channel"])
    assert {"Label"} <= _fields(told["Login"])
    assert {"Title", "Rights holder", "Source"} <= _fields(told["Asset of the city's appearance"])


def _fields(told: str) -> set[str]:
    return set(re.sub(r"<.*", "", told).strip().split(", "))


@pytest.mark.parametrize(("language", "words"), [("de", r"\b(Sie|Ihnen|Ihre?[mnrs]?)\b"), ("en", r"\b[Yy]our?s?\b")])
def test_the_staff_council_reads_of_the_staff_and_is_not_addressed_as_one_of_them(
    documents: dict[tuple[str, str], Document], language: str, words: str
):
    body = documents["council", language].body
    (rights,) = re.findall(r"<h2>7\..*?(?=<h2>8\.)", body, re.DOTALL)
    assert "Art. 15" in rights
    assert not re.findall(words, rights)


def test_the_notice_promises_no_erasure_that_nobody_carries_out(documents: dict[tuple[str, str], Document]):
    assert "zu löschen, sobald sie nirgends mehr gezeigt wird" in documents["notice", "de"].body
    assert "is due to be erased" in documents["notice", "en"].body


def test_both_languages_have_the_same_parts():
    for name in (*DOCUMENTS, "rights", "extract"):
        german, english = (re.findall(r"<h[123]>|<li>|<tr>|\{\{\w+\}\}", template(one, name)) for one in LANGUAGES)
        assert german == english, name
    assert phrases("de").keys() == phrases("en").keys()
    assert {one.name for one in (FOLDER / "de").iterdir()} == {one.name for one in (FOLDER / "en").iterdir()}


def test_the_language_of_whoever_asks_stays(today: date):
    use_language("en")
    make_documents(Settings(), today)
    from core.i18n import current_language

    assert current_language() == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_to_edit_has_headings_lists_and_tables(documents: dict[tuple[str, str], Document], language: str):
    body = documents["record", language].body
    source = ET.fromstring(f"<body>{body}</body>")
    text, table = "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    content = _content(odt_of(body, language))
    assert len(content.findall(f".//{{{text}}}h")) == len(
        [one for one in source.iter() if one.tag in {"h1", "h2", "h3"}]
    )
    assert len(content.findall(f".//{{{table}}}table-row")) == len(list(source.iter("tr")))
    assert len(content.findall(f".//{{{text}}}list-item")) == len(list(source.iter("li")))
    assert _words(content) == _words(source)


def _content(odt: bytes) -> ET.Element:
    import io

    with zipfile.ZipFile(io.BytesIO(odt)) as pack:
        first = pack.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        ET.fromstring(pack.read("styles.xml"))
        ET.fromstring(pack.read("META-INF/manifest.xml"))
        return ET.fromstring(pack.read("content.xml"))


def _words(tree: ET.Element) -> str:
    return "".join("".join(tree.itertext()).split())


def test_the_files_are_written_once_and_never_over_what_somebody_filled_in(tmp_path: Path, today: date):
    written = write_documents(
        Settings(), tmp_path / "neu", today, lambda html, _title, footer: (html + footer).encode()
    )
    assert len(written) == len(DOCUMENTS) * len(LANGUAGES) * 2
    assert all(one.stat().st_size > 1_000 for one in written)
    edited = written[-2]
    edited.write_bytes(b"ours")
    with pytest.raises(UnusableFileError):
        write_documents(Settings(), tmp_path / "neu", today, lambda *_told: b"")
    assert edited.read_bytes() == b"ours"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("stage", "raised", "told"), [(1, False, "due_rule_off"), (4, True, "due_rule_on")])
def test_what_rules_raise_is_told_only_of_stages_that_are_switched_on(
    language: str, stage: int, raised: bool, told: str, today: date
):
    made = _made({"rules.stage": stage, "office.mail-domains": "musterbach.example"}, today)
    record, said = made["record", language].body, phrases(language)
    for sentence in ("rotation", "unseen", "lost", "mail_some"):
        assert (said[sentence].partition("{")[0] in record) is raised, sentence
    assert said["owner_leaving"].partition("{")[0] in record, "its rule is on from the first stage"
    assert (said["not_yet"].partition("{")[0] in record) is not raised
    assert said[told].partition(":")[0] in made["deletion", language].body


@pytest.mark.parametrize(
    ("function", "shown"), [("Leitung der Pressestelle", "Leitung der Pressestelle"), ("", "Erika")]
)
def test_the_head_of_press_is_told_by_what_they_do_and_never_by_an_id(
    registry: Registry, function: str, shown: str, today: date
):
    person = make_person(function=function or None)
    with registry.action("Prepare") as session:
        session.add(person)
        change_setting(session, "handover.head-of-press", str(person.id))
    with registry.reading() as session:
        made = make_documents(settings_in_force(session), today)
    assert not [one.key for one in made if str(person.id) in one.body]
    assert all(shown in one.body for one in made if one.key in {"record", "council", "deletion"})


def test_the_shared_folder_that_is_chosen_here_is_told(today: date):
    assert phrases("de")["shared_folder_none"] in _made({}, today)["flows", "de"].body
    workstation.remember(workstation.SHARED_FOLDER, "/netz/austausch")
    assert "„/netz/austausch“" in _made({}, today)["flows", "de"].body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clipboard_is_cleared_when_the_documents_say_so(documents: dict[tuple[str, str], Document], language: str):
    from gui.secret_clipboard import CLEARED_AFTER

    assert f"{CLEARED_AFTER:.0f} " in next(
        row
        for row in documents["flows", language].body.split("<tr>")
        if "lipboard" in row or "Zwischenablage</td>" in row
    )


def test_no_source_of_a_field_stands_in_a_notice(documents: dict[tuple[str, str], Document]):
    assert "Mülheim" not in documents["notice", "de"].body
    assert "(BSI ORP.2.A2)" not in documents["notice", "en"].body
    assert not [key for key, one in documents.items() if "(Mülheim)" in one.body or "(Moers" in one.body]


def test_word_processors_find_the_lines_of_tables_where_they_look_for_them(documents: dict[tuple[str, str], Document]):
    content = _content(odt_of(documents["flows", "de"].body, "de"))
    space = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
    automatic = content.find(f"{space % 'office'}automatic-styles")
    assert automatic is not None
    known = {one.get(f"{space % 'style'}name") for one in automatic}
    used = {cell.get(f"{space % 'table'}style-name") for cell in content.iter(f"{space % 'table'}table-cell")}
    assert used <= known
