"""The first rows of a list by plain SQL: what the window shows while the data layer is still being loaded.

Nothing is guessed. A plan, written when the same program last had a registry open, says how the rows are read; they
are given only where the cache and the findings are those of the log's head and of today. In every other case there
are none, and the window waits.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from core import fields as kinds
from core import workstation
from core.errors import RegistryError
from core.fields import Field
from core.storage import places
from core.storage.view import View

_CORE = Path(__file__).resolve().parents[1]
_APPLICATION_ID = 0x4B616E52
_CURRENT = """
    SELECT 1 FROM row_state JOIN finding_state ON row_state.day = finding_state.day
    JOIN change ON change.seq = finding_state.seq AND change.hash = row_state.head
    WHERE row_state.name = ? AND row_state.day = ? AND row_state.shape = ? AND finding_state.rules = ?
    AND change.seq = (SELECT max(seq) FROM change)
    AND (SELECT version_num FROM alembic_version) = ?
    AND NOT EXISTS (SELECT 1 FROM registry_setting WHERE key LIKE 'platform.%')
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the first rows of one list are read.

    Attributes:
        program: What tells one state of the program's own files from another.
        schema: The file's schema, as it is recorded in it.
        shape: For which fields the list's cache was built.
        rules: For which rules the findings were derived.
        query: Gives listed records; its parameters are `today` and `ids`, a JSON list.
    """

    program: str
    schema: str
    shape: str
    rules: str
    query: str


@dataclass(frozen=True, slots=True)
class FirstRows:
    """How many rows a list has, and what is in the first ones, by the keys of the fields."""

    count: int
    listed: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are wanted: of which list, with which fields, in the order of which view, and how many."""

    name: str
    fields: tuple[Field, ...]
    view: View
    limit: int


def first_rows(path: Path, wanted: Wanted, today: date) -> FirstRows | None:
    """Return the first rows of a list; None where they cannot be known for certain yet.

    Args:
        path: The registry's file; nobody in this process may have it open.
        wanted: The rows; their view must neither search nor narrow.
        today: The day for which findings and terms must have been derived.
    """
    plan = kept_plan(wanted.name)
    if plan is None or plan.program != program_mark():
        return None
    with suppress(RegistryError, OSError, sqlite3.Error, ValueError, LookupError, TypeError):
        places.refuse_unusual(path)
        places.refuse_beside(path)
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            return _read(connection, plan, wanted, today)
    return None


def kept_plan(name: str) -> Plan | None:
    """Return the plan for a list that was kept at this workstation."""
    with suppress(TypeError):
        return Plan(**workstation.plans_kept().get(name, {}))
    return None


def keep_plan(name: str, plan: Plan) -> None:
    """Keep a plan for the next start."""
    workstation.keep_plan(name, asdict(plan))


@cache
def program_mark() -> str:
    """Return what changes when any file of the program's core does: a plan is good for the program that made it.

    It is looked at once: what is changed beneath a program that runs belongs to the next start.
    """
    if getattr(sys, "frozen", False):
        return f"{Path(sys.executable).stat().st_mtime_ns}"
    found = sorted((place, entry.stat()) for place, entry in _sources(_CORE))
    told = [(place, stat.st_mtime_ns, stat.st_size) for place, stat in found]
    return f"{len(told)}-{max(stat.st_mtime_ns for _place, stat in found)}-{zlib.crc32(repr(told).encode()):08x}"


def _sources(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sources(Path(entry.path))
            elif entry.name.endswith(".py"):
                yield entry.path, entry


def _read(connection: sqlite3.Connection, plan: Plan, wanted: Wanted, today: date) -> FirstRows | None:
    for statement in ("PRAGMA trusted_schema=OFF", "PRAGMA query_only=ON", "BEGIN"):
        connection.execute(statement)
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION_ID
    told = (wanted.name, today.isoformat(), plan.shape, plan.rules, plan.schema)
    if not ours or connection.execute(_CURRENT, told).fetchone() is None:
        return None
    ids = [row["record_id"] for row in connection.execute(_ordered(wanted), {"limit": wanted.limit})]
    asked = {"today": today.isoformat(), "ids": json.dumps(ids)}
    found = {row["id"]: row for row in connection.execute(plan.query, asked)}
    count = connection.execute(f"SELECT count(*) FROM {wanted.name}_row").fetchone()[0]  # noqa: S608 - a name of ours
    return FirstRows(count, [_listed(found[one], wanted.fields) for one in ids])


def _ordered(wanted: Wanted) -> str:
    """Return the query of the first rows in a view's order, as `core.storage.searching` orders them."""
    view = wanted.view
    turn = "DESC" if view.descending else "ASC"
    key = next((f"sort_{one.key} {turn} NULLS LAST, " for one in wanted.fields if one.key == view.sort), "")
    return f"SELECT record_id FROM {wanted.name}_row ORDER BY {key}row {turn} LIMIT :limit"  # noqa: S608 - our names


def _listed(row: sqlite3.Row, fields: tuple[Field, ...]) -> dict[str, Any]:
    return {"id": UUID(row["id"]), **{one.key: _value(one, row[one.key]) for one in fields}}


def _value(one: Field, stored: Any) -> Any:
    """Return a value as the data layer gives it."""
    match one.kind:
        case kinds.TextList():
            return tuple(json.loads(stored)) if stored else ()
        case _ if stored is None:
            return None
        case kinds.OneOf(choices):
            return choices(stored)
        case kinds.Day():
            return date.fromisoformat(stored)
        case kinds.YesNo():
            return bool(stored)
        case _:
            return stored
