"""What people are and were called: their names, addresses and numbers, as the records and the log hold them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.model import Change, ChangeValue, Person
from core.protection.recognising.name_forms import Known
from core.storage.history import redacted

_KEYS = ("given_name", "family_name", "email", "phone")


def known_people(session: Session) -> dict[UUID, Known]:
    """Return what is known of everybody who has not been erased, by id; also of whom only the log still tells."""
    erased = set(session.scalars(select(Person.id).where(Person.erased_on.is_not(None))))
    known: dict[UUID, Known] = {}

    def learn(person: UUID, values: dict[str, Any]) -> None:
        if person not in erased:
            known.setdefault(person, Known()).learn(values)

    for person, *values in session.execute(select(Person.id, *(getattr(Person, key) for key in _KEYS))):
        learn(person, dict(zip(_KEYS, values, strict=True)))
    query = select(Change.record_id, ChangeValue.text).join(ChangeValue, ChangeValue.seq == Change.seq)
    wanted = Change.table_name == Person.__tablename__, ChangeValue.personal.is_(True), ChangeValue.text.is_not(None)
    for person, text in session.execute(query.where(*wanted)):
        learn(person, json.loads(text or "{}"))
    _learn_from_what_is_left(session, learn)
    return known


def _learn_from_what_is_left(session: Session, learn: Callable[[UUID, dict[str, Any]], None]) -> None:
    """Learn from values of which something was erased before, when it was somebody else's time."""
    left = [(int(name.partition(":")[0]), values) for name, values in redacted(session).items()]
    if left:
        query = select(Change.seq, Change.record_id).where(Change.table_name == Person.__tablename__)
        people = {seq: person for seq, person in session.execute(query)}  # noqa: C416 - Row is no pair
        for seq, values in left:
            if seq in people:
                learn(people[seq], values)
