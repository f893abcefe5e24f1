"""Mentions of people in free text: where texts are looked at, what is found there, and what takes its place.

Names and addresses of accounts are looked at, too; signed texts cannot be altered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Table, Text, select

from core.model.protection import REDACTED
from core.model.record import Json, TextList
from core.protection.erasure.order import Order
from core.protection.recognising.name_forms import Forms
from core.protection.recognising.spelling import Finder, Found
from core.storage.values import TABLES, journaled_tables

ACCOUNTS: Mapping[str, frozenset[str]] = {
    "channel": frozenset({"url_as_entered", "url", "handle", "account_key"}),
    "former_handle": frozenset({"handle", "url"}),
}
"""Names and addresses of accounts: words run together in them, and they tell one account from another."""

_UNSEARCHED = {
    "channel": {"account_id"},
    "registry_setting": {"key"},
    "handover_statement": {"text"},
    "key_card": {"text", "revocation", "certificate"},
    "person": {"name_title", "given_name", "family_name", "email", "phone"},
}
"""Columns that are not searched: numbers of accounts, signed texts, and what people themselves are called."""

_PUBLIC = {("org_unit", "name"), ("org_unit", "code")}
"""Names of the city's own things: what is found there is shown, and erased only where somebody ticks it."""

_OUTSIDE = {"report_run": ("file_name",)}
_LONGEST = 20_000  # What is longer is a picture.
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Place:
    """One field of one record."""

    table: str
    record_id: UUID
    column: str

    def key(self, *, sure: bool) -> str:
        """Return how an order names what was found here; an account's name and addresses stay or go together."""
        column = "account" if self.is_account else self.column
        return f"{self.table}:{self.record_id}:{column}:{'sure' if sure else 'unclear'}"

    @property
    def is_account(self) -> bool:
        """Say whether the name or the address of an account stands here."""
        return self.column in ACCOUNTS.get(self.table, ())

    def patterns(self, forms: Forms) -> tuple[Finder, tuple[Finder, ...]]:
        """Return what finds here what surely means somebody, and what may."""
        if self.is_account:
            return forms.sure_in_accounts, (forms.unclear_in_accounts,)
        return forms.sure, forms.unclear_in(self.record_id)

    @property
    def sign(self) -> str:
        """What takes the place of a name here; what tells accounts apart goes on doing so."""
        return f"[…{self.record_id.hex[:8]}]" if self.column == "account_key" else REDACTED


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody is named in a text.

    Attributes:
        place: Where.
        sure: Whether it surely means them; else it may be a word, or somebody else.
        found: What was found, each once.
        excerpt: The text around the first of it.
        ticked: Whether it is erased where nobody decides otherwise.
        whole: Every text of the place in which it was found, from beginning to end.
    """

    place: Place
    sure: bool
    found: tuple[str, ...]
    excerpt: str
    ticked: bool
    whole: str = ""

    @property
    def key(self) -> str:
        """How an order names it."""
        return self.place.key(sure=self.sure)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Puts a sign in the place of the names of some people, as an order wants it."""

    forms: Forms
    order: Order

    def text(self, place: Place, text: str) -> str:
        """Return a text without the names that are to go."""
        if len(text) > _LONGEST or not self.forms.may_be_in(text, place.record_id):
            return text
        sure, unclear = place.patterns(self.forms)
        if self.order.erases(place.key(sure=True), usually=usually_erased(place)):
            text = sure.sub(place.sign, text)
        if self.order.erases(place.key(sure=False), usually=False):
            for one in unclear:
                text = one.sub(place.sign, text)
        return text

    def value(self, place: Place, value: Any) -> Any:
        """Return a plain value without the names that are to go, in lists and objects, too."""
        return mapped(value, lambda text: self.text(place, text))


def usually_erased(place: Place) -> bool:
    """Say whether what surely means somebody is erased at a place where nobody decided."""
    return (place.table, place.column) not in _PUBLIC


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """Return a plain value with each text in it changed."""
    match value:
        case str():
            return change(value)
        case dict():
            return {key: mapped(one, change) for key, one in value.items()}
        case list() | tuple():
            return [mapped(one, change) for one in value]
        case _:
            return value


def strings(value: Any) -> Iterator[str]:
    """Give the texts in a plain value."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from strings(one)
        case list() | tuple():
            for one in value:
                yield from strings(one)


def find_mentions(
    connection: Connection,
    forms: Forms,
    skipped: Mapping[UUID, frozenset[str]],
    in_use: Collection[UUID] = (),
) -> list[Mention]:
    """Return where the records name people now.

    Args:
        connection: In a transaction.
        forms: How they are found.
        skipped: Columns of records that are emptied anyway.
        in_use: Channels whose address the city still uses: it is shown, and stays unless somebody ticks it.
    """
    found: dict[str, Mention] = {}
    for place, value in texts(connection):
        if place.column not in skipped.get(place.record_id, frozenset()):
            stays = place.is_account and place.record_id in in_use
            for one in _mentions(place, value, forms, stays=stays):
                found.setdefault(one.key, one)
    return list(found.values())


def texts(connection: Connection) -> Iterator[tuple[Place, Any]]:
    """Give all values of the records that can hold free text, with their places."""
    for table, columns in searched().items():
        rows = connection.execute(select(TABLES[table].c.id, *columns))
        for record_id, *values in rows:
            for column, value in zip(columns, values, strict=True):
                if value:
                    yield Place(table, record_id, column.key), value


@cache
def searched() -> Mapping[str, tuple[Column[Any], ...]]:
    """Return the columns that are looked at, by table."""
    columns = {table.name: tuple(filter(_is_searched, table.columns)) for table in journaled_tables()}
    outside = {name: tuple(TABLES[name].c[key] for key in keys) for name, keys in _OUTSIDE.items()}
    return {name: some for name, some in {**columns, **outside}.items() if some}


def is_searched(table: str, key: str) -> bool:
    """Say whether a column is looked at; words about records that only the log holds are."""
    return table not in TABLES or any(column.key == key for column in searched().get(table, ()))


def _is_searched(column: Column[Any]) -> bool:
    assert isinstance(column.table, Table)
    if column.key in _UNSEARCHED.get(column.table.name, ()) or column.info.get("bookkeeping"):
        return False
    return isinstance(column.type, (Text, TextList, Json))


def _mentions(place: Place, value: Any, forms: Forms, *, stays: bool) -> Iterator[Mention]:
    surely, perhaps = place.patterns(forms)
    some = [text for text in strings(value) if len(text) <= _LONGEST and forms.may_be_in(text, place.record_id)]
    rest = [surely.sub(place.sign, text) for text in some]
    for sure, finders, where in ((True, (surely,), some), (False, perhaps, rest)):
        texts_ = zip(where, some, strict=True)
        hits = [(hit, text, one) for text, one in texts_ for finder in finders for hit in finder.finditer(text)]
        if hits:
            told = tuple(dict.fromkeys(hit[0] for hit, _text, _one in hits))
            ticked, whole = (
                sure and usually_erased(place) and not stays,
                dict.fromkeys(one for _hit, _text, one in hits),
            )
            yield Mention(place, sure, told, _excerpt(*hits[0][:2]), ticked, "\n".join(whole))


def _excerpt(hit: Found, text: str) -> str:
    start, end = max(0, hit.start() - _AROUND), min(len(text), hit.end() + _AROUND)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
