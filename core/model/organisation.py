"""Who there is in the city's administration: its units and its people."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.i18n import N_, _
from core.model.choices import PersonKind, PersonState, UnitKind
from core.model.record import PERSONAL, Record, enum_type


def reference(target: str) -> ForeignKey:
    """Return a foreign key that is checked at commit, so that records can be written in any order."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


class OrgUnit(Record, kw_only=True):
    """A unit of the administration: a department, a section, a municipal company."""

    __tablename__ = "org_unit"

    code: Mapped[str | None] = mapped_column(default=None)
    name: Mapped[str]
    parent_id: Mapped[uuid.UUID | None] = mapped_column(reference("org_unit.id"), default=None, index=True)
    kind: Mapped[UnitKind] = mapped_column(enum_type(UnitKind), default=UnitKind.OTHER)
    active: Mapped[bool] = mapped_column(default=True)
    notes: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)

    @property
    def title(self) -> str:
        """The unit as lists show it: "FD 3.5 Internetredaktion"."""
        return f"{self.code} {self.name}" if self.code and self.code != self.name else self.name


FORMER = N_("former member of staff")
"""What somebody is called of whom everything that named them was erased, in the language of whoever looks."""


class Person(Record, kw_only=True):
    """Somebody who answers for channels: a human being or an office ("Pressestelle").

    An office keeps its name in `family_name`. Leaving never deletes a person; personal data is erased later under a
    retention rule.

    Attributes:
        restricted_on: Since when the data may only be stored, not used (Art. 18 GDPR).
        erased_on: The day on which everything that names the person was erased; the function stays.
    """

    __tablename__ = "person"

    kind: Mapped[PersonKind] = mapped_column(enum_type(PersonKind), default=PersonKind.PERSON)
    name_title: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    given_name: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    family_name: Mapped[str] = mapped_column(info=PERSONAL)
    function: Mapped[str | None] = mapped_column(default=None)
    unit_id: Mapped[uuid.UUID | None] = mapped_column(reference("org_unit.id"), default=None, index=True)
    email: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    phone: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    absent_until: Mapped[date | None] = mapped_column(default=None, info=PERSONAL)
    leaving_on: Mapped[date | None] = mapped_column(default=None, index=True)
    left_on: Mapped[date | None] = mapped_column(default=None, index=True)
    successor_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    public_contact: Mapped[bool] = mapped_column(default=False)
    restricted_on: Mapped[date | None] = mapped_column(default=None)
    erased_on: Mapped[date | None] = mapped_column(default=None)
    notes: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)

    @property
    def name(self) -> str:
        """The name as people say it: "Dr. Erika Mustermann"; of whom was erased, that somebody had this function."""
        if self.erased_on is not None:
            return f"{_(FORMER)} ({self.function})" if self.function else _(FORMER)
        return " ".join(part for part in (self.name_title, self.given_name, self.family_name) if part)

    @property
    def last_day(self) -> date | None:
        """The last day of work, known or planned."""
        return min((day for day in (self.leaving_on, self.left_on) if day is not None), default=None)

    def state(self, today: date) -> PersonState:
        """Say what the person's dates mean on a day; the last day of work still counts as present."""
        if self.last_day is not None:
            return PersonState.LEFT if self.last_day < today else PersonState.LEAVING
        if self.absent_until is not None and self.absent_until >= today:
            return PersonState.ABSENT
        return PersonState.ACTIVE
