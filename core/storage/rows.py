"""The rows of the lists: a cache of what is searched and sorted, kept by the journal beside the records.

For each list there is `<record>_row` (record id, folded text, one sort key a field) and `<record>_text`, its FTS5 index
of trigrams. The cache lies outside migrations and history: it is made when it is missing, follows each action in the
same transaction, and is built anew when the log's head or the fields are not those it was built for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnClause, Select, Table, Update, bindparam, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import visitors

from core.storage.chain import GENESIS, head
from core.storage.inserting import insert_columns
from core.storage.journal import CHANGE, Entry
from core.storage.record_list import RecordList, cached, definition, indexes, row_table, shape, tables_of, text_table
from core.storage.touching import Touched, by_the_calendar, chunks, records_along, records_beside, touched_by

BULK = 2_000  # From here on building anew, after the action, is quicker than following it.

_HEADS = """
    SELECT seq - ?, hash, (SELECT hash FROM change AS earlier WHERE earlier.seq = newest.seq - ?)
    FROM change AS newest ORDER BY seq DESC LIMIT 1
"""
_STATES = "CREATE TABLE IF NOT EXISTS row_state (name TEXT PRIMARY KEY, head TEXT, day TEXT, shape TEXT)"


@dataclass(frozen=True, slots=True)
class _State:
    """For which head of the log, which day and which fields a list's cache was built."""

    head: str
    day: date
    shape: str


def keep_current(connection: Connection, lists: Iterable[RecordList], today: date) -> None:
    """Bring the cache to the log's head, the fields and the day; does nothing where it is current.

    Call in a transaction that may write: when a registry is opened, after an action too large to be followed, and when
    the day has changed.
    """
    newest, states = head(connection)[1], _states(connection)
    for records in lists:
        known = states.get(records.name)
        if known is None or (known.head, known.shape) != (newest, shape(records)):
            rebuild(connection, records, today)
        elif known.day != today:
            _turn_the_page(connection, records, known, today)


def is_current(connection: Connection, lists: Iterable[RecordList], today: date) -> bool:
    """Say whether `keep_current` would do nothing; for readers that must not write."""
    newest, states = head(connection)[1], _states(connection)
    return all(states.get(records.name) == _State(newest, today, shape(records)) for records in lists)


def refresh(
    connection: Connection,
    lists: Iterable[RecordList],
    entries: Sequence[Entry],
    today: date,
    also: Mapping[str, Collection[UUID]] = MappingProxyType({}),
) -> bool:
    """Follow an action that has just been written to the log, in its transaction.

    Args:
        connection: The action's connection.
        lists: All lists of the registry.
        entries: What the action did.
        today: The day for which changed rows are read.
        also: Further records whose rows are to be read anew, by table; of which the findings changed, for example.

    Returns:
        Whether the cache is current; an action that reaches very many rows leaves it behind, for `keep_current`.
    """
    if len(entries) > BULK:
        return False
    before, newest = _heads(connection, len(entries))
    known, current = _states(connection), True
    followed: dict[str, _State] = {}
    for records in lists:
        state = known.get(records.name)
        if state is None or state.head != before or state.shape != shape(records):
            current = False
            continue
        shown = touched_by(entry for entry in entries if _shows(records, entry))
        reached = _reached(connection, records, shown) | set(also.get(records.name, ()))
        if len(reached) > BULK:
            current = False
            continue
        _write(connection, records, reached, today)
        followed[records.name] = _State(newest, state.day, state.shape)
    _keep_states(connection, followed)
    return current


def _reached(connection: Connection, records: RecordList, touched: Touched) -> set[UUID]:
    """Return the records of a list that show something of what was touched."""
    along = (records_along(connection, path, touched) for path in records.paths)
    return records_beside(connection, records.table, touched).union(*along)


def _shows(records: RecordList, entry: Entry) -> bool:
    """Say whether a list shows something of what an entry changed; a record that came or went shows as a whole."""
    if entry.kind != CHANGE:
        return entry.table in tables_of(records)
    changed = (*(entry.before or ()), *(entry.after or ()))
    return any((entry.table, key) in columns_of(records) for key in changed)


@cache
def columns_of(records: RecordList) -> frozenset[tuple[str, str]]:
    """Return what a list's query reads: the tables and keys of the columns."""
    named = (element for element in visitors.iterate(records.listing(date.min)) if isinstance(element, ColumnClause))
    columns = (base for element in named for base in element.base_columns if isinstance(base, Column))
    return frozenset((column.table.name, column.key) for column in columns)


def refresh_records(connection: Connection, records: RecordList, ids: Iterable[UUID], today: date) -> None:
    """Read some records' rows anew after a change that is no entry of the log: of their findings, for example."""
    wanted = set(ids)
    if wanted and _state(connection, records) is not None:
        _write(connection, records, wanted, today)


def rebuild(connection: Connection, records: RecordList, today: date) -> None:
    """Build one list's cache anew from the records. Rows keep their numbers, because views hold them."""
    numbers = _numbers(connection, records)
    free = count(max(numbers.values(), default=0) + 1)
    for statement in (_STATES, *definition(records)):
        connection.exec_driver_sql(statement)
    for some in chunks(records.read(connection, None, today), BULK):
        rows = [cached(records, listed) for listed in some]
        _insert(
            connection,
            row_table(records),
            [{"row": numbers.get(row["record_id"]) or next(free), **row} for row in rows],
        )
    for statement in indexes(records):
        connection.exec_driver_sql(statement)
    index = text_table(records)
    connection.execute(index.insert().values({index.name: "rebuild"}))
    _keep_states(connection, {records.name: _State(head(connection)[1], today, shape(records))})


def _numbers(connection: Connection, records: RecordList) -> dict[UUID, int]:
    """Return the numbers of the rows that a cache has, by record; none where it was never built."""
    cache = row_table(records)
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = ?", (cache.name,)).scalar():
        return {}
    return {one: row for one, row in connection.execute(select(cache.c.record_id, cache.c.row))}  # noqa: C416


def _turn_the_page(connection: Connection, records: RecordList, known: _State, today: date) -> None:
    """Read anew what means something else today than on the day the cache was built for."""
    first, last = sorted((known.day, today))
    far = [table for path in records.paths for table in path]
    touched = by_the_calendar(connection, records.table, first, last, far)
    reached = _reached(connection, records, touched)
    if len(reached) > BULK:
        rebuild(connection, records, today)
    else:
        _write(connection, records, reached, today)
        _keep_states(connection, {records.name: _State(known.head, today, known.shape)})


def _write(connection: Connection, records: RecordList, ids: set[UUID], today: date) -> None:
    """Write the rows of some records: new, changed or gone. Rows keep their numbers, because views hold them."""
    cache = row_table(records)
    if not ids:
        return
    fresh = {listed["id"]: cached(records, listed) for listed in records.read(connection, list(ids), today)}
    known = _known_rows(connection, cache, ids)
    told = {one: row for one, row in known.items() if one not in fresh or fresh[one]["text"] != row["text"]}
    _forget_texts(connection, records, told.values())
    for one in known.keys() - fresh.keys():
        connection.execute(cache.delete().where(cache.c.row == known[one]["row"]))
    new = [one for one in fresh if one not in known]
    _insert(connection, cache, [fresh[one] for one in new])
    for one in known.keys() & fresh.keys():
        _update(connection, cache, known[one], fresh[one])
    again = [{"row": known[one]["row"], "text": fresh[one]["text"]} for one in told if one in fresh]
    _index_texts(connection, records, [*again, *_known_rows(connection, cache, new).values()])


def _insert(connection: Connection, cache: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        insert_columns(connection, cache, {key: [row[key] for row in rows] for key in rows[0]})


def _update(connection: Connection, cache: Table, known: Mapping[str, Any], fresh: Mapping[str, Any]) -> None:
    """Write what differs, and nothing else: each column has an index that would be written, too."""
    changed = {key: value for key, value in fresh.items() if key != "record_id" and value != known[key]}
    if changed:
        connection.execute(_updated(cache, tuple(changed)), {"at": known["row"], **changed})


@cache
def _updated(cached_in: Table, keys: tuple[str, ...]) -> Update:
    """Return the statement that writes some columns of a row; kept for the same reason as the queries."""
    return cached_in.update().where(cached_in.c.row == bindparam("at")).values({key: bindparam(key) for key in keys})


def _index_texts(connection: Connection, records: RecordList, rows: Iterable[Mapping[str, Any]]) -> None:
    if told := list(rows):
        columns = {"rowid": [row["row"] for row in told], "text": [row["text"] for row in told]}
        insert_columns(connection, text_table(records), columns)


def _forget_texts(connection: Connection, records: RecordList, rows: Iterable[Mapping[str, Any]]) -> None:
    """Take texts out of the index; it keeps none itself, so it must be told what it once got."""
    index = text_table(records)
    if told := list(rows):
        columns = {"rowid": [row["row"] for row in told], "text": [row["text"] for row in told]}
        insert_columns(connection, index, {index.name: ["delete"] * len(told), **columns})


def _known_rows(connection: Connection, cache: Table, ids: Iterable[UUID]) -> dict[UUID, Mapping[str, Any]]:
    """Return the rows of some records as the cache holds them."""
    known: dict[UUID, Mapping[str, Any]] = {}
    for some in chunks(ids):
        known |= {row["record_id"]: row for row in connection.execute(_rows_of(cache), {"ids": some}).mappings()}
    return known


@cache
def _rows_of(cached_in: Table) -> Select[Any]:
    """Return the query of some records' rows; kept, because making it costs more than asking it."""
    return select(cached_in).where(cached_in.c.record_id.in_(bindparam("ids", expanding=True)))


def _heads(connection: Connection, back: int) -> tuple[str | None, str]:
    """Return the hash that was the log's newest before so many entries, and the one that is."""
    number, newest, before = connection.exec_driver_sql(_HEADS, (back, back)).first() or (0, GENESIS, None)
    return before if number else GENESIS, newest


def _state(connection: Connection, records: RecordList) -> _State | None:
    return _states(connection).get(records.name)


def _states(connection: Connection) -> dict[str, _State]:
    """Return the states of all lists that have been built, by their names."""
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'row_state'").scalar():
        return {}
    found = connection.exec_driver_sql("SELECT name, head, day, shape FROM row_state").all()
    return {name: _State(head, date.fromisoformat(day), shape) for name, head, day, shape in found}


def _keep_states(connection: Connection, states: Mapping[str, _State]) -> None:
    values = [(name, state.head, state.day.isoformat(), state.shape) for name, state in states.items()]
    if values:
        connection.exec_driver_sql("INSERT OR REPLACE INTO row_state VALUES (?, ?, ?, ?)", values)
