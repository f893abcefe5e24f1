"""The sheet of responsibility: for each unit who answers for which channel, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import select

from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.figures import Figures, platform_name
from core.exchange.report.readers import Reader, somebody
from core.i18n import _
from core.inventory.responsibilities import counts_on
from core.model import Channel, Person, PersonKind, PersonState, Responsibility, ResponsibilityRole
from core.storage.sorting import sort_key

Ties: TypeAlias = Mapping[tuple[UUID, ResponsibilityRole], tuple[UUID, ...]]
"""Who answers for a channel in a role on the report's day."""


def read_ties(content: Content) -> Ties:
    """Read who answers for what on the report's day, in the order in which they began."""
    query = (
        select(Responsibility.channel_id, Responsibility.role, Responsibility.person_id)
        .join(Person, Person.id == Responsibility.person_id)
        .where(counts_on(content.order.day))
        .order_by(Responsibility.since.nulls_first(), Person.family_name, Person.id)
    )
    found: dict[tuple[UUID, ResponsibilityRole], list[UUID]] = {}
    for channel, role, person in content.session.execute(query):
        found.setdefault((channel, role), []).append(person)
    return {key: tuple(people) for key, people in found.items()}


@dataclass(frozen=True, slots=True)
class _Tie:
    """One person who answers for one channel in one role."""

    person: Person
    role: ResponsibilityRole
    since: date | None
    title: str
    platform: str


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet; names, addresses and numbers only within the editorial team."""
    internal = content.order.reader is Reader.INTERNAL
    rows = [_row(content, tie, internal=internal) for tie in _read(content)]
    columns = _columns(internal=internal)
    table = Table(_("Responsibility"), content.subtitle, columns, sorted(rows, key=_order), fixed=2)
    write_table(book, table, content.printed, content.step)


def _read(content: Content) -> Iterator[_Tie]:
    query = (
        select(Person, Responsibility.role, Responsibility.since, Channel.title, Channel.platform)
        .join(Responsibility, Responsibility.person_id == Person.id)
        .join(Channel, Channel.id == Responsibility.channel_id)
        .where(counts_on(content.order.day))
    )
    for row in content.session.execute(query.execution_options(yield_per=500)):
        yield _Tie(*row)


def _columns(*, internal: bool) -> tuple[Column, ...]:
    who = [Column(_("Unit"), widest=30), Column(_("Responsible"), widest=40)]
    reached = [
        Column(_("Function"), widest=30),
        Column(_("E-mail"), widest=34),
        Column(_("Phone")),
        Column(_("Status")),
    ]
    what = [Column(_("Role")), Column(_("Channel"), widest=40), Column(_("Platform")), Column(_("Since"), day_look())]
    return (*who, *(reached if internal else ()), *what)


def _row(content: Content, tie: _Tie, *, internal: bool) -> Sequence[Any]:
    person = tie.person
    unit = content.units.get(person.unit_id, "") if person.unit_id else ""
    who = [unit, _who(person, internal=internal)]
    state = person.state(content.order.day)
    status = _(state.label) if state is not PersonState.ACTIVE else ""
    reached = [person.function, person.email, person.phone, status] if internal else []
    return [*who, *reached, _(tie.role.label), tie.title, platform_name(tie.platform), tie.since]


def _who(person: Person, *, internal: bool) -> str:
    """Return a name or a function, without the unit, which has a column of its own here."""
    return person.name if internal or person.kind is PersonKind.OFFICE else person.function or somebody(1)


def _order(row: Sequence[Any]) -> tuple[Any, ...]:
    """Order by unit, person, platform and title; nothing comes last."""
    unit, who, *_rest = row
    platform, title = row[-2], row[-3]
    return not unit, sort_key(unit), sort_key(who), sort_key(platform), sort_key(title), str(row)
