"""Giving a new file its schema, and an older file the program's, backed up first."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from core.errors import UnusableFileError
from core.i18n import _
from core.storage import backing_up, places
from core.storage.engine import APPLICATION_ID, file_engine
from core.storage.opening import closed, open_engine, understood
from core.storage.schema import SCHEMA, schema_of


def lay_out(path: Path) -> None:
    """Make a registry's tables in an empty file and mark it as ours."""
    engine = file_engine(path)
    try:
        with understood(path), engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    finally:
        engine.dispose()
    backing_up.upgrade_file(path)


def refuse_leftovers(path: Path) -> None:
    """Refuse to make a registry beside the unfinished change of another one, which would be played back into it.

    Raises:
        UnusableFileError: Such a file lies there, or something that is no file of its own.
    """
    places.refuse_beside(path)
    if (journal := places.journal_of(path)) is not None:
        raise UnusableFileError(
            _("“{path}” is left over from another registry. Please move it away first.").format(path=journal)
        )


def open_current(path: Path, *, wait_seconds: float = 10.0) -> Engine:
    """Return an engine for a registry's file; one of an older program is backed up and upgraded first.

    Raises:
        UnusableFileError: It cannot be opened at all.
        BusyError: Another program keeps it locked.
    """
    engine = open_engine(path, wait_seconds=wait_seconds)
    with ExitStack() as unless_current:
        unless_current.callback(closed, path)
        unless_current.callback(engine.dispose)
        with understood(path), engine.connect() as connection:
            older = schema_of(connection) < SCHEMA
        if not older:
            unless_current.pop_all()
            return engine
        backing_up.back_up_automatically(engine, path, "upgrade", datetime.now(UTC))
    backing_up.upgrade_file(path)
    return open_engine(path, wait_seconds=wait_seconds)
