"""Records by what their fields hold: the list behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

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
