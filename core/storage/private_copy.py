"""A private copy of the live registry, on which views of the past, reports and exports work for as long as they last.

Whoever waits for it is heard while a long query runs, and what goes wrong with the copy is told of the copy.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from core import workstation
from core.errors import RegistryError, UnusableFileError
from core.i18n import _
from core.storage import places
from core.storage.engine import copy_out, file_engine

Watch: TypeAlias = Callable[[], None]
"""Called now and then; an error of the house ends the work."""

_STEPS = 500_000
"""Of SQLite's virtual machine between two calls: some hundredths of a second."""
_PRIMARY = 0xFF
_WRITING = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN})
_READING = frozenset({sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ})


@contextmanager
def private_copy(source: Engine, watch: Watch | None = None) -> Iterator[Engine]:
    """Give a copy of the live registry in a private folder of this machine and throw it away afterwards.

    Args:
        source: The live registry's engine.
        watch: Called now and then, also while a query runs; by an error of the house it ends the work.

    Raises:
        UnusableFileError: There is no room for the copy.
    """
    folder = workstation.scratch_folder()
    path = folder / f"{uuid.uuid4().hex}.part"
    places.create_private(path)
    try:
        _fill(source, path)
        engine = file_engine(path, foreign_keys=False, passing=True)
        try:
            with _heard(engine, watch), _told_of(folder):
                yield engine
        finally:
            engine.dispose()
    finally:
        places.remove_ours(path)


def _fill(source: Engine, path: Path) -> None:
    """Copy the registry; what cannot be read is the registry's own trouble."""
    with _told_of(path.parent, but=_READING):
        copy_out(source, path)


@contextmanager
def _told_of(folder: Path, *, but: frozenset[int] = frozenset()) -> Iterator[None]:
    """Say of the copy's disk what would otherwise be said of the registry's."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        code = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlite_errorcode", 0)
        if code & _PRIMARY not in _WRITING or code in but:
            raise
        raise UnusableFileError(
            _(
                "“{folder}”: the working copy of the registry cannot be written there. The registry itself is "
                "unharmed. Please check whether the disk of that folder is full."
            ).format(folder=folder)
        ) from error


@contextmanager
def _heard(engine: Engine, watch: Watch | None) -> Iterator[None]:
    """Let whoever waits end a query that runs; the driver itself can only be told to stop, not why."""
    stopped: list[RegistryError] = []

    def ask() -> int:
        try:
            if watch is not None:
                watch()
        except RegistryError as error:
            stopped.append(error)
        return len(stopped)

    @event.listens_for(engine, "connect")
    def _connected(raw: Any, _record: object) -> None:
        raw.set_progress_handler(ask if watch is not None else None, _STEPS)

    try:
        yield
    except DBAPIError:
        if not stopped:
            raise
        raise stopped[0] from None
