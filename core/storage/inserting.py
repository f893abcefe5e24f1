"""Rows handed to the driver as it takes them: for the log and for records in bulk, where each row's way counts.

A statement and the conversions of its columns are made once a table and kept; values are converted column by column.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.engine import Connection
from sqlalchemy.sql.compiler import SQLCompiler


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement as the driver takes it.

    Attributes:
        text: The statement.
        order: The columns' keys in the order of its parameters; None where the driver knows them by name.
        converters: What turns each column's values into the driver's own; columns that need nothing are left out.
    """

    text: str
    order: tuple[str, ...] | None
    converters: Mapping[str, Callable[[Any], Any]]


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows that are given column by column; nothing is filled in that is not named.

    Args:
        connection: In a transaction that may write.
        table: Where they belong.
        columns: The values by the columns' keys, all of them equally many.
    """
    prepared = _prepared(table, tuple(columns), connection.dialect)
    ready = {key: _converted(prepared.converters.get(key), column) for key, column in columns.items()}
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
    found = {key: table.columns[key].type.dialect_impl(dialect).bind_processor(dialect) for key in keys}
    order = tuple(compiled.positiontup or ()) if compiled.positional else None
    return _Prepared(compiled.string, order, {key: one for key, one in found.items() if one is not None})


def _converted(converter: Callable[[Any], Any] | None, column: Sequence[Any]) -> Sequence[Any]:
    if converter is None:
        return column
    if len(column) > 1 and len(set(map(id, column))) == 1:  # Most columns of many new records hold one default.
        return [converter(column[0])] * len(column)
    return [converter(value) for value in column]
