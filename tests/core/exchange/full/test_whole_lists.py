"""Whole lists and the whole log: everything is in them, and of people only what their reader may have."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import BadInputError, UnusableFileError
from core.exchange.exporting import export
from core.exchange.full.wanted import TITLES, whole
from core.exchange.report.readers import Reader
from core.governance.findings import stored
from core.i18n import _, show_date
from core.model import Channel, Person
from core.registry import Registry
from core.storage.values import to_plain
from tests.core.exchange.answers.conftest import city
from tests.core.exchange.report.workbooks import load, texts
from tests.core.inventory.assets.asset_records import make_asset, make_portrait, make_use, make_version

__all__ = ["city"]
pytestmark = pytest.mark.usefixtures("in_english")
TODAY = date(2026, 11, 23)
NAMES = ("Mustermann", "Erika", "erika@stadt.example", "02841", "Vertraulich")


@pytest.fixture
def full(city: Registry) -> Registry:
    """The city, with everything about its people that a reader could be shown."""
    with city.action("More", reason="Vertraulich") as session:
        for person in session.scalars(select(Person)):
            person.email, person.phone, person.notes = "erika@stadt.example", "02841 201", "Vertraulich"
            person.absent_until = date(2026, 12, 24)
        shown = session.scalars(select(Person).where(Person.function == "Redakteur")).one()
        portrait, arms = make_portrait(shown, rights_holder="Erika", source="Vertraulich"), make_asset()
        versions = [make_version(portrait, file_name="Erika.png"), make_version(arms)]
        session.add_all([portrait, arms, *versions])
        channel = session.scalars(select(Channel).where(Channel.title == "Stadt")).one()
        session.add_all([make_use(versions[0], channel, cleaned_by_id=shown.id), make_use(versions[1], channel)])
    return city


def written(registry: Registry, what: str, reader: Reader, out: Path) -> Path:
    export(registry, whole(what, reader), out, today=TODAY, reader=reader)
    return out


def plain(registry: Registry, what: str, reader: Reader, folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(written(registry, what, reader, folder / "list.json").read_text("utf-8"))
    return content


@pytest.mark.parametrize("what", sorted(TITLES))
@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_the_committee_never_reads_a_name(what: str, suffix: str, full: Registry, tmp_path: Path) -> None:
    out = written(full, what, Reader.COMMITTEE, tmp_path / f"list{suffix}")
    told = " ".join(texts(out)) if suffix == ".xlsx" else out.read_text("utf-8-sig")
    assert not [name for name in NAMES if name in told]


@pytest.mark.parametrize("what", ["people", "channels", "assets", "uses", "log"])
def test_the_editorial_team_reads_names(what: str, full: Registry, tmp_path: Path) -> None:
    assert "Mustermann" in written(full, what, Reader.INTERNAL, tmp_path / "list.json").read_text("utf-8")


def test_functions_stand_in_the_place_of_owners(full: Registry, tmp_path: Path) -> None:
    owners = {one["title"]: one["owner"] for one in plain(full, "channels", Reader.COMMITTEE, tmp_path)["records"]}
    assert owners == {"Stadt": "Redakteur, FD 1", "Zoo": None, "Alt": None, "Plan": None, "Name": None}


def test_functions_stand_in_the_place_of_titles_of_portraits(full: Registry, tmp_path: Path) -> None:
    assets = plain(full, "assets", Reader.COMMITTEE, tmp_path)["records"]
    assert sorted(one["title"] for one in assets) == ["Portrait: Redakteur, FD 1", "Wappen"]
    assert not {"person", "rights_holder", "source", "notes"} & assets[0].keys()
    uses = plain(full, "uses", Reader.COMMITTEE, tmp_path)["records"]
    assert sorted(one["asset"] for one in uses) == ["Portrait: Redakteur, FD 1", "Wappen"]
    assert not {"version", "cleaned_by"} & uses[0].keys()


def test_the_public_gets_active_channels_and_units_and_nothing_else(full: Registry, tmp_path: Path) -> None:
    channels = plain(full, "channels", Reader.PUBLIC, tmp_path)
    assert sorted(one["title"] for one in channels["records"]) == ["Stadt", "Zoo"]
    assert list(channels["columns"]) == ["title", "platform", "handle", "url", "unit", "opened_on"]
    assert len(plain(full, "units", Reader.PUBLIC, tmp_path)["records"]) == 2
    for what in ("people", "assets", "uses", "findings", "log"):
        with pytest.raises(BadInputError, match="not for the public"):
            whole(what, Reader.PUBLIC)


def test_an_unknown_list_is_refused() -> None:
    with pytest.raises(BadInputError, match="Choose one of: channels, people, units, assets, uses, findings, log"):
        whole("weather", Reader.INTERNAL)


@pytest.mark.parametrize("reader", [Reader.INTERNAL, Reader.COMMITTEE])
def test_the_log_holds_every_entry_with_its_hash(reader: Reader, full: Registry, tmp_path: Path) -> None:
    entries = full.log()
    records = plain(full, "log", reader, tmp_path)["records"]
    assert [(one["seq"], one["hash"]) for one in records] == [(entry.seq, entry.hash) for entry in entries]
    assert [one["record"] for one in records] == [str(entry.record_id) for entry in entries]
    left_out = {key for one in records for key in one["withheld"]}
    assert left_out >= {"family_name", "email", "reason"} if reader is Reader.COMMITTEE else not left_out
    if reader is Reader.INTERNAL:
        assert [(one["before"], one["after"]) for one in records] == [(entry.before, entry.after) for entry in entries]


def test_the_log_in_a_sheet_holds_values_as_one_text(full: Registry, tmp_path: Path) -> None:
    sheet = load(written(full, "log", Reader.INTERNAL, tmp_path / "list.xlsx"))["Log"]
    header, *rows = [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]
    told = [json.loads(row[header.index("After")]) for row in rows if row[header.index("After")]]
    assert told == [entry.after for entry in full.log() if entry.after is not None]


def test_workbook_and_json_name_their_reader(full: Registry, tmp_path: Path) -> None:
    assert plain(full, "units", Reader.PUBLIC, tmp_path)["reader"] == "public"
    sheet = load(written(full, "units", Reader.COMMITTEE, tmp_path / "list.xlsx"))["Units"]
    assert sheet["A2"].value == "As of 23 Nov 2026, committee: functions instead of names"


def test_all_findings_are_there_gravest_first(full: Registry, tmp_path: Path) -> None:
    with full.reading() as session:
        known = stored(session)
    out = written(full, "findings", Reader.INTERNAL, tmp_path / "list.csv")
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert len(rows) == len(known) > 0
    assert [row["Severity"] for row in rows] == [_(one.severity.label) for one in known]
    assert sorted(row["Concerns"] for row in rows) == sorted(one.subject_label for one in known)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_a_write_protected_file_is_not_replaced(suffix: str, full: Registry, tmp_path: Path) -> None:
    out = tmp_path / f"list{suffix}"
    out.write_text("old")
    out.chmod(0o444)
    with pytest.raises(UnusableFileError, match="write-protected"):
        written(full, "units", Reader.INTERNAL, out)
    assert out.read_text() == "old"


def test_the_log_in_a_sheet_holds_instants_that_can_be_sorted_and_tells_kinds_in_words(
    full: Registry, tmp_path: Path
) -> None:
    sheet = load(written(full, "log", Reader.INTERNAL, tmp_path / "list.xlsx"))["Log"]
    header, first, *_rest = sheet.iter_rows(min_row=4, values_only=True)
    told, entry = dict(zip(header, first, strict=True)), full.log()[0]
    at = entry.at.astimezone(UTC)
    assert abs(told["When (UTC)"] - at.replace(tzinfo=None)) <= timedelta(seconds=1)
    assert sheet["B5"].number_format.endswith("yyyy hh:mm:ss")
    assert told["Kind"] == "created"
    row = written(full, "log", Reader.INTERNAL, tmp_path / "list.csv").read_text("utf-8-sig").splitlines()[1]
    assert f"{show_date(at.date())}, {at:%H:%M:%S}" in row
    record = plain(full, "log", Reader.INTERNAL, tmp_path)["records"][0]
    assert (record["at"], record["kind"]) == (to_plain(entry.at), "create")
