"""Reads the rows below a header: which are rows of the list, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from core.exchange.importing.accounts import FoundAccount, accounts_of, platform_key
from core.exchange.importing.cell_text import text_of
from core.exchange.importing.cells import read_cell
from core.exchange.importing.header import Header
from core.exchange.importing.header_words import plain_header
from core.exchange.importing.importable import BY_KEY, FACTS, PLATFORM_PREFIX, ROLES
from core.exchange.importing.proposal import ColumnMap, Problem
from core.exchange.reading import Cell
from core.i18n import _
from core.inventory.names import PeopleInCell, is_nobody, read_people
from core.inventory.person_names import NamedPerson
from core.inventory.web_address import parsed

_NOTE = re.compile(
    r"\*|#|(?:hinweis|anmerkung|stand|quelle|legende|summe|gesamt|note|total|source|rückfragen)\b", re.IGNORECASE
)
_SECRET_IN_TEXT = re.compile(
    r"\b(?:passwort|passwd|password|kennwort|pw|pwd|pin|tan)\b\s*(?:[:=]|lautet)\s*\S", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of the list as it stands, with the texts of its cells by column, corrections included."""

    number: int
    cells: Mapping[int, Cell]
    texts: Mapping[int, str]


@dataclass(slots=True)
class Understood:
    """What a row says besides its accounts."""

    facts: dict[str, Any] = field(default_factory=dict)
    """Plain fields of the channel that are filled and were understood, with confirmed_on and followers."""
    people: dict[str, tuple[NamedPerson, ...]] = field(default_factory=dict)
    """Who is named, by field ("owner", "deputy", ...)."""
    unit: tuple[str, Cell] = ("", None)
    """Header and cell of the unit."""
    contact: dict[str, str] = field(default_factory=dict)
    """E-mail addresses and telephone numbers, by field."""
    problems: list[Problem] = field(default_factory=list)

    def doubt(self, column: ColumnMap, message: str, text: str) -> None:
        """Note a doubt at a cell."""
        self.problems.append(Problem(column.header, message, text, column.column))


def list_rows(
    header: Header, columns: Sequence[ColumnMap], corrections: Mapping[tuple[int, int], str]
) -> Iterator[ListRow]:
    """Yield the rows of the list: no empty ones, no repeated header, no remark below a gap."""
    after_gap = False
    titles = {place: plain_header(text) for place, text in enumerate(header.texts) if text}
    for number, row in header.rows_below():
        cells: dict[int, Cell] = {place: cell for place, cell in enumerate(row) if cell is not None}
        cells |= {place: text for (at, place), text in corrections.items() if at == number}
        texts = {place: text for place, cell in cells.items() if (text := text_of(cell))}
        if not texts:
            after_gap = True
            continue
        if _is_remark(texts, columns, after_gap=after_gap) or _repeats(texts, titles):
            continue
        yield ListRow(number, cells, texts)


def _is_remark(texts: Mapping[int, str], columns: Sequence[ColumnMap], *, after_gap: bool) -> bool:
    """Tell whether a row is a remark below the list: one cell that is neither an address nor a platform."""
    if len(texts) > 1:
        return False
    ((place, text),) = texts.items()
    meaning = next((column.field for column in columns if column.column == place), None) or ""
    if (meaning == "url" or meaning.startswith(PLATFORM_PREFIX)) and not _NOTE.match(text):
        return after_gap and " " in text and parsed(text.split()[-1]) is None
    return (after_gap or bool(_NOTE.match(text))) and platform_key(text) is None


def _repeats(texts: Mapping[int, str], titles: Mapping[int, str]) -> bool:
    """Tell whether a row repeats the header, as lists do on every printed page."""
    return len(texts) > 1 and all(titles.get(place) == plain_header(text) for place, text in texts.items())


def accounts_in(row: ListRow, columns: Sequence[ColumnMap]) -> list[FoundAccount]:
    """Find the accounts of a row."""
    return accounts_of(row.texts, columns)


def understand(row: ListRow, columns: Sequence[ColumnMap], today: date) -> Understood:
    """Read every mapped cell of a row but those of its accounts."""
    understood = Understood()
    for column in columns:
        text = row.texts.get(column.column)
        if text and column.field:
            _take(understood, column, row.cells[column.column], text, today)
    _name_owner_from_parts(understood)
    return understood


def _take(into: Understood, column: ColumnMap, cell: Cell, text: str, today: date) -> None:
    key = column.field or ""
    if key in ROLES:
        _take_people(into, column, text)
    elif key == "unit":
        into.unit = (column.header, cell) if not is_nobody(text) else into.unit
    elif key in {"email", "deputy_email", "phone", "private_phone", "private_profile"} or key.startswith("owner_"):
        if not is_nobody(text):
            into.contact[key] = " ".join(text.split())
    elif key in FACTS or key in {"confirmed_on", "followers"}:
        _take_fact(into, column, cell, text, today)


def _take_fact(into: Understood, column: ColumnMap, cell: Cell, text: str, today: date) -> None:
    key = column.field or ""
    if _SECRET_IN_TEXT.search(text):
        into.doubt(column, _("This cell seems to hold a password. It is not imported."), "")
        return
    read = read_cell(BY_KEY[key], cell, today)
    if read.doubt:
        into.doubt(column, read.doubt, text)
    if read.value is None:
        return
    match key:
        case "notes" if key in into.facts:
            into.facts[key] = f"{into.facts[key]}\n{read.value}"
        case "tags":
            into.facts[key] = tuple(dict.fromkeys((*into.facts.get(key, ()), *read.value)))
        case _:
            into.facts[key] = read.value


def _take_people(into: Understood, column: ColumnMap, text: str) -> None:
    read = _people_in(text)
    for rest in read.left_out:
        into.doubt(column, _("“{text}” was not understood and is left out.").format(text=rest), text)
    for rest in read.impossible_dates:
        message = _("“{text}” names no day of the calendar. Please correct the date.")
        into.doubt(column, message.format(text=rest), text)
    key = column.field or ""
    into.people[key] = (*into.people.get(key, ()), *read.people)


@lru_cache(maxsize=8192)
def _people_in(text: str) -> PeopleInCell:
    return read_people(text)


def _name_owner_from_parts(into: Understood) -> None:
    """Put given and family name from columns of their own together."""
    family, given = into.contact.pop("owner_family_name", ""), into.contact.pop("owner_given_name", "")
    if family:
        named = _people_in(f"{family}, {given}" if given else family).people
        into.people["owner"] = (*into.people.get("owner", ()), *named)
