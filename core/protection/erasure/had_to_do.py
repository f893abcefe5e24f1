"""Which records some people have had to do with: there a first name alone may mean one of them.

Elsewhere it says nothing, for in every office several people share one: looked for everywhere, it would flood what a
person has to decide about. What counts is a channel, a login or a unit that a record ties to the person, now or before,
such as a responsibility, an access, a custody or the unit in which they worked; and whatever else is recorded of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from core.storage.touching import chunks
from core.storage.values import journaled_tables

_ABOUT = frozenset({"channel", "credential", "org_unit"})


def had_to_do(session: Session, people: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return who of some people have had to do with a record, by the records' ids."""
    near: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for person, *records in _ties(session, people):
        for record in records:
            near[record].add(person)
    for about, record in list(_recorded(session, near)):
        near[record] |= near[about]
    return dict(near)


def _ties(session: Session, people: Collection[UUID]) -> Iterator[tuple[UUID, ...]]:
    """Give a person, a record that names them, and the channel, the login or the unit that it ties them to."""
    for table in journaled_tables():
        own = [table.c.id] if table.name == "person" else _pointing(table, {"person"})
        about = _pointing(table, _ABOUT)
        for who, some in ((who, some) for who in own for some in chunks(people) if about or table.name in _ABOUT):
            for row in session.execute(select(who, table.c.id, *about).where(who.in_(some))):
                yield tuple(one for one in row if one is not None)


def _recorded(session: Session, about: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Give what is recorded of channels, logins and units."""
    for table in (table for table in journaled_tables() if table.name not in _ABOUT | {"person"}):
        for target in _pointing(table, _ABOUT):
            for some in chunks(about):
                yield from (
                    (one, record) for one, record in session.execute(select(target, table.c.id).where(target.in_(some)))
                )


def _pointing(table: Table, targets: Collection[str]) -> list[Column[Any]]:
    return [one for one in table.columns if any(key.column.table.name in targets for key in one.foreign_keys)]
