"""The report in a real spreadsheet program: it opens, prints and saves without a loss."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from core.exchange.report.making import make_report
from core.i18n import use_language
from core.registry import Registry
from tests.core.exchange.report.workbooks import cells, load
from tests.parts.office import Office

READERS = ("internal", "committee", "public")


@pytest.fixture
def reports(demo: Registry, tmp_path: Path, today: date) -> list[Path]:
    """A report for each reader in each language."""
    made = []
    for language in ("de", "en"):
        use_language(language)
        for reader in READERS:
            path = tmp_path / f"{reader}-{language}.xlsx"
            made.append(make_report(demo, "2026Q4", path, reader=reader, today=today).path)
    return made


def test_nothing_is_lost_when_it_is_opened_and_saved(reports: list[Path], libreoffice: Office, tmp_path: Path) -> None:
    for before, after in zip(reports, libreoffice.convert(reports, "xlsx", tmp_path / "saved"), strict=True):
        assert [(c.coordinate, c.value) for c in cells(after)] == [(c.coordinate, c.value) for c in cells(before)]
        assert {c.data_type for c in cells(after)} <= {"s", "n", "d"}
        book = load(after)
        assert [sheet.title for sheet in book] == [sheet.title for sheet in load(before)]
        for sheet in book.worksheets[1:-1]:
            assert sheet.auto_filter.ref
            assert sheet.print_title_rows == "$4:$4"


def test_it_prints_on_few_pages(reports: list[Path], libreoffice: Office, tmp_path: Path) -> None:
    for printed in libreoffice.convert(reports, "pdf", tmp_path / "printed"):
        pages = len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))
        assert 3 <= pages <= 12
