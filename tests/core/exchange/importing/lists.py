"""Lists made in memory, and importing them as the command line does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.importing.applying import apply
from core.exchange.importing.proposal import Proposal, ProposedRow
from core.exchange.importing.proposing import propose
from core.exchange.reading import Cell, Sheet, Workbook, read_workbook
from core.i18n import N_
from core.inventory import channels
from core.model import Change, Channel, Person
from core.registry import Registry

TODAY = date(2026, 11, 22)


class Reads(Protocol):
    """What a proposal is made against: a registry, or nothing at all."""

    def reading(self) -> AbstractContextManager[Session]: ...


HEAD = ("Netzwerk", "Adresse", "Zuständig")


def listed(*rows: Sequence[Cell], **sheets: Sequence[Sequence[Cell]]) -> Workbook:
    """A workbook with one sheet of the given rows, or with the named sheets."""
    named = {"Kanäle": rows, **sheets} if rows else sheets
    made = tuple(Sheet(name, tuple(tuple(row) for row in content)) for name, content in named.items())
    return Workbook(Path("liste.xlsx"), "xlsx", made, None, None, "")


def proposed(registry: Reads, workbook: Workbook | Path, today: date = TODAY, **choices: Any) -> Proposal:
    if isinstance(workbook, Path):
        workbook = _read(workbook)
    with registry.reading() as session:
        return propose(workbook, session, today=today, **choices)


@cache
def _read(path: Path) -> Workbook:
    return read_workbook(path)


def imported(registry: Registry, workbook: Workbook | Path, today: date = TODAY, **choices: Any) -> Proposal:
    proposal = proposed(registry, workbook, today, **choices)
    with registry.action(N_("Import list")) as session:
        apply(session, proposal, today=today)
    return proposal


def the_row(registry: Reads, head: Sequence[str], *row: Cell, **choices: Any) -> ProposedRow:
    """What becomes of the one row of a list."""
    (one,) = proposed(registry, listed(head, row), **choices).rows
    return one


def shown(registry: Registry, today: date = TODAY) -> list[dict[str, Any]]:
    """The channels as lists show them, in the order of their addresses."""
    with registry.reading() as session:
        rows = session.execute(channels.listing(today)).mappings().all()
    return sorted((dict(row) for row in rows), key=lambda row: (row["platform"], row["url_as_entered"]))


def entries(registry: Registry) -> int:
    with registry.reading() as session:
        return len(session.scalars(select(Change.seq)).all())


def people(registry: Registry) -> dict[str, Person]:
    with registry.reading() as session:
        found = {person.name: person for person in session.scalars(select(Person))}
        session.expunge_all()
    return found


def all_channels(registry: Registry) -> list[Channel]:
    with registry.reading() as session:
        found = list(session.scalars(select(Channel).order_by(Channel.url_as_entered)))
        session.expunge_all()
    return found
