"""Noting in the log that an extract was written: about whom, when, by whom, and why if somebody says so.

Source: Art. 5 (2) GDPR, accountability. The note is about the person itself: it stands in the next extract, and when
their time comes the reason goes, and what is left leads to a function as everything that they did.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from core.i18n import N_
from core.model import Action, Change
from core.protection.rights.restriction import LIFT, RESTRICT
from core.storage.journal import CREATE, Entry, journal_of

if TYPE_CHECKING:
    from core.registry import Registry

EXTRACTED = N_("Write extract about a person")
EXTRACT_TABLE = "extract"
"""Under this name the log keeps the note, by the person's id; no record changes."""


def note_extract(registry: Registry, person_id: UUID, ending: str, reason: str = "") -> None:
    """Note that an extract was written.

    Args:
        registry: The open registry.
        person_id: About whom.
        ending: Of the file's name, which says in which format.
        reason: Why, for example when the person asked for it; may be empty.
    """
    with registry.action(EXTRACTED, reason=reason.strip() or None) as session:
        told = {"format": ending.removeprefix(".").upper()}
        journal_of(session).note(Entry(EXTRACT_TABLE, person_id, CREATE, None, told))


def reasoned_about(people: Iterable[UUID]) -> Select[UUID]:
    """Return the query of the actions whose reasons are about some people: extracts, and restrictions of their data."""
    restricts = and_(Action.label.in_((RESTRICT, LIFT)), Change.table_name == "person")
    query = select(Change.action_id).join(Action, Action.id == Change.action_id)
    return query.where(or_(Change.table_name == EXTRACT_TABLE, restricts), Change.record_id.in_(list(people)))
