"""The report as its readers get it: its figures, its days, its craft, and what each reader may see."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.exchange.report.making import make_report
from core.governance.findings import find
from core.model import Channel, FollowerCount, Person, ReportRun, Responsibility, ResponsibilityRole, StoreBinding
from core.registry import Registry, create_registry
from core.settings import change_setting, read_settings
from core.storage.journal import insert_many
from tests.core.exchange.report.workbooks import (
    at_a_glance,
    cells,
    load,
    load_values,
    midnight,
    read_by_calamine,
    table,
    texts,
)

pytestmark = pytest.mark.usefixtures("in_english")
OURS = re.compile(
    r"=(SUBTOTAL\(\d+,[A-Z]+\d+:[A-Z]+\d+\)|SUM\([A-Z]+\d+:[A-Z]+\d+\)|[A-Z]+\d+-[A-Z]+\d+|IF\([A-Z0-9=,/]+\))"
)
"""The formulas that are ours."""
READERS = ("internal", "committee", "public")


def counted(registry: Registry, column: str) -> dict[str, int]:
    """Count channels by a column, past the program."""
    with sqlite3.connect(registry.path) as plain:
        rows = plain.execute(f"SELECT {column}, count(*) FROM channel GROUP BY 1")
        return {value or "": number for value, number in rows}


def test_the_figures_agree_with_an_independent_count(demo: Registry, tmp_path: Path, today: date) -> None:
    figures = make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today).figures
    assert figures["by_platform"] == counted(demo, "platform")
    assert figures["by_state"] == counted(demo, "state")
    assert {unit.replace("-", ""): number for unit, number in figures["by_unit"].items()} == counted(demo, "unit_id")
    assert figures["channels"] == 42
    assert figures["active"] == counted(demo, "state")["active"]
    with demo.reading() as session:
        found = find(session, today, read_settings(session), 1)
    severities = Counter(one.severity.value for one in found if one.rule != "report-overdue")
    assert figures["findings"] == dict(severities)


def test_the_sheets_hold_what_the_figures_count(demo: Registry, tmp_path: Path, today: date) -> None:
    made = make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today)
    platforms = Counter(row["Platform"] for row in table(made.path, "Channels"))
    assert (platforms["Facebook"], platforms.total()) == (made.figures["by_platform"]["facebook"], 42)
    standing = [row for row in table(made.path, "Findings") if row["Status"] in {"open", "new"}]
    severities = Counter(row["Severity"].lower() for row in standing)
    assert severities == made.figures["findings"]
    overview = at_a_glance(made.path)
    assert overview["Facebook"] == (made.figures["by_platform"]["facebook"],) * 2
    assert overview["Total"] == (made.figures["active"], 42)


def test_both_readers_of_workbooks_see_the_same(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today).path
    one, other = load_values(path), read_by_calamine(path)
    lists = ["Channels", "Responsibility", "Findings", "Changes", "Custody", "Appearance", "Reach"]
    assert one.sheetnames == list(other) == ["Cover", "At a glance", *lists, "Proof"]
    for sheet in one.worksheets:
        rows = [[_plain(value) for value in row] for row in sheet.values]
        assert [[_plain(value) for value in row] for row in other[sheet.title]] == rows


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    return float(value) if isinstance(value, int) else "" if value is None else value


def test_days_are_real_days_and_a_month_alone_stays_a_text(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today).path
    rows = {(row["Title"], row["Platform"]): row for row in table(path, "Channels")}
    assert rows["Stadt Musterstadt", "Facebook"]["Last post"] == midnight(2026, 11, 22)
    assert rows["Stadt Musterstadt", "Facebook"]["Opened"] == "03/2010"
    assert rows["Stadt Musterstadt", "Instagram"]["Opened"] == midnight(2016, 5, 2)
    assert rows["Stadt Musterstadt", "Instagram"]["Followers"] == 11240


@pytest.mark.parametrize("title", ["Channels", "Responsibility", "Findings"])
def test_tables_have_filters_a_fixed_header_and_pages(title: str, demo: Registry, tmp_path: Path, today: date) -> None:
    sheet = load(make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today).path)[title]
    [listed] = sheet.tables.values()
    assert listed.ref == listed.autoFilter.ref == f"A4:{sheet.cell(4, sheet.max_column).column_letter}{sheet.max_row}"
    assert listed.column_names == [cell.value for cell in sheet[4]]
    assert listed.tableStyleInfo.showRowStripes
    assert sheet.freeze_panes.endswith("5")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$4:$4", "landscape")
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert all(sheet.column_dimensions[cell.column_letter].width >= len(cell.value) for cell in sheet[4])


def test_wide_sheets_take_two_pages_beside_each_other_that_both_say_what_they_are(
    demo: Registry, tmp_path: Path, today: date
) -> None:
    book = load(make_report(demo, "2026Q4", tmp_path / "report.xlsx", reader="internal", today=today).path)
    across = {sheet.title: sheet.page_setup.fitToWidth for sheet in book}
    assert (across["Channels"], across["Findings"], across["Cover"], across["Changes"]) == (2, 2, 1, 1)
    for title, columns in (("Channels", "$A:$B"), ("Findings", "$A:$D")):
        sheet = book[title]
        assert sheet.print_title_cols == columns
        assert [str(cells) for cells in sheet.merged_cells.ranges] == [f"A2:{columns[-1]}2"]


def test_the_report_speaks_of_the_last_day_of_a_closed_quarter(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q3", tmp_path / "report.xlsx", today=today).path
    titles = {(row["Title"], row["Platform"]) for row in table(path, "Channels")}
    assert ("Stadt Musterstadt", "Bluesky") in titles  # opened 75 days before 23 November
    cover = [row[:3] for row in load(path)["Cover"].values]
    assert ("As of", midnight(2026, 9, 30), None) in cover
    leavers = [row for row in table(path, "Findings") if row["Finding"] == "Owner has left"]
    assert leavers == []  # Frieda Fiktiv left on 16 October.


def test_what_began_after_the_day_is_not_in_the_report(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q2", tmp_path / "report.xlsx", today=today).path
    titles = {(row["Title"], row["Platform"]) for row in table(path, "Channels")}
    assert ("Stadt Musterstadt", "Bluesky") not in titles
    assert ("Bildarchiv Musterstadt", "Flickr") in titles


def test_owners_are_those_of_the_day(demo: Registry, tmp_path: Path, today: date) -> None:
    with demo.action("Assign owner") as session:
        channel = session.scalars(select(Channel).where(Channel.title == "Kulturbüro Musterstadt")).one()
        people = {person.given_name: person for person in session.scalars(select(Person))}
        for name, since, until in (
            ("Anna", date(2026, 1, 1), date(2026, 9, 30)),
            ("Erika", date(2026, 10, 1), None),
        ):
            tie = {"channel_id": channel.id, "person_id": people[name].id, "role": ResponsibilityRole.OWNER}
            insert_many(session, Responsibility, [{**tie, "since": since, "until": until}])
    owners = {}
    for quarter in ("2026Q3", "2026Q4"):
        path = make_report(demo, quarter, tmp_path / f"{quarter}.xlsx", reader="internal", today=today).path
        [row] = [row for row in table(path, "Channels") if row["Title"] == "Kulturbüro Musterstadt"]
        owners[quarter] = row["Owner"]
    assert owners == {"2026Q3": "Anna Beispiel", "2026Q4": "Erika Mustermann"}


@pytest.mark.parametrize("reader", ["committee", "public"])
def test_nobody_is_named_outside_the_editorial_team(reader: str, demo: Registry, tmp_path: Path, today: date) -> None:
    _bind_to_erika(demo)
    told = "\n".join(texts(make_report(demo, "2026Q4", tmp_path / "report.xlsx", reader=reader, today=today).path))
    with demo.reading() as session:
        people = [person for person in session.scalars(select(Person)) if person.given_name]
    for person in people:
        for secret in (person.name, f"{person.given_name} {person.family_name}", person.email, person.phone):
            assert secret is None or secret not in told
    assert "Hauptausschuss" not in told  # Notes are free text, within the house only.


def _bind_to_erika(registry: Registry) -> None:
    with registry.action("Bind this account to a person") as session:
        erika = session.scalars(select(Person).where(Person.given_name == "Erika")).one()
        session.add(StoreBinding(store_id=registry.store_id, person_id=erika.id, since=date(2026, 1, 1)))


def test_the_committee_reads_functions_in_the_place_of_names(demo: Registry, tmp_path: Path, today: date) -> None:
    _bind_to_erika(demo)
    with demo.action("Change person") as session:
        session.scalars(select(Person).where(Person.given_name == "Sabine")).one().function = None
    path = make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today).path
    rows = {(row["Title"], row["Platform"]): row for row in table(path, "Channels")}
    assert rows["Stadt Musterstadt", "Facebook"]["Owner"] == "Leitung Presse und Internet, FD 1.3"
    assert rows["Stadtbibliothek Musterstadt", "Facebook"]["Owner"] == "a responsible person"
    assert rows["Stadt Musterstadt", "Google+"]["Owner"] == "Pressestelle"
    assert ("Made by", "Leitung Presse und Internet, FD 1.3") in [r[:2] for r in load(path)["Cover"].values]


def test_the_team_reads_names_addresses_and_notes(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q4", tmp_path / "report.xlsx", reader="internal", today=today).path
    rows = {(row["Title"], row["Platform"]): row for row in table(path, "Channels")}
    assert rows["Stadt Musterstadt", "Facebook"]["Owner"] == "Erika Mustermann"
    assert "Hauptausschusses" in rows["Stadt Musterstadt", "X"]["Notes"]
    assert "erika.mustermann@musterstadt.example" in {row["E-mail"] for row in table(path, "Responsibility")}


def test_the_public_reads_active_channels_only(demo: Registry, tmp_path: Path, today: date) -> None:
    made = make_report(demo, "2026Q4", tmp_path / "report.xlsx", reader="public", today=today)
    assert load(made.path).sheetnames == ["Cover", "At a glance", "Channels", "Reach", "Proof"]
    assert len(table(made.path, "Channels")) == made.figures["channels"] == made.figures["active"] < 42
    assert set(made.figures["findings"].values()) == {0}
    assert set(table(made.path, "Channels")[0]) == {"Title", "Platform", "Address", "Unit", "Opened"}


@pytest.mark.parametrize("reader", READERS)
def test_the_same_report_is_the_same_bytes(reader: str, demo: Registry, tmp_path: Path, today: date) -> None:
    head = demo.head()
    first = make_report(demo, "2026Q4", tmp_path / "first.xlsx", reader=reader, today=today)
    make_report(demo, "2026Q3", tmp_path / "other.xlsx", reader=reader, today=today)
    second = make_report(demo, "2026Q4", tmp_path / "second.xlsx", reader=reader, today=today)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert (first.sha256, head) == (second.sha256, demo.head())
    with zipfile.ZipFile(first.path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 23, 0, 0, 0)}


def test_no_time_of_day_is_printed(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q4", tmp_path / "report.xlsx", reader="internal", today=today).path
    days = [cell.value for cell in cells(path) if isinstance(cell.value, datetime)]
    assert days
    assert all((day.hour, day.minute, day.second) == (0, 0, 0) for day in days)
    properties = load(path).properties
    assert properties.created == properties.modified == midnight(2026, 11, 23)


def test_the_last_sheet_names_log_rules_and_thresholds(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today).path
    rows = list(load(path)["Proof"].values)
    seq, digest = demo.head()
    assert ("Newest entry", seq) in [row[:2] for row in rows]
    assert ("Its hash", digest) in [row[:2] for row in rows]
    assert ("Stale", "Warning", "90 days") in [row[:3] for row in rows]


def test_the_run_is_recorded_outside_the_log(demo: Registry, tmp_path: Path, today: date) -> None:
    before = demo.head()
    made = make_report(demo, "2026Q3", tmp_path / "report.xlsx", today=today)
    with demo.reading() as session:
        run = session.scalars(select(ReportRun)).one()
    assert (run.quarter, run.as_of, run.reader, run.language) == ("2026Q3", date(2026, 9, 30), "committee", "en")
    assert (run.file_name, run.file_sha256, run.figures) == ("report.xlsx", made.sha256, made.figures)
    assert (run.head_seq, run.head_hash) == before == demo.head()
    assert run.made_at - datetime.now(UTC) < timedelta(minutes=5)
    assert demo.verify().broken_at is None


def test_titles_that_look_like_formulas_stay_texts(demo: Registry, tmp_path: Path, today: date) -> None:
    evil = [
        '=HYPERLINK("http://x.example")',
        "+49 1",
        "-1",
        "@SUM(A1)",
        "#N/A",
        "_x000D_",
        "a\x00b",
        "\ufffe",
        "x" * 40_000,
    ]
    with demo.action("Change channels") as session:
        # Those with followers come first: their titles stand in the words of a chart, too.
        counted = select(FollowerCount.channel_id)
        order = Channel.id.in_(counted).desc(), Channel.id
        for channel, title in zip(session.scalars(select(Channel).order_by(*order)), evil[::-1], strict=False):
            channel.title = title
    made = make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today)
    assert {cell.data_type for cell in cells(made.path)} <= {"s", "n", "d", "f"}
    formulas = {cell.value for cell in cells(made.path) if cell.data_type == "f"}
    assert not [formula for formula in formulas if not OURS.fullmatch(formula)]
    shown = {row["Title"] for row in table(made.path, "Channels")}
    assert shown >= {*evil[:5], "a\ufffdb", "\ufffd", "_x005F_x000D_"}
    assert "marked" in made.note


def test_a_city_whose_name_looks_like_a_code_prints_as_it_is(demo: Registry, tmp_path: Path, today: date) -> None:
    with demo.action("Change setting") as session:
        change_setting(session, "city.name", "=1&P 2026")
    path = make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today).path
    assert load(path)["Cover"]["A1"].data_type == "s"
    with zipfile.ZipFile(path) as archive:
        assert b"&amp;L&amp;8 =1&amp;&amp;P 2026&amp;C" in archive.read("xl/worksheets/sheet1.xml")


def test_an_empty_registry_makes_a_report_too(tmp_path: Path, today: date) -> None:
    registry = create_registry(tmp_path / "empty.kanal")
    made = make_report(registry, "2026Q4", tmp_path / "report.xlsx", today=today)
    registry.close()
    assert made.figures["channels"] == 0
    assert table(made.path, "Channels") == []
