"""Lists of records for readers outside the editorial team: functions in the place of names, no free personal text.

Source: trust.md, "People's data".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.exchange.exporting import Export
from core.exchange.full.ties import Ties, ties
from core.exchange.report.readers import People, Reader, read_people, scope, title_for
from core.exchange.report.reasons import reasons_for
from core.fields import Field
from core.model import Asset, AssetKind, AssetUse, AssetVersion, Channel, Person, PersonKind, ResponsibilityRole
from core.storage.record_list import RecordList
from core.storage.values import is_for_team

_ROLES = {"owner": ResponsibilityRole.OWNER, "deputy": ResponsibilityRole.DEPUTY}
_NAMED = {"reply_coordinator": "reply_coordinator_id", "approved_by": "approved_by_id"}
"""Fields of a channel that name one person, with what holds the person's id."""

_REASON = "closing_reason"
"""Free text of a channel that is told outside the editorial team where it names nobody."""

_COMMITTEE = {
    "person": ("name", "kind", "function", "unit", "public_contact"),
    "asset": (
        *("title", "kind", "consent", "versions", "issued_on", "channels"),
        *("licence", "licence_until", "permitted_uses", "retired_on"),
    ),
    "asset_use": ("asset", "kind", "variant", "number", "channel", "platform", "placement", "since", "until"),
}
_PUBLIC = {
    "channel": ("title", "platform", "handle", "url", "unit", "opened_on"),
    "org_unit": ("code", "name", "parent", "kind", "active"),
}


def keys_for(records: RecordList, reader: Reader) -> tuple[str, ...]:
    """Return the fields of a list that a reader may have."""
    every = tuple(one.key for one in records.fields)
    match reader:
        case Reader.PUBLIC:
            return _PUBLIC.get(records.name, ())
        case Reader.COMMITTEE:
            free = (key for key in every if key == _REASON or not is_for_team(records.name, key))
            return _COMMITTEE.get(records.name) or tuple(free)
        case _:
            return every


@dataclass(frozen=True, slots=True)
class ReaderExport:
    """A list as a reader outside the editorial team may have it.

    Attributes:
        of: The list, with the columns for this reader.
        reader: Who gets it.
    """

    of: Export
    reader: Reader

    @property
    def name(self) -> str:
        """The name of the list for programs."""
        return self.of.name

    @property
    def title(self) -> str:
        """What the list is called, translated."""
        return self.of.title

    @property
    def fields(self) -> Sequence[Field]:
        """The columns, from left to right."""
        return self.of.fields

    def rows(self, session: Session, today: date) -> tuple[int, Iterator[Mapping[str, Any]]]:
        """Return how many records there are, and the records as the reader may see them."""
        match self.of.records.name:
            case "channel":
                return self._channels(session, today)
            case "person":
                free = select(Person.id).where(Person.restricted_on.is_(None))  # Source: Art. 18 GDPR.
                count, listed = replace(self.of, view=replace(self.of.view, only=free)).rows(session, today)
                return count, ({**one, "name": _name_of_office(one)} for one in listed)
            case "asset":
                return self._veiled(session, today, "title", _portraits(Asset.id))
            case "asset_use":
                of_uses = _portraits(AssetUse.id).join(AssetVersion, AssetVersion.asset_id == Asset.id)
                return self._veiled(
                    session, today, "asset", of_uses.join(AssetUse, AssetUse.version_id == AssetVersion.id)
                )
            case _:
                return self.of.rows(session, today)

    def _channels(self, session: Session, today: date) -> tuple[int, Iterator[Mapping[str, Any]]]:
        conditions = scope(self.reader)
        only = select(Channel.id).where(*conditions) if conditions else None
        count, listed = replace(self.of, view=replace(self.of.view, only=only)).rows(session, today)
        keys = set(self.of.keys)
        people = read_people(session, self.reader)
        held: Ties = ties(session, today) if keys & _ROLES.keys() else {}
        named = _people_of(session) if keys & _NAMED.keys() else {}
        told = reasons_for(session, self.reader)
        freed = ({**one, _REASON: told(one[_REASON])} if _REASON in keys else one for one in listed)
        return count, ({**one, **_shown(one["id"], keys, people, held, named)} for one in freed)

    def _veiled(
        self, session: Session, today: date, key: str, portraits: Select[Any]
    ) -> tuple[int, Iterator[Mapping[str, Any]]]:
        """Return records of which the one column names assets: portraits by the function shown, not by the name."""
        count, listed = self.of.rows(session, today)
        people, kind = read_people(session, self.reader), AssetKind.PORTRAIT
        shown = {one: title_for(self.reader, people, kind, "", person) for one, person in session.execute(portraits)}
        return count, ({**one, key: shown.get(one["id"], one[key])} for one in listed)


def _portraits(record_id: InstrumentedAttribute[UUID]) -> Select[Any]:
    """Return the query of the records that are or show portraits, with the ids of the people."""
    columns: list[Any] = [record_id, Asset.person_id]
    return select(*columns).select_from(Asset).where(Asset.kind == AssetKind.PORTRAIT)


def _name_of_office(listed: Mapping[str, Any]) -> str | None:
    return listed["name"] if listed["kind"] is PersonKind.OFFICE else None


def _people_of(session: Session) -> Mapping[UUID, Mapping[str, UUID | None]]:
    """Return the people whom channels name, where they name any."""
    columns = [getattr(Channel, column) for column in _NAMED.values()]
    found = session.execute(select(Channel.id, *columns)).all()
    return {one: dict(zip(_NAMED, people, strict=True)) for one, *people in found if any(people)}


def _shown(
    channel: UUID, keys: set[str], people: People, held: Ties, named: Mapping[UUID, Mapping[str, UUID | None]]
) -> dict[str, Any]:
    """Return what stands in the place of the names of people."""
    roles = {key: people.several(held.get((channel, role), ())) or None for key, role in _ROLES.items() if key in keys}
    told = named.get(channel, {})
    return {**roles, **{key: people.one(one) if (one := told.get(key)) else None for key in _NAMED if key in keys}}
