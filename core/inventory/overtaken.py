"""Two versions of one record, side by side: what a person typed, and what somebody else saved meanwhile."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.fields import Field
from core.inventory.editing import Edit, Opened, column_of, open_record, told
from core.model import Action, Change, Person


class Side(enum.Enum):
    """Whose version of a field counts."""

    YOURS = "yours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class FieldVersions:
    """A field on which the two differ: as it was when the edit began, as it was typed, as it is stored now.

    The three texts say the values as a person reads them; nothing stands for nothing.
    """

    field: Field
    before: Any
    yours: Any
    theirs: Any
    before_text: str
    yours_text: str
    theirs_text: str

    @property
    def natural(self) -> Side | None:
        """The side that alone changed the field; None where both did, and a person must choose."""
        if self.theirs == self.before:
            return Side.YOURS
        return Side.THEIRS if self.yours == self.before else None


@dataclass(frozen=True, slots=True)
class Overtaken:
    """An edit that somebody else was quicker than.

    Attributes:
        edit: What the person wanted to save.
        now: The record as it is stored now.
        by: Who changed it last; empty where nobody was bound to the account.
        at: When.
        differences: The fields that differ, in the order of the form; none where both did the same.
    """

    edit: Edit
    now: Opened
    by: str
    at: datetime | None
    differences: tuple[FieldVersions, ...]

    def settled(self, choices: Mapping[str, Side]) -> Edit:
        """Return the edit of the present record that carries out what was chosen, by field key."""
        changes = {one.field.key: one.yours for one in self.differences if choices[one.field.key] is Side.YOURS}
        return Edit(self.edit.records, self.now, changes, self.edit.today)


def compare(session: Session, edit: Edit) -> Overtaken | None:
    """Lay an edit beside the record as it is stored now, None where the record is gone."""
    now = open_record(session, edit.records, edit.opened.id, edit.today)
    if now is None:
        return None
    fields = [field for field in edit.records.fields if field.editable and column_of(edit.records, field)]
    differing = [one for field in fields if (one := _versions(session, edit, now, field)) is not None]
    by, at = _last_hand(session, edit)
    return Overtaken(edit, now, by, at, tuple(differing))


def _versions(session: Session, edit: Edit, now: Opened, field: Field) -> FieldVersions | None:
    before, theirs = edit.opened.values[field.key], now.values[field.key]
    yours = edit.changes.get(field.key, before)
    if yours == theirs:
        return None
    texts = [told(session, field, value, edit.today) for value in (before, yours, theirs)]
    return FieldVersions(field, before, yours, theirs, *texts)


def _last_hand(session: Session, edit: Edit) -> tuple[str, datetime | None]:
    """Return who changed the record last, and when."""
    query = select(Action.at, Person).join(Change, Change.action_id == Action.id)
    query = query.outerjoin(Person, Person.id == Action.actor_id)
    query = query.where(Change.table_name == edit.records.name, Change.record_id == edit.opened.id)
    newest = session.execute(query.order_by(Change.seq.desc()).limit(1)).first()
    if newest is None:
        return "", None
    at, person = newest
    return (person.name if person is not None else ""), at
