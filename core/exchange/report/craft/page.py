"""A sheet that is a page to read: blocks of rows one below the other or side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from core.exchange.report.craft.book import Book, Page
from core.exchange.report.craft.printing import Printed, print_setup
from core.exchange.report.craft.sizes import Written

Row = Sequence[Written | None]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together, all as wide as the block."""

    width: int
    rows: tuple[Row, ...]


def beside(*blocks: Block) -> list[Row]:
    """Put blocks side by side, an empty column between each two."""
    rows: list[Row] = []
    for parts in zip_longest(*(block.rows for block in blocks)):
        row: list[Written | None] = []
        for block, part in zip(blocks, parts, strict=True):
            filled = list(part or ())
            row += [*filled, *[None] * (block.width - len(filled)), None]
        rows.append(row[:-1])
    return rows


def write_page(book: Book, title: str, widths: Sequence[float], rows: Iterable[Row], printed: Printed) -> Page:
    """Write a page as a sheet of its own.

    Args:
        book: The workbook.
        title: The sheet's name.
        widths: The columns' widths in characters.
        rows: From top to bottom.
        printed: What the sheet says of itself on paper.

    Returns:
        The sheet; pictures can still be put on it.
    """
    page = book.add(title, widths)
    print_setup(page.sheet, printed)
    page.write_all(rows)
    return page
