"""A record's values as the journal writes them: plain JSON, and back by the column's type."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum as PythonEnum
from functools import cache
from typing import Any

from sqlalchemy import Column, Date, Enum, Table, Uuid

from core.model import Base
from core.model.record import Instant, TextList

REASON_TABLE = "reason"
"""Under this name an action's reason stands in the log, as an entry of its own, so that it can be erased."""

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
    if table == REASON_TABLE:
        return True
    if table not in TABLES or key not in TABLES[table].columns:
        return False
    return bool(TABLES[table].columns[key].info.get("personal"))


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


def split_personal(table: str, values: Mapping[str, Any]) -> list[tuple[bool, Mapping[str, Any]]]:
    """Part plain values into those that stay and the personal ones that can be erased; empty parts are left out."""
    personal = values.keys() if table == REASON_TABLE else _personal_of(table) & values.keys()
    stays = values if not personal else {key: value for key, value in values.items() if key not in personal}
    parts = (False, stays), (True, {key: values[key] for key in personal})
    return [(kind, part) for kind, part in parts if part]


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
    if _PLAIN_ALREADY.issuperset(map(type, values)):
        return values
    if len(set(map(id, values))) == 1:
        return [to_plain(values[0])] * len(values)
    return [to_plain(value) for value in values]
