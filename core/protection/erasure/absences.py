"""Absences that are over: their last day goes from the record and from the log as soon as somebody is back.

Source: trust.md, "People's data": absences are dates without a reason, erased on return. Nobody has to ask for it.
Backups hold such a day until newer ones take their place.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.governance.deriving import derive
from core.governance.retention import Due, held
from core.i18n import N_
from core.model import Action, Change, ChangeValue, Person
from core.model.record import new_version
from core.protection.erasure.blanks import Blank, Blanks
from core.protection.erasure.history_values import entries_for, find_values, wipe
from core.protection.erasure.mentions import Rewriting
from core.protection.erasure.order import Order
from core.protection.recognising.name_forms import forms_of
from core.storage.journal import write
from core.storage.schema import SCHEMA
from core.storage.values import REDACTED_TABLE

if TYPE_CHECKING:
    from core.registry import Registry

FORGET = N_("Erase absences that are over")
"""Label of the action."""

_COLUMN = "absent_until"
_DAY = re.compile(rf'"{_COLUMN}":\s*"(\d{{4}}-\d\d-\d\d)"')


def forget_absences(registry: Registry) -> int:
    """Erase the last days of absences that are over, and return of how many people."""
    today = registry.today()
    with registry.reading() as session:
        found = over(session, today)
    if not found:
        return 0
    with registry.deriving() as session:
        people = over(session, today)  # Another program may have been quicker.
        if people:
            _forget(session, people, _action(registry), today)
    registry.catch_up()
    return len(people)


def over(session: Session, today: date) -> frozenset[UUID]:
    """Return whose absence is over and still stands in the record or in the log.

    Whoever is away now is left out, and whoever is restricted or kept for a running case: of them nothing goes unasked.
    """
    away = set(session.scalars(select(Person.id).where(Person.absent_until >= today)))
    back = set(session.scalars(select(Person.id).where(Person.absent_until < today)))
    query = select(Change.record_id, ChangeValue.text).join(ChangeValue, ChangeValue.seq == Change.seq)
    query = query.where(Change.table_name.in_((Person.__tablename__, REDACTED_TABLE)))
    for person, text in session.execute(query.where(ChangeValue.text.contains(f'"{_COLUMN}":"', autoescape=True))):
        if any(date.fromisoformat(day) < today for day in _DAY.findall(text or "")):
            back.add(person)
    restricted = set(session.scalars(select(Person.id).where(Person.restricted_on.is_not(None))))
    return frozenset(back - away - restricted - held(session, back, today))


def _forget(session: Session, people: frozenset[UUID], action: Action, today: date) -> None:
    connection = session.connection()
    blanks = Blanks({one: Blank(Person.__tablename__, {_COLUMN: None}) for one in people}, {})
    values = find_values(connection, blanks, Rewriting(forms_of((), ()), Order(uuid4(), today, Due())))
    gone = update(Person).where(Person.id.in_(people), Person.absent_until.is_not(None))
    connection.execute(gone.values(absent_until=None, version=new_version()))
    if values:
        write(connection, action, list(entries_for(values)))
        wipe(connection, values)
    derive(session, today)


def _action(registry: Registry) -> Action:
    return Action(
        label=FORGET,
        at=datetime.now(UTC),
        actor_id=registry.me(),
        store_id=registry.store_id,
        schema_number=SCHEMA,
    )
