"""How tables are made: totals that move, links, cells to fill in, marks, protection, names, and pictures with words."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange.report.craft import table
from core.exchange.report.craft.book import Properties, new_book
from core.exchange.report.craft.charts import Chart, Series, bars
from core.exchange.report.craft.filling import Fill
from core.exchange.report.craft.links import link_to
from core.exchange.report.craft.looks import FILL_IN, LINK, NUMBER, SEVERITY
from core.exchange.report.craft.names import headers, identifier, unique
from core.exchange.report.craft.printing import Printed
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.making import make_report
from core.registry import Registry
from core.settings import change_setting
from tests.core.exchange.report.workbooks import load, load_values, read_by_calamine

pytestmark = pytest.mark.usefixtures("in_english", "own_folders")

TITLE, COUNT = Column("Title", total="count"), Column("Followers", NUMBER, total="sum")


def written(path: Path, columns: Sequence[Column], rows: Sequence[Sequence[Any]], *, protected: bool = False) -> Any:
    """Write one table and open it again."""
    properties = Properties("Title", "Subject", "Erika Mustermann", date(2026, 11, 23))
    with new_book(properties, protected=protected) as book:
        page = write_table(book, Table("Channels", "all", tuple(columns), rows), Printed("a", "b"), lambda: None)
        bars(page, Chart("Size", "a: 1; b: 2", "A5:A6", [Series("n", "B5:B6")]), "D5:F12")
        book.save(path)
    return load(path).worksheets[0]


def test_totals_are_formulas_that_bear_what_they_give(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", [TITLE, COUNT], [["a", 3], ["b", None], ["", 4]])
    assert [cell.value for cell in sheet[3]] == ["=SUBTOTAL(103,A5:A7)", "=SUBTOTAL(109,B5:B7)"]
    assert [cell.value for cell in load_values(tmp_path / "a.xlsx").worksheets[0][3]] == [2, 7]
    assert read_by_calamine(tmp_path / "a.xlsx")["Channels"][2] == [2.0, 7.0]
    assert sheet["A3"].number_format == '"Shown: "#,##0'


def test_more_rows_than_are_measured_add_up_too(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", [TITLE, COUNT], [[str(number), number] for number in range(2_500)])
    assert load_values(tmp_path / "a.xlsx").worksheets[0]["B3"].value == sum(range(2_500))
    assert [one.ref for one in sheet.tables.values()] == ["A4:B2504"]


def test_a_table_without_rows_says_so(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", [TITLE, COUNT], [])
    assert sheet["A3"].value == "There is nothing to tell here."
    assert [one.ref for one in sheet.tables.values()] == ["A4:B5"]


def test_where_a_sheet_ends_a_note_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LAST_ROW", 8)
    sheet = written(tmp_path / "a.xlsx", [TITLE, COUNT], [["a", 1]] * 9)
    assert [one.ref for one in sheet.tables.values()] == ["A4:B7"]
    assert "further rows are left out" in sheet["A8"].value
    assert load_values(tmp_path / "a.xlsx").worksheets[0]["B3"].value == 3


def test_addresses_lead_into_the_web_as_far_as_a_sheet_takes_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MOST_LINKS", 2)
    given = [
        "https://www.facebook.com/stadt.musterstadt",
        "javascript:alert(1)",
        "https://müster.example/ä?a&b",
        "http://b.example",
    ]
    sheet = written(tmp_path / "a.xlsx", [TITLE, Column("Address", LINK, link=True)], [["a", one] for one in given])
    cells = [sheet.cell(5 + number, 2) for number in range(4)]
    assert [cell.value for cell in cells] == given
    targets = [cell.hyperlink.target if cell.hyperlink else None for cell in cells]
    assert targets == [given[0], None, "https://xn--mster-kva.example/%C3%A4?a&b", None]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://x.com/stadt", "https://x.com/stadt"),
        ("https://x.com/a b", "https://x.com/a%20b"),
        ("https://x.com/#a#b", "https://x.com/#a%23b"),
        ("ftp://x.com/a", None),
        ("mailto:a@b.example", None),
        ("https://", None),
        ("https:///a", None),
        ("file:///etc/passwd", None),
        ("https://user:pw@x.com/", "https://x.com/"),
        ("https://x.com:99999999/", None),
        ("https://x.com/" + "a" * 2_100, None),
        (None, None),
        ("", None),
    ],
)
def test_only_addresses_of_the_web_are_linked(address: str | None, target: str | None) -> None:
    assert link_to(address) == target


@given(st.text(max_size=60))
def test_whatever_is_linked_is_plain(text: str) -> None:
    for address in (text, f"https://{text}", f"https://a.example/{text}"):
        target = link_to(address)
        assert target is None or (target.isascii() and target.startswith(("http://", "https://")) and " " not in target)


def test_people_choose_answers_and_days(tmp_path: Path) -> None:
    columns = [
        TITLE,
        Column("Answer", FILL_IN, fill=Fill("Please choose.", ("yes", "no, never"))),
        Column("Day", FILL_IN, fill=Fill("A day.", not_before=date(2026, 9, 30))),
        Column("Remark", FILL_IN, fill=Fill("A remark.")),
    ]
    sheet = written(tmp_path / "a.xlsx", columns, [["a", None, None, None], ["b", None, None, None]], protected=True)
    rules = {str(rule.sqref): (rule.type, rule.formula1, rule.prompt) for rule in sheet.data_validations.dataValidation}
    assert rules == {
        "B5:B6": ("list", '"yes,no; never"', "Please choose."),
        "C5:C6": ("date", "DATE(2026,9,30)", "A day."),
        "D5:D6": ("textLength", "1000", "A remark."),
    }
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter  # Filters stay free.
    assert [cell.protection.locked for cell in sheet[5]] == [True, False, False, False]


def test_without_the_wish_nothing_is_protected(tmp_path: Path) -> None:
    assert not written(tmp_path / "a.xlsx", [TITLE], []).protection.sheet


def test_severities_are_coloured_by_what_the_cells_say(tmp_path: Path) -> None:
    columns = [TITLE, Column("Severity", marks={'Se"vere': SEVERITY["severe"], "Notice": SEVERITY["notice"]})]
    sheet = written(tmp_path / "a.xlsx", columns, [["a", 'Se"vere']])
    [(cells, rules)] = [(str(one.sqref), one.rules) for one in sheet.conditional_formatting]
    assert cells == "B5"
    assert [(rule.formula, rule.dxf.font.color.rgb) for rule in rules] == [
        (['"Se""vere"'], "00B3261E"),
        (['"Notice"'], "00475363"),
    ]


def test_charts_and_pictures_say_in_words_what_they_show(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q4", tmp_path / "a.xlsx", today=today).path
    with zipfile.ZipFile(path) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert drawing.count("descr=") == 4
    assert 'descr="Channels by platform (the 10 greatest). Facebook: 10; Instagram: 9' in drawing
    assert "Severe" in drawing
    assert len(load(path)["At a glance"]._charts) == 4


def test_the_hash_of_the_data_can_be_worked_out_again(demo: Registry, tmp_path: Path, today: date) -> None:
    path = make_report(demo, "2026Q4", tmp_path / "a.xlsx", today=today).path
    book = load(path)
    told = {row[0]: row[1] for row in book["Proof"].values}
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(f"xl/worksheets/sheet{number}.xml") for number in range(1, len(book.sheetnames))]
    assert told["Hash of the data"] == hashlib.sha256(b"".join(parts)).hexdigest()


def test_a_cover_text_comes_from_the_order_or_from_the_registry(demo: Registry, tmp_path: Path, today: date) -> None:
    with demo.action("Change setting") as session:
        change_setting(session, "report.cover-text", "=Set in the registry\n\nSecond part")
    texts = []
    for wish in (None, "Written today", ""):
        path = make_report(demo, "2026Q4", tmp_path / "a.xlsx", today=today, cover_text=wish).path
        texts.append([cell.value for cell in load(path)["Cover"]["A"]])
    assert [("=Set in the registry" in one, "Second part" in one, "Written today" in one) for one in texts] == [
        (True, True, False),
        (False, False, True),
        (False, False, False),
    ]


@pytest.mark.parametrize("reader", ["internal", "committee", "public"])
def test_a_protected_report_opens_only_what_is_to_be_filled_in(
    reader: str, demo: Registry, tmp_path: Path, today: date
) -> None:
    path = make_report(demo, "2026Q4", tmp_path / "a.xlsx", reader=reader, today=today, protect=True).path
    book = load(path)
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert book.security.lockStructure
    opened = {sheet.title for sheet in book for row in sheet for cell in row if not cell.protection.locked}
    assert opened == (set() if reader == "public" else {"Cover", "Findings"})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kanäle", "Kanaele"),
        ("Größe & Maß", "Groesse_Mass"),
        ("A1", "_A1"),
        ("R1C1", "_R1C1"),
        ("2026", "_2026"),
        ("Log", "_Log"),
        ("", "_"),
        ("日本", "_"),
    ],
)
def test_names_are_of_plain_letters_and_like_no_place(text: str, name: str) -> None:
    assert identifier(text) == name


def test_no_two_names_and_no_two_headers_are_alike() -> None:
    taken = set[str]()
    assert [unique(one, taken) for one in ("Kanaele", "KANAELE", "Kanaele")] == ["Kanaele", "KANAELE_2", "Kanaele_3"]
    assert headers(["Day", "day", " ", "a\nb", "Day"]) == ["Day", "day 2", "–", "a b", "Day 3"]


def test_no_name_is_given_twice_in_a_report(demo: Registry, tmp_path: Path, today: date) -> None:
    book = load(make_report(demo, "2026Q4", tmp_path / "a.xlsx", reader="internal", today=today).path)
    names = [*book.defined_names, *(name for sheet in book for name in sheet.tables)]
    assert len({name.casefold() for name in names}) == len(names) > 10
    assert book.defined_names["_As_of" if "_As_of" in names else "As_of"].attr_text == "'Cover'!$B$5"
