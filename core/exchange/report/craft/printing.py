"""How sheets come out on paper: A4 landscape, as wide as one page or several, page numbers in the footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from core.exchange.report.craft.safe_text import safe
from core.exchange.report.craft.sizes import LINE_HEIGHT
from core.i18n import _

A4 = 9
"""Excel's number for the paper."""
_MARGIN, _HEAD = 0.5, 0.75
_LONGEST = 80
_LEGIBLE = 215.0
"""So many characters beside each other can still be read on one page."""
_FULL_SIZE, _PAGE_POINTS = 132.0, 470.0
"""So many characters a page takes at its full size, and so many points from top to bottom."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What every page says besides the sheet's content: at the head whose it is, at the foot what it is."""

    left: str
    right: str


def pages_across(widths: Sequence[float], fixed: int = 0) -> int:
    """Return on how many pages beside each other columns can be read.

    Args:
        widths: The columns' widths in characters.
        fixed: How many of them stand on each page.
    """
    on_each = min(sum(widths[:fixed]), _LEGIBLE / 2)
    whole = sum(widths)
    return 1 if whole <= _LEGIBLE else ceil((whole - on_each) / (_LEGIBLE - on_each))


def fits_on_a_page(rows: int, widths: Sequence[float]) -> bool:
    """Say whether rows of common height, as wide as a sheet's columns, have room on one page."""
    return rows * LINE_HEIGHT * min(1.0, _FULL_SIZE / sum(widths)) <= _PAGE_POINTS


def print_setup(sheet: Any, printed: Printed, across: int = 1) -> None:
    """Set up a sheet's pages; before its first row is written.

    Args:
        sheet: The sheet.
        printed: What its pages say besides their content.
        across: How many pages beside each other it takes.
    """
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = _MARGIN
    margins.top = margins.bottom = _HEAD
    margins.header = margins.footer = 0.3
    sheet.oddFooter.left.text = _plain(printed.left)
    sheet.oddFooter.center.text = _plain(printed.right)
    sheet.oddFooter.right.text = _("Page {page} of {pages}").format(page="&P", pages="&N")
    for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right):
        part.size = 8
    sheet.sheet_view.showGridLines = False


def _plain(text: str) -> str:
    """Return a text as a footer takes it, where "&" begins codes."""
    return safe(" ".join(text.split())[:_LONGEST]).text.replace("&", "&&")
