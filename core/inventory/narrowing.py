"""Records by what their fields hold: the list behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from core.fields import OneOf
from core.storage.record_list import RecordList


@dataclass(frozen=True, slots=True)
class Span:
    """Everything from the first value to the last one, both included; None leaves an end open."""

    first: Any = None
    last: Any = None


@dataclass(frozen=True, slots=True)
class Where:
    """Which records of a list are meant.

    Attributes:
        title: What they have in common, translated, in a word or two: "Facebook", "last 180 days".
        values: By the keys of the fields a value, a Span, or None for what is not known.
    """

    title: str
    values: Mapping[str, Any] = field(default_factory=dict)


def where(records: RecordList, values: Mapping[str, Any], today: date) -> Select[Any]:
    """Return the query for the ids of the records whose fields hold these values."""
    listed = records.listing(today).subquery()
    return select(listed.c.id).where(*(_holds(listed.c[key], value) for key, value in values.items()))


def how_many(session: Session, records: RecordList, values: Mapping[str, Any], today: date) -> int:
    """Count the records whose fields hold these values."""
    found = where(records, values, today).subquery()
    return session.execute(select(func.count()).select_from(found)).scalar_one()


def _holds(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    match value:
        case None:
            return column.is_(None)
        case Span(first, last):
            ends = [column.is_not(None)]
            ends += [] if first is None else [column >= first]
            ends += [] if last is None else [column <= last]
            return and_(*ends)
        case _:
            return and_(column == value)


def kept(meant: Where, today: date) -> dict[str, Any]:
    """Return as plain JSON which records are meant, so that a view can keep it.

    The days of a span are kept as their distance from today: "last 180 days" means other days next month.
    """
    return {"title": meant.title, "values": {key: _plain(value, today) for key, value in meant.values.items()}}


def recalled(records: RecordList, plain: Any, today: date) -> Where | None:
    """Return which records are meant by what `kept` gave, None where that cannot be read any more."""
    match plain:
        case {"title": str(title), "values": dict(values)} if values.keys() <= _keys(records, today):
            try:
                return Where(title, {key: _value(records, key, value, today) for key, value in values.items()})
            except (KeyError, ValueError, TypeError, OverflowError):
                return None
        case _:
            return None


def _keys(records: RecordList, today: date) -> set[str]:
    return set(records.listing(today).selected_columns.keys())


def _plain(value: Any, today: date) -> Any:
    match value:
        case Span(first, last):
            return {"span": [None if day is None else (day - today).days for day in (first, last)]}
        case Enum():
            return {"choice": value.value}
        case UUID():
            return {"id": str(value)}
        case date():
            return {"day": value.isoformat()}
        case tuple():
            return {"list": list(value)}
        case _:
            return value


def _value(records: RecordList, key: str, plain: Any, today: date) -> Any:
    match plain:
        case {"span": [first, last]}:
            return Span(*(None if days is None else today + timedelta(days=days) for days in (first, last)))
        case {"choice": value}:
            kind = next(one.kind for one in records.fields if one.key == key)
            return kind.choices(value) if isinstance(kind, OneOf) else None
        case {"id": value}:
            return UUID(value)
        case {"day": value}:
            return date.fromisoformat(value)
        case {"list": [*values]}:
            return tuple(values)
        case dict() | list():
            raise ValueError(plain)
        case _:
            return plain
