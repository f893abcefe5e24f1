"""The rows of a sheet as the text of its file: openpyxl would open and close three elements a cell in its stream."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from html import escape
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from core.exchange.report.craft.formulas import Formula
from core.exchange.report.craft.looks import PLAIN, Look, dress
from core.exchange.report.craft.safe_text import fits, looks_like_formula, safe
from core.exchange.report.craft.sizes import LINE_HEIGHT, Written

_LONGEST_KEPT, _MOST_KEPT = 80, 5_000
letter_of = lru_cache(maxsize=256)(get_column_letter)


class Cells:
    """Writes the rows of one sheet.

    Attributes:
        altered: In how many cells characters were replaced or texts cut so far.
    """

    def __init__(self, sheet: Any) -> None:
        self.altered = 0
        self._sheet = sheet
        self._epoch = sheet.parent.epoch
        self._kept: dict[tuple[Any, int], str] = {}
        self._styles: dict[tuple[int, bool], tuple[Look, str]] = {}

    def row(self, number: int, row: Sequence[Written | None], height: float) -> bytes:
        """Return a row as it stands in the file.

        Args:
            number: The row's number, counted from 1.
            row: Its cells from left to right; None leaves one bare.
            height: In points.
        """
        higher = f' ht="{safe_string(height)}" customHeight="1"' if height > LINE_HEIGHT else ""
        kept, parts = self._kept, [f'<row r="{number}"{higher}>']
        for letter, written in zip(_letters(len(row)), row, strict=True):
            if written:
                value, look = written
                parts.append(f'<c r="{letter}{number}"{kept.get((value, id(look))) or self._cell(value, look)}')
        parts.append("</row>")
        return "".join(parts).encode("ascii", "xmlcharrefreplace")

    def _cell(self, value: Any, look: Look) -> str:
        """Return what follows the place of a cell; many are alike, so short ones are kept."""
        altered = self.altered  # What cannot stand as it is, is counted each time.
        told = self._text(value, look) if isinstance(value, str) else self._plain(value, look)
        if len(told) <= _LONGEST_KEPT and len(self._kept) < _MOST_KEPT and self.altered == altered:
            self._kept[value, id(look)] = told
        return told

    def _plain(self, value: Any, look: Look) -> str:
        style = self._style(look, quoted=False)
        if value is None:
            return f'{style} t="n"></c>'
        if isinstance(value, Formula):
            return f"{style}>{_formula(value)}</c>"
        number = _day(value, self._epoch) if isinstance(value, date) else safe_string(value)
        return f'{style} t="n"><v>{number}</v></c>'

    def _text(self, value: str, look: Look) -> str:
        quoted, text = looks_like_formula(value), value
        if not fits(value):
            made = safe(value)
            quoted, text = made.quoted, made.text
            self.altered += made.altered
        return f'{self._style(look, quoted=quoted)} t="inlineStr">{_content(text)}</c>'

    def _style(self, look: Look, *, quoted: bool) -> str:
        """Return what says which style a cell has; a look is known by its identity, because comparing it takes long."""
        known = self._styles.get((id(look), quoted))
        if known is None:
            known = self._styles[id(look), quoted] = look, self._new_style(look, quoted=quoted)
        return known[1]

    def _new_style(self, look: Look, *, quoted: bool) -> str:
        if look is PLAIN and not quoted:
            return ""
        cell = WriteOnlyCell(self._sheet)
        dress(cell, look, quoted=quoted)
        return f' s="{cell.style_id}"'


def _content(text: str) -> str:
    """Return a text as a cell holds it; spaces around it are kept."""
    if not text:
        return ""
    kept = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<is><t{kept}>{escape(text, quote=False)}</t></is>"


def _formula(formula: Formula) -> str:
    return f"<f>{escape(formula.text, quote=False)}</f><v>{safe_string(formula.value)}</v>"


@cache
def _letters(columns: int) -> tuple[str, ...]:
    """Return the letters of so many columns from the left."""
    return tuple(letter_of(column) for column in range(1, columns + 1))


@lru_cache(maxsize=10_000)
def _day(day: date, epoch: date) -> str:
    return safe_string(to_excel(day, epoch))  # type: ignore[no-untyped-call]
