"""Which field each column of a list holds: by its header, checked against the cells below, or as mapped by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import BadInputError
from core.exchange.importing.cell_text import letter_of
from core.exchange.importing.header_words import (
    IGNORED,
    SECRET,
    field_named,
    meaning_of,
    plain_header,
    website_column,
)
from core.exchange.importing.importable import FIELDS, PLATFORM_PREFIX, ROLES, SEVERAL_COLUMNS
from core.exchange.importing.proposal import ColumnMap, Problem
from core.i18n import _, quoted
from core.inventory.names import is_nobody
from core.inventory.platforms import WEBSITE, platform_named

_CLEARLY_AN_OWNER = re.compile(r"verantw|zustaend|owner|responsib|inhaber|hand")
_MAY_BE_A_TITLE = frozenset({"kanal", "channel", "auftritt", "portal", "medium", "kanaele", "typ"})
_ADDRESS = re.compile(
    r"https?:|www\.|@[\w.]|[\w-]+(?:\.[\w-]+)+/|(?:[\w-]+\.)+(?:com|de|org|net|eu|social|example)$", re.IGNORECASE
)
_MAIL = re.compile(r"[^\s@:/]+@[^\s@:/]+\.[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column while its meaning is sought; `values` is a sample of what stands in it."""

    place: int
    header: str
    meaning: str | None
    values: tuple[str, ...]
    by_hand: bool = False

    def mostly(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether more than half of the values begin like a pattern."""
        return bool(self.values) and sum(bool(pattern.match(value)) for value in self.values) * 2 > len(self.values)

    def mostly_platforms(self) -> bool:
        """Tell whether more than half of the values are names of platforms."""
        return bool(self.values) and sum(platform_named(v) is not None for v in self.values) * 2 > len(self.values)


def map_columns(
    headers: Sequence[str], samples: Sequence[Sequence[str]], by_hand: Mapping[int, str | None]
) -> tuple[tuple[ColumnMap, ...], tuple[Problem, ...]]:
    """Find what each column holds.

    Args:
        headers: The texts of the header row.
        samples: For each column, some of the texts below.
        by_hand: What the user decided, by column; None means "not imported".

    Returns:
        The columns, and what has to be said about columns as a whole.
    """
    columns = [
        Column(place, header, meaning_of(header), tuple(value for value in sample if not is_nobody(value)))
        for place, (header, sample) in enumerate(zip(headers, samples, strict=True))
    ]
    secret = [column for column in columns if column.meaning == SECRET]
    columns = [_decided(column, by_hand) for column in columns]
    for settle in (_by_content, _with_websites, _with_people, _with_account, _without_doubles):
        columns = settle(columns)
    mapped = tuple(
        ColumnMap(column.place, column.header or letter_of(column.place), column.meaning)
        for column in columns
        if column.header or column.meaning or column.values
    )
    return mapped, tuple(map(_secret_problem, secret))


def by_hand(mapping: Mapping[str, str], headers: Sequence[str]) -> dict[int, str | None]:
    """Turn a mapping by header or column letter into one by place.

    Raises:
        BadInputError: There is no such column or field, or the column holds passwords.
    """
    return {_place(column, headers): _field(column, text, headers) for column, text in mapping.items()}


def _place(column: str, headers: Sequence[str]) -> int:
    wanted = plain_header(column) or column
    for place, header in enumerate(headers):
        if header and (header == column or plain_header(header) == wanted):
            return place
    letters = {letter_of(place): place for place in range(len(headers))}
    if column.strip().upper() in letters:
        return letters[column.strip().upper()]
    known = ", ".join(quoted(header) for header in headers if header)
    raise BadInputError(
        _("There is no column “{column}”. The columns are: {known}.").format(column=column, known=known)
    )


def _field(column: str, text: str, headers: Sequence[str]) -> str | None:
    if not text.strip():
        return None
    if meaning_of(headers[_place(column, headers)]) == SECRET:
        raise BadInputError(
            _("Column “{column}” seems to hold passwords. They are never imported.").format(column=column)
        )
    field = field_named(text.strip())
    if field is None:
        known = ", ".join(field.key for field in FIELDS)
        raise BadInputError(_("There is no field “{field}”. The fields are: {known}.").format(field=text, known=known))
    return field


def _secret_problem(column: Column) -> Problem:
    message = _(
        "Column “{column}” seems to hold passwords. They are never imported. Keep them in the keyring and delete them "
        "from the list."
    )
    return Problem(column.header, message.format(column=column.header), at=column.place)


def _decided(column: Column, by_hand: Mapping[int, str | None]) -> Column:
    if column.place in by_hand:
        return replace(column, meaning=by_hand[column.place], by_hand=True)
    return replace(column, meaning=None if column.meaning in (SECRET, IGNORED) else column.meaning)


def _by_content(columns: list[Column]) -> list[Column]:
    """Correct what a header promises where the cells below hold something else ("Kontakt" with addresses)."""
    wide = sum((column.meaning or "").startswith(PLATFORM_PREFIX) for column in columns)
    return [column if column.by_hand else _corrected(column, wide) for column in columns]


def _corrected(column: Column, wide: int) -> Column:
    match column.meaning:
        case "platform" if column.mostly(_ADDRESS):
            return replace(column, meaning="url")
        case "url" | "title" | "handle" if column.mostly_platforms() and not column.mostly(_ADDRESS):
            return replace(column, meaning="platform")
        case "owner" | "url" | "editor" if column.mostly(_MAIL):
            return replace(column, meaning="email")
        case str(meaning) if meaning.startswith(PLATFORM_PREFIX) and wide == 1 and not column.mostly(_ADDRESS):
            return replace(column, meaning="platform" if column.mostly_platforms() else None)
    return column


def _with_websites(columns: list[Column]) -> list[Column]:
    """In a list with a column per platform, "Blog" and "Webseite" are such columns as well."""
    if not any((column.meaning or "").startswith(PLATFORM_PREFIX) for column in columns):
        return columns
    return [
        replace(column, meaning=f"{PLATFORM_PREFIX}{WEBSITE}")
        if column.meaning in (None, "url") and not column.by_hand and website_column(column.header)
        else column
        for column in columns
    ]


def _with_people(columns: list[Column]) -> list[Column]:
    """Make an editor the owner where nobody else is one, and an "Ansprechpartner" an editor beside an owner."""
    meanings = {column.meaning for column in columns}
    if "owner_given_name" in meanings and not meanings & {"owner_family_name", "owner"}:
        return _renamed(columns, {"title": "owner_family_name"}, only="name")
    if "owner" not in meanings and "owner_family_name" not in meanings:
        return _renamed(columns, {"editor": "owner"})
    clear = [c for c in columns if c.meaning == "owner" and _CLEARLY_AN_OWNER.search(plain_header(c.header))]
    if not clear:
        return columns
    return [
        replace(column, meaning="editor")
        if column.meaning == "owner" and column not in clear and not column.by_hand
        else column
        for column in columns
    ]


def _renamed(columns: list[Column], names: Mapping[str, str], only: str = "") -> list[Column]:
    return [
        replace(column, meaning=names[column.meaning or ""])
        if column.meaning in names and not column.by_hand and only in plain_header(column.header)
        else column
        for column in columns
    ]


def _with_account(columns: list[Column]) -> list[Column]:
    """Find the addresses, and the platforms, by what stands in the cells where no header tells."""
    meanings = {column.meaning for column in columns}
    wide = any((meaning or "").startswith(PLATFORM_PREFIX) for meaning in meanings)
    found = list(columns)
    for place, column in enumerate(columns):
        if column.meaning is not None or column.by_hand or wide:
            continue
        if not meanings & {"url"} and column.mostly(_ADDRESS) and not column.mostly(_MAIL):
            meanings.add("url")
            found[place] = replace(column, meaning="url")
        elif "platform" not in meanings and column.mostly_platforms():
            meanings.add("platform")
            found[place] = replace(column, meaning="platform")
    return found


def _without_doubles(columns: list[Column]) -> list[Column]:
    """Leave each field to one column: the one mapped by hand, else the one whose cells fit, else the first."""
    winners: dict[str, Column] = {}
    for column in sorted(columns, key=_weight):
        if column.meaning is not None and column.meaning not in SEVERAL_COLUMNS:
            winners.setdefault(column.meaning, column)
    return [
        column
        if column.meaning is None or column.meaning in SEVERAL_COLUMNS or winners[column.meaning] is column
        else replace(column, meaning=_second_choice(column, set(winners)))
        for column in columns
    ]


def _weight(column: Column) -> tuple[bool, bool, int]:
    fits = column.mostly_platforms() if column.meaning == "platform" else column.mostly(_ADDRESS)
    return (not column.by_hand, not (fits and column.meaning in ("platform", "url")), column.place)


def _second_choice(column: Column, taken: set[str]) -> str | None:
    header = plain_header(column.header)
    if column.meaning == "platform" and header in _MAY_BE_A_TITLE and "title" not in taken:
        return "title"
    if column.meaning == "url" and "handle" not in taken and column.values and not any(" " in v for v in column.values):
        return "handle" if not column.mostly(_ADDRESS) else None
    return None


def people_columns(columns: Sequence[ColumnMap]) -> bool:
    """Tell whether any column names people."""
    return any(column.field in ROLES or column.field == "owner_family_name" for column in columns)
