"""No text becomes a formula, an unreadable file, or is cut in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exchange.report.craft.book import Properties, new_book
from core.exchange.report.craft.looks import TEXT
from core.exchange.report.craft.printing import Printed
from core.exchange.report.craft.safe_text import LONGEST, MARK, safe
from core.exchange.report.craft.table import Column, Table, write_table
from tests.core.exchange.report.workbooks import load, read_by_calamine

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
FORMULA_LIKE = ["=", "+", "-", "@", "#", "'", "=1+1", '=HYPERLINK("http://x.example")', "#N/A", "#REF!"]
UNREADABLE = ["\ufffe", "\uffff", "\ud800", "\udfff", "\x00", "\x0b", "\x1f"]
ODD = ["_x000D_", "_x0041_", "\r\n", "\r", "\t", "\U0001f600", "\U0001fffe", "&amp;", "]]>", " "]
NASTY = st.sampled_from([*FORMULA_LIKE, *UNREADABLE, *ODD])


def written(texts: list[str], path: Path) -> Path:
    """Write texts below each other, as a report does."""
    table = Table("Texts", "", (Column("Text", TEXT),), [[text] for text in texts])
    with new_book(Properties("", "", "", date(2026, 11, 23))) as book:
        write_table(book, table, Printed("", ""), lambda: None)
        book.save(path)
    return path


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_text_that_looks_like_a_formula_stays_a_text(start: str, tmp_path: Path) -> None:
    text = f"{start}SUM(A1:A9)"
    cell = load(written([text], tmp_path / "x.xlsx")).active["A5"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Stadt Moers", "Stadt Moers"),
        ("a\x00b\x0bc", f"a{MARK}b{MARK}c"),
        ("\ud83d alone", f"{MARK} alone"),
        ("\U0001f600", "\U0001f600"),
        ("\ufffe\uffff", MARK * 2),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("_x000D_", "_x005F_x000D_"),
        ("#N/A", "#N/A"),
        ("", ""),
    ],
)
def test_a_text_is_written_as_a_cell_can_hold_it(text: str, stays: str) -> None:
    assert safe(text).text == stays


@pytest.mark.parametrize("letter", ["a", "\U0001f600", "ä"])
def test_a_text_too_long_is_cut_with_a_note_that_says_so(letter: str, in_english: None) -> None:
    text = letter * 40_000
    cut = safe(text)
    assert len(cut.text.encode("utf-16-le")) // 2 <= LONGEST
    assert cut.altered
    assert cut.text.endswith("the whole text has 40000 characters]")


def test_a_text_that_just_fits_is_whole() -> None:
    assert safe("a" * LONGEST).text == "a" * LONGEST
    assert not safe("a" * LONGEST).altered


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(ANY_TEXT, NASTY, st.lists(NASTY, max_size=4).map("".join)), min_size=10, max_size=10))
def test_whatever_is_written_reopens_in_two_readers_without_a_formula(tmp_path: Path, texts: list[str]) -> None:
    path = written(texts, tmp_path / "x.xlsx")
    sheet = load(path).active
    shown = [sheet.cell(5 + place, 1) for place in range(len(texts))]
    assert [cell.value or "" for cell in shown] == [safe(text).text for text in texts]
    assert {cell.data_type for cell in shown if cell.value is not None} <= {"s"}
    other = [str(row[0]) for row in read_by_calamine(path)["Texts"][4:]]
    expected = [safe(text).text.replace("_x005F_", "_") for text in texts]
    assert [text.replace("_x005F_", "_") for text in other] + [""] * (len(texts) - len(other)) == expected
