"""Reading the lists: which rows match, in which order; and one page of them in full.

A view holds row numbers only (`array('q')`) and reads pages as they scroll into sight. Three letters and more are found
by the index of trigrams, fewer by looking into every text.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, asc, desc, func, literal_column, select
from sqlalchemy.engine import Connection

from core.storage.record_list import RecordList, row_table, sort_column, text_table
from core.storage.sorting import folded
from core.storage.view import View

__all__ = ["FEW", "View", "count", "count_matches", "ordered_rows", "page", "record_ids", "row_of"]

FEW = 2_000  # Up to here matches are sorted; above it the sort index is walked and each row asked whether it matches.
SHORT = 3  # Letters that make a trigram.


def ordered_rows(connection: Connection, records: RecordList, view: View, limit: int | None = None) -> array[int]:
    """Return the numbers of the rows that match, in their order; only the first ones if there is a limit."""
    few = count_matches(connection, records, view.search) <= FEW
    query = _matching(records, view, walk=limit is not None and not few).order_by(*_order(records, view, few=few))
    return array("q", connection.execute(query.limit(limit)).scalars())


def count_matches(connection: Connection, records: RecordList, search: str) -> int:
    """Count the records that match what was typed, up to one more than FEW; that is what the index says quickly."""
    index, words = text_table(records), [word for word in _words(search) if len(word) >= SHORT]
    if not words:
        return FEW + 1
    matches = select(index.c.rowid).where(_found(records, words)).limit(FEW + 1).subquery()
    return connection.execute(select(func.count()).select_from(matches)).scalar_one()


def count(connection: Connection, records: RecordList, only: Select[Any] | None = None) -> int:
    """Count the listed records, or those among the given ids."""
    query = select(func.count()).select_from(row_table(records))
    if only is not None:
        query = query.where(row_table(records).c.record_id.in_(only))
    return connection.execute(query).scalar_one()


def page(
    connection: Connection, records: RecordList, rows: Sequence[int], today: date
) -> list[Mapping[str, Any] | None]:
    """Read the records of some rows in full, in the order of the rows; None for one that is gone."""
    ids = record_ids(connection, records, rows)
    listed = {one["id"]: one for one in records.read(connection, list(ids.values()), today)}
    return [listed.get(ids[row]) if row in ids else None for row in rows]


def record_ids(connection: Connection, records: RecordList, rows: Sequence[int]) -> dict[int, UUID]:
    """Return which records some rows stand for."""
    cache, found = row_table(records), dict[int, UUID]()
    for start in range(0, len(rows), 500):
        query = select(cache.c.row, cache.c.record_id).where(cache.c.row.in_(rows[start : start + 500]))
        found |= {row: record_id for row, record_id in connection.execute(query).all()}  # noqa: C416 - Row is no pair
    return found


def row_of(connection: Connection, records: RecordList, record_id: UUID) -> int | None:
    """Return the row that stands for a record."""
    cache = row_table(records)
    return connection.execute(select(cache.c.row).where(cache.c.record_id == record_id)).scalar()


def _matching(records: RecordList, view: View, *, walk: bool) -> Select[Any]:
    """Select the rows that match; when the sort index is walked, no part may tempt the planner off it."""
    cache, words = row_table(records), _words(view.search)
    query: Select[Any] = select(cache.c.row)
    indexed = [] if walk else [word for word in words if len(word) >= SHORT]
    if indexed:
        index = text_table(records)
        query = query.where(cache.c.row.in_(select(index.c.rowid).where(_found(records, indexed))))
    for word in words:
        if word not in indexed:
            query = query.where(func.instr(cache.c.text, word) > 0)
    return query if view.only is None else query.where(cache.c.record_id.in_(view.only))


def _found(records: RecordList, words: Sequence[str]) -> ColumnElement[bool]:
    """Say that the index finds all the words; each is quoted, so that nothing typed is an operator."""
    quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    return literal_column(f"{records.name}_text").op("MATCH")(quoted)


def _order(records: RecordList, view: View, *, few: bool) -> list[ColumnElement[Any]]:
    cache = row_table(records)
    turn = desc if view.descending else asc
    if not view.sort:
        return [turn(cache.c.row)]
    name = f"{cache.name}.{sort_column(view.sort)}"
    # The sign keeps SQLite from walking the whole sort index where few rows have to be sorted.
    key: ColumnElement[Any] = literal_column(f"+{name}" if few else name)
    return [turn(key).nulls_last(), turn(cache.c.row)]


def _words(search: str) -> list[str]:
    return folded(search).split()
