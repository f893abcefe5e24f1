"""Whatever is imported: a result or a sentence, in time, and nothing else happens."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from core.errors import RegistryError
from core.exchange import reading
from core.exchange.limits import MAX_FILE_BYTES, Refused
from core.exchange.reading import Workbook, read_workbook
from core.exchange.refusals import in_words
from tests.endurance.crafted_files import COMPOUND_FILE, cell, crafted, xlsx
from tests.endurance.hostile_files import DATA, GOOD, flip_bits, outcome, truncate

pytestmark = pytest.mark.usefixtures("in_english")

CRAFTED = crafted()


@pytest.mark.parametrize("name", CRAFTED)
def test_a_crafted_file_gives_a_result_or_its_own_sentence(name: str, tmp_path: Path):
    content, expected = CRAFTED[name]
    path = tmp_path / name
    path.write_bytes(content)
    result = outcome(path)
    match expected:
        case "read":
            assert isinstance(result, Workbook), result
        case "either":
            assert isinstance(result, Workbook | RegistryError)
        case reason:
            assert str(result).split(". ")[0] == str(in_words(path, Refused(reason, 2))).split(". ")[0] or (
                reason == "open-quote" and "quotation mark" in str(result)
            )
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_at_least_thirty_one_files_were_crafted():
    assert len(CRAFTED) >= 31


def test_flipped_bits_give_a_result_or_a_sentence(tmp_path: Path):
    assert flip_bits(tmp_path, 60, seed=7).total() == 60


def test_lists_cut_short_give_a_result_or_a_sentence(tmp_path: Path):
    assert truncate(tmp_path, 8)["Workbook"] <= 8, "only the text can be read when cut"


def test_a_legal_sheet_with_two_cells_far_apart_is_read_whole(tmp_path: Path):
    path = tmp_path / "sparse.xlsx"
    path.write_bytes(CRAFTED["sparse.xlsx"][0])
    rows = read_workbook(path).sheets[0].rows
    assert len(rows) == 1_048_576
    assert (rows[0], rows[1], rows[-1][-1], len(rows[-1])) == (("x",), (), "y", 16_384)


def test_more_rows_than_the_sheet_declares_are_all_read_even_by_the_patient_parser(tmp_path: Path):
    far = f'<row r="3">{cell("A3", "z")}</row><row r="1048576">{cell("XFD1048576", "y")}</row>'
    path = tmp_path / "false.xlsx"
    path.write_bytes(xlsx(f'<row r="1">{cell("A1", "x")}</row>{far}'))
    rows = read_workbook(path).sheets[0].rows
    assert (rows[0], rows[2], rows[-1][-1]) == (("x",), ("z",), "y")


def test_no_row_is_imported_from_a_list_whose_second_sheet_is_broken(tmp_path: Path):
    path = tmp_path / "halb.xlsx"
    path.write_bytes(xlsx(f'<row r="1">{cell("A1", "x")}</row>', sheets=2, sheet="<worksheet><sheetData><row"))
    with pytest.raises(RegistryError):
        read_workbook(path)


def test_a_protected_old_workbook_is_named_as_such(tmp_path: Path):
    content = (DATA / "formate.xls").read_bytes()
    # Record 0x002F (FILEPASS) stands right after the beginning of the workbook stream if a file is encrypted.
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    following = start + 4 + 16
    path = tmp_path / "alt.xls"
    path.write_bytes(content[:following] + b"\x2f\x00" + content[following + 2 :])
    assert content.startswith(COMPOUND_FILE)
    assert "password" in str(outcome(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_told_apart_without_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "ordner").mkdir()
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    expected = {
        tmp_path / "pipe.csv": "not an ordinary file",
        Path("/dev/zero"): "not an ordinary file",
        tmp_path / "ordner": "is a folder",
        tmp_path / "a.csv": "could not be read",
        tmp_path / "fehlt.csv": "was not found",
        tmp_path / "null\0.csv": "was not found",
        tmp_path / ("lang" * 100): "could not be read",
        tmp_path / "pipe.csv" / "x.csv": "was not found",
    }
    for path, words in expected.items():
        assert words in str(outcome(path)), path


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may read everything")
def test_a_file_without_the_right_to_read_it_says_so(tmp_path: Path):
    path = tmp_path / "geheim.csv"
    path.write_text("a;b")
    path.chmod(0)
    assert "may not be read" in str(outcome(path))


def test_a_list_is_found_through_a_link(tmp_path: Path):
    (tmp_path / "liste.csv").symlink_to(DATA / "kanalliste-semikolon.csv")
    assert read_workbook(tmp_path / "liste.csv").encoding == "cp1252"


def test_a_file_beyond_the_limit_is_not_even_read(tmp_path: Path):
    path = tmp_path / "riesig.csv"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert "larger than 64 MB" in str(outcome(path))


@pytest.mark.parametrize("name", GOOD)
def test_a_child_that_takes_too_long_is_ended(name: str):
    with pytest.raises(RegistryError, match="in time"):
        read_workbook(DATA / name, seconds=0.001)


def test_a_drive_that_does_not_answer_costs_only_the_time_allowed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    released = threading.Event()
    monkeypatch.setattr(reading, "_file_bytes", lambda _path: b"a;b" * released.wait(30))
    with pytest.raises(RegistryError, match="in time"):
        read_workbook(tmp_path / "fern.csv", seconds=0.05)
    released.set()
