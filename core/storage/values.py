"""A record's values as the journal writes them: plain JSON, and back by the column's type."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum as PythonEnum
from functools import cache
from itertools import repeat
from json.encoder import encode_basestring
from operator import is_, itemgetter
from typing import Any

from sqlalchemy import Column, Date, Enum, Table, Uuid

from core.model import Base
from core.model.record import Instant, TextList

REASON_TABLE = "reason"
"""Under this name an action's reason stands in the log, as an entry of its own, so that it can be erased."""

REDACTED_TABLE = "redacted"
"""Under this name the log keeps what is left of a record's values whose names were erased; erasable like a reason."""

WORDS_TABLES = (REASON_TABLE, REDACTED_TABLE)
"""Names in the log that stand for words about records, and for no records themselves."""

TABLES: Mapping[str, Table] = Base.metadata.tables

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_PLAIN_ALREADY = frozenset({str, int, bool, float, type(None)})


def journaled_columns(table: Table) -> list[Column[Any]]:
    """Return the columns whose values the history keeps; the key and bookkeeping are not among them."""
    return [column for column in table.columns if not column.primary_key and not column.info.get("bookkeeping")]


def journaled_tables() -> list[Table]:
    """Return the tables whose every change is recorded."""
    return [table for table in TABLES.values() if table.info.get("journal", True)]


@cache
def is_personal(table: str, key: str) -> bool:
    """Say whether a column can hold personal data; an action's reason can, too."""
    if table in WORDS_TABLES:
        return True
    if table not in TABLES or key not in TABLES[table].columns:
        return False
    return bool(TABLES[table].columns[key].info.get("personal"))


@cache
def is_for_team(table: str, key: str) -> bool:
    """Say whether only the editorial team may read a column: it can hold personal data, or is marked as theirs."""
    if is_personal(table, key):
        return True
    return table in TABLES and key in TABLES[table].columns and "team_only" in TABLES[table].columns[key].info


def canonical(content: object) -> str:
    """Write a plain value as the one JSON text that stands for it."""
    return _CANONICAL.encode(content)


def to_plain(value: Any) -> Any:
    """Turn a column's value into what JSON knows."""
    match value:
        case uuid.UUID():
            return str(value)
        case PythonEnum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat()  # One instant is one text, whatever zone it came in.
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def from_plain(column: Column[Any], value: Any) -> Any:
    """Turn a plain value back into what the column holds."""
    if value is None:
        return () if isinstance(column.type, TextList) else None
    match column.type:
        case Uuid():
            return uuid.UUID(value)
        case Date():
            return date.fromisoformat(value)
        case Instant():
            return datetime.fromisoformat(value)
        case Enum(enum_class=kind) if kind is not None:
            return kind(value)
        case TextList():
            return tuple(value)
        case _:
            return value


def canonical_rows(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> list[str]:
    """Write the same plain values of many records, each as `canonical` would.

    Args:
        rows: The records' values by key.
        keys: Which ones are written; sorted, and in every row.
    """
    columns = zip(*map(itemgetter(*keys), rows), strict=True) if len(keys) > 1 else [[row[keys[0]] for row in rows]]
    same, pieces = "{", list[Iterable[str]]()  # What is the same in all records is joined, so that few pieces remain.
    for number, (key, column) in enumerate(zip(keys, columns, strict=True)):
        same += f"{',' if number else ''}{encode_basestring(key)}:"
        if _is_one(column):
            same += canonical(column[0])
        else:
            pieces += (repeat(same), _json_texts(column))
            same = ""
    return list(map("".join, zip(*pieces, repeat(same + "}", len(rows)), strict=False)))


def _json_texts(values: Sequence[Any]) -> list[str]:
    """Return one column's plain values as JSON."""
    if set(map(type, values)) == {str}:
        return list(map(encode_basestring, values))
    return each_once(canonical, values)


def each_once(converter: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    """Convert one column's values; where many records hold the same few objects, each of these only once."""
    if _is_one(values):
        return [converter(values[0])] * len(values)
    distinct = {id(value): value for value in values}
    if len(distinct) * 2 > len(values):
        return [converter(value) for value in values]
    ready = {key: converter(value) for key, value in distinct.items()}
    return [ready[id(value)] for value in values]


def _is_one(values: Sequence[Any]) -> bool:
    """Say whether all values are one object, as most columns of many new records hold their default."""
    return bool(values) and all(map(is_, values, repeat(values[0])))


def uuid_texts(ids: Sequence[uuid.UUID]) -> list[str]:
    """Return many ids as text, as `str` would; it takes four times as long."""
    digits = [f"{one.int:032x}" for one in ids]
    return [f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in digits]


def personal_keys(table: str, keys: Iterable[str]) -> frozenset[str]:
    """Return which of the keys can hold personal values, which can be erased."""
    return frozenset(keys if table in WORDS_TABLES else _personal_of(table).intersection(keys))


@cache
def _personal_of(table: str) -> frozenset[str]:
    columns = TABLES[table].columns if table in TABLES else ()
    return frozenset(column.key for column in columns if is_personal(table, column.key))


def record_values(table: Table, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Turn plain values into column values; columns the schema no longer has are left out."""
    return {key: from_plain(table.columns[key], value) for key, value in plain.items() if key in table.columns}


def plain_values(values: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Turn the named column values into plain ones."""
    return {key: to_plain(values[key]) for key in keys}


def plain_column(values: Sequence[Any]) -> Sequence[Any]:
    """Turn one column's values of many records into plain ones; most columns are plain as they are."""
    if _is_one(values):
        return [to_plain(values[0])] * len(values)
    kinds = set(map(type, values))
    if kinds <= _PLAIN_ALREADY:
        return values
    return uuid_texts(values) if kinds == {uuid.UUID} else each_once(to_plain, values)
