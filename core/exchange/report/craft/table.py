"""A sheet that is one table: title, filters, a header that stays in sight, widths from content, A4 landscape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from core.exchange.report.craft.book import Book, Page
from core.exchange.report.craft.looks import HEADER, HEADING, SUBTITLE, TEXT, Look
from core.exchange.report.craft.printing import Printed, print_setup
from core.exchange.report.craft.sizes import Written, width_of
from core.i18n import _

HEADER_ROW = 4
LAST_ROW = 1_048_576
"""The last row a sheet has (ECMA-376 and Excel's own limits)."""
_MEASURED = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its title and how its cells look."""

    title: str
    look: Look = TEXT
    widest: int = 40


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet with one table holds.

    Attributes:
        title: The sheet's name and heading.
        subtitle: One line below it.
        columns: From left to right.
        rows: Values a row, in the order of the columns; a value may bring a look of its own (`Written`).
        fixed: How many columns stay in sight when scrolling to the right.
    """

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Any]]
    fixed: int = 1


def write_table(book: Book, table: Table, printed: Printed, step: Callable[[], None]) -> None:
    """Write a table as a sheet of its own.

    Args:
        book: The workbook.
        table: What to write.
        printed: What the sheet says of itself on paper.
        step: Called after each row.
    """
    rows = iter(table.rows)
    first = [_dressed(table.columns, row) for row in islice(rows, _MEASURED)]
    page = book.add(table.title, _widths(table, first))
    _set_up(page, table)
    print_setup(page.sheet, printed)
    page.write_all(_head(table))
    for row in chain(first, (_dressed(table.columns, row) for row in rows)):
        if page.rows == LAST_ROW - 1:
            page.write([(_("A sheet ends here; further rows are left out."), SUBTITLE)])
            break
        page.write(row)
        step()
    page.sheet.auto_filter.ref = f"A{HEADER_ROW}:{_letter(len(table.columns))}{max(page.rows, HEADER_ROW)}"


def _dressed(columns: tuple[Column, ...], row: Sequence[Any]) -> list[Written]:
    return [
        value if isinstance(value, tuple) else (value, column.look) for value, column in zip(row, columns, strict=True)
    ]


def _widths(table: Table, measured: list[list[Written]]) -> list[float]:
    return [
        width_of(column.title, (row[place][0] for row in measured), widest=column.widest)
        for place, column in enumerate(table.columns)
    ]


def _set_up(page: Page, table: Table) -> None:
    """Set what stands before the rows in the file: the panes that stay in sight."""
    page.sheet.freeze_panes = f"{_letter(table.fixed + 1)}{HEADER_ROW + 1}"
    page.sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _head(table: Table) -> list[list[Written | None]]:
    header: list[Written | None] = [(column.title, _header_look(column)) for column in table.columns]
    return [[(table.title, HEADING)], [(table.subtitle, SUBTITLE)], [None], header]


def _header_look(column: Column) -> Look:
    from dataclasses import replace

    return replace(HEADER, align=column.look.align)


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))
