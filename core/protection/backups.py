"""The backups beside a registry: each is rewritten without the people whose time has come, or replaced by a fresh one.

A copy is changed and checked beside the backup and takes its place when it is whole; a backup is its old self or done.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from core.errors import RegistryError
from core.model import Action, Erasure
from core.protection.erasing import erase_in, forms_in
from core.protection.name_forms import Known
from core.protection.order import Order
from core.storage import backing_up, companions, places
from core.storage.engine import WRITING, file_engine
from core.storage.kept_copies import leftovers_of
from core.storage.opening import closed, open_engine, understood
from core.storage.schema import SCHEMA, schema_of

ERASED_HERE = "registry"
"""The step of an erasure after which the file in which it stands knows no names any more."""

_CACHES = re.compile(r"(?:\w+_row|\w+_text|row_state)")


def is_done(copy: Path, erasure: UUID) -> bool:
    """Say whether a copy knows nothing any more of what an erasure erased; one that cannot be read may.

    It was rewritten, or made when the registry itself was done.
    """
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            query = "SELECT finished_at, done FROM erasure WHERE id = ?"
            found = connection.execute(query, (erasure.hex,)).fetchone()
            return found is not None and (found[0] is not None or ERASED_HERE in json.loads(found[1]))
    except sqlite3.Error:
        return False


@dataclass(frozen=True, slots=True)
class Task:
    """What is done to each copy.

    Attributes:
        order: What is erased.
        action: Makes the action under which the copy's own log tells it.
        names: What the people are called, besides what the copy knows of them.
        reports: The hashes of workbooks that go.
        files: The hashes of files of the library that go, beside the registry and beside each copy.
    """

    order: Order
    action: Callable[[], Action]
    names: tuple[Known, ...]
    reports: tuple[str, ...]
    files: tuple[str, ...]


def rewrite(copy: Path, task: Task) -> bool:
    """Rewrite one copy and say whether that could be done."""
    try:
        with places.written_aside(copy) as aside:
            shutil.copyfile(copy, aside)
            upgrade(aside, copy)
            _erase(aside, task)
    except RegistryError:
        return False
    return True


def drop_beside(registry: Path, reports: Iterable[str], files: Iterable[str]) -> None:
    """Remove workbooks and files of the library that lie beside a registry or a backup, by their hashes."""
    gone = [companions.folder_of(registry, companions.REPORTS) / f"{one}.xlsx" for one in reports]
    gone += [companions.folder_of(registry, companions.ASSETS) / one for one in files]
    for file in gone:
        if not file.parent.is_symlink():
            file.unlink(missing_ok=True)
    for folder in sorted({file.parent for file in gone}):
        places.sync_folder(folder)


def drop(copy: Path) -> None:
    """Remove a copy that cannot be rewritten, with what lies beside it."""
    companions.drop(copy)
    copy.unlink(missing_ok=True)
    with suppress(OSError):
        places.remove_ours(copy)
    places.sync_folder(copy.parent)


def remove_half_written(registry: Path) -> None:
    """Remove what programs that are no more left half written of a registry and its copies, with names in it."""
    for left in leftovers_of(registry):
        with suppress(OSError):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def upgrade(file: Path, called: Path) -> None:
    """Check a private copy and bring it to the program's schema.

    Raises:
        UnusableFileError: It is damaged, no registry, or from a newer program.
    """
    engine = open_engine(file, called=called)
    with engine.connect() as connection:
        older = schema_of(connection) < SCHEMA
    engine.dispose()
    closed(file)
    if older:
        backing_up.upgrade_file(file)


def _erase(file: Path, task: Task) -> None:
    order, engine = task.order, file_engine(file)
    try:
        with understood(file), engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            with Session(bind=connection) as session:
                forms = forms_in(session, order.due.people, task.names)
                counts = erase_in(connection, order, task.action(), forms, task.reports)
                _mark(session, order, dict(counts))
                session.flush()
            drop_caches(connection)
    finally:
        engine.dispose()
    compact(file)


def _mark(session: Session, order: Order, counts: dict[str, int]) -> None:
    """Note in the copy that it is done; a copy of the registry from after the beginning knows of it already."""
    known, now = session.get(Erasure, order.id), datetime.now(UTC)
    if known is None:
        known = Erasure(id=order.id, begun_at=now, as_of=order.as_of, plan=order.plan(), counts=counts)
        session.add(known)
    known.finished_at = now


def drop_caches(connection: Connection) -> None:
    """Drop the caches of the lists, which hold names and are built anew; parts of them would stay in the index."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    virtual = [name for name in names if f"{name}_data" in names]
    ours = [name for name in names if _CACHES.fullmatch(name) and not any(name.startswith(f"{v}_") for v in virtual)]
    for name in sorted(ours, key=lambda one: one not in virtual):
        connection.exec_driver_sql(f"DROP TABLE {name}")


def compact(file: Path) -> None:
    """Write a registry's file anew, so that no page that is not used any more holds what was erased.

    Raises:
        BusyError: Another program keeps it locked.
    """
    with understood(file), closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True)) as connection:
        for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("VACUUM")
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("malformed")
