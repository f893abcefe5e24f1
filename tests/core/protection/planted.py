"""A registry with one row in every table, each text of it a canary, all of them about one person."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import Enum as PythonEnum
from typing import Any

from sqlalchemy import Boolean, Column, Date, Enum, Integer, String, Table, Uuid, insert

from core.model.record import Instant, Json, TextList
from core.protection.declared import ABOUT, LOGGED, PARTS
from core.registry import Registry
from core.storage.values import TABLES
from tests.factories import make_person

NAME = "Zoe Kanarienvogel"
OTHER = {
    "given_name": "Fremdine",
    "family_name": "Anderswo",
    "email": "fremdine@anderswo.example",
    "phone": "02841 201 99887",
    "function": "Hausmeisterei",
}
_POINTING = {(one.table, by) for one in ABOUT for by in one.by if not one.parent} | {
    (one.table, one.by) for one in PARTS
}
_LEFT_OUT = {"finding_state", *LOGGED}


class Planted:
    """What was planted.

    Attributes:
        person_id: Whom it is about.
        other_id: Somebody else.
        canaries: The texts by table and column.
    """

    def __init__(self) -> None:
        self.person_id, self.other_id = uuid.uuid4(), uuid.uuid4()
        self.ids = {table: uuid.uuid4() for table in TABLES}
        self.ids["person"] = self.other_id
        self.canaries: dict[tuple[str, str], str] = {}


def plant(registry: Registry) -> Planted:
    """Fill every table that can hold something about people."""
    planted = Planted()
    with registry.action("Plant") as session:
        session.add(make_person(id=planted.other_id, **OTHER))
    with registry.deriving() as session:
        for table in TABLES.values():
            if table.name not in _LEFT_OUT:
                session.execute(insert(table).values(_row(planted, table)))
    return planted


def _row(planted: Planted, table: Table) -> dict[str, Any]:
    return dict(_values(planted, table))


def _values(planted: Planted, table: Table) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        if column.key == "id" and isinstance(column.type, Uuid):
            yield "id", planted.person_id if table.name == "person" else planted.ids[table.name]
        elif table.name == "person" and column.key in {"given_name", "family_name"}:
            yield column.key, NAME.split()[column.key == "family_name"]
        elif table.name == "person" and column.key in {"erased_on", "successor_id"}:
            yield column.key, None
        else:
            yield column.key, _value(planted, table, column)


def _value(planted: Planted, table: Table, column: Column[Any]) -> Any:
    if (table.name, column.key) in _POINTING:
        return planted.person_id
    key = next(iter(column.foreign_keys), None)
    if key is not None:
        return planted.ids[key.column.table.name]
    match column.type:
        case Enum(enum_class=kind) if kind is not None and issubclass(kind, PythonEnum):
            return next(iter(kind))
        case Uuid():
            return uuid.uuid4()
        case Date():
            return date(2020, 1, 1)
        case Instant():
            return datetime(2020, 1, 1, tzinfo=UTC)
        case Boolean():
            return False
        case Integer():
            return 1
        case TextList():
            return ()
        case Json():
            return {"value": "1"}
        case String():
            return _text(planted, table, column)
        case _:
            raise AssertionError(f"{table.name}.{column.key} is of a kind that is not known here: {column.type}")


def _text(planted: Planted, table: Table, column: Column[Any]) -> str:
    canary = f"Kanarie {table.name} {column.key}"
    if column.info.get("personal"):
        planted.canaries[table.name, column.key] = canary
        return canary if table.name in {one.table for one in ABOUT} else f"{canary}, sagt {NAME}"
    return "person" if column.key == "subject_type" else f"{table.name}-{column.key}"[:40]
