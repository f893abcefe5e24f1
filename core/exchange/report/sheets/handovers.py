"""The sheet of handovers: those of the quarter and the open ones, told from what was signed until the report's day.

The public does not get it: it would tell when staff leave. Reasons are on no sheet. It is left out where nothing was
handed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.custody.handover.course import Course, course_of
from core.custody.handover.item_course import ABORTED, ItemCourse
from core.custody.handover.record.making_record import readable
from core.custody.handover.turns import Turn
from core.days import end_of, local_day
from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import NUMBER, day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.figures import Figures
from core.i18n import _
from core.inventory.people import has_left
from core.model import HandoverStatement, Person
from core.settings import Settings
from core.storage.sorting import sort_key

HEAD_OF_PRESS = "handover.head-of-press"


@dataclass(frozen=True, slots=True)
class _Handover:
    """One handover as far as it was on the report's day; the days are those of the house."""

    course: Course
    opened: date
    finished: date | None

    @property
    def open_items(self) -> list[ItemCourse]:
        return [item for item in self.course.items.values() if item.is_open]


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet."""
    told = read_handovers(content)
    if told:
        rows = (row for _handover, row in told)
        table = Table(_("Handovers"), content.subtitle, columns(), rows, fixed=2)
        write_table(book, table, content.printed, content.step)


def read_handovers(content: Content) -> list[tuple[UUID, list[Any]]]:
    """Return what the sheet tells of each handover, open ones first."""
    first = content.order.quarter.first_day
    some = [one for one in _read(content) if one.finished is None or one.finished >= first]
    gone = _gone(content)
    return [(one.course.matter.handover, _row(content, one, gone)) for one in sorted(some, key=_order)]


def columns() -> tuple[Column, ...]:
    """Return the columns of the sheet."""
    days = day_look()
    return (
        Column(_("Hands over"), widest=26, total="count"),
        Column(_("Takes over"), widest=26),
        Column(_("Occasion")),
        Column(_("What"), widest=40),
        Column(_("Things"), NUMBER, total="sum"),
        Column(_("Still open"), NUMBER, total="sum"),
        Column(_("State")),
        Column(_("Begun"), days),
        Column(_("Finished"), days),
        Column(_("Covers until"), days),
        Column(_("Whose turn"), widest=26),
    )


def _read(content: Content) -> Iterator[_Handover]:
    """Fold what was signed until the evening of the report's day; when it was taken in does not matter."""
    instant = end_of(content.order.day)
    query = select(HandoverStatement.handover_id, HandoverStatement.text).where(HandoverStatement.made_at < instant)
    by_handover: dict[UUID, list[str]] = {}
    for handover, text in content.session.execute(query):
        by_handover.setdefault(handover, []).append(text)
    for handover, texts in by_handover.items():
        statements = readable(texts, handover)
        if statements:
            course = course_of(statements, instant - timedelta(minutes=1))
            opened = min(one.made_at for one in statements)
            yield _Handover(course, local_day(opened), _finished(course.items.values()))


def _finished(items: Iterable[ItemCourse]) -> date | None:
    some = list(items)
    if not some or any(item.is_open for item in some):
        return None
    return local_day(max(item.since for item in some))


def _gone(content: Content) -> frozenset[UUID]:
    """Return who had left by the report's day."""
    return frozenset(content.session.scalars(select(Person.id).where(has_left(Person, content.order.day))))


def _row(content: Content, one: _Handover, gone: frozenset[UUID]) -> list[Any]:
    matter, people, course = one.course.matter, content.people, one.course
    return [
        people.one(matter.giver),
        people.one(matter.taker),
        _(course.occasion.label) if course.occasion is not None else _("unknown"),
        _what(course.items.values()),
        len(course.items),
        len(one.open_items),
        _state(one),
        one.opened,
        one.finished,
        course.until,
        people.several(_turns(one, content.settings, gone)) or None,
    ]


def _what(items: Iterable[ItemCourse]) -> str:
    return "; ".join(sorted((item.told.label for item in items), key=sort_key))


def _state(one: _Handover) -> str:
    if one.finished is None:
        return _("still open")
    if all(item.state in ABORTED for item in one.course.items.values()):
        return _("broken off")
    return _("handed over")


def _turns(one: _Handover, settings: Settings, gone: frozenset[UUID]) -> list[UUID]:
    """Return who acts next; for somebody who has left the head of press does."""
    head, matter = _head(settings), one.course.matter
    who = {Turn.GIVER: matter.giver, Turn.TAKER: matter.taker}
    turns = [who[item.turn] for item in one.open_items if item.turn in who]
    return list(dict.fromkeys(head if person in gone and head is not None else person for person in turns))


def _head(settings: Settings) -> UUID | None:
    try:
        return UUID(str(settings[HEAD_OF_PRESS]))
    except ValueError:
        return None


def _order(one: _Handover) -> tuple[Any, ...]:
    """Order open ones first, then by when they began."""
    return one.finished is not None, one.opened, str(one.course.matter.handover)
