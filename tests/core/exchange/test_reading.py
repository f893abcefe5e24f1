"""Lists as offices save them: each cell comes out as a person sees it, under the number of its row."""

from __future__ import annotations

import gc
import hashlib
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import BadInputError, UnusableFileError
from core.exchange.child import CHILD_FLAG, _command
from core.exchange.reading import Cell, read_workbook
from tests.endurance.crafted_files import cell, xlsx

pytestmark = pytest.mark.usefixtures("in_english")

DATA = Path(__file__).resolve().parents[2] / "data"
HALF_PAST_TWO = datetime.fromisoformat("2026-09-30T14:30")
HEAD = ("Netzwerk", "Adresse", "Zuständig", "Stand", "Follower", "Aktiv", "Formel")


def rows_of(path: Path, sheet: int = 0) -> tuple[tuple[Cell, ...], ...]:
    return read_workbook(path).sheets[sheet].rows


@pytest.fixture
def sheet() -> Worksheet:
    active = openpyxl.Workbook().active
    assert isinstance(active, Worksheet)
    return active


def saved(sheet: Worksheet, folder: Path, name: str = "liste.xlsx") -> Path:
    assert sheet.parent is not None
    sheet.parent.save(folder / name)
    return folder / name


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_format_gives_the_same_cells(kind: str):
    workbook = read_workbook(DATA / f"formate.{kind}")
    rows = workbook.sheets[0].rows
    assert workbook.kind == kind
    assert [sheet.name for sheet in workbook.sheets] == ["Kanäle", "Versteckt"]
    assert rows[:3] == (("Kanäle der Stadt",), (), HEAD)
    assert rows[3] == (
        "Facebook",
        "https://www.facebook.com/musterstadt",
        "Müller, Änne",
        date(2026, 9, 30),
        1200,
        1,
        2400,
    )
    assert rows[4][:5] == ("Mastodon", "@musterstadt@social.example", "Größ, Jörg", HALF_PAST_TWO, 0.5)
    assert rows[5] == ("Text", '=HYPERLINK("http://boese.example")', None, time(8, 15))
    assert workbook.sheets[1].rows == ((), (None, "auch das zählt"))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_an_error_stands_there_as_its_text(kind: str):
    assert rows_of(DATA / f"formate.{kind}")[4][6] == "#DIV/0!"


def test_a_new_kind_of_error_is_text_and_text_like_an_error_mark_stays(sheet: Worksheet, tmp_path: Path):
    sheet.append(['<c r="A1" t="e">', "#SPILL!"])
    sheet["B1"].data_type = "e"
    sheet["C1"] = ' t="e"'
    assert rows_of(saved(sheet, tmp_path)) == (('<c r="A1" t="e">', "#SPILL!", ' t="e"'),)


def test_the_list_of_moers_is_read_as_it_stands():
    workbook = read_workbook(DATA / "kanalliste-moers.xlsx")
    rows = workbook.sheets[0].rows
    assert rows[3][:4] == ("Netzwerk", "Adresse ", "seit", "Zuständig")
    assert rows[5][7] == date(2010, 11, 14)
    assert rows[11][7] == "30.02.2010"
    assert rows[12][8] == '=HYPERLINK("http://boese.example";"hier")'
    assert rows[-1] == ("* Rückfragen an die Internetredaktion",)
    assert workbook.sha256 == hashlib.sha256((DATA / "kanalliste-moers.xlsx").read_bytes()).hexdigest()


def test_the_wide_list_keeps_every_umlaut():
    assert rows_of(DATA / "profile-muelheim.xlsx")[1][0] == "Stadt Mülheim an der Ruhr"


def test_a_windows_list_keeps_every_umlaut():
    workbook = read_workbook(DATA / "kanalliste-semikolon.csv")
    assert (workbook.kind, workbook.encoding, workbook.separator) == ("csv", "cp1252", ";")
    assert workbook.sheets[0].name == "kanalliste-semikolon"
    assert workbook.sheets[0].rows[3][3] == "Größ, Änne"
    assert {len(row) for row in workbook.sheets[0].rows} == {7}
    assert workbook.sheets[0].rows[2][5] is None


def test_the_row_number_is_the_one_seen_beside_the_row(sheet: Worksheet, tmp_path: Path):
    sheet["C4"] = "hier"
    sheet["C4000"] = "dort"
    sheet.row_dimensions[4].hidden = True
    read = read_workbook(saved(sheet, tmp_path)).sheets[0]
    assert [(read.first_row + index, row) for index, row in enumerate(read.rows) if row] == [
        (4, (None, None, "hier")),
        (4000, (None, None, "dort")),
    ]


def test_empty_cells_and_rows_at_the_end_are_cut(sheet: Worksheet, tmp_path: Path):
    sheet["A1"] = "x"
    sheet["F9"].number_format = "0.00"
    assert rows_of(saved(sheet, tmp_path)) == (("x",),)


def test_only_the_first_of_merged_cells_has_the_value(sheet: Worksheet, tmp_path: Path):
    sheet.append(["Dezernat I", None, "Amt"])
    sheet.merge_cells("A1:B1")
    assert rows_of(saved(sheet, tmp_path)) == (("Dezernat I", None, "Amt"),)


def test_a_formula_is_never_evaluated(sheet: Worksheet, tmp_path: Path):
    sheet.append(["=1+1", "x"])
    assert rows_of(saved(sheet, tmp_path)) == ((None, "x"),)


def test_numbers_come_as_they_were_typed(tmp_path: Path):
    values = ("3", "0.5", "1E3", "9007199254740993", "1E300")
    row = "".join(f'<c r="{chr(65 + n)}1"><v>{value}</v></c>' for n, value in enumerate(values))
    path = tmp_path / "zahlen.xlsx"
    path.write_bytes(xlsx(f'<row r="1">{row}</row>'))
    read = rows_of(path)[0]
    assert read == (3, 0.5, 1000, 9007199254740992, 1e300)
    assert [type(value) for value in read] == [int, float, int, float, float]


def test_the_patient_parser_gives_the_same_cells_as_the_quick_one(tmp_path: Path):
    cells = f'{cell("B1", "Müller")}<c r="C1"><v>3</v></c><c r="D1" t="e"><v>#REF!</v></c><c r="E1" t="b"><v>1</v></c>'
    (tmp_path / "quick.xlsx").write_bytes(xlsx(f'<row r="2">{cells.replace("1", "2", 1)}</row>'.replace('1"', '2"')))
    far = f'<row r="1048576">{cell("XFD1048576", "fern")}</row>'
    row = f'<row r="2">{cells.replace("1", "2", 1)}</row>'.replace('1"', '2"')
    (tmp_path / "patient.xlsx").write_bytes(xlsx(row + far))
    quick = rows_of(tmp_path / "quick.xlsx")
    assert quick[1][1:4] == ("Müller", 3, "#REF!")
    assert rows_of(tmp_path / "patient.xlsx")[:2] == quick


@pytest.mark.parametrize(("given", "kind"), [("formate.xlsx", "csv"), ("formate.xls", "xlsx"), ("formate.ods", "xls")])
def test_the_content_decides_and_not_the_name(given: str, kind: str, tmp_path: Path):
    path = tmp_path / f"liste.{kind}"
    path.write_bytes((DATA / given).read_bytes())
    assert read_workbook(path).kind == given.partition(".")[2]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
        ("mac-roman", "mac-roman"),
        ("cp850", "cp850"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Name;Stand\nBürgeramt;geöffnet\nStraße;schön\n",
        "Ämter;Öffentlichkeit\nÜbersicht;Grünfläche\n",
        "Müller, Jörg;Größ, Änne\nKöln;für Gäste\n",
    ],
)
def test_german_text_comes_out_right_in_every_encoding(text: str, encoding: str, found: str, tmp_path: Path):
    path = tmp_path / "liste.csv"
    path.write_bytes(text.encode(encoding))
    workbook = read_workbook(path)
    assert workbook.encoding == found
    assert workbook.sheets[0].rows == tuple(tuple(line.split(";")) for line in text.splitlines())


@pytest.mark.parametrize(
    "word", ["100 €", "„Stadt“ – neu", "§ 5 Abs. 2", "Café", "Dušan", "Musterstadt®", "ß", "O’Neill …"]
)
def test_a_single_sign_in_a_windows_list_is_kept(word: str, tmp_path: Path):
    path = tmp_path / "liste.csv"
    path.write_bytes(f"a;b\nx;{word}".encode("cp1252"))
    assert rows_of(path)[1][1] == word


def test_one_broken_byte_does_not_spoil_every_umlaut(tmp_path: Path):
    path = tmp_path / "liste.csv"
    path.write_bytes("Müller;Größe;Ämter\n".encode() + b"kaputt\xff;x;y\n")
    assert rows_of(path) == (("Müller", "Größe", "Ämter"), ("kaputt\ufffd", "x", "y"))


@pytest.mark.parametrize(
    ("text", "separator", "rows"),
    [
        ("a;b\nc;d", ";", (("a", "b"), ("c", "d"))),
        ("a,b\nc,d", ",", (("a", "b"), ("c", "d"))),
        ("a\tb\nc\td", "\t", (("a", "b"), ("c", "d"))),
        ("a|b\nc|d", "|", (("a", "b"), ("c", "d"))),
        ("Name\nFacebook", None, (("Name",), ("Facebook",))),
        (
            "Titel\n\nName;Amt;Stand\nMüller, J;x, y;1\nMuster, E;x, y;2",
            ";",
            (("Titel",), (), ("Name", "Amt", "Stand")),
        ),
        ("sep=,\na;b,c", ",", (("a;b", "c"),)),
        ("\ufeffsep=;\r\na;b", ";", (("a", "b"),)),
        ('a;"zwei\nZeilen"\nb;"ein ""Wort"""', ";", (("a", "zwei\nZeilen"), ("b", 'ein "Wort"'))),
        ("a;;\n;;\nb;c;", ";", (("a",), (), ("b", "c"))),
        ('a;=HYPERLINK("x")', ";", (("a", '=HYPERLINK("x")'),)),
        ("a;b\rc;d\r\ne;f", ";", (("a", "b"), ("c", "d"), ("e", "f"))),
        ("007; 1,5 ;01.02.2026", ";", (("007", " 1,5 ", "01.02.2026"),)),
    ],
)
def test_a_text_list_is_split_as_excel_would(
    text: str, separator: str | None, rows: tuple[tuple[str, ...], ...], tmp_path: Path
):
    path = tmp_path / "liste.csv"
    path.write_bytes(text.encode())
    workbook = read_workbook(path)
    assert workbook.separator == separator
    assert workbook.sheets[0].rows[: len(rows)] == rows


def test_the_sentence_for_an_open_quotation_mark_names_the_row(tmp_path: Path):
    path = tmp_path / "liste.csv"
    path.write_text('a;b\n"c;d\ne;f\n')
    with pytest.raises(UnusableFileError, match=r"liste\.csv, row 2: a quotation mark"):
        read_workbook(path)


def test_what_is_no_list_is_the_users_choice_and_not_the_files_fault(tmp_path: Path):
    with pytest.raises(BadInputError, match="is a folder"):
        read_workbook(tmp_path)
    with pytest.raises(UnusableFileError, match=r"fehlt\.xlsx was not found"):
        read_workbook(tmp_path / "fehlt.xlsx")


def test_a_name_of_any_kind_is_read(tmp_path: Path):
    path = tmp_path / "-I Ämter {file} \udcff.csv"
    path.write_text("a;b")
    assert rows_of(path) == (("a", "b"),)


def test_the_packed_program_starts_itself_as_the_child(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert _command("quick", 20) == [sys.executable, CHILD_FLAG, "quick", "20"]


def test_the_child_sees_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KANALREGISTER_SECRET", "geheim")
    seen: list[object] = []
    original = subprocess.Popen

    def remember(*arguments: object, **options: object) -> object:
        seen.append(options["env"])
        return original(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", remember)
    read_workbook(DATA / "kanalliste-semikolon.csv")
    assert seen
    assert "geheim" not in repr(seen)


def test_the_child_starts_without_what_only_the_parent_needs():
    search = ":".join(sys.path)
    code = "import sys; sys.path[:] = sys.argv[1].split(':'); import core.exchange.parsing; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, search], capture_output=True, text=True, check=True
    )
    assert not {"re", "json", "typing", "enum", "dataclasses", "openpyxl", "subprocess"} & set(loaded.stdout.split())


def test_reading_leaves_no_process_and_no_open_file_behind():
    read_workbook(DATA / "formate.xlsx")
    gc.collect()  # A pipe left open would raise a ResourceWarning, which fails the test.
