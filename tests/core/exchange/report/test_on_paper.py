"""What comes onto paper is what the workbook shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from core.exchange.coat_of_arms import change_coat_of_arms, read_picture
from core.exchange.report import on_paper
from core.exchange.report.craft.looks import SHOWN_SUM
from core.exchange.report.making import make_report
from core.exchange.report.number_text import number_text
from core.exchange.report.on_paper import read_paper
from core.exchange.report.paper_cells import PaperSheet
from core.i18n import use_language
from core.registry import Registry
from tests.core.exchange.report.workbooks import load

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("value", "written", "english", "german"),
    [
        (1234567, "#,##0", "1,234,567", "1.234.567"),
        (0.394, "0 %", "39 %", "39 %"),
        (0.394, "0%", "39%", "39%"),
        (1 / 8, "0%", "13%", "13%"),
        (29 / 200, "0%", "15%", "15%"),
        (0.285, "0%", "29%", "29%"),
        (1 / 200, "0 %", "1 %", "1 %"),
        (-2.5, '+#,##0;"−"#,##0;"±"0', "−3", "−3"),
        (-6253, SHOWN_SUM.format, "Σ −6,253", "Σ −6.253"),
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
    assert list(dict.fromkeys(sheet.title for sheet in paper.sheets)) == book.sheetnames
    for title in book.sheetnames:
        texts = [cell.value for row in book[title].iter_rows() for cell in row]
        expected = [text for text in texts if isinstance(text, str) and text and not text.startswith("=")]
        assert {word for sheet in paper.sheets if sheet.title == title for word in words(sheet)} >= set(expected)


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


def test_wide_sheets_are_cut_into_parts_that_share_their_first_columns(made: Path) -> None:
    left, right = (sheet for sheet in read_paper(made).sheets if sheet.title == "Channels")
    assert left.header == right.header
    heads = [[cell.text for cell in sheet.rows[sheet.header or 0]] for sheet in (left, right)]
    assert heads[0][:2] == heads[1][:2] == ["Title", "Platform"]
    assert heads[0][2:] + heads[1][2:] == [cell.value for cell in load(made)["Channels"][4]][2:]
    assert [row[0].text for row in left.rows] == [row[0].text for row in right.rows]
    assert abs(sum(left.widths) - sum(right.widths)) < 40


def test_charts_come_with_the_figures_they_are_drawn_from(made: Path) -> None:
    sheet = next(sheet for sheet in read_paper(made).sheets if sheet.title == "At a glance")
    by_platform, by_unit, findings, rate = sheet.charts
    assert [chart.kind for chart in sheet.charts] == ["bars", "bars", "columns", "lines"]
    assert by_platform.row == by_unit.row < findings.row == rate.row
    book = load(made)["At a glance"]
    told = {row[0].value: row[2].value for row in book.iter_rows() if row[0].value in by_platform.names}
    assert dict(zip(by_platform.names, by_platform.series[0].values, strict=True)) == told
    assert [one.title for one in findings.series] == ["Severe", "Warning", "Notice"]
    assert len({one.colour for one in findings.series}) == 3
    assert (rate.percent, rate.greatest, len(rate.names)) == (True, 1.0, 8)
    below = sheet.rows[by_platform.before]
    assert sheet.rows[by_platform.before - 1][0].text == "" or below[0].text == "By platform"


def test_the_coat_of_arms_comes_along(demo: Registry, tmp_path: Path, today: date) -> None:
    arms = tmp_path / "arms.png"
    Image.new("RGB", (200, 300), (180, 30, 30)).save(arms)
    with demo.action("arms") as session:
        change_coat_of_arms(session, read_picture(arms))
    paper = read_paper(make_report(demo, "2026Q4", tmp_path / "report.xlsx", today=today).path)
    picture = paper.sheets[0].picture
    assert picture is not None
    assert picture.content.startswith(b"\x89PNG")
    assert picture.width / picture.height == pytest.approx(2 / 3)
    assert [sheet.picture for sheet in paper.sheets[1:]] == [None] * (len(paper.sheets) - 1)
