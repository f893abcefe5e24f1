"""Carrying an erasure out, step by step, so that one that was cut short is taken up again to its end.

First what is copied from the registry: backups, archived reports, files of the library, what the workstation remembers;
for these the registry must still know the names. Then the registry itself, in one transaction. Then its file is written
anew, and what somebody made of it meanwhile goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.governance.deriving import derive
from core.governance.retention import find_due
from core.model import Action, Erasure, Person, ReportRun
from core.protection.erasure.beside import archived, backups, left_behind, unnamed_files
from core.protection.erasure.beside.backups import ERASED_HERE, Task
from core.protection.erasure.erasing import erase_in, forms_in
from core.protection.erasure.erasure_words import NO_LONGER_DUE
from core.protection.erasure.order import Order, order_of
from core.protection.erasure.portraits import files_of
from core.protection.recognising.known_names import known_people
from core.protection.recognising.name_forms import Forms
from core.settings import read_settings
from core.storage import chain
from core.storage.history import ERASE
from core.storage.kept_copies import copies_of
from core.storage.schema import SCHEMA

if TYPE_CHECKING:
    from core.registry import Registry

_REPLACED = "replaced"
"""Noted when a fresh backup is written in the place of those that cannot be rewritten."""

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Found:
    """What is to go besides the registry's own records, as long as it knows the names."""

    task: Task
    forms: Forms


def begin(registry: Registry, order: Order) -> None:
    """Note that an erasure begins; from here on it is taken up again until it has come to its end."""
    erasure = Erasure(
        id=order.id,
        begun_at=datetime.now(UTC),
        as_of=order.as_of,
        by_id=registry.me(),
        plan=order.plan(),
        counts={},
    )
    with registry.deriving() as session:
        session.add(erasure)


def unfinished(session: Session) -> Erasure | None:
    """Return the erasure that was begun and has not come to its end, None where there is none."""
    query = select(Erasure).where(Erasure.finished_at.is_(None)).order_by(Erasure.begun_at)
    return session.scalars(query).first()


def take_up_again(registry: Registry, progress: Progress | None = None) -> Counter[str] | None:
    """Carry out an erasure that was cut short; None where there is none.

    Raises:
        RegistryError: A step cannot be taken now; what was done before it stays done.
    """
    with registry.reading() as session:
        found = unfinished(session)
        order = order_of(found) if found is not None else None
    return carry_out(registry, order, progress) if order is not None else None


def carry_out(registry: Registry, order: Order, progress: Progress | None = None) -> Counter[str]:
    """Carry out an erasure that was begun, from wherever it stands to its end.

    Returns:
        What went, by kind: people, records, texts, values of the log, reports, files, backups; and how many of the
        people and records were left out because they are no longer due.

    Raises:
        RegistryError: A step cannot be taken now; what was done before it stays done.
    """
    tell = progress or (lambda _part: None)
    if ERASED_HERE not in _state(registry, order.id).done:
        order, found = _look(registry, order)
        _rewrite_backups(registry, found.task, tell)
        backups.drop_beside(registry.path, found.task.reports, found.task.files)
        left_behind.clean(registry.id, found.forms)
        tell(0.7)
        _erase_here(registry, order, found)
    tell(0.8)
    _tidy(registry, order)
    tell(1.0)
    return Counter(_state(registry, order.id).counts)


def _state(registry: Registry, erasure: UUID) -> Erasure:
    with registry.reading() as session:
        found = session.get_one(Erasure, erasure)
        session.expunge(found)
    return found


def _look(registry: Registry, order: Order) -> tuple[Order, _Found]:
    """Find what is to go; whoever came back since, is kept for a running case or agreed again is left out."""
    with registry.reading() as session:
        order = _still_due(session, order, registry.today())
        known = known_people(session)
        names = tuple(known[one] for one in order.due.people if one in known)
        forms = forms_in(session, order.due.people)
        naming = archived.naming_reports(session, registry.path, forms, order.due.people) if order.due.people else []
        reports = tuple(one.sha256 for one in naming)
        files = files_of(session, order.due.people, order.due.portraits)
    gone = tuple(dict.fromkeys([*_noted(registry, order.id, "report"), *reports]))
    _note(registry, order.id, *(f"report:{one}" for one in reports))
    return order, _Found(Task(order, lambda: _action(registry, order), names, gone, files), forms)


def _still_due(session: Session, order: Order, today: date) -> Order:
    """Return what of an order is due on a day; days may lie between its preview and its end."""
    query = select(Person.id).where(Person.erased_on.is_not(None))
    erased = set(session.scalars(query)).intersection(order.due.people)
    return order.only(find_due(session, today, read_settings(session)), erased)


def _noted(registry: Registry, erasure: UUID, kind: str) -> list[str]:
    steps = (one.partition(":") for one in _state(registry, erasure).done)
    return [value for key, _colon, value in steps if key == kind]


def _note(registry: Registry, erasure: UUID, *steps: str) -> None:
    """Note steps in the registry before or after they are taken."""
    with registry.deriving() as session:
        state = session.get_one(Erasure, erasure)
        state.done = tuple(dict.fromkeys([*state.done, *steps]))


def _rewrite_backups(registry: Registry, task: Task, tell: Progress) -> None:
    """Rewrite the copies that can be read; the others are kept until a fresh one takes their place."""
    copies = copies_of(registry.path)
    backups.remove_half_written(registry.path)
    for number, copy in enumerate(copies):
        if not backups.is_done(copy, task.order.id):
            backups.rewrite(copy, task)
        backups.drop_beside(copy, task.reports, task.files)  # Also where it was cut short right before.
        tell(0.1 + 0.6 * (number + 1) / len(copies))


def _erase_here(registry: Registry, order: Order, found: _Found) -> None:
    """Erase in the registry itself: rows, texts, log, and the note that it is done, all or nothing."""
    with registry.deriving() as session:
        state = session.get_one(Erasure, order.id)
        if ERASED_HERE in state.done:
            return  # Another program was quicker.
        order = _still_due(session, order, registry.today())  # Nobody could come back unnoticed from here on.
        counts = _erase_in(session, order, _action(registry, order), found.task)
        counts["backups"] = sum(backups.is_done(copy, order.id) for copy in copies_of(registry.path))
        counts[NO_LONGER_DUE] = order_of(state).size() - order.size()
        head = chain.head(session.connection())[0]
        state.counts, state.done = {**counts, "head": head}, (*state.done, ERASED_HERE)
        session.flush()
        session.connection().exec_driver_sql("DELETE FROM row_state")  # The lists' caches hold names: built anew.
        derive(session, registry.today())


def _erase_in(session: Session, order: Order, action: Action, task: Task) -> Counter[str]:
    forms = forms_in(session, order.due.people)
    counts = erase_in(session.connection(), order, action, forms, task.reports)
    counts.update(people=len(order.due.people), reports=len(task.reports), files=len(task.files))
    return counts


def _tidy(registry: Registry, order: Order) -> None:
    """Write the file anew, and remove what was copied from the registry while it still knew the names."""
    registry.catch_up()
    backups.compact(registry.path)
    state = _state(registry, order.id)
    _remove_meanwhile(registry, state)
    _replace_backups(registry, order.id)
    unnamed_files.sweep(registry, copies_of(registry.path))
    with registry.deriving() as session:
        session.get_one(Erasure, order.id).finished_at = datetime.now(UTC)


def _replace_backups(registry: Registry, erasure: UUID) -> None:
    """Remove the copies that may still hold names once a fresh one is written: unreadable ones, those made meanwhile.

    The fresh one comes first, so that there is never none; that it is there is noted, so that one is enough.
    """
    stale = [copy for copy in copies_of(registry.path) if not backups.is_done(copy, erasure)]
    if stale and _REPLACED not in _state(registry, erasure).done:
        registry.back_up_automatically("erasure")
        _note(registry, erasure, _REPLACED)
    for copy in stale:
        backups.drop(copy)


def _remove_meanwhile(registry: Registry, state: Erasure) -> None:
    with registry.reading() as session:
        made = archived.made_meanwhile(session, state.begun_at, int(state.counts["head"]))
    hashes = [one.sha256 for one in made]
    backups.drop_beside(registry.path, hashes, ())
    with registry.deriving() as session:
        for one in made:
            gone = update(ReportRun).where(ReportRun.id == one.run_id)
            session.connection().execute(gone.values(removed_on=state.as_of))


def _action(registry: Registry, order: Order) -> Action:
    return Action(
        label=ERASE,
        at=datetime.now(UTC),
        actor_id=registry.me(),
        store_id=registry.store_id,
        batch_id=order.id,
        schema_number=SCHEMA,
    )
