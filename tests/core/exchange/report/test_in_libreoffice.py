"""The report in a real spreadsheet program: it opens, calculates, prints and saves without a loss."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.exchange.report.making import make_report
from core.i18n import use_language
from core.registry import Registry
from tests.core.exchange.report.workbooks import cells, load, load_values
from tests.parts.office import Office

READERS = ("internal", "committee", "public")
_GIVEN = re.compile(rb"(</f>)<v>[^<]*</v>")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the reports lie once the first test has made them; nobody writes to them."""
    return tmp_path_factory.mktemp("reports")


@pytest.fixture
def reports(folder: Path, demo: Registry, today: date) -> list[Path]:
    """A report for each reader in each language."""
    made = []
    for language in ("de", "en"):
        use_language(language)
        for reader in READERS:
            made.append(folder / f"{reader}-{language}.xlsx")
            if not made[-1].exists():
                make_report(demo, "2026Q4", made[-1], reader=reader, today=today)
    return made


def told(path: Path) -> dict[tuple[str, str], Any]:
    """Return what each cell of a workbook says; formulas with what they give."""
    book = load_values(path)
    return {
        (sheet.title, cell.coordinate): round(cell.value, 9) if isinstance(cell.value, float) else cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def without_values(path: Path, folder: Path) -> Path:
    """Copy a workbook without what its formulas gave, so that whoever opens it has to calculate."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(folder / path.name, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _GIVEN.sub(rb"\1", content) if name.startswith("xl/worksheets/sheet") else content)
    return folder / path.name


def test_every_formula_gives_what_the_registry_counted(
    reports: list[Path], libreoffice: Office, tmp_path: Path
) -> None:
    bare = [without_values(path, tmp_path / "bare") for path in reports]
    for path, saved in zip(reports, libreoffice.convert(bare, "xlsx", tmp_path / "calculated"), strict=True):
        formulas = [(cell.parent.title, cell.coordinate) for cell in cells(path) if cell.data_type == "f"]
        assert len(formulas) > 20
        ours, theirs = told(path), told(saved)
        assert {place: theirs[place] for place in formulas} == {place: ours[place] for place in formulas}


def test_nothing_is_lost_when_it_is_opened_and_saved(reports: list[Path], libreoffice: Office, tmp_path: Path) -> None:
    for before, after in zip(reports, libreoffice.convert(reports, "xlsx", tmp_path / "saved"), strict=True):
        assert told(after) == told(before)
        assert {c.data_type for c in cells(after)} <= {"s", "n", "d", "f"}  # No cell holds an error.
        book, ours = load(after), load(before)
        assert [sheet.title for sheet in book] == [sheet.title for sheet in ours]
        for sheet, own in zip(book.worksheets, ours.worksheets, strict=True):
            assert sheet.print_title_rows == own.print_title_rows
            assert len(sheet._charts) == len(own._charts)
            assert _links(sheet) == _links(own)
            filters = {sheet.auto_filter.ref, *(one.ref for one in sheet.tables.values())}
            assert {one.ref for one in own.tables.values()} <= filters


def _links(sheet: Any) -> dict[str, str]:
    return {cell.coordinate: cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink}


def test_it_prints_on_few_pages(reports: list[Path], libreoffice: Office, tmp_path: Path) -> None:
    for printed in libreoffice.convert(reports, "pdf", tmp_path / "printed"):
        pages = len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))
        assert 5 <= pages <= 28
