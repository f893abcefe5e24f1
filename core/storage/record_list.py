"""What a list of the program consists of, and what the cache of its rows holds of one record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, MetaData, Select, Table, Text, Uuid, bindparam
from sqlalchemy.engine import Connection
from sqlalchemy.sql import visitors
from sqlalchemy.types import NullType

from core import fields as kinds
from core.fields import Field
from core.model import Record
from core.storage.sorting import folded, sort_value
from core.storage.touching import chunks

READ_AT_ONCE = 1_000
TOKENIZER = "trigram case_sensitive 1"


@dataclass(frozen=True, slots=True, eq=False)
class RecordList:
    """One list of the program: the records it shows, their fields, and the one query that reads them.

    Attributes:
        record: The mapped class; its table's name names the cache.
        fields: What is shown, searched and sorted.
        listing: Gives the query whose labels are the fields' keys, and "id".
        names: What the keys of the program's catalogue are called, so that "Google+" is found under its name.
        name_of: What a key is called in the registry that is open, which may have changed the catalogue; without it
            the same.
        then_by: Fields whose equal values are ordered by another one: people of one family name by their first names.
        through: Paths to records more than one key away of which something is shown, the farthest first: what an asset
            tells of its uses leads over its versions.
    """

    record: type[Record]
    fields: tuple[Field, ...]
    listing: Callable[[date], Select[Any]]
    names: Mapping[str, str] = field(default_factory=dict)
    name_of: Callable[[str], str] | None = None
    then_by: Mapping[str, str] = field(default_factory=dict)
    through: tuple[tuple[type[Record], ...], ...] = ()

    @property
    def paths(self) -> list[list[Table]]:
        """The tables of the paths, the list's own at the end of each."""
        return [
            [self.record.metadata.tables[one.__tablename__] for one in (*path, self.record)] for path in self.through
        ]

    @property
    def table(self) -> Table:
        """The record's table."""
        return self.record.metadata.tables[self.record.__tablename__]

    @property
    def name(self) -> str:
        """The name of the record's table."""
        return self.table.name

    def read(self, connection: Connection, ids: Sequence[UUID] | None, today: date) -> Iterator[Mapping[str, Any]]:
        """Read listed records, all of them or those with the given ids, in no order."""
        if ids is None:
            streamed = _listing(self, today).execution_options(yield_per=READ_AT_ONCE)
            for listed in connection.execute(streamed).mappings():
                yield dict(listed)
            return
        for some in chunks(ids):
            query, asked = (
                (_few(self, today), {"ids": some}) if len(some) > 1 else (_one(self, today), {"one": some[0]})
            )
            for listed in connection.execute(query, asked).mappings().all():
                yield dict(listed)


@lru_cache(maxsize=16)
def _listing(records: RecordList, today: date) -> Select[Any]:
    """Return the query of a list; kept, because making it costs more than asking it for one record."""
    return records.listing(today)


@lru_cache(maxsize=16)
def _few(records: RecordList, today: date) -> Select[Any]:
    return _listing(records, today).where(records.table.c.id.in_(bindparam("ids", expanding=True)))


@lru_cache(maxsize=16)
def _one(records: RecordList, today: date) -> Select[Any]:
    """Return the query of one record, as most actions touch one; its long text need not be made anew each time."""
    return _listing(records, today).where(records.table.c.id == bindparam("one"))


@cache
def tables_of(records: RecordList) -> frozenset[str]:
    """Return the names of the tables that a list shows something of."""
    elements = visitors.iterate(records.listing(date.min))
    return frozenset(element.name for element in elements if isinstance(element, Table))


@lru_cache
def row_table(records: RecordList) -> Table:
    """Return the cache's table for queries; it belongs to no metadata that is migrated."""
    keys = [Column(sort_column(one.key), NullType()) for one in records.fields]
    row, record_id, text = Column("row", Integer, primary_key=True), Column("record_id", Uuid), Column("text", Text)
    return Table(f"{records.name}_row", MetaData(), row, record_id, text, *keys)


@lru_cache
def text_table(records: RecordList) -> Table:
    """Return the index of the texts for queries; the column named like itself takes commands."""
    name = f"{records.name}_text"
    return Table(name, MetaData(), Column("rowid", Integer, primary_key=True), Column("text", Text), Column(name, Text))


def sort_column(key: str) -> str:
    """Return the name of the column that orders the rows by a field."""
    return f"sort_{key}"


def cached(records: RecordList, listed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the cache holds of one listed record, by column."""
    name_of = records.name_of or (lambda key: records.names.get(key, key))
    words = [_words(one, listed[one.key], name_of) for one in records.fields]
    keys = {sort_column(one.key): _sort_value(records, one, listed) for one in records.fields}
    return {"record_id": listed["id"], "text": folded("\n".join(word for word in words if word)), **keys}


@cache
def shape(records: RecordList) -> str:
    """Return what the cache's content depends on besides the records, so that a changed program builds it anew."""
    told = repr([(one.key, one.kind) for one in records.fields]) + repr(sorted(records.names.items()))
    told += repr(sorted(records.then_by.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def definition(records: RecordList) -> list[str]:
    """Return the statements that make the cache's tables, empty, in place of what there was."""
    row, index = f"{records.name}_row", f"{records.name}_text"
    keys = ", ".join(sort_column(one.key) for one in records.fields)
    return [
        f"DROP TABLE IF EXISTS {index}",
        f"DROP TABLE IF EXISTS {row}",
        f"CREATE TABLE {row} (row INTEGER PRIMARY KEY, record_id CHAR(32) NOT NULL UNIQUE, text TEXT NOT NULL, {keys})",
        f"CREATE VIRTUAL TABLE {index} USING fts5(text, content='{row}', content_rowid='row', tokenize='{TOKENIZER}')",
    ]


def indexes(records: RecordList) -> list[str]:
    """Return the statements that make the sort indexes; long texts are sorted without one."""
    sorted_by = [one.key for one in records.fields if not isinstance(one.kind, kinds.LongText)]
    row = f"{records.name}_row"
    return [f"CREATE INDEX ix_{row}_{key} ON {row} ({sort_column(key)})" for key in sorted_by]


def _words(one: Field, value: Any, name_of: Callable[[str], str]) -> str:
    """Return what can be searched of a value, the same in every language: closed lists and dates are filtered."""
    match one.kind:
        case _ if not value:
            return ""
        case kinds.Text() | kinds.LongText() | kinds.Address() | kinds.Mail() | kinds.Reference():
            return str(value)
        case kinds.TextList():
            return "\n".join(value)
        case kinds.Platform():
            return name_of(value)
        case _:
            return ""


def _sort_value(records: RecordList, one: Field, listed: Mapping[str, Any]) -> str | int | None:
    value, further = listed[one.key], records.then_by.get(one.key)
    if value and further:
        return sort_value(f"{value} {listed[further] or ''}")
    return sort_value(_ordered(one, value))


def _ordered(one: Field, value: Any) -> Any:
    match one.kind:
        case kinds.OneOf(choices) if value is not None:
            return choices(value)
        case _:
            return value
