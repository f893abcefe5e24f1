"""Reads a workbook back as a test sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import takewhile
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook


def load(path: Path) -> Any:
    """Open a workbook; its values are of any type."""
    return openpyxl.load_workbook(path)


def load_values(path: Path) -> Any:
    """Open a workbook as readers see it that do not calculate: with what formulas gave when it was written."""
    return openpyxl.load_workbook(path, data_only=True)


def midnight(year: int, month: int, day: int) -> datetime:
    """Return a day as workbooks know it: an instant without a zone."""
    return datetime.combine(date(year, month, day), time())


def cells(path: Path) -> Iterator[Any]:
    """Give every cell of every sheet that holds something."""
    for sheet in load(path).worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def texts(path: Path) -> list[str]:
    """Return every text of a workbook: cells, headers and footers, properties."""
    book = load(path)
    told = [str(cell.value) for cell in cells(path)]
    for sheet in book.worksheets:
        parts = (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)
        told += [part.text or "" for part in parts]
    return [*told, *(str(value) for _name, value in book.properties if value)]


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a table below its header, by the columns' titles; what is told below an empty row is none."""
    rows = list(load(path)[sheet].iter_rows(min_row=4, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in takewhile(any, rows[1:])]


def at_a_glance(path: Path) -> dict[str, tuple[Any, Any]]:
    """Return the overview's left table: by its first column the active ones and all of them."""
    rows = list(load_values(path)["At a glance"].iter_rows(min_row=31, values_only=True))
    return {row[0]: row[1:3] for row in reversed(rows) if row[0]}


def read_by_calamine(path: Path) -> dict[str, list[list[Any]]]:
    """Return the sheets as the other reader sees them."""
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
