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

from core.errors import RegistryError, UnusableFileError
from core.i18n import _
from core.model import Action, Erasure
from core.protection.erasure.erasing import erase_in, forms_in
from core.protection.erasure.order import Order
from core.protection.recognising.name_forms import Known
from core.storage import backing_up, companions, places
from core.storage.engine import APPLICATION_ID, WRITING, file_engine
from core.storage.kept_copies import leftovers_of
from core.storage.opening import closed, open_engine, understood
from core.storage.schema import SCHEMA, schema_of
from core.system_reasons import reason_of

ERASED_HERE = "registry"
"""The step of an erasure after which the file in which it stands knows no names any more."""

_HEADER = 100
_WAIT_SECONDS = 5.0
_PRIMARY = 0xFF
"""The part of SQLite's error codes that says which kind of error it is."""
_CACHES = re.compile(r"(?:\w+_row|\w+_text|row_state)")


def is_done(copy: Path, erasure: UUID) -> bool:
    """Say whether a copy knows nothing any more of what an erasure erased; one that is of no use may.

    It was rewritten, or made when the registry itself was done.

    Raises:
        RegistryError: It cannot be looked into now.
    """
    query = "SELECT finished_at, done FROM erasure WHERE id = ?"
    try:
        with understood(copy), closing(_reading(copy)) as connection:
            found = connection.execute(query, (erasure.hex,)).fetchone()
            return found is not None and (found[0] is not None or ERASED_HERE in json.loads(found[1]))
    except (RegistryError, sqlite3.Error):
        if is_of_no_use(copy) or _is_older(copy):
            return False
        raise


def is_of_no_use(copy: Path) -> bool:
    """Say whether it is proved that nobody can read a copy: it is damaged, no registry, or from a newer program.

    What fails for another reason, for want of space or because somebody else has it open, proves nothing.
    """
    try:
        if copy.is_symlink() or not _has_header(copy):
            return True
        with closing(_reading(copy)) as connection:
            return not 0 < _schema(connection) <= SCHEMA or not _is_whole(connection)
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
        return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    except OSError:
        return False


def _is_older(copy: Path) -> bool:
    """Say whether a copy is from a program that did not note erasures yet."""
    with understood(copy), closing(_reading(copy)) as connection:
        return not _has_table(connection, "erasure")


def _has_header(copy: Path) -> bool:
    with copy.open("rb") as file:
        header = file.read(_HEADER)
    return header.startswith(b"SQLite format 3\0") and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _schema(connection: sqlite3.Connection) -> int:
    if not _has_table(connection, "alembic_version"):
        return 0
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return int(found[0]) if found is not None and str(found[0]).isdigit() else 0


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(connection.execute(query, (name,)).fetchone()[0])


def _is_whole(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def _reading(copy: Path) -> sqlite3.Connection:
    """Look into a copy as it lies there; a journal beside one that was damaged is not played back."""
    alone = "&immutable=1" if places.journal_of(copy) is not None else ""
    return sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro{alone}", uri=True, timeout=_WAIT_SECONDS)


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


def rewrite(copy: Path, task: Task) -> None:
    """Rewrite one copy; one that is of no use stays, to be replaced when the registry itself is done.

    What its journal tells of an unfinished change is taken back first. The journal goes before the copy takes its
    place: it would be played back into what is whole, with the names in it.

    Raises:
        RegistryError: It cannot be rewritten now, for want of space for example; it is as it was.
    """
    try:
        with places.written_aside(copy) as aside:
            shutil.copyfile(copy, aside)
            if (journal := places.journal_of(copy)) is not None:
                shutil.copyfile(journal, aside.with_name(f"{aside.name}-journal"))
            upgrade(aside, copy)
            _erase(aside, task)
            if journal is not None:
                _remove(journal)
    except RegistryError:
        if not is_of_no_use(copy):
            raise


def drop_beside(registry: Path, reports: Iterable[str], files: Iterable[str]) -> None:
    """Remove workbooks and files of the library that lie beside a registry or a backup, by their hashes.

    Raises:
        UnusableFileError: One is in use.
    """
    gone = [companions.folder_of(registry, companions.REPORTS) / f"{one}.xlsx" for one in reports]
    gone += [companions.folder_of(registry, companions.ASSETS) / one for one in files]
    for file in gone:
        if not file.parent.is_symlink():
            _remove(file)
    for folder in sorted({file.parent for file in gone}):
        places.sync_folder(folder)


def drop(copy: Path) -> None:
    """Remove a copy that cannot be rewritten, with what lies beside it.

    Raises:
        UnusableFileError: Something of it is in use.
    """
    for kind in companions.KINDS:
        for file in companions.files_in(companions.folder_of(copy, kind), kind):
            _remove(file)
    companions.drop(copy)  # What is left of it are empty folders.
    _remove(copy)
    with suppress(OSError):
        places.remove_ours(copy)
    places.sync_folder(copy.parent)


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        told = _(
            "“{path}” cannot be deleted: {reason} Please close every program that has the file open and check that "
            "you may delete it; then let the erasure go on."
        )
        raise UnusableFileError(told.format(path=file, reason=reason_of(error))) from error


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
