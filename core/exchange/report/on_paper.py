"""A report as it comes onto paper: what its workbook shows, cell by cell, for whoever prints without a spreadsheet.

It is read back from the workbook, so that both can never say different things; charts are drawn anew from its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from core.exchange.report.craft.looks import BAND, INK
from core.exchange.report.number_text import number_text
from core.exchange.report.paper_cells import PaperCell, PaperSheet
from core.exchange.report.paper_charts import PaperChart, read_drawings
from core.exchange.report.paper_parts import parts_of
from core.i18n import _, ngettext, show_date

MOST_ROWS = 2_000
"""So many rows of a sheet come onto paper; whoever needs more reads them in the workbook."""

_COLUMN = re.compile(rb'<col (?=[^>]*width="([\d.]+)")[^>]*?/>')
_ACROSS, _FIXED = re.compile(rb'fitToWidth="(\d+)"'), re.compile(rb'<pane [^>]*xSplit="(\d+)"')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)\d+"')


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report; its title, the line at the foot of each page, and its sheets."""

    title: str
    footer: str
    sheets: tuple[PaperSheet, ...]


def read_paper(workbook: Path) -> Paper:
    """Read what comes onto paper from a report that this program has made."""
    from openpyxl import load_workbook

    with closing(load_workbook(workbook, read_only=True, data_only=True)) as book, ZipFile(workbook) as archive:
        sheets = (part for number, sheet in enumerate(book.worksheets, 1) for part in _sheets(archive, number, sheet))
        told = book.properties
        return Paper(told.title or "", told.subject or "", tuple(sheets))


def _sheets(archive: ZipFile, number: int, sheet: Any) -> Iterator[PaperSheet]:
    """Give a sheet, or its parts where it takes pages beside each other."""
    source = archive.read(f"xl/worksheets/sheet{number}.xml")
    across, fixed = (int(found[1]) if (found := asked.search(source)) else 1 for asked in (_ACROSS, _FIXED))
    charts, picture = read_drawings(archive, number, sheet)
    yield from parts_of(replace(_sheet(sheet, source, charts), picture=picture), across, fixed)


def _sheet(sheet: Any, source: bytes, charts: Sequence[PaperChart]) -> PaperSheet:
    widths = tuple(float(width) for width in _COLUMN.findall(source[: source.index(b"<sheetData")])) or (60.0,)
    merged = _merged(source)
    cells = enumerate(sheet.iter_rows(max_row=MOST_ROWS), 1)
    rows, places = _closed_up([_row(row, merged.get(number, {}), len(widths)) for number, row in cells])
    header = next((place for place, row in enumerate(rows) if row and all(cell.fill == BAND for cell in row)), None)
    left_out = max(0, source.count(b"<row ") - MOST_ROWS)
    note = ngettext("{count} further row is in the workbook.", "{count} further rows are in the workbook.", left_out)
    return PaperSheet(
        sheet.title,
        widths,
        tuple(rows),
        header,
        note.format(count=left_out) if left_out else "",
        tuple(replace(chart, before=places[min(chart.row, len(places) - 1)]) for chart in charts),
    )


def _closed_up(rows: Sequence[tuple[PaperCell, ...]]) -> tuple[list[tuple[PaperCell, ...]], list[int]]:
    """Leave one empty row where there are several, the room of a chart; say how many are left above each, too."""
    kept: list[tuple[PaperCell, ...]] = []
    places = [0]
    for row in rows:
        if not (_is_empty(row) and kept and _is_empty(kept[-1])):
            kept.append(row)
        places.append(len(kept))
    return kept, places


def _is_empty(row: Sequence[PaperCell]) -> bool:
    return not any(cell.text or cell.fill or cell.line for cell in row)


def _merged(source: bytes) -> dict[int, dict[int, int]]:
    """Return over how many columns merged cells reach, by row and column."""
    from openpyxl.utils import column_index_from_string

    found: dict[int, dict[int, int]] = {}
    for first, row, last in _MERGED.findall(source):
        start, end = (int(column_index_from_string(letters.decode())) for letters in (first, last))
        found.setdefault(int(row), {})[start - 1] = end - start + 1
    return found


def _row(cells: Sequence[Any], merged: dict[int, int], columns: int) -> tuple[PaperCell, ...]:
    """Return the cells of a row; texts that are not wrapped reach over empty cells beside them, as on the screen."""
    made: list[PaperCell] = []
    place = 0
    padded = [*cells[:columns], *[None] * (columns - len(cells))]
    while place < columns:
        span = merged.get(place) or _reach(padded, place)
        made.append(_cell(padded[place], span))
        place += span
    return tuple(made)


def _reach(cells: Sequence[Any], place: int) -> int:
    one = cells[place]
    if not _filled(one) or not isinstance(one.value, str) or one.alignment.wrap_text:
        return 1
    if one.alignment.horizontal == "right":  # It would reach to the left.
        return 1
    empty = next((further for further in range(place + 1, len(cells)) if _filled(cells[further])), len(cells))
    return empty - place


def _filled(cell: Any) -> bool:
    return cell is not None and cell.value not in (None, "")


def _cell(cell: Any, span: int) -> PaperCell:
    if cell is None or not getattr(cell, "has_style", False):
        return PaperCell(_text(cell), span)
    font, fill, below = cell.font, cell.fill, cell.border.bottom
    return PaperCell(
        text=_text(cell),
        span=span,
        size=font.sz or 10,
        bold=bool(font.b),
        colour=_colour(font.color) or INK,
        fill=_colour(fill.fgColor) if fill.fill_type == "solid" else "",
        line=_colour(below.color) if below is not None and below.style else "",
        right=cell.alignment.horizontal == "right",
    )


def _colour(colour: Any) -> str:
    return str(colour.rgb)[-6:] if colour is not None and isinstance(colour.rgb, str) else ""


def _text(cell: Any) -> str:
    match getattr(cell, "value", None):
        case None:
            return ""
        case datetime() as instant:
            return show_date(instant.date())
        case date() as day:
            return show_date(day)
        case bool() as known:
            return _("yes") if known else _("no")
        case int() | float() as number:
            return number_text(number, cell.number_format)
        case told:
            return str(told)
