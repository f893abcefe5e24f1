"""The rule about handovers in which nothing happens: whose turn it is, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.custody.handover.turns import Turn, whose_turn
from core.governance.rules.rule import Evidence, Query, Raised, Rule, Situation, moved, shown_day, who
from core.governance.subjects import handover_label
from core.i18n import N_, ngettext
from core.inventory.people import display_name, last_day
from core.model import Handover, HandoverItem, ItemState, Person, Severity, Way

HEAD_OF_PRESS = "handover.head-of-press"


@dataclass(frozen=True, slots=True)
class _Somebody:
    """A person of the registry, as far as the rule tells of them."""

    name: str
    function: str | None
    last_day: date | None


@cache
def _items_query() -> Query:
    """Return the query of all things of handovers that are not finished, a handover's together."""
    item: list[Any] = [HandoverItem.way, HandoverItem.state, HandoverItem.state_since, HandoverItem.expires_on]
    columns: list[Any] = [Handover.id, Handover.from_id, Handover.to_id, Handover.until, *item]
    return (
        select(*columns)
        .join_from(Handover, HandoverItem, HandoverItem.handover_id == Handover.id)
        .where(Handover.finished_on.is_(None))
        .order_by(Handover.id, HandoverItem.id)
    )


@cache
def _people_query() -> Query:
    columns: list[Any] = [Person.id, display_name(Person), Person.function, last_day(Person)]
    return select(*columns)


def _stuck(situation: Situation) -> Iterator[Raised]:
    """Raise each handover in which nothing has happened for long, once for each person whose turn it is."""
    rows = list(situation.rows(_items_query()))
    if not rows:
        return
    people = {row[0]: _Somebody(*row[1:]) for row in situation.rows(_people_query())}
    for _id, some in groupby(rows, lambda row: row[0]):
        yield from _stuck_of(situation, list(some), people)


def _stuck_of(situation: Situation, rows: list[Any], people: dict[UUID, _Somebody]) -> Iterator[Raised]:
    days, last = situation.settings.days("handover-stuck"), max(row.state_since for row in rows)
    open_ = [(row, turn) for row in rows if (turn := _turn(row, situation, people)) is not None]
    for person_id, some in groupby(sorted(open_, key=lambda one: str(one[1])), lambda one: one[1]):
        waiting = [row for row, _turn in some]
        since = max([last, *_covered(waiting)])
        if person_id in people and situation.today > moved(since, days):
            one = people[person_id]
            person = {"person_id": str(person_id), "person": one.name, "function": one.function}
            fact = {**person, "open": len(waiting), "on": since.isoformat(), "limit": days}
            yield Raised(waiting[0].id, handover_label(), fact, moved(since, days + 1))


def _turn(row: Any, situation: Situation, people: dict[UUID, _Somebody]) -> UUID | None:
    """Return whose turn it is; for somebody who has left the head of press acts."""
    ran_out = row.expires_on is not None and row.expires_on < situation.today
    match whose_turn(row.way, row.state, until=row.until, today=situation.today, ran_out=ran_out):
        case Turn.GIVER:
            return _or_head(row.from_id, situation, people)
        case Turn.TAKER:
            return _or_head(row.to_id, situation, people)
        case _:
            return None


def _or_head(person_id: UUID, situation: Situation, people: dict[UUID, _Somebody]) -> UUID:
    person = people.get(person_id)
    gone = person is not None and person.last_day is not None and person.last_day < situation.today
    head = str(situation.settings[HEAD_OF_PRESS])
    return UUID(head) if gone and head in {str(one) for one in people} else person_id


def _covered(rows: Iterable[Any]) -> list[date]:
    """Return the days on which covers ended; nothing is to be given back before."""
    copies = (row for row in rows if row.way is Way.COPY and row.state is ItemState.OPENED)
    return [row.until for row in copies if row.until is not None]


def _say_stuck(evidence: Evidence, with_names: bool) -> str:
    return ngettext(
        "Nothing has happened since {day}. It is the turn of {who}, and {count} thing is open.",
        "Nothing has happened since {day}. It is the turn of {who}, and {count} things are open.",
        evidence["open"],
    ).format(day=shown_day(evidence["on"]), who=who(evidence, with_names), count=evidence["open"])


RULES = (
    Rule(
        "handover-stuck",
        Severity.WARNING,
        2,
        N_("Handover stuck"),
        N_(
            "As long as a handover is open, both can get in, or nobody knows who can. Ask the person whose turn it is "
            "to do the next step; if somebody is not there any more, the head of press closes the handover."
        ),
        N_("BSI IT-Grundschutz, ORP.2.A2: handing over when staff change"),
        ("show-handover",),
        _stuck,
        _say_stuck,
        frozenset({"handover", "handover_item", "person"}),
        subject_type="handover",
    ),
)
