"""Sheets that are wider than what can be read on one page: they are cut into parts that share their first columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.exchange.report.paper_cells import PaperCell, PaperSheet


def parts_of(sheet: PaperSheet, across: int, fixed: int) -> Iterator[PaperSheet]:
    """Give the parts of a sheet.

    Args:
        sheet: The whole sheet.
        across: On how many pages beside each other it is printed.
        fixed: How many columns stand on all of them.
    """
    if across == 1:
        yield sheet
        return
    for columns in _shared_out(sheet.widths, across, fixed):
        rows = tuple(tuple(_cut(row, columns)) for row in sheet.rows)
        yield replace(sheet, widths=tuple(sheet.widths[one] for one in columns), rows=rows)


def _shared_out(widths: Sequence[float], across: int, fixed: int) -> Iterator[list[int]]:
    """Share columns out, so that all parts are about equally wide."""
    first, room = list(range(fixed)), sum(widths[fixed:]) / across
    some, used = list[int](), 0.0
    for column in range(fixed, len(widths)):
        if some and used + widths[column] / 2 > room:
            yield first + some
            some, used = [], 0.0
        some.append(column)
        used += widths[column]
    yield first + some


def _cut(row: Sequence[PaperCell], columns: Sequence[int]) -> Iterator[PaperCell]:
    """Give the cells of a row that stand in some columns; one that reaches over others reaches less far."""
    place = 0
    for cell in row:
        kept = sum(place <= one < place + cell.span for one in columns)
        if kept:
            yield replace(cell, span=kept, text=cell.text if place in columns else "")
        place += cell.span
