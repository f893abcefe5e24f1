"""Who a report is for, and how people and channels are shown to them.

Source: trust.md, "People's data": internal with names, the committee with functions instead, the public without people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import N_, _, ngettext
from core.inventory.people import display_name
from core.model import AssetKind, Channel, ChannelKind, ChannelState, OrgUnit, Person, PersonKind
from core.model.choices import Choice


class Reader(Choice):
    """For whom a report is made."""

    INTERNAL = "internal", N_("internal: with names")
    COMMITTEE = "committee", N_("committee: functions instead of names")
    PUBLIC = "public", N_("public: active channels, without people and findings")


def parse_reader(text: str) -> Reader:
    """Read for whom a report is made.

    Raises:
        BadInputError: The text names no reader.
    """
    try:
        return Reader(text)
    except ValueError as error:
        raise BadInputError(
            _("“{text}” is no reader. Choose one of: {readers}.").format(text=text, readers=", ".join(Reader))
        ) from error


def scope(reader: Reader) -> list[ColumnElement[bool]]:
    """Return the conditions on channels that a reader gets to see; accounts of private people are not the city's."""
    if reader is not Reader.PUBLIC:
        return []
    return [Channel.state == ChannelState.ACTIVE, Channel.kind != ChannelKind.OFFICE_HOLDER_PRIVATE]


@dataclass(frozen=True, slots=True)
class People:
    """The people of the registry as one reader sees them.

    Attributes:
        shown: What stands for each person; nothing where no function is known.
        units: The unit of each person who has one.
    """

    shown: Mapping[UUID, str]
    units: Mapping[UUID, str] = field(default_factory=dict)

    def several(self, ids: Sequence[UUID]) -> str:
        """Write several people into one cell; equal functions are counted, not repeated."""
        told = [self.shown[person] for person in ids]
        unnamed = told.count("")
        parts = [f"{one} ({told.count(one)})" if told.count(one) > 1 else one for one in dict.fromkeys(told) if one]
        return "; ".join([*parts, somebody(unnamed)] if unnamed else parts)

    def one(self, person: UUID) -> str:
        """Write one person."""
        return self.shown.get(person, "") or somebody(1)

    def maker(self, person: UUID) -> str:
        """Name who made the report: as everybody is shown, else by the unit; nothing where that is not known either."""
        return self.shown.get(person, "") or self.units.get(person, "")


def title_for(reader: Reader, people: People, kind: AssetKind, title: str, person: UUID | None) -> str:
    """Return what an asset is called for a reader: outside the team a portrait is called by the function shown."""
    if reader is Reader.INTERNAL or kind is not AssetKind.PORTRAIT:
        return title
    return _("Portrait: {who}").format(who=people.one(person)) if person is not None else _(kind.label)


def subject_for(reader: Reader, subject_type: str, label: str) -> str:
    """Return what a finding concerns; outside the editorial team nobody reads which login lacks what."""
    if subject_type == "credential" and reader is not Reader.INTERNAL:
        return _("A login")
    return label


def somebody(count: int) -> str:
    """Name people of whom no function is known."""
    return ngettext("a responsible person", "{count} responsible people", count).format(count=count)


def read_people(session: Session, reader: Reader) -> People:
    """Read everybody the registry knows, as a reader sees them; whoever is restricted by what they do."""
    query = select(
        Person.id,
        Person.kind,
        Person.function,
        Person.unit_id,
        Person.restricted_on,
        display_name(Person).label("name"),
    )
    units = {
        unit.id: unit.code or unit.name for unit in session.execute(select(OrgUnit.id, OrgUnit.code, OrgUnit.name))
    }
    shown, of_unit = {}, {}
    for row in session.execute(query):
        free = row.restricted_on is None  # Source: Art. 18 GDPR.
        named = (reader is Reader.INTERNAL and free) or row.kind is PersonKind.OFFICE
        shown[row.id] = row.name if named else _function(row, units)
        if row.unit_id in units:
            of_unit[row.id] = units[row.unit_id]
    return People(shown, of_unit)


def _function(row: Any, units: Mapping[UUID, str]) -> str:
    """Return "Function, FD 3.5", or nothing where no function is known."""
    if not row.function:
        return ""
    return f"{row.function}, {units[row.unit_id]}" if row.unit_id in units else str(row.function)
