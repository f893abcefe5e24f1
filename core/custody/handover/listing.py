"""Handovers as command line, window, report and rules show them: how far each thing is, and who does what next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.custody.handover.course import Course
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.item_course import FINISHED, ItemCourse, day_of
from core.custody.handover.kept import course_in, head_of_press, is_open, statements_of
from core.custody.handover.next_steps import next_sentence, own_sentences
from core.custody.handover.turns import Turn, is_to_be_granted, whose_turn
from core.errors import BadInputError
from core.i18n import _
from core.model import Act, Handover, HandoverItem, ItemKind, ItemState, Occasion, Person, Way
from core.storage.values import to_plain


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One handover in a list.

    Attributes:
        id: The handover.
        giver_id: Who hands over.
        giver: How they are called.
        taker_id: Who takes over.
        taker: How they are called.
        occasion: Why.
        opened_on: Since when.
        until: The last day of a cover.
        finished_on: The day on which nothing was open any more.
        items: How many things there are.
        open_items: How many of them are open.
        states: How many things are in which state today.
        since: The day of the last step.
        turns: Whose turn it is, by person; nobody where nothing is to be done now.
        to_grant: The roles that are to be granted on a platform before they can be confirmed.
        granters: Who is to grant them; nobody where there are none.
    """

    id: UUID
    giver_id: UUID
    giver: str
    taker_id: UUID
    taker: str
    occasion: Occasion
    opened_on: date
    until: date | None
    finished_on: date | None
    items: int
    open_items: int
    states: Mapping[ItemState, int]
    since: date
    turns: Mapping[UUID, str]
    to_grant: tuple[UUID, ...] = ()
    granters: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One thing of a handover.

    Attributes:
        kind: What sort of thing it is.
        id: Its record.
        label: What it is called.
        way: How it passes.
        state: How far it is.
        since: Since when.
        turn: Who acts next.
        turn_id: That person, None where nothing is to be done now.
        turn_name: How they are called.
        next: What comes next, in a sentence.
        revision_before: Which revision of a secret was handed over.
        revision_after: Which one was put in force instead.
        expires_on: The last day on which the sealed file may be opened.
        still_open: The questions that nobody could answer yet.
        own: What comes next said to whoever acts, by person; of a role both have something to do.
        granter: Who is to grant a role before it can be confirmed.
    """

    kind: ItemKind
    id: UUID
    label: str
    way: Way
    state: ItemState
    since: date
    turn: Turn
    turn_id: UUID | None
    turn_name: str
    next: str
    revision_before: int | None
    revision_after: int | None
    expires_on: date | None
    still_open: tuple[str, ...]
    own: Mapping[UUID, str] = field(default_factory=dict)
    granter: UUID | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One statement: who said what, when, and on which computer."""

    act: Act
    person_id: UUID
    person: str
    device: str
    made_at: datetime
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class HandoverDetail:
    """A handover as a whole.

    Attributes:
        row: What the list shows of it.
        items: The things, as they were asked for.
        steps: The statements, the oldest first.
        problems: The codes of what does not fit, each once.
    """

    row: HandoverRow
    items: tuple[ItemRow, ...]
    steps: tuple[StepRow, ...]
    problems: tuple[HandoverRefusal, ...]


def handover_rows(
    session: Session, today: date, *, person_id: UUID | None = None, with_finished: bool = True
) -> list[HandoverRow]:
    """Return handovers: open ones first, then those of which the last step is the newest.

    Args:
        session: A session that reads.
        today: The day.
        person_id: Only those in which this person gives or takes.
        with_finished: Also those in which nothing is open.
    """
    query = select(Handover)
    if person_id is not None:
        query = query.where(or_(Handover.from_id == person_id, Handover.to_id == person_id))
    items: dict[UUID, list[HandoverItem]] = {}
    for item in session.scalars(select(HandoverItem).order_by(HandoverItem.id)):
        items.setdefault(item.handover_id, []).append(item)
    people = _People.read(session, today)
    rows = [_row(one, items.get(one.id, []), people, today) for one in session.scalars(query)]
    kept = [one for one in rows if with_finished or one.open_items]
    return sorted(kept, key=lambda one: (not one.open_items, -one.since.toordinal(), str(one.id)))


def open_things(session: Session, today: date) -> frozenset[UUID]:
    """Return what is being handed over, whoever gives or takes it."""
    return frozenset(item.item_id for item in session.scalars(select(HandoverItem)) if is_open(item, today))


def handover_detail(session: Session, handover: UUID, today: date) -> HandoverDetail:
    """Return a handover thing by thing, with its steps.

    Raises:
        BadInputError: There is none, or none of its statements can be read.
    """
    record, statements = session.get(Handover, handover), statements_of(session, handover)
    if record is None or not statements:
        raise BadInputError(_("There is no handover “{id}”.").format(id=handover))
    course = course_in(session, statements, datetime.combine(today, time(12), UTC))
    people = _People.read(session, today)
    kept = session.scalars(select(HandoverItem).where(HandoverItem.handover_id == handover)).all()
    steps = tuple(
        StepRow(one.act, one.by.person, one.by.name, one.by.device, one.made_at, one.number, one.digest)
        for one in statements
    )
    return HandoverDetail(
        row=_row(record, list(kept), people, today),
        items=tuple(_item(one, course, people) for one in course.items.values()),
        steps=steps,
        problems=tuple(dict.fromkeys(flaw.code for flaw in course.problems)),
    )


@dataclass(frozen=True, slots=True)
class _People:
    """The names of all people, who has left, and who acts for them."""

    names: Mapping[UUID, str]
    gone: frozenset[UUID]
    head: UUID | None

    @classmethod
    def read(cls, session: Session, today: date) -> _People:
        people = session.scalars(select(Person)).all()
        gone = (one.id for one in people if one.last_day is not None and one.last_day < today)
        return cls({one.id: one.name for one in people}, frozenset(gone), head_of_press(session))

    def acting_for(self, person: UUID) -> UUID:
        """Return who acts in the place of a person: the head of press for somebody who has left."""
        return self.head if person in self.gone and self.head in self.names and self.head is not None else person

    def whose(self, turn: Turn, giver: UUID, taker: UUID) -> UUID | None:
        match turn:
            case Turn.GIVER:
                return self.acting_for(giver)
            case Turn.TAKER:
                return self.acting_for(taker)
            case Turn.NOBODY:
                return None


def _row(record: Handover, items: list[HandoverItem], people: _People, today: date) -> HandoverRow:
    states = [_state(item, today) for item in items]
    turns = [
        people.whose(_turn(item, record, today), record.from_id, record.to_id)
        for item, state in zip(items, states, strict=True)
        if state not in FINISHED
    ]
    return HandoverRow(
        id=record.id,
        giver_id=record.from_id,
        giver=people.names[record.from_id],
        taker_id=record.to_id,
        taker=people.names[record.to_id],
        occasion=record.occasion,
        opened_on=record.opened_on,
        until=record.until,
        finished_on=record.finished_on,
        items=len(items),
        open_items=sum(state not in FINISHED for state in states),
        states=dict(Counter(states)),
        since=max((item.state_since for item in items), default=record.opened_on),
        turns={one: people.names.get(one, "") for one in turns if one is not None},
        to_grant=(to_grant := tuple(one.item_id for one in items if is_to_be_granted(one.way, one.state))),
        granters={one: people.names.get(one, "") for one in (people.acting_for(record.from_id),) if to_grant},
    )


def _state(item: HandoverItem, today: date) -> ItemState:
    """Return the state today: a file runs out without anybody saying so."""
    ran_out = item.state is ItemState.SEALED and item.expires_on is not None and item.expires_on < today
    return ItemState.EXPIRED if ran_out else item.state


def _turn(item: HandoverItem, record: Handover, today: date) -> Turn:
    ran_out = item.expires_on is not None and item.expires_on < today
    return whose_turn(item.way, item.state, until=record.until, today=today, ran_out=ran_out)


def _item(one: ItemCourse, course: Course, people: _People) -> ItemRow:
    matter = course.matter
    turn_id = people.whose(one.turn, matter.giver, matter.taker) if one.is_open else None
    by_head = turn_id is not None and turn_id not in {matter.giver, matter.taker}
    names = {key: people.names.get(person, "") for key, person in (("giver", matter.giver), ("taker", matter.taker))}
    name = people.names.get(turn_id, "") if turn_id is not None else ""
    acting = {
        turn: (who, people.acting_for(who)) for turn, who in zip(Turn, (matter.giver, matter.taker), strict=False)
    }
    return ItemRow(
        kind=one.told.kind,
        id=one.told.id,
        label=one.told.label,
        way=one.way,
        state=one.state,
        since=day_of(one.since),
        turn=one.turn,
        turn_id=turn_id,
        turn_name=name,
        next=next_sentence(one, names, acting=name if by_head else None, until=course.until),
        revision_before=one.revision_before,
        revision_after=one.revision_after,
        expires_on=one.expires_on,
        still_open=one.still_open,
        own=own_sentences(one, acting, names, course.until),
        granter=people.acting_for(matter.giver) if is_to_be_granted(one.way, one.state) else None,
    )


def as_plain(row: Any) -> dict[str, Any]:
    """Return a row as plain JSON for `handover status --json`."""
    found: dict[str, Any] = {}
    for key in row.__dataclass_fields__:
        value = getattr(row, key)
        match value:
            case Mapping():
                found[key] = {str(name): content for name, content in value.items()}
            case tuple():
                found[key] = [as_plain(one) if hasattr(one, "__dataclass_fields__") else str(one) for one in value]
            case _ if hasattr(value, "__dataclass_fields__"):
                found[key] = as_plain(value)
            case _:
                found[key] = to_plain(value)
    return found
