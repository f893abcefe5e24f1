"""Writes down how a list's first rows are read, for the next start (`core.storage.first_rows`)."""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import CompileError

from core.storage.first_rows import Plan, keep_plan, kept_plan, program_mark
from core.storage.record_list import RecordList, shape

_SOME_DAYS = (date(1801, 2, 3), date(1802, 3, 4))
"""Days that stand for today while a query is written down; they occur in no query by themselves."""


def keep_plan_of(connection: Connection, records: RecordList) -> None:
    """Keep how the first rows of a list are read, for a registry that is open and whose findings are derived."""
    kept, rules = kept_plan(records.name), connection.exec_driver_sql("SELECT rules FROM finding_state").scalar()
    schema = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    where = (program_mark(), schema, shape(records), str(rules))
    if kept is not None and where == (kept.program, kept.schema, kept.shape, kept.rules):
        return
    query = query_of(records)
    if query is not None and rules is not None:
        keep_plan(records.name, Plan(*where, query))


@cache
def query_of(records: RecordList) -> str | None:
    """Return a list's query as SQLite's text with the parameters `today` and `ids`; None where it has no such form."""
    try:
        first, second = (_written(records, day) for day in _SOME_DAYS)
    except CompileError:
        return None
    return first if first == second else None  # A day that is reckoned from today would differ.


def _written(records: RecordList, today: date) -> str:
    among = text(f"{records.name}.id IN (SELECT value FROM json_each(\\:ids))")  # noqa: S608 - a name of ours
    some = records.listing(today).where(among)
    compiled = some.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return str(compiled).replace(f"'{today.isoformat()}'", ":today")
