"""Finds the header of a list below its titles, on the sheet where it fits best."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import BadInputError
from core.exchange.importing.cell_text import letter_of, line_of
from core.exchange.importing.header_words import IGNORED, meaning_of, plain_header
from core.exchange.importing.importable import PLATFORM_PREFIX
from core.exchange.reading import Cell, Sheet, Workbook
from core.i18n import _, quoted

_ROWS_LOOKED_AT = 100
_LONGEST_HEADER = 60
_LONGEST_LOOKED_AT = 200
_DATA = re.compile(r"https?:|www\.|\S+@\S+\.\S+|[\w-]+(?:\.[\w-]+)+/\S|\d{1,2}\.\d{1,2}\.\d{2,4}$")
_ACCOUNTS = frozenset({"url", "handle", "platform"})


@dataclass(frozen=True, slots=True)
class Header:
    """Where a list begins: the place of its header in the sheet's rows, and its texts."""

    sheet: Sheet
    place: int
    texts: tuple[str, ...]

    @property
    def row(self) -> int:
        """The row's number as the spreadsheet shows it."""
        return self.sheet.first_row + self.place

    def rows_below(self) -> list[tuple[int, tuple[Cell, ...]]]:
        """Return the rows below with their numbers as the spreadsheet shows them."""
        start = self.place + 1
        return [(self.sheet.first_row + start + at, row) for at, row in enumerate(self.sheet.rows[start:])]


def find_header(workbook: Workbook, sheet: str | None, mapping: Mapping[str, str]) -> Header:
    """Find the header of a workbook's list.

    Args:
        workbook: The file as read.
        sheet: The sheet to look at, or None for the one that fits best.
        mapping: Columns mapped by hand; a row that holds their headers is the header.

    Raises:
        BadInputError: There is no such sheet, no header, or no row below it.
    """
    wanted = {plain_header(column) for column in mapping}
    found = [(score, at) for at in _sheets(workbook, sheet) for score in [_best(at, wanted)] if score is not None]
    if not found:
        return _first_row(workbook, sheet, mapping)
    best_score = max(score[0] for score, _at in found)
    with_rows = [(score, at) for score, at in found if score[0] * 2 > best_score and _has_rows(at, score[1])]
    if not with_rows:
        raise no_row(workbook)
    (_score, place), best = max(with_rows, key=lambda candidate: candidate[0][0])
    return _header(best, place)


def no_row(workbook: Workbook) -> BadInputError:
    """Return what to raise where a list has no row."""
    message = _("“{file}” has a header but no row below it. Please fill in the list first.")
    return BadInputError(message.format(file=workbook.path.name))


def _sheets(workbook: Workbook, name: str | None) -> Sequence[Sheet]:
    if name is None:
        return workbook.sheets
    chosen = [sheet for sheet in workbook.sheets if sheet.name.strip().casefold() == name.strip().casefold()]
    if not chosen:
        known = ", ".join(quoted(sheet.name) for sheet in workbook.sheets)
        raise BadInputError(_("There is no sheet “{sheet}”. The sheets are: {known}.").format(sheet=name, known=known))
    return chosen


def _best(sheet: Sheet, wanted: set[str]) -> tuple[int, int] | None:
    """Return score and place of the row that fits best as a header; of equals the first."""
    scored = [(_score(row, wanted), -place) for place, row in enumerate(sheet.rows[:_ROWS_LOOKED_AT]) if any(row)]
    score, place = max(scored, default=(0, 0))
    return (score, -place) if score else None


def _score(row: Sequence[Cell], wanted: set[str]) -> int:
    """Count the cells of a row that mean something as headers; 0 if the row cannot be a header."""
    texts = [line_of(cell) for cell in row if cell is not None]
    texts = [text for text in texts if text]
    if any(_DATA.match(text[:_LONGEST_LOOKED_AT]) for text in texts):
        return 0
    meanings = [meaning_of(text) for text in texts if len(text) <= _LONGEST_HEADER]
    meant = {meaning for meaning in meanings if meaning not in (None, IGNORED)}
    mapped = sum(plain_header(text) in wanted for text in texts if plain_header(text))
    accounts = mapped or any(m in _ACCOUNTS or str(m).startswith(PLATFORM_PREFIX) for m in meant)
    enough = mapped or len(meant) > 1 or len(texts) == 1
    return 2 * mapped + len(meant) if accounts and enough else 0


def _has_rows(sheet: Sheet, place: int) -> bool:
    return any(any(line_of(cell) for cell in row) for row in sheet.rows[place + 1 :])


def _header(sheet: Sheet, place: int) -> Header:
    width = max((len(row) for row in sheet.rows[place:]), default=0)
    cells = sheet.rows[place]
    return Header(sheet, place, tuple(line_of(cells[at]) if at < len(cells) else "" for at in range(width)))


def _first_row(workbook: Workbook, sheet: str | None, mapping: Mapping[str, str]) -> Header:
    """Take the first row as header where the user mapped columns by letter, since no word was understood."""
    for candidate in _sheets(workbook, sheet):
        width = max((len(row) for row in candidate.rows), default=0)
        letters = {letter_of(place) for place in range(width)}
        filled = [place for place, row in enumerate(candidate.rows) if sum(cell is not None for cell in row) > 1]
        if filled and {column.strip().upper() for column in mapping} & letters and _has_rows(candidate, filled[0]):
            return _header(candidate, filled[0])
    message = _(
        "No header was found in “{file}”. The list needs a row with names of columns such as “Platform”, “Address” "
        "and “Owner”."
    )
    raise BadInputError(message.format(file=workbook.path.name))
