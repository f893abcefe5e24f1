"""Whom an action was about, if that was one record: what the bar at the bottom names."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.action_sheet import action_sheet
from core.inventory.recorded import names_of, noun_of
from core.model import Change

_NOUNS = {
    "channels": "channel",
    "people": "person",
    "units": "org_unit",
    "credentials": "credential",
    "assets": "asset",
}
MOST = 24  # An action with more entries is about several records.


@dataclass(frozen=True, slots=True)
class Touched:
    """One record: what such a record is called in general, and what this one is called."""

    noun: str
    name: str


def touched_record(session: Session, action_id: UUID) -> Touched | None:
    """Return the one record that an action was about, None where there were several or none.

    What ties a person to a channel is about the channel.
    """
    numbers = list(session.scalars(select(Change.seq).where(Change.action_id == action_id).limit(MOST + 1)))
    sheet = action_sheet(session, max(numbers)) if 0 < len(numbers) <= MOST else None
    if sheet is None:
        return None
    shown_on = {record.shown_on for record in sheet.records if record.shown_on is not None}
    for page, table in _NOUNS.items():
        ids = {one for kind, one in shown_on if kind == page}
        if ids:
            names = names_of(session, ids)
            return Touched(noun_of(table), next(iter(names.values()))) if len(ids) == len(names) == 1 else None
    return None
