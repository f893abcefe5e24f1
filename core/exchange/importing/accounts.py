"""Finds the accounts of a row: one beside its platform, or one for each filled column of a platform."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from core.exchange.importing.importable import PLATFORM_PREFIX
from core.exchange.importing.proposal import ColumnMap, Problem
from core.exchange.importing.state_words import state_named
from core.i18n import _
from core.inventory.channels import address_facts, default_title
from core.inventory.names import is_nobody
from core.inventory.platforms import WEBSITE, platform_named, platforms
from core.inventory.recognising import NOTES, recognise

_PASSWORD_IN_ADDRESS = re.compile(r"(://)[^/@:\s]+:[^/@\s]*@")
_NEXT_ADDRESS = re.compile(r"\s*[\n;]\s*|\s*,\s+(?=https?:|www\.|@)|\s+(?=https?:)")
_LIKE_AN_ADDRESS = re.compile(r"https?:|www\.|@|[\w-]+(?:\.[\w-]+)+/")
_NO_ACCOUNT = frozenset({"keine", "keins", "kein", "nein", "no", "nicht vorhanden", "entfällt", "-"})
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Account:
    """An account that a row names: the columns of a channel that follow from its address."""

    facts: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What makes two addresses one account."""
        return str(self.facts["account_key"])

    @property
    def name(self) -> str:
        """The handle, else the address without its scheme."""
        return default_title(dict(self.facts))

    @property
    def label(self) -> str:
        """How people call the account: "Facebook stadtmoers"."""
        known = platforms().get(self.facts["platform"])
        return f"{known.name if known else self.facts['platform']} {self.name}"


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """What stands in the cell of an account: the account, or why there is none."""

    account: Account | None
    problems: tuple[Problem, ...]
    text: str = ""


def accounts_of(cells: Mapping[int, str], columns: Sequence[ColumnMap]) -> list[FoundAccount]:
    """Find the accounts of a row.

    Args:
        cells: The texts of the row by column.
        columns: What the columns hold.

    Returns:
        One for each account and each cell that should hold one; none at all if a row of a list with a column per
        platform has no account.
    """
    by_field = {column.field: column for column in columns if column.field and cells.get(column.column)}
    found = list(_beside_platform(cells, by_field))
    wide = [column for column in columns if (column.field or "").startswith(PLATFORM_PREFIX)]
    for column in wide:
        found += _in_column(column, cells.get(column.column, ""))
    if found or (wide and not by_field.keys() & {"url", "handle"}):
        return found
    return [_without_address(cells, columns, by_field)]


def _beside_platform(cells: Mapping[int, str], by_field: Mapping[str, ColumnMap]) -> Iterator[FoundAccount]:
    column = by_field.get("url") or by_field.get("handle")
    if column is None or is_nobody(cells[column.column]):
        column = by_field.get("handle")
    if column is None or _says_none(cells[column.column]):
        return
    named = by_field.get("platform")
    for text in _split(cells[column.column]):
        yield _recognised(text, cells[named.column] if named else "", column, named)


def _in_column(column: ColumnMap, text: str) -> list[FoundAccount]:
    if not text or _says_none(text):
        return []
    key = (column.field or "").removeprefix(PLATFORM_PREFIX)
    if text.casefold() in {"ja", "x", "yes", "✓", "✔", "vorhanden"} or state_named(text) is not None:
        message = _("“{text}” is no address. Please enter the account's address.").format(text=text)
        return [FoundAccount(None, (Problem(column.header, message, text, column.column),), column.header)]
    return [_recognised(part, key, column, None) for part in _split(text)]


def _says_none(text: str) -> bool:
    return is_nobody(text) or text.casefold() in _NO_ACCOUNT


def _split(text: str) -> list[str]:
    """Part a cell with several addresses; a single one is left as it is."""
    parts = [part for part in _NEXT_ADDRESS.split(text) if part]
    return parts if len(parts) > 1 and all(_LIKE_AN_ADDRESS.match(part) for part in parts) else [text]


def _without_address(
    cells: Mapping[int, str], columns: Sequence[ColumnMap], by_field: Mapping[str, ColumnMap]
) -> FoundAccount:
    asked = next((c for c in columns if c.field == "url"), None) or next((c for c in columns if c.field), columns[0])
    text = cells.get(asked.column, "")
    message = _("There is no address in this row. Please enter the account's address.")
    named = by_field.get("platform")
    return FoundAccount(
        None, (Problem(asked.header, message, text, asked.column),), cells[named.column] if named else text
    )


def _recognised(text: str, platform: str, column: ColumnMap, platform_column: ColumnMap | None) -> FoundAccount:
    entered = _PASSWORD_IN_ADDRESS.sub(r"\1", text)
    key = platform_key(platform)
    found = recognise(entered, key)
    doubts = [hint for hint in found.hints if hint.code not in NOTES and not _is_expected(hint.code, key)]
    problems = [Problem(column.header, hint.text, entered, column.column) for hint in doubts]
    if platform and key is None and not is_nobody(platform) and found.platform in (None, WEBSITE) and platform_column:
        message = _("“{text}” is no known platform. Please choose one.").format(text=platform)
        problems = [Problem(platform_column.header, message, platform, platform_column.column)]
    if found.platform is None:
        return FoundAccount(None, tuple(problems), f"{platform} {entered[:_SHOWN]}".strip())
    return FoundAccount(Account(address_facts(found, key)), tuple(problems), entered)


def _is_expected(code: str, named: str | None) -> bool:
    """Tell whether a hint says nothing new: a "Blog" may well live on a platform."""
    return code == "other-platform" and named == WEBSITE


@lru_cache(maxsize=1024)
def platform_key(text: str) -> str | None:
    """Return the key of the platform that a cell names, or None."""
    if not text or is_nobody(text):
        return None
    named = platforms().get(text) or platform_named(text)
    return named.key if named else None
