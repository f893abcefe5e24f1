"""The sheet of responsibility: for each unit who answers for which channel, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

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
T = TypeVar("T")


def read_ties(content: Content) -> Ties:
    """Read who answers for what on the report's day, in the order in which they began."""
    return _by_role(content, Responsibility.person_id)


def read_beginnings(content: Content) -> Mapping[tuple[UUID, ResponsibilityRole], tuple[date | None, ...]]:
    """Read since when they do, in the same order; None where nobody knows."""
    return _by_role(content, Responsibility.since)


def _by_role(
    content: Content, column: InstrumentedAttribute[T]
) -> dict[tuple[UUID, ResponsibilityRole], tuple[T, ...]]:
    query = (
        select(Responsibility.channel_id, Responsibility.role, column)
        .join(Person, Person.id == Responsibility.person_id)
        .where(counts_on(content.order.day))
        .order_by(Responsibility.since.nulls_first(), Person.family_name, Person.id)
    )
    found: dict[tuple[UUID, ResponsibilityRole], list[T]] = {}
    for channel, role, value in content.session.execute(query):
        found.setdefault((channel, role), []).append(value)
    return {key: tuple(values) for key, values in found.items()}


@dataclass(frozen=True, slots=True)
class _Human:
    """What the sheet tells of one person, however many channels they answer for."""

    cells: Sequence[Any]
    order: tuple[Any, ...]


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet; names, addresses and numbers only within the editorial team."""
    internal = content.order.reader is Reader.INTERNAL
    rows = sorted(_rows(content, internal=internal), key=itemgetter(0))
    columns, cells = _columns(internal=internal), [row for _order, row in rows]
    if any(row[-1] for row in cells):
        columns += (Column(_("Entered later on"), day_look()),)
    else:
        cells = [row[:-1] for row in cells]
    table = Table(_("Responsibility"), content.subtitle, columns, cells, fixed=2)
    write_table(book, table, content.printed, content.step)


def _rows(content: Content, *, internal: bool) -> Iterator[tuple[tuple[Any, ...], Sequence[Any]]]:
    """Give the rows, each with its place: by unit, person, platform and title; what has no unit comes last."""
    humans = {one.id: _human(content, one, internal=internal) for one in content.session.scalars(select(Person))}
    roles, key = {role: _(role.label) for role in ResponsibilityRole}, cache(sort_key)
    tie = Responsibility
    query = select(tie.id, tie.person_id, tie.role, tie.since, Channel.title, Channel.platform)
    query = query.join(Channel, Channel.id == tie.channel_id).where(counts_on(content.order.day))
    for number, person, role, since, title, platform in content.session.execute(query.execution_options(yield_per=500)):
        human, name = humans[person], platform_name(platform)
        late = content.entered_later(("responsibility", number))
        row = [*human.cells, roles[role], title, name, since, late]
        yield (*human.order, key(name), key(title), roles[role], str(since), person.int), row
        content.step()


def _columns(*, internal: bool) -> tuple[Column, ...]:
    who = [Column(_("Unit"), widest=30), Column(_("Responsible"), widest=40, total="count")]
    reached = [
        Column(_("Function"), widest=30),
        Column(_("E-mail"), widest=40),
        Column(_("Phone")),
        Column(_("Status")),
    ]
    what = [Column(_("Role")), Column(_("Channel"), widest=40), Column(_("Platform")), Column(_("Since"), day_look())]
    return (*who, *(reached if internal else ()), *what)


def _human(content: Content, person: Person, *, internal: bool) -> _Human:
    """Return what is told of somebody; of whoever is restricted what they do, as outside the house (Art. 18 GDPR)."""
    named = internal and person.restricted_on is None
    unit = content.units.get(person.unit_id, "") if person.unit_id else ""
    who = _who(person, named=named)
    state = person.state(content.order.day)  # Absences are erased when they are over: no report may know of them.
    status = "" if state in {PersonState.ACTIVE, PersonState.ABSENT} else _(state.label)
    reached = [person.function, person.email, person.phone, status] if named else [person.function, None, None, None]
    reached = reached if internal else []
    return _Human((unit or None, who, *(one or None for one in reached)), (not unit, sort_key(unit), sort_key(who)))


def _who(person: Person, *, named: bool) -> str:
    """Return a name or a function, without the unit, which has a column of its own here."""
    return person.name if named or person.kind is PersonKind.OFFICE else person.function or somebody(1)
