"""A sheet that is one table: title, totals, filters, a header that stays in sight, widths from content, A4 landscape.

The totals stand above the header, where they stay in sight; whoever filters sees them move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any, Literal

from core.exchange.report.craft.book import Book, Page
from core.exchange.report.craft.filling import Fill, ask_for, mark
from core.exchange.report.craft.formulas import count_shown, sum_shown
from core.exchange.report.craft.links import MOST_LINKS, link_to
from core.exchange.report.craft.looks import HEADER, HEADING, NOTE, SHOWN, SHOWN_SUM, SUBTITLE, TEXT, Look
from core.exchange.report.craft.names import headers
from core.exchange.report.craft.printing import Printed, pages_across, print_setup
from core.exchange.report.craft.sizes import Written, width_of
from core.i18n import _

HEADER_ROW = 4
LAST_ROW = 1_048_576
"""The last row a sheet has (ECMA-376 and Excel's own limits)."""
BANDED = "TableStyleLight1"
_MEASURED = 1_000
_WIDEST_SUM = 14
_GREATEST = 10**15


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        title: What stands in its header.
        look: How its cells look.
        widest: Longer texts are wrapped at this width.
        link: Whether its cells are addresses that lead into the web.
        total: What stands above its header: how many cells are filled, or their sum; of those that a filter leaves.
        fill: What people may write into its cells.
        marks: How cells with certain texts are coloured.
    """

    title: str
    look: Look = TEXT
    widest: int = 40
    link: bool = False
    total: Literal["sum", "count"] | None = None
    fill: Fill | None = None
    marks: Mapping[str, Look] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet with one table holds.

    Attributes:
        title: The sheet's name and heading.
        subtitle: One line below it.
        columns: From left to right.
        rows: Values a row, in the order of the columns; a value may bring a look of its own (`Written`).
        fixed: How many columns stay in sight when scrolling to the right.
        name: What formulas call the table; made from the title if empty.
    """

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Any]]
    fixed: int = 1
    name: str = ""


def write_table(book: Book, table: Table, printed: Printed, step: Callable[[], None]) -> Page:
    """Write a table as a sheet of its own.

    Args:
        book: The workbook.
        table: What to write.
        printed: What the sheet says of itself on paper.
        step: Called after each row.

    Returns:
        The sheet; it takes charts until the next one is begun.
    """
    rows, looks = iter(table.rows), [column.look for column in table.columns]
    first = [_dressed(looks, row) for row in islice(rows, _MEASURED)]
    widths = _widths(table, first)
    page = book.add(table.title, widths)
    across = pages_across(widths, table.fixed)
    _set_up(page, table, printed, across)
    _write_titles(page, table, across)
    totals = _Totals(table.columns)
    page.write_provisional(totals.row(LAST_ROW, most=True), _nothing())
    page.write(_header(table))
    last = _write_rows(book, page, chain(first, (_dressed(looks, row) for row in rows)), totals, step)
    page.replace_provisional(totals.row(last) if last > HEADER_ROW else _nothing())
    _complete(book, page, table, max(last, HEADER_ROW + 1))
    return page


def _write_titles(page: Page, table: Table, across: int) -> None:
    """Write the heading; on pages beside each other it keeps to the columns that all of them show."""
    page.write([(table.title, HEADING)])
    if across > 1:
        page.write_over((table.subtitle, replace(SUBTITLE, wrap=True)), table.fixed)
    else:
        page.write([(table.subtitle, SUBTITLE)])


def _nothing() -> list[Written | None]:
    """Return what stands above a table without rows, so that nobody looks for them."""
    return [(_("There is nothing to tell here."), NOTE)]


class _Totals:
    """Adds up a table's columns while it is written."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self.columns = columns
        self.added = {place: 0 for place, column in enumerate(columns) if column.total}

    def add(self, row: Sequence[Written]) -> None:
        """Count in a row."""
        for place in self.added:
            value = row[place][0]
            if self.columns[place].total == "sum":
                self.added[place] += 0 if isinstance(value, str) else value or 0
            elif value not in (None, ""):
                self.added[place] += 1

    def row(self, last: int, *, most: bool = False) -> list[Written | None]:
        """Return the row of the totals down to a last row; with `most` one that takes as much room as any can."""
        return [self._cell(place, last, most=most) for place in range(len(self.columns))]

    def _cell(self, place: int, last: int, *, most: bool) -> Written | None:
        total = self.columns[place].total
        if total is None:
            return None
        cells = _range(place + 1, last)
        value = _GREATEST if most else self.added[place]
        return (sum_shown(cells, value), SHOWN_SUM) if total == "sum" else (count_shown(cells, value), _shown_look())


def _shown_look() -> Look:
    """Return how the number of the rows that are shown is written: in words, so that it explains itself."""
    before, after = _("Shown: {number}").replace('"', "'").split("{number}")
    return replace(SHOWN, format="#,##0".join(f'"{part}"' if part else "" for part in (before, after)), align="left")


def _write_rows(
    book: Book, page: Page, rows: Iterable[list[Written]], totals: _Totals, step: Callable[[], None]
) -> int:
    """Write rows as long as the sheet has room, and return the last one's number."""
    linked = [place for place, column in enumerate(totals.columns) if column.link]
    for row in rows:
        if page.rows == LAST_ROW - 1:
            note = _("A sheet ends here; further rows are left out.")
            page.write([(note, SUBTITLE)])
            book.notes.append(f"{page.sheet.title}: {note}")
            return page.rows - 1
        page.write(row)
        if totals.added:
            totals.add(row)
        for place in linked:
            _link(page, place, row[place][0])
        step()
    return page.rows


def _link(page: Page, place: int, address: Any) -> None:
    target = link_to(address)
    if target is not None and len(page.links) < MOST_LINKS:
        page.links.append((f"{_letter(place + 1)}{page.rows}", target))


def _dressed(looks: Sequence[Look], row: Sequence[Any]) -> list[Written]:
    return [value if isinstance(value, tuple) else (value, look) for value, look in zip(row, looks, strict=True)]


def _widths(table: Table, measured: list[list[Written]]) -> list[float]:
    return [_width(column, [row[place][0] for row in measured]) for place, column in enumerate(table.columns)]


def _width(column: Column, values: list[Any]) -> float:
    width = width_of(column.title, values, widest=column.widest, whole=column.link)
    return max(width, _WIDEST_SUM) if column.total else width


def _set_up(page: Page, table: Table, printed: Printed, across: int) -> None:
    """Set what stands before the rows in the file: what stays in sight, and is on every page."""
    page.sheet.freeze_panes = f"{_letter(table.fixed + 1)}{HEADER_ROW + 1}"
    page.sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    if across > 1:
        page.sheet.print_title_cols = f"A:{_letter(table.fixed)}"
    print_setup(page.sheet, printed, across)


def _header(table: Table) -> list[Written | None]:
    titles = headers(column.title for column in table.columns)
    return [(title, _header_look(column)) for title, column in zip(titles, table.columns, strict=True)]


def _header_look(column: Column) -> Look:
    return replace(HEADER, align=column.look.align)


def _complete(book: Book, page: Page, table: Table, last: int) -> None:
    """Say of the rows what can be said only when the last one is known."""
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table as Made
    from openpyxl.worksheet.table import TableColumn, TableStyleInfo

    titles = headers(column.title for column in table.columns)
    cells = f"A{HEADER_ROW}:{_letter(len(titles))}{last}"
    made = Made(displayName=book.name_for(table.name or table.title), ref=cells, autoFilter=AutoFilter(ref=cells))
    made.tableColumns = [TableColumn(id=number, name=title) for number, title in enumerate(titles, 1)]
    made.tableStyleInfo = TableStyleInfo(name=BANDED, showRowStripes=True)
    page.sheet._tables.add(made)  # noqa: SLF001 - `add_table` warns of columns that are missing, which these are not
    for number, column in enumerate(table.columns, 1):
        if column.fill is not None:
            ask_for(page.sheet, column.fill, _range(number, last))
        if column.marks:
            mark(page.sheet, column.marks, _range(number, last))


def _range(number: int, last: int) -> str:
    """Return the cells of a column below the header, down to a last row."""
    letter = _letter(number)
    return f"{letter}{HEADER_ROW + 1}:{letter}{max(last, HEADER_ROW + 1)}"


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))
