"""Records to choose from as their name is typed."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.inventory.channels import label_of
from core.inventory.lists import LISTS
from core.inventory.platforms import platforms
from core.model import Channel, Person
from core.storage.record_list import RecordList
from core.storage.searching import View, ordered_rows, page
from core.storage.sorting import folded

SHOWN = 20
_SIGNS = str.maketrans("(),", "   ")
_NAMES = {
    "person": ("name", "function"),
    "org_unit": ("code", "name"),
    "channel": ("title", "handle"),
    "credential": ("label", "login_name"),
    "asset": ("title", "person"),
}
_ORDER = {"person": "family_name", "org_unit": "code", "channel": "title", "credential": "label", "asset": "title"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be meant, and what it is called; `label` tells apart what has the same name."""

    id: UUID
    name: str
    label: str


def candidates(session: Session, table: str, typed: str, today: date, *, to_look_up: bool = False) -> list[Candidate]:
    """Find the first records whose texts match what was typed, in the order of their names.

    A label as it is shown finds its record, too: the signs that set platform or function off stand in no record. Of the
    channels, those come first whose platform or title begins with what was typed, since "X" occurs in many addresses.

    Args:
        session: A session.
        table: Whose records.
        typed: What was typed.
        today: The reader's calendar day.
        to_look_up: Whether the record is only to be shown; whose data is restricted can be looked up, not chosen.
    """
    records, connection = record_list(table), session.connection()
    view = View(typed.translate(_SIGNS), sort=_ORDER[table], only=_offered(table, to_look_up=to_look_up))
    rows = ordered_rows(connection, records, view, SHOWN)
    if table == Channel.__tablename__ and len(rows) > 1:
        first = ordered_rows(connection, records, replace(view, only=_beginning(typed)), SHOWN)
        rows = array("q", dict.fromkeys((*first, *rows)))[:SHOWN]
    return [_candidate(table, one) for one in page(connection, records, rows, today) if one]


def _beginning(typed: str) -> Select[Any]:
    """Return the channels whose platform's name or whose title begins with what was typed."""
    begun = typed.strip()
    keys = [key for key, one in platforms().items() if folded(one.name).startswith(folded(begun))]
    return select(Channel.id).where(Channel.platform.in_(keys) | Channel.title.istartswith(begun, autoescape=True))


def _offered(table: str, *, to_look_up: bool) -> Select[Any] | None:
    """Return which records are offered: nobody whose name was erased, and to choose nobody whose data is restricted."""
    if table != Person.__tablename__:
        return None
    known = select(Person.id).where(Person.erased_on.is_(None))
    return known if to_look_up else known.where(Person.restricted_on.is_(None))


def named(session: Session, table: str, record_id: UUID, today: date) -> Candidate | None:
    """Return a record with what it is called, None where there is none."""
    found = list(record_list(table).read(session.connection(), [record_id], today))
    return _candidate(table, found[0]) if found else None


def record_list(table: str) -> RecordList:
    """Return the list that shows a table's records."""
    return next(records for records in LISTS if records.name == table)


def _candidate(table: str, listed: Mapping[str, Any]) -> Candidate:
    if table == "channel":
        return Candidate(listed["id"], str(listed["title"]), _channel_label(listed))
    first, second = (listed[key] for key in _NAMES[table])
    if table == "org_unit":
        return Candidate(listed["id"], str(second), f"{first} {second}" if first and first != second else str(second))
    tells = second and not str(first).endswith(f"({second})")  # Of whom was erased, the function stands there already.
    return Candidate(listed["id"], str(first), f"{first} ({second})" if tells else str(first))


def _channel_label(listed: Mapping[str, Any]) -> str:
    """Return title and platform, and the account's name where the title does not say it."""
    title, handle = str(listed["title"]), str(listed["handle"] or "")
    label = label_of(title, listed["platform"])
    if not handle or handle.casefold() in title.casefold() or not label.endswith(")"):
        return label
    return f"{label[:-1]}, {handle})"
