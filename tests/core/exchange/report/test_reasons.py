"""A reason that may name somebody is told to the editorial team alone; all others stand in the report."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.exchange.exporting import export
from core.exchange.full.wanted import whole
from core.exchange.report.making import make_report
from core.exchange.report.readers import Reader
from core.exchange.report.reasons import names_sentence, read_names, reasons_for
from core.governance.waivers import waive
from core.inventory.channels import close
from core.model import Channel, Person, PersonKind
from core.registry import Registry
from core.settings import change_setting
from tests.core.exchange.report.workbooks import cells, table
from tests.factories import make_channel, make_person

pytestmark = pytest.mark.usefixtures("in_english")

NAMING = [
    ("Erika Musterkoch ist bis Oktober krank", ["Erika", "Musterkoch"]),
    ("Erikas Vertretung fehlt", ["Erikas"]),
    ("erika ist in Elternzeit", ["erika"]),
    ("Wartet auf MÜLLER", ["MÜLLER"]),
    ("Wartet auf Mueller", ["Mueller"]),
    ("Früher Altmeyer", ["Altmeyer"]),
    ("Nach Neu fragen", ["Neu"]),
    ("Frau Beispiel ist krank", ["Frau Beispiel"]),
    ("Herrn Dr. Beispiel fragen", ["Herrn Dr. Beispiel"]),
    ("Fragen an e.m@stadt.example", ["e.m@stadt.example"]),
    ("Unter 02841 / 20 15 16 fragen", ["2841201516"]),
    ("Macht Xu", ["Xu"]),
    ("Max fragen", ["Max"]),
    ("Familie von der HEIDE", ["HEIDE"]),
]
NAMELESS = [
    "",
    "Wird gerade neu vergeben.",
    "Kaum noch gelesen, max. 3 Besuche am 01.10.2026",
    "Die Redaktion von FD 1 übernimmt in der Woche 40",
    "Musterstadt hat die Pressestelle beauftragt",
    "xu ist kein Wort",
]


@pytest.fixture
def named(registry: Registry, today: date) -> Registry:
    """A registry with people of all sorts of names, one of whom was once called otherwise."""
    registry.today = lambda: today
    mueller = make_person(given_name="Ulla", family_name="Müller", phone="+49 (0)2841 201516")
    with registry.action("Add", now=datetime(2026, 1, 5, 9, tzinfo=UTC)) as session:
        change_setting(session, "city.name", "Musterstadt")
        session.add_all([make_person(family_name="Musterkoch"), make_person(given_name="Ole", family_name="Neu")])
        session.add_all([mueller, renamed := make_person(given_name="Ute", family_name="Altmeyer")])
        session.add(make_person(given_name="Max", family_name="Sander"))
        session.add(make_person(given_name="Xu", family_name="von der Heide"))
        session.add(Person(kind=PersonKind.OFFICE, family_name="Pressestelle"))
    with registry.action("Rename", now=datetime(2026, 1, 6, 9, tzinfo=UTC)) as session:
        session.get_one(Person, renamed.id).family_name = "Neumeyer"
    return registry


@pytest.mark.parametrize(("reason", "found"), [*NAMING, *((reason, []) for reason in NAMELESS)])
def test_whatever_could_be_a_name_is_found(named: Registry, reason: str, found: list[str]) -> None:
    with named.reading() as session:
        assert read_names(session).found_in(reason) == found
        for reader in (Reader.COMMITTEE, Reader.PUBLIC):
            told = reasons_for(session, reader)(reason)
            assert told == ("A reason is given; it may name people." if found else reason)
        assert reasons_for(session, Reader.INTERNAL)(reason) == reason


def test_a_name_that_was_learnt_later_is_found_in_views_of_the_past(named: Registry) -> None:
    before = named.log()[-1].seq
    with named.action("Add") as session:
        session.add(make_person(given_name="Jutta", family_name="Spätling"))
    with named.snapshot(as_of=date(2026, 1, 31), known_on=before) as session:
        assert read_names(session).found_in("Spätling ist krank") == ["Spätling"]


def test_whoever_gives_a_reason_is_told_which_words_are_in_the_way() -> None:
    assert names_sentence([]) == ""
    assert names_sentence(["Erika", "Koch"]).startswith("The reason may name people: “Erika”, “Koch”. ")


@pytest.fixture
def given(named: Registry, today: date) -> Registry:
    """The same registry with findings waived and channels closed, for one reason that names somebody and one each."""
    with named.action("Add", now=datetime(2026, 1, 7, 9, tzinfo=UTC)) as session:
        channels = [make_channel(title=f"Kanal {one}", handle=f"kanal-{one}", opened_on="2020") for one in range(4)]
        session.add_all(channels)
    reasons = "Erika Musterkoch ist bis Oktober krank", "Wird gerade neu vergeben."
    with named.action("Decide", now=datetime(2026, 9, 1, 9, tzinfo=UTC)) as session:
        for channel, reason in zip(channels, (*reasons, *reasons), strict=True):
            one = session.get_one(Channel, channel.id)
            if channel in channels[:2]:
                until = date(2026, 12, 31)
                waive(session, "no-owner", "channel", one.id, reason=reason, until=until, today=date(2026, 9, 1))
            else:
                close(one, on=date(2026, 9, 1), reason=reason)
    return named


def workbook(registry: Registry, reader: str, today: date) -> Path:
    return make_report(registry, "2026Q3", registry.path.with_name(f"{reader}.xlsx"), reader=reader, today=today).path


def test_the_committee_reads_every_reason_but_those_that_name_somebody(given: Registry, today: date) -> None:
    path = workbook(given, "committee", today)
    expected = {"A reason is given; it may name people.", "Wird gerade neu vergeben."}
    waived = [row for row in table(path, "Findings") if row["Status"] == "waived"]
    assert {row["Reason or remedy"] for row in waived} == expected
    assert expected <= {value for row in table(path, "Changes") for value in row.values()}
    assert not [cell.value for cell in cells(path) if "krank" in str(cell.value)]


def test_the_public_reads_no_reason_that_names_somebody(given: Registry, today: date) -> None:
    assert not [cell.value for cell in cells(workbook(given, "public", today)) if "krank" in str(cell.value)]


def test_the_team_reads_every_reason(given: Registry, today: date) -> None:
    path = workbook(given, "internal", today)
    assert len([1 for cell in cells(path) if "krank" in str(cell.value)]) >= 2


def test_the_list_of_channels_veils_reasons_and_the_log_leaves_them_out(
    given: Registry, today: date, tmp_path: Path
) -> None:
    records = {}
    for what in ("channels", "log"):
        export(given, whole(what, Reader.COMMITTEE), tmp_path / f"{what}.json", today=today, reader=Reader.COMMITTEE)
        content = (tmp_path / f"{what}.json").read_text("utf-8")
        assert "krank" not in content
        records[what] = json.loads(content)["records"]
    reasons = {one["closing_reason"] for one in records["channels"]}
    assert reasons == {None, "A reason is given; it may name people.", "Wird gerade neu vergeben."}
    assert any("closing_reason" in one["withheld"] for one in records["log"])
