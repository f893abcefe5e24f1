"""What an erasure would do, shown before anything is done: every place, what stays for now, what is out of reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.governance.retention import Due, find_due, period
from core.governance.rules.rule import moved_months
from core.i18n import _
from core.inventory.recorded import names_of, noun_of, setting_title
from core.inventory.recorded_fields import FIELDS
from core.model import Asset, Confirmation, DataHold, Handover, Person, Reading, RegistrySetting
from core.protection.erasure.accounts import accounts_in_use, told_accounts
from core.protection.erasure.beside import archived
from core.protection.erasure.beside.archived import NamingReport
from core.protection.erasure.beside.known_copies import told_copies
from core.protection.erasure.blanks import Blanks, read_blanks
from core.protection.erasure.erasing import forms_in
from core.protection.erasure.history_values import find_values
from core.protection.erasure.mentions import Mention, Place, Rewriting, find_mentions, usually_erased
from core.protection.erasure.open_ends import open_ends, open_ends_by_person
from core.protection.erasure.order import Order
from core.protection.erasure.portraits import DuePortrait, files_of, told_portraits
from core.protection.extract.labels import label_of
from core.protection.recognising.known_names import known_people
from core.protection.recognising.name_forms import Forms
from core.settings import Settings, read_settings
from core.storage.kept_copies import copies_of

if TYPE_CHECKING:
    from core.registry import Registry

_PARTS: tuple[tuple[Any, tuple[InstrumentedAttribute[Any], ...]], ...] = (
    (Reading, (Reading.person_id,)),
    (Confirmation, (Confirmation.person_id,)),
    (Handover, (Handover.from_id, Handover.to_id)),
    (Asset, (Asset.person_id,)),
)
"""The records that become due by themselves, and who had a part in them."""


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who is to be erased, or kept: what they are called, what they did, and their last day of work.

    Of whom only the log knows, there is neither function nor day.
    """

    id: UUID
    name: str
    function: str | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody who stays named somewhere for now.

    Attributes:
        who: The person.
        why: A sentence.
        until: The day after which that ends, None where nobody knows yet.
    """

    who: Leaver
    why: str
    until: date | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is due and is not erased unasked: what is still going on, or the restriction of their data.

    Attributes:
        who: The person.
        why: Sentences.
    """

    who: Leaver
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedMention:
    """A mention with its place in words: "Channel Stadt Moers, Notes"."""

    mention: Mention
    where: str


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What an erasure would do.

    Attributes:
        today: The day that counts as today.
        due: The records whose time has come.
        people: Who is to be erased.
        records: How many records are emptied or removed, by what such a record is called.
        mentions: Where texts name them; those that are ticked are erased unless somebody decides otherwise.
        values: How many values of the log are erased.
        reports: The archived reports that are removed.
        files: The files of the library that are removed.
        open_ends: Sentences about what is still going on with whoever is to be erased.
        portraits: The portraits whose files go because the consent has ended, and not with the person.
        copies: The backups that are rewritten or replaced.
        kept: Who stays named for now, and why.
        out_of_reach: Sentences about what the program cannot reach.
        accounts: Sentences about accounts that somebody has to see to before.
        left_out: Who is due and is left out, because nobody looks at what is still going on with them.
    """

    today: date
    due: Due
    people: tuple[Leaver, ...]
    records: Mapping[str, int]
    mentions: tuple[PlannedMention, ...]
    values: int
    reports: tuple[NamingReport, ...]
    files: tuple[str, ...]
    copies: tuple[Path, ...]
    kept: tuple[Kept, ...]
    out_of_reach: tuple[str, ...]
    accounts: tuple[str, ...] = ()
    portraits: tuple[DuePortrait, ...] = ()
    open_ends: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def with_doubtful(self) -> ErasurePlan:
        """Return the plan with what may mean something else ticked; addresses of accounts and units' names stay."""

        def decided(one: PlannedMention) -> PlannedMention:
            stays = one.mention.sure or one.mention.place.is_account or not usually_erased(one.mention.place)
            return one if stays else replace(one, mention=replace(one.mention, ticked=True))

        return replace(self, mentions=tuple(map(decided, self.mentions)))

    def order(self, ticked: Iterable[str] | None = None) -> Order:
        """Return what is to be erased.

        Args:
            ticked: The keys of the mentions that are erased; None for those that are ticked in the plan.
        """
        proposed = {one.mention.key for one in self.mentions if one.mention.ticked}
        wanted = proposed if ticked is None else set(ticked)
        usual = {one.mention.key for one in self.mentions if one.mention.sure and usually_erased(one.mention.place)}
        return Order(uuid4(), self.today, self.due, frozenset(wanted - usual), frozenset(usual - wanted))


def plan_erasure(registry: Registry, today: date, *, also_open: bool = True) -> ErasurePlan:
    """Look for everything that is due; nothing is changed.

    Args:
        registry: The open registry.
        today: The day that counts as today.
        also_open: Whether people are planned for of whom something is still going on, or whose data is restricted:
            only where somebody is shown that and decides.
    """
    with registry.reading() as session:
        settings = read_settings(session)
        due = find_due(session, today, settings)
        left_out = () if also_open else _left_out(session, due, today)
        due = _without(session, due, [one.who.id for one in left_out])
        blanks, forms = read_blanks(session.connection(), due), forms_in(session, due.people)
        mentions = _mentions(session, due, forms, blanks)
        rewriting = Rewriting(forms, Order(uuid4(), today, due))
        reports = archived.naming_reports(session, registry.path, forms, due.people) if due.people else []
        elsewhere = told_copies(session, registry.path, registry.id, reports, due.people)
        return ErasurePlan(
            today=today,
            due=due,
            people=tuple(_leavers(session, due.people)),
            records=_records(blanks),
            mentions=_placed(session, mentions),
            values=len(find_values(session.connection(), blanks, rewriting)) if due else 0,
            reports=tuple(reports),
            files=files_of(session, due.people, due.portraits),
            copies=tuple(copies_of(registry.path)) if due else (),
            kept=(*_in_records(session, due, settings), *_held(session, today, settings)),
            out_of_reach=(*out_of_reach(), *elsewhere),
            accounts=tuple(told_accounts(session, mentions, due.people, today)),
            portraits=told_portraits(session, due.portraits, due.people),
            open_ends=open_ends(session, due.people, today),
            left_out=left_out,
        )


def _left_out(session: Session, due: Due, today: date) -> tuple[LeftOut, ...]:
    told = open_ends_by_person(session, due.people, today)
    return tuple(LeftOut(one, told[one.id]) for one in _leavers(session, told))


def _without(session: Session, due: Due, people: Collection[UUID]) -> Due:
    """Return what is due without some people and whatever they had a part in."""
    if not people:
        return due
    theirs: set[UUID] = {*people}
    for record, persons in _PARTS:
        theirs.update(session.scalars(select(record.id).where(or_(*(one.in_(people) for one in persons)))))
    kept = {one.name: tuple(id_ for id_ in getattr(due, one.name) if id_ not in theirs) for one in fields(due)}
    return Due(**kept)


def _mentions(session: Session, due: Due, forms: Forms, blanks: Blanks) -> list[Mention]:
    if not due.people:
        return []
    return find_mentions(session.connection(), forms, blanks.columns, accounts_in_use(session))


def out_of_reach() -> tuple[str, ...]:
    """Return what the program says about copies that it cannot reach."""
    return (
        _(
            "Out of the program's reach are backups and registries that somebody saved elsewhere, lists and reports "
            "that were exported, printed or sent, and mails. Please see to it that they are deleted, too."
        ),
        _("Key cards that colleagues have verified stay in their own keyrings until they remove them there."),
    )


def _leavers(session: Session, people: Iterable[UUID]) -> list[Leaver]:
    wanted = set(people)
    found = [one for one in session.scalars(select(Person)) if one.id in wanted]
    told = [Leaver(one.id, one.name, one.function, one.last_day) for one in found]
    rest = wanted - {one.id for one in found}
    known = known_people(session) if rest else {}
    told += [Leaver(one, known[one].told, None, None) for one in rest if one in known]
    return sorted(told, key=lambda one: (one.last_day or date.max, one.name.casefold(), one.id))


def _records(blanks: Blanks) -> dict[str, int]:
    tables = [blank.table for blank in blanks.emptied.values()]
    return dict(Counter(noun_of(table) for table in [*tables, *blanks.gone.values()]))


def _placed(session: Session, mentions: list[Mention]) -> tuple[PlannedMention, ...]:
    places = {one.place.record_id for one in mentions}
    names = names_of(session, places) | _names_of_settings(session, places)
    return tuple(PlannedMention(one, place_text(one.place, names)) for one in mentions)


def _names_of_settings(session: Session, places: Collection[UUID]) -> dict[UUID, str]:
    """Return what the settings among some records are called."""
    rows = session.execute(select(RegistrySetting.id, RegistrySetting.key)).all()
    return {one: setting_title(key) for one, key in rows if one in places}


def place_text(place: Place, names: Mapping[UUID, str]) -> str:
    """Return a place in words: what the record is, what it is called, and which of its fields is meant."""
    title = next((one.title for one in FIELDS.get(place.table, ()) if one.key == place.column), "")
    title = title or label_of(place.table, place.column) or place.column
    record = f"{noun_of(place.table)} {names.get(place.record_id, '')}".strip()
    return _("{record}, {field}").format(record=record, field=title)


def _in_records(session: Session, due: Due, settings: Settings) -> list[Kept]:
    """Return whose name stays in signed records of handovers, which cannot be altered and are kept longer."""
    months = period(settings, "retention-handovers")
    gone, told = set(due.handovers), list[Kept]()
    leavers = {one.id: one for one in _leavers(session, due.people)}
    rows = session.execute(select(Handover.id, Handover.from_id, Handover.to_id, Handover.finished_on)).all()
    for person, leaver in leavers.items():
        ends = [end for one, giver, taker, end in rows if one not in gone and person in (giver, taker)]
        if ends:
            until = None if None in ends else moved_months(max(end for end in ends if end), months)
            why = _("The name stays in signed records of handovers, which must be kept as they are.")
            told.append(Kept(leaver, why, until))
    return told


def _held(session: Session, today: date, settings: Settings) -> list[Kept]:
    """Return who would be erased if no running case kept them."""
    query = select(DataHold).where(DataHold.since <= today, DataHold.until >= today)
    holds = {one.person_id: one for one in session.scalars(query) if one.ended_on is None or one.ended_on > today}
    limit = moved_months(today, -period(settings, "retention-leavers"))
    return [
        Kept(one, _("Kept for a running case: {reason}").format(reason=holds[one.id].reason), holds[one.id].until)
        for one in _leavers(session, holds)
        if one.last_day is not None and one.last_day < limit
    ]
