"""What is emptied of the records about people whose time has come, and what goes as a whole.

Rows stay wherever something else rests on them: findings of a day that is over are to be the same as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, select

from core.governance.retention import Due
from core.i18n import _
from core.model.organisation import FORMER
from core.model.protection import REDACTED
from core.protection.extract.recording import reasoned_about
from core.storage.touching import chunks
from core.storage.values import REASON_TABLE, TABLES

_OWN: Mapping[str, Mapping[str, Any]] = {
    "store": {"remark": None},
    "key_card": {"text": "", "revocation": None, "certificate": None},
    "access": {"via_profile": REDACTED},
    "asset": {"title": REDACTED, "source": None, "notes": None},
    "data_hold": {"reason": REDACTED},
}
"""Columns of records about one person, by table, and what stands there afterwards."""

_OF_PORTRAITS: Mapping[str, Mapping[str, Any]] = {"consent": {"form_name": REDACTED}}
_OF_FILES: Mapping[str, Any] = {"file_name": REDACTED}
_NOBODY: Mapping[str, Any] = {"person_id": None}


@dataclass(frozen=True, slots=True)
class Blank:
    """What stands in the columns of one record afterwards; where there was nothing, nothing stands."""

    table: str
    values: Mapping[str, Any]

    def fill(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return plain values with what is to go replaced."""
        return {
            key: self.values[key] if key in self.values and value is not None else value
            for key, value in values.items()
        }


@dataclass(frozen=True, slots=True)
class Blanks:
    """What becomes of whole records.

    Attributes:
        emptied: The records of which columns are emptied, by id.
        gone: The records that are removed with all that the log holds of them, with their tables; in an order in which
            nothing points at what is gone.
    """

    emptied: Mapping[UUID, Blank]
    gone: Mapping[UUID, str]

    @property
    def columns(self) -> dict[UUID, frozenset[str]]:
        """The columns that are emptied, by record."""
        return {one: frozenset(blank.values) for one, blank in self.emptied.items()}


def read_blanks(connection: Connection, due: Due) -> Blanks:
    """Return what becomes of the records about people, as this file holds them."""
    emptied = {one: Blank("person", _person()) for one in due.people}
    emptied |= {one: Blank("confirmation", _NOBODY) for one in due.confirmations}
    for table, values in _OWN.items():
        ids = _ids(connection, TABLES[table].c.person_id, due.people)
        emptied |= {one: Blank(table, values) for one in ids}
    portraits = _ids(connection, TABLES["asset"].c.person_id, due.people)
    for table, values in _OF_PORTRAITS.items():
        emptied |= {one: Blank(table, values) for one in _ids(connection, TABLES[table].c.asset_id, portraits)}
    versions = _ids(connection, TABLES["asset_version"].c.asset_id, dict.fromkeys([*portraits, *due.portraits]))
    emptied |= {one: Blank("asset_version", _OF_FILES) for one in versions}
    for some in chunks(due.people):
        actions = connection.execute(reasoned_about(some)).scalars()
        emptied |= {one: Blank(REASON_TABLE, {"reason": REDACTED}) for one in actions}
    return Blanks(emptied, dict(_gone(connection, due)))


def _person() -> dict[str, Any]:
    cleared = dict.fromkeys(("name_title", "given_name", "email", "phone", "absent_until", "notes"))
    return {**cleared, "family_name": former()}


def former() -> str:
    """Return what an erased person is called; what is kept in the place of the name is never shown itself."""
    return _(FORMER)


def _gone(connection: Connection, due: Due) -> Iterator[tuple[UUID, str]]:
    for table in ("handover_statement", "handover_item"):
        for one in _ids(connection, TABLES[table].c.handover_id, due.handovers):
            yield one, table
    yield from ((one, "handover") for one in due.handovers)
    yield from ((one, "reading") for one in due.readings)


def _ids(connection: Connection, column: Column[Any], wanted: Iterable[UUID]) -> list[UUID]:
    found: list[UUID] = []
    for some in chunks(wanted):
        found += connection.execute(select(column.table.c.id).where(column.in_(some))).scalars()
    return found
