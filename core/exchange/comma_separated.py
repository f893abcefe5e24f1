"""Text with separators that spreadsheets open without asking, and without ever taking a text for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.i18n import current_language

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings that make a cell a formula in one spreadsheet or another (OWASP, CSV injection)."""


def write_separated(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as UTF-8 with its mark, so that Excel reads umlauts; separated as the language's Excel expects."""
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target, delimiter=separator(), lineterminator="\r\n")
        writer.writerow([harmless(cell) for cell in header])
        writer.writerows([harmless(cell) for cell in row] for row in rows)


def separator() -> str:
    """Return what stands between cells: where the comma is the decimal sign, it is a semicolon."""
    return ";" if current_language() == "de" else ","


def harmless(text: str) -> str:
    """Return a text as a cell that stays a text: what could be a formula begins with an apostrophe."""
    clean = text.replace("\x00", "")
    return f"'{clean}" if clean.lstrip(" ").startswith(FORMULA_STARTS) else clean
