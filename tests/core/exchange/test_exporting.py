"""What a list shows comes out as it is shown, whole or not at all, and never as a formula."""

import csv
import json
from datetime import date

import openpyxl
import pytest

from core import i18n
from core.errors import BadInputError
from core.exchange.comma_separated import harmless
from core.exchange.exporting import Export, ExportCancelledError, export
from core.exchange.report.readers import Reader
from core.i18n import N_, _
from core.inventory.channels import add_channel
from core.inventory.lists import CHANNELS
from core.storage.searching import View

TODAY = date(2026, 11, 23)
COLUMNS = ("title", "platform", "registered_on", "findings_count", "tags")


@pytest.fixture
def full(registry):
    with registry.action(N_("Fill")) as session:
        for title, address in {
            "Ämter": "facebook.com/aemter",
            "Zoo": "instagram.com/zoo",
            '=HYPERLINK("http://x.example")': "facebook.com/boese",
        }.items():
            add_channel(session, address, title=title, today=TODAY).tags = ("Kultur", "Jugend")
    return registry


def wanted(search="", sort="title", descending=False, keys=COLUMNS):
    return Export(CHANNELS, keys, View(search, sort, descending), "Kanäle")


def write(registry, path, how=None, **more):
    return export(registry, how or wanted(), path, today=TODAY, **more)


def separated(path):
    return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


def sheet(path):
    book = openpyxl.load_workbook(path)
    return book[book.sheetnames[0]]


def test_a_workbook_holds_columns_filter_and_order_with_dates_as_dates(full, tmp_path, in_english):
    out = tmp_path / "list.xlsx"
    assert write(full, out, wanted(search=["aemter", "zoo"][1], descending=True)).count == 1
    write(full, out, wanted(sort="title", descending=True))
    rows = list(sheet(out).values)[3:]
    assert rows[0] == ("Title", "Platform", "Registered", "Number of findings", "Tags")
    assert [row[0] for row in rows[1:]] == ["Zoo", "Ämter", '=HYPERLINK("http://x.example")']
    assert rows[1][1] == "Instagram"
    assert rows[1][2].date() == TODAY
    assert isinstance(rows[1][3], int)


def test_no_cell_of_a_workbook_is_a_formula(full, tmp_path):
    out = tmp_path / "list.xlsx"
    write(full, out)
    cells = [cell for row in sheet(out).iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}


def test_text_with_separators_has_the_mark_and_the_separator_of_the_language(full, tmp_path):
    out = tmp_path / "list.csv"
    assert write(full, out).count == 3
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(separated(out)[0]) == len(COLUMNS) + 1
    assert separated(out)[2][0] == "Ämter"
    i18n.use_language("en")
    write(full, out)
    assert out.read_text("utf-8-sig").startswith("Title,Platform,")


@pytest.mark.parametrize("reader", list(Reader))
def test_each_row_of_plain_text_names_its_reader(full, tmp_path, reader):
    out = tmp_path / "list.csv"
    write(full, out, reader=reader)
    header, *rows = separated(out)
    assert header[-1] == _("Made for")
    assert {row[-1] for row in rows} == {_(reader.label)}


def test_no_text_is_a_formula_in_any_spreadsheet(full, tmp_path):
    out = tmp_path / "list.csv"
    write(full, out)
    assert not [cell for row in separated(out) for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("text", ["=1+1", "+49 2841", "-1", "@stadt", "\t=1", " =1", "\r=1"])
def test_a_dangerous_beginning_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


def test_json_holds_values_as_they_are_stored(full, tmp_path):
    out = tmp_path / "list.json"
    write(full, out)
    content = json.loads(out.read_text("utf-8"))
    assert (content["list"], content["exported_on"]) == ("channel", "2026-11-23")
    assert list(content["columns"]) == list(COLUMNS)
    first = content["records"][1]
    assert (first["title"], first["platform"], first["registered_on"]) == ("Ämter", "facebook", "2026-11-23")
    assert first["tags"] == ["Kultur", "Jugend"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_an_empty_list_is_a_file_that_can_be_read(registry, tmp_path, suffix):
    out = tmp_path / f"list{suffix}"
    assert write(registry, out).count == 0
    assert out.stat().st_size


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_a_cancelled_export_leaves_what_was_there(full, tmp_path, suffix):
    out = tmp_path / f"list{suffix}"
    out.write_text("before")
    with pytest.raises(ExportCancelledError):
        write(full, out, cancelled=lambda: True)
    assert out.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir() if "list" in one.name] == [out.name]


def test_a_name_without_a_known_ending_is_refused(full, tmp_path):
    with pytest.raises(BadInputError, match=r"\.xlsx, \.csv, \.json"):
        write(full, tmp_path / "list.txt")


def test_what_has_no_room_in_a_sheet_is_said_in_the_sheet_and_to_whoever_exports(
    full, tmp_path, in_english, monkeypatch
):
    monkeypatch.setattr("core.exchange.report.craft.table.LAST_ROW", 6)
    out = tmp_path / "list.xlsx"
    note = write(full, out).note
    assert [row[0] for row in sheet(out).values][5:] == ["A sheet ends here; further rows are left out."]
    assert "further rows are left out" in note


def test_what_no_cell_can_hold_is_marked_and_said(full, tmp_path, in_english):
    with full.action(N_("Fill")) as session:
        add_channel(session, "x.com/lang", title="lang\x01" + "g" * 40_000, today=TODAY)
    out = tmp_path / "list.xlsx"
    assert "1 cell holds characters" in write(full, out).note
    (text,) = [row[0] for row in sheet(out).values if str(row[0]).startswith("lang")]
    assert len(text) == 32_767
    assert "the whole text has 40005 characters" in text
    write(full, tmp_path / "list.json")
    records = json.loads((tmp_path / "list.json").read_text("utf-8"))["records"]
    assert "lang\x01" + "g" * 40_000 in [one["title"] for one in records]
