"""What the registry keeps of people longer than it should: whose time has come, and who is kept for a running case.

Periods are settings of the registry; "older than n" is true from the day after. Offices are no people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, and_, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from core.days import beginning_of
from core.governance.rules.rule import Query, moved, moved_months
from core.inventory.channel_fields import GONE_STATES
from core.inventory.data_state import hold_counts
from core.inventory.people import last_day
from core.model import (
    Action,
    Asset,
    AssetKind,
    AssetUse,
    AssetVersion,
    Change,
    ChangeValue,
    Channel,
    Confirmation,
    Consent,
    Credential,
    DataHold,
    Handover,
    Person,
    PersonKind,
    Reading,
    Rotation,
)
from core.model.protection import REDACTED
from core.settings import Settings

Ids = Query | CompoundSelect[*tuple[Any, ...]]
"""A query of the ids of what is due."""


@dataclass(frozen=True, slots=True)
class Due:
    """The records whose time has come, by kind, in an order of their own.

    Attributes:
        people: Who has left so long ago that nothing is to name them any more, or stands in the log alone for so long.
        readings: First readings of secrets that have been changed since, or that are gone.
        confirmations: Confirmations of which nobody needs to know any more who gave them.
        handovers: Handovers that ended so long ago that their records are not kept any more.
        portraits: Portraits to which no consent holds any more since then, and which are shown nowhere; their files go.
    """

    people: tuple[UUID, ...] = ()
    readings: tuple[UUID, ...] = ()
    confirmations: tuple[UUID, ...] = ()
    handovers: tuple[UUID, ...] = ()
    portraits: tuple[UUID, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.people or self.readings or self.confirmations or self.handovers or self.portraits)


def find_due(session: Session, today: date, settings: Settings) -> Due:
    """Return what is kept longer than its period; whoever is held, and what they had a part in, is left out."""
    ids = [_ids(session, query) for query in queries(today, settings)]
    return Due(*ids)


def queries(today: date, settings: Settings) -> tuple[Ids, ...]:
    """Return the queries of the ids of what is due, in the order of the fields of `Due`."""
    leavers = _months_before(today, settings, "retention-leavers")
    return (
        union_all(_people(leavers, today), _only_in_the_log(leavers)),
        _readings(moved(today, -settings.days("retention-readings")), today),
        _confirmations(_months_before(today, settings, "retention-confirmations"), today),
        _handovers(_months_before(today, settings, "retention-handovers"), today),
        portraits_due(today, settings),
    )


def portraits_due(today: date, settings: Settings) -> Query:
    """Return the query of the portraits whose files are to go: every consent ended so long ago, and nothing shows them.

    Source: Art. 17 (1) b GDPR, without undue delay; the form of the consent stays as its proof (Art. 7 (1) GDPR).
    """
    limit = moved(today, -settings.days("retention-portraits"))
    left = select(AssetVersion.id).where(AssetVersion.asset_id == Asset.id, AssetVersion.file_name != REDACTED)
    query = select(Asset.id).where(Asset.kind == AssetKind.PORTRAIT, left.correlate(Asset).exists())
    query = query.where(consents_over(moved(limit, -1)), ~still_shown(today))
    return query.where(~is_held(Asset.person_id, today)).order_by(Asset.title, Asset.id)


def consents_over(day: date) -> ColumnElement[bool]:
    """Return the condition that somebody agreed to an asset, and that none of it holds on a day or later."""
    consents = select(Consent.id).where(Consent.asset_id == Asset.id).correlate(Asset)
    holds = and_(
        or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > day),
        or_(Consent.until.is_(None), Consent.until >= day),
    )
    return and_(consents.exists(), ~consents.where(holds).exists())


def still_shown(today: date) -> ColumnElement[bool]:
    """Return the condition that a channel shows an asset, or is going to, for queries."""
    query = select(AssetUse.id).join(AssetVersion, AssetVersion.id == AssetUse.version_id)
    query = query.join(Channel, Channel.id == AssetUse.channel_id)
    query = query.where(AssetVersion.asset_id == Asset.id, Channel.state.not_in(GONE_STATES))
    return query.where(or_(AssetUse.until.is_(None), AssetUse.until > today)).correlate(Asset).exists()


def period(settings: Settings, kind: str) -> int:
    """Return how many months a kind of data is kept, by the key of its setting without the unit."""
    return int(settings[f"{kind}.months"])


def is_held(person: InstrumentedAttribute[Any], today: date) -> ColumnElement[bool]:
    """Return the condition that the data of a person is kept for a running case on a day, for queries."""
    hold = aliased(DataHold)
    return select(hold.id).where(hold.person_id == person, *hold_counts(hold, today)).exists()


def held(session: Session, people: Iterable[UUID], today: date) -> frozenset[UUID]:
    """Return which of some people are kept for a running case."""
    wanted = list(people)
    query = select(DataHold.person_id).where(*hold_counts(DataHold, today))
    return frozenset(session.scalars(query)).intersection(wanted)


def _people(limit: date, today: date) -> Query:
    query = select(Person.id).where(last_day(Person) < limit, Person.erased_on.is_(None))
    return query.where(Person.kind == PersonKind.PERSON, ~is_held(Person.id, today))


def _only_in_the_log(limit: date) -> Query:
    """Select whoever was added and taken back so long ago: no record tells of them, and the log still does."""
    evening = beginning_of(limit)
    told = select(ChangeValue.seq).where(ChangeValue.personal.is_(True), ChangeValue.text.is_not(None))
    told = told.where(ChangeValue.seq == Change.seq)
    there = select(Person.id).where(Person.id == Change.record_id)
    query = select(Change.record_id).join(Action, Action.id == Change.action_id)
    query = query.where(Change.table_name == Person.__tablename__, ~there.exists(), told.exists())
    return query.group_by(Change.record_id).having(func.max(Action.at) < evening)


def _readings(limit: date, today: date) -> Query:
    """Select readings of a revision that another one followed so long ago, or of a login that is gone so long."""
    followed = (Rotation.credential_id == Reading.credential_id) & (Rotation.revision > Reading.revision)
    rotated = select(Rotation.id).where(followed, Rotation.on < limit).exists()
    replaced = and_(Credential.revision > Reading.revision, Credential.rotated_on < limit)
    over = or_(rotated, replaced, and_(Credential.retired_on.is_not(None), Credential.retired_on < limit))
    query = select(Reading.id).join(Credential, Credential.id == Reading.credential_id)
    return query.where(over, ~is_held(Reading.person_id, today)).order_by(Reading.on, Reading.id)


def _confirmations(limit: date, today: date) -> Query:
    query = select(Confirmation.id).where(Confirmation.on < limit)
    query = query.where(Confirmation.person_id.is_not(None), ~is_held(Confirmation.person_id, today))
    return query.order_by(Confirmation.on, Confirmation.id)


def _handovers(limit: date, today: date) -> Query:
    held_back = or_(is_held(Handover.from_id, today), is_held(Handover.to_id, today))
    query = select(Handover.id).where(Handover.finished_on < limit, ~held_back)
    return query.order_by(Handover.finished_on, Handover.id)


def _months_before(today: date, settings: Settings, kind: str) -> date:
    return moved_months(today, -period(settings, kind))


def _ids(session: Session, query: Ids) -> tuple[UUID, ...]:
    return tuple(row[0] for row in session.execute(query))
