"""Which listed records an action reaches: those it touched and those one foreign key or one association away.

Found from the tables' metadata alone, so that a new record needs no line here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import islice, pairwise
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Column, Date, Select, Table, bindparam, or_, select
from sqlalchemy.engine import Connection

from core.storage.journal import Entry
from core.storage.values import TABLES

T = TypeVar("T")
CHUNK = 500  # SQLite takes at least 999 variables in a statement.


@dataclass(frozen=True, slots=True)
class Touched:
    """Records touched, by table; and records that a touched one points at or pointed at before."""

    records: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    pointed_at: dict[tuple[str, str], set[UUID]] = field(default_factory=lambda: defaultdict(set))


def touched_by(entries: Iterable[Entry]) -> Touched:
    """Gather what an action's entries touched; a deleted association still says what it tied together."""
    touched = Touched()
    for entry in entries:
        touched.records[entry.table].add(entry.record_id)
        for key, value in [*(entry.before or {}).items(), *(entry.after or {}).items()]:
            if value is not None and key in _references(entry.table):
                touched.pointed_at[entry.table, key].add(UUID(value))
    return touched


@cache
def _references(name: str) -> frozenset[str]:
    """Return the columns of a table that point at records; "account_id" for example is a text of a platform's."""
    table = TABLES.get(name)
    return (
        frozenset(column.key for column in table.columns if column.foreign_keys) if table is not None else frozenset()
    )


def by_the_calendar(
    connection: Connection, table: Table, first: date, last: date, further: Iterable[Table] = ()
) -> Touched:
    """Gather what means something else on another day: records with a date between the two, or a day beside them.

    Args:
        connection: The registry's.
        table: Of the records that are listed.
        first: The earlier day.
        last: The later one.
        further: Tables more than one key away of which the list shows something.
    """
    touched = Touched()
    for near in dict.fromkeys([table, *_neighbours(table), *further]):
        days = [column for column in near.columns if isinstance(column.type, Date)]
        if not days:
            continue
        span = (first - timedelta(days=1), last + timedelta(days=1))
        query = select(near.c.id).where(or_(*(column.between(*span) for column in days)))
        touched.records[near.name] |= set(connection.execute(query).scalars())
    return touched


def records_beside(connection: Connection, table: Table, touched: Touched) -> set[UUID]:
    """Return the ids of the records of one table that show something of what was touched."""
    found = set(touched.records.get(table.name, ()))
    for near, ids in touched.records.items():
        other = table.metadata.tables.get(near)
        if other is None:
            continue
        found |= _pointed_at(connection, table, other, ids, touched)
        found |= _pointing(connection, table, other, ids)
        found |= _associated(connection, table, other, ids)
    return found


def records_along(connection: Connection, path: Sequence[Table], touched: Touched) -> set[UUID]:
    """Return the records of a path's last table that lie on it behind touched ones of its first.

    Args:
        connection: The registry's.
        path: Tables, each of them one key away from the next, whichever points at the other.
        touched: What was touched; of this only what belongs to the path's first table counts.
    """
    ids, known = set(touched.records.get(path[0].name, ())), touched
    for here, there in pairwise(path):
        ids = _pointed_at(connection, there, here, ids, known) | _pointing(connection, there, here, ids)
        known = Touched()
    return ids


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Part items into lists of a size that one statement can take."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _pointed_at(connection: Connection, table: Table, other: Table, ids: set[UUID], touched: Touched) -> set[UUID]:
    """Return the records that touched rows of another table point at, or did."""
    found: set[UUID] = set()
    for column in _keys(other, table):
        found |= touched.pointed_at.get((other.name, column.key), set())
        found |= _read(connection, column, other.c.id, ids)
    return found


def _pointing(connection: Connection, table: Table, other: Table, ids: set[UUID]) -> set[UUID]:
    """Return the records that point at touched rows of another table, or of their own."""
    found: set[UUID] = set()
    for column in _keys(table, other):
        found |= _read(connection, table.c.id, column, ids)
    return found


def _associated(connection: Connection, table: Table, other: Table, ids: set[UUID]) -> set[UUID]:
    """Return the records tied to touched rows of another table by a record of a third."""
    found: set[UUID] = set()
    for tie in _neighbours(table):
        if tie not in (table, other):
            for there in _keys(tie, other):
                for here in _keys(tie, table):
                    found |= _read(connection, here, there, ids) if here is not there else set()
    return found


@cache
def _keys(source: Table, target: Table) -> list[Column[Any]]:
    return [column for column in source.columns if any(key.column.table is target for key in column.foreign_keys)]


@cache
def _neighbours(table: Table) -> list[Table]:
    """Return the tables one foreign key away, in either direction."""
    others = [other for other in table.metadata.tables.values() if other is not table]
    return [other for other in others if _keys(other, table) or _keys(table, other)]


def _read(connection: Connection, wanted: Column[Any], by: Column[Any], ids: set[UUID]) -> set[UUID]:
    """Return the known values of one column where another holds one of the ids."""
    if len(ids) == 1:
        return set(connection.execute(_query_of_one(wanted, by), {"one": next(iter(ids))}).scalars())
    found: set[UUID] = set()
    for some in chunks(ids):
        found |= set(connection.execute(_query(wanted, by), {"ids": some}).scalars())
    return found


@cache
def _query(wanted: Column[Any], by: Column[Any]) -> Select[Any]:
    """Return the query of one column by another; kept, because making it costs more than asking it."""
    return select(wanted).where(by.in_(bindparam("ids", expanding=True)), wanted.is_not(None))


@cache
def _query_of_one(wanted: Column[Any], by: Column[Any]) -> Select[Any]:
    """Return the query for one value, as most actions touch one record; its text need not be made anew each time."""
    return select(wanted).where(by == bindparam("one", type_=by.type), wanted.is_not(None))
