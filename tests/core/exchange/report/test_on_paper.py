"""What comes onto paper is what the workbook shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.exchange.report import on_paper
from core.exchange.report.making import make_report
from core.exchange.report.number_text import number_text
from core.exchange.report.on_paper import PaperSheet, read_paper
from core.i18n import use_language
from core.registry import Registry
from tests.core.exchange.report.workbooks import load

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("value", "written", "english", "german"),
    [
        (1234567, "#,##0", "1,234,567", "1.234.567"),
        (0.394, "0 %", "39 %", "39 %"),
        (5, '+#,##0;"−"#,##0;"±"0', "+5", "+5"),
        (-1200, '+#,##0;"−"#,##0;"±"0', "−1,200", "−1.200"),
        (0, '+#,##0;"−"#,##0;"±"0', "±0", "±0"),
        (42, '"Shown: "#,##0', "Shown: 42", "Shown: 42"),
        (7, "General", "7", "7"),
        (2.5, "General", "2.50", "2,50"),
        (3, '"none"', "none", "none"),
    ],
)
def test_numbers_are_written_as_the_workbook_shows_them(value: float, written: str, english: str, german: str) -> None:
    assert number_text(value, written) == english
    use_language("de")
    assert number_text(value, written) == german


@pytest.fixture
def made(demo: Registry, tmp_path: Path, today: date) -> Path:
    return make_report(demo, "2026Q4", tmp_path / "report.xlsx", reader="internal", today=today).path


def words(sheet: PaperSheet) -> list[str]:
    return [cell.text for row in sheet.rows for cell in row if cell.text]


def test_every_sheet_and_every_text_is_there(made: Path) -> None:
    paper, book = read_paper(made), load(made)
    assert [sheet.title for sheet in paper.sheets] == book.sheetnames
    for sheet in paper.sheets:
        texts = [cell.value for row in book[sheet.title].iter_rows() for cell in row]
        expected = [text for text in texts if isinstance(text, str) and text and not text.startswith("=")]
        assert set(words(sheet)) >= set(expected)


def test_every_row_is_as_wide_as_its_sheet_and_tables_have_a_header(made: Path) -> None:
    for sheet in read_paper(made).sheets:
        assert {sum(cell.span for cell in row) for row in sheet.rows} == {len(sheet.widths)}
    channels = next(sheet for sheet in read_paper(made).sheets if sheet.title == "Channels")
    assert channels.header is not None
    assert channels.rows[channels.header][0].text == "Title"


def test_what_does_not_come_onto_paper_is_said(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_paper, "MOST_ROWS", 20)
    channels = next(sheet for sheet in read_paper(made).sheets if sheet.title == "Channels")
    assert len(channels.rows) == 20
    assert channels.note == "26 further rows are in the workbook."
