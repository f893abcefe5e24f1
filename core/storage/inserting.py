"""Rows handed to the driver as it takes them: for the log and for records in bulk, where each row's way counts.

A statement and the conversions of its columns are made once a table and kept; values are converted column by column.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, Table, Uuid
from sqlalchemy.engine import Connection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from core.storage.values import each_once

Converter = Callable[[Sequence[Any]], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement as the driver takes it.

    Attributes:
        text: The statement.
        order: The columns' keys in the order of its parameters; None where the driver knows them by name.
        converters: What turns a column's values into the driver's own; columns that need nothing are left out.
    """

    text: str
    order: tuple[str, ...] | None
    converters: Mapping[str, Converter]


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows that are given column by column; nothing is filled in that is not named.

    Args:
        connection: In a transaction that may write.
        table: Where they belong.
        columns: The values by the columns' keys, all of them equally many.
    """
    prepared = _prepared(table, tuple(columns), connection.dialect)
    ready = {**columns, **{key: converter(columns[key]) for key, converter in prepared.converters.items()}}
    if prepared.order is not None:
        rows: list[Any] = list(zip(*(ready[key] for key in prepared.order), strict=True))
    else:
        rows = [dict(zip(ready, row, strict=True)) for row in zip(*ready.values(), strict=True)]
    if rows:
        connection.exec_driver_sql(prepared.text, rows)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hold back the garbage collector while very many values come to be that are all kept.

    Left alone, it looks at all of them again and again, which takes longer than writing them.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@lru_cache(maxsize=256)
def _prepared(table: Table, keys: tuple[str, ...], dialect: Dialect) -> _Prepared:
    compiled = table.insert().inline().compile(dialect=dialect, column_keys=list(keys))
    assert isinstance(compiled, SQLCompiler)
    found = {key: _converter(table.columns[key].type, dialect) for key in keys}
    order = tuple(compiled.positiontup or ()) if compiled.positional else None
    return _Prepared(compiled.string, order, {key: one for key, one in found.items() if one is not None})


def _converter(kind: TypeEngine[Any], dialect: Dialect) -> Converter | None:
    """Return what converts a column of a type, None where the driver takes its values as they are."""
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return None
    if isinstance(kind, Uuid) and kind.as_uuid and not dialect.supports_native_uuid:
        return partial(_digits, convert)
    return partial(each_once, convert)


def _digits(convert: Callable[[Any], Any], ids: Sequence[UUID | None]) -> Sequence[Any]:
    """Write ids as their digits, as SQLAlchemy does one by one; in bulk that takes longer than inserting them."""
    return (
        [f"{one.int:032x}" for one in ids if one is not None]
        if set(map(type, ids)) == {UUID}
        else each_once(convert, ids)
    )
