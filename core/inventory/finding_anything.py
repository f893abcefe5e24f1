"""Any record by a part of what it is called: channels, people, units, logins and assets at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from core.inventory.candidates import candidates
from core.storage.sorting import folded

TABLES = ("channel", "person", "org_unit", "credential", "asset")
OF_EACH = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that may be meant: its table, its id, what it is called, and whether it is its name that matches."""

    table: str
    id: UUID
    label: str
    by_name: bool


def find_anything(session: Session, typed: str, today: date) -> list[Hit]:
    """Find records of each kind whose texts match, those called so first; nothing typed finds nothing."""
    words = folded(typed).split()
    if not words:
        return []
    found = []
    for table in TABLES:
        offered = candidates(session, table, typed, today, to_look_up=True)
        hits = [Hit(table, one.id, one.label, _says(one.label, words)) for one in offered]
        found += sorted(hits, key=lambda hit: not hit.by_name)[:OF_EACH]
    return sorted(found, key=lambda hit: not hit.by_name)


def _says(label: str, words: list[str]) -> bool:
    text = folded(label)
    return all(word in text for word in words)
