"""What the log holds of people whose time has come: which of its values go, and what is left of each.

A value that goes is set to nothing; what is left of it without the names stands in an entry of its own, so that views
of the past and undoing know everything else that was in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from core.model import Change, ChangeValue
from core.protection.erasure.blanks import Blanks
from core.protection.erasure.mentions import Place, Rewriting, is_searched
from core.storage.chain import ERASED, ERASURE, value_name
from core.storage.history import REDACT
from core.storage.journal import Entry
from core.storage.touching import chunks
from core.storage.values import REDACTED_TABLE, TABLES


@dataclass(frozen=True, slots=True)
class Erased:
    """A value of the log that goes.

    Attributes:
        seq: The number of its entry.
        part: "before" or "after".
        personal: Whether it holds the entry's personal columns.
        table: The entry's table.
        record_id: The entry's record.
        left: What is left of it, by the names of the values it stands for; nothing where nothing is.
    """

    seq: int
    part: str
    personal: bool
    table: str
    record_id: UUID
    left: dict[str, Any]

    @property
    def name(self) -> str:
        """How the erasure names it."""
        return value_name(self.seq, self.part, self.personal)


def find_values(connection: Connection, blanks: Blanks, rewriting: Rewriting) -> list[Erased]:
    """Return the values of the log that go; nothing is altered yet."""
    columns: list[Any] = [Change.table_name, Change.record_id, ChangeValue.part, ChangeValue.personal, ChangeValue.text]
    query = select(Change.seq, *columns).join(ChangeValue, ChangeValue.seq == Change.seq)
    found = list[Erased]()
    rows = connection.execute(query.where(ChangeValue.text.is_not(None), Change.kind != ERASURE))
    concerned = blanks.emptied.keys() | blanks.gone.keys()
    for seq, table, record_id, part, personal, text in rows:
        if text and (record_id in concerned or rewriting.forms.may_be_in(text, record_id)):
            found.append(Erased(seq, part, personal, table, record_id, json.loads(text)))
    tables = _tables(connection, found)
    return [changed for one in found if (changed := _changed(one, tables, blanks, rewriting)) is not None]


def _changed(one: Erased, tables: dict[int, str], blanks: Blanks, rewriting: Rewriting) -> Erased | None:
    """Return what becomes of a value, None where it stays as it is."""
    if one.record_id in blanks.gone:
        return Erased(one.seq, one.part, one.personal, one.table, one.record_id, {})
    if one.table == REDACTED_TABLE:
        left = {
            name: _rewritten(tables.get(_seq(name), ""), one.record_id, values, blanks, rewriting)
            for name, values in one.left.items()
        }
        changed = left != one.left
    else:
        values = _rewritten(one.table, one.record_id, one.left, blanks, rewriting)
        left, changed = ({one.name: values} if values else {}), values != one.left
    return Erased(one.seq, one.part, one.personal, one.table, one.record_id, left) if changed else None


def _rewritten(
    table: str, record_id: UUID, values: dict[str, Any], blanks: Blanks, rewriting: Rewriting
) -> dict[str, Any]:
    blank = blanks.emptied.get(record_id)
    emptied = blank.values.keys() if blank is not None else frozenset[str]()
    filled = blank.fill(values) if blank is not None else values
    return {
        key: value
        if key in emptied or not is_searched(table, key)
        else rewriting.value(Place(table, record_id, key), value)
        for key, value in filled.items()
    }


def _tables(connection: Connection, found: list[Erased]) -> dict[int, str]:
    """Return to which tables the values belong of which something was left before."""
    numbers = {_seq(name) for one in found if one.table == REDACTED_TABLE for name in one.left}
    known: dict[int, str] = {}
    for some in chunks(numbers):
        rows = connection.execute(select(Change.seq, Change.table_name).where(Change.seq.in_(some)))
        known |= {seq: table for seq, table in rows}  # noqa: C416 - Row is no pair
    return known


def _seq(name: str) -> int:
    return int(name.partition(":")[0])


def entries_for(erased: list[Erased]) -> Iterator[Entry]:
    """Give the entries of the log that name what went, record by record, and keep what is left."""
    by_record: dict[tuple[str, UUID], list[Erased]] = {}
    for one in erased:
        by_record.setdefault((one.table, one.record_id), []).append(one)
    for (table, record_id), some in by_record.items():
        yield Entry(table, record_id, ERASURE, None, {ERASED: [one.name for one in some]})
    for (_table, record_id), some in by_record.items():
        left = {name: values for one in some for name, values in one.left.items()}
        if left:
            yield Entry(REDACTED_TABLE, record_id, REDACT, None, left)


def wipe(connection: Connection, erased: list[Erased]) -> None:
    """Set the values to nothing; their digests stay in the chain."""
    if not erased:
        return
    table = TABLES["change_value"]
    keys = "seq", "part", "personal"
    which = [table.c[key] == bindparam(f"of_{key}") for key in keys]
    some = [{f"of_{key}": getattr(one, key) for key in keys} for one in erased]
    connection.execute(update(ChangeValue).where(*which).values(text=None), some)
