"""Opening a registry's file: told apart from everything else that may lie there, and never harmed by looking."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from core.errors import BusyError, ConflictError, RegistryError, UnusableFileError
from core.i18n import _
from core.model import ChangeValue
from core.storage import places
from core.storage.engine import APPLICATION_ID, file_engine
from core.storage.schema import SCHEMA, schema_of
from core.storage.values import TABLES
from core.system_reasons import reason_of

_HEADER = 100
_CHECKED_WHOLE = 16 * 1024 * 1024  # a city's registry is a few MB and is checked in milliseconds
_OPEN_HERE: Counter[Path] = Counter()
"""How often this process has files open: reading one directly and closing it would drop SQLite's locks on it."""


def open_engine(path: Path, *, wait_seconds: float = 10.0, called: Path | None = None) -> Engine:
    """Return an engine for a registry's file that has been found fit to work with.

    Args:
        path: The file.
        wait_seconds: How long to wait for another program that is writing.
        called: The name to use in sentences, where the file is a private copy of another.

    Raises:
        UnusableFileError: Not there, on a network drive, read-only, not a registry, damaged, or from a newer program.
        BusyError: Another program keeps it locked.
    """
    _check_place(path)
    _check_header(path, called or path)
    engine = file_engine(path, wait_seconds=wait_seconds)
    try:
        with understood(called or path):
            _check_content(engine, path, called or path)
    except (RegistryError, ValueError) as error:
        engine.dispose()
        raise error if isinstance(error, RegistryError) else damaged(called or path) from error
    _OPEN_HERE[path.resolve()] += 1
    return engine


def is_registry(path: Path) -> bool:
    """Say by its first bytes whether a file is a registry or a backup of one, whoever has it open.

    Raises:
        OSError: It cannot be read, or is a link.
    """
    if _OPEN_HERE[path.resolve()]:
        return True
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        header = os.read(handle, _HEADER) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    finally:
        os.close(handle)
    whole = len(header) == _HEADER and header.startswith(b"SQLite format 3\0")
    return whole and header[68:72] == struct.pack(">I", APPLICATION_ID)


def closed(path: Path) -> None:
    """Note that one of those who had the file open in this process no longer has."""
    _OPEN_HERE[path.resolve()] = max(0, _OPEN_HERE[path.resolve()] - 1)


def identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from another one under the same name."""
    found = path.stat()
    return found.st_dev, found.st_ino


def refuse_replaced(path: Path, opened: tuple[int, int]) -> None:
    """Refuse to go on with a file that no longer is where it was opened; what is written into it would be lost.

    Raises:
        UnusableFileError: It was moved, removed or replaced; a program that synchronises folders does so.
    """
    try:
        same = identity(path) == opened
    except OSError:
        same = False
    if not same:
        raise UnusableFileError(
            _(
                "“{path}” was replaced, moved or removed by another program, so nothing can be saved. "
                "Please note what you have typed and open the registry again."
            ).format(path=path)
        )


def _check_place(path: Path) -> None:
    if not path.exists() and not path.is_symlink():
        raise UnusableFileError(
            _("There is no registry at “{path}”. Create one or name another file.").format(path=path)
        )
    places.refuse_unusual(path)
    places.refuse_beside(path)
    places.refuse_network(path)
    if not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
        raise UnusableFileError(
            _("“{path}” is read-only. Please make the file and its folder writable or copy it elsewhere.").format(
                path=path
            )
        )


def _check_header(path: Path, called: Path) -> None:
    try:
        ours = is_registry(path)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=called, reason=reason_of(error))
        ) from error
    if not ours:
        raise UnusableFileError(
            _("“{path}” is not a registry of this program. It was left untouched; please name another file.").format(
                path=called
            )
        )


def _check_content(engine: Engine, path: Path, called: Path) -> None:
    with engine.connect() as connection:
        schema = schema_of(connection)
        if schema > SCHEMA:
            raise UnusableFileError(
                _("“{path}” was written by a newer version of this program. Please update the program.").format(
                    path=called
                )
            )
        if schema == 0:
            raise damaged(called)
        if (
            path.stat().st_size <= _CHECKED_WHOLE
            and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok"
        ):
            raise damaged(called)


def damaged(path: Path) -> UnusableFileError:
    """Return the error that says that a registry's file is damaged, and what helps."""
    return UnusableFileError(
        _("“{path}” is damaged. Please restore the newest backup; the file itself was left as it is.").format(path=path)
    )


@contextmanager
def understood(path: Path, engine: Engine | None = None) -> Iterator[None]:
    """Translate what the database says into sentences.

    Args:
        path: The registry's file.
        engine: Its engine, if it is opened; then values that are not what they should be are told apart from bugs.

    Raises:
        ConflictError: A record was changed by somebody else, or something refers to a record that is gone.
        BusyError: Another program keeps the file locked.
        UnusableFileError: The file is damaged, the disk full, or the folder gone.
    """
    try:
        yield
    except StaleDataError as error:
        raise ConflictError(
            _("Somebody else changed this record in the meantime. Please look at the new state and try again.")
        ) from error
    except IntegrityError as error:
        raise ConflictError(
            _("This cannot be done: something else in the registry refers to a record that would be gone.")
        ) from error
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        translated = _translated(said, path) or _damage(path, engine)
        if translated is None:
            raise
        raise translated from error
    except (ValueError, LookupError, TypeError) as error:
        found = _damage(path, engine)
        if found is None:
            raise
        raise found from error


def _damage(path: Path, engine: Engine | None) -> UnusableFileError | None:
    """Look for a value that is not of its column's kind any more: bytes gone wrong escape SQLite's own check."""
    if engine is None:
        return None
    try:
        with engine.connect() as connection, connection.begin():
            for table in TABLES.values():
                for _row in connection.execute(select(table)):
                    pass
            for text in connection.scalars(select(ChangeValue.text).where(ChangeValue.text.is_not(None))):
                json.loads(text or "")
    except (ValueError, LookupError, TypeError, DBAPIError):
        return damaged(path)
    return None


def _translated(said: str, path: Path) -> RegistryError | None:
    if "locked" in said or "busy" in said:
        return BusyError(_("“{path}” is in use by another program. Please try again in a moment.").format(path=path))
    if any(word in said for word in ("malformed", "not a database", "corrupt", "decode")):
        return damaged(path)
    if "full" in said:
        return UnusableFileError(_("The disk is full; nothing was saved. Please free some space and try again."))
    if "disk I/O error" in said:  # Where the very last step of saving failed, the change may be there.
        return UnusableFileError(
            _(
                "“{path}”: the disk reported an error. Please check the disk, and whether your last change is there."
            ).format(path=path)
        )
    if any(word in said for word in ("readonly", "read-only", "unable to open")):
        return UnusableFileError(
            _(
                "“{path}” could not be written; nothing was saved. Please check that file, folder and disk can be "
                "written to."
            ).format(path=path)
        )
    return None
