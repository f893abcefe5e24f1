"""The library of a registry on a server: the same files under the same hashes, kept as rows of its database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Column, Engine, LargeBinary, MetaData, String, Table, delete, func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.errors import UnusableFileError
from core.i18n import _
from core.inventory.assets.library import DamagedFileError, Trouble, TroubleKind, is_named
from core.storage import companions

# Apart from the records: neither the log nor undo nor a view of the past has to do with what a file holds.
_TABLES = MetaData()
_FILES = Table(
    "library_file",
    _TABLES,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class DatabaseShelf:
    """A shelf that is a table of a registry's database; whoever may read the registry may read its files."""

    engine: Engine

    def prepare(self) -> None:
        """Make the table, once, when a registry is founded on the server.

        Raises:
            UnusableFileError: The database refuses.
        """
        with _told():
            _TABLES.create_all(self.engine)

    def put(self, data: bytes) -> str:
        """Keep a file; one that was damaged is replaced, one that is whole never written again.

        Returns:
            The SHA-256 under which it is kept.

        Raises:
            UnusableFileError: It is too large for the library, or the database refuses.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        if len(data) > companions.ASSETS.largest:
            raise UnusableFileError(_("The file is too large for the library: 64 MiB are the most."))
        if self._trouble(sha256) is not None:
            try:
                self._write(sha256, data)
            except IntegrityError:
                # Somebody else put the same file there meanwhile.
                self.read(sha256)
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return what a file holds.

        Raises:
            DamagedFileError: It is missing, or is not what its name says.
            UnusableFileError: The database refuses.
        """
        data = self._content(sha256)
        if data is None:
            told = _(
                "The file {name} is missing in the registry's database. Restore a backup, or add the same file again."
            )
            raise DamagedFileError(told.format(name=f"{sha256[:12]}…"), Trouble(sha256, TroubleKind.MISSING))
        if not is_named(sha256, data):
            told = _(
                "The file {name} in the registry's database was altered or damaged. Restore a backup, or add the "
                "original again."
            )
            raise DamagedFileError(told.format(name=f"{sha256[:12]}…"), Trouble(sha256, TroubleKind.DAMAGED))
        return data

    def has(self, sha256: str) -> bool:
        """Tell whether a file of that name is there, whole or not."""
        with _told(), self.engine.connect() as connection:
            return connection.scalar(select(func.count()).where(_FILES.c.sha256 == sha256)) == 1

    def names(self) -> set[str]:
        """Return the names of all files."""
        with _told(), self.engine.connect() as connection:
            return set(connection.scalars(select(_FILES.c.sha256)))

    def check(self, wanted: Iterable[str] | None = None) -> list[Trouble]:
        """Read files, one after the other, and return those that are not what they are to be.

        Args:
            wanted: The files that are to be there; without it those that are.
        """
        found = (self._trouble(sha256) for sha256 in sorted(self.names() if wanted is None else set(wanted)))
        return [trouble for trouble in found if trouble is not None]

    def remove(self, sha256: str) -> None:
        """Remove a file; one that is not there is no trouble.

        Raises:
            UnusableFileError: The database refuses.
        """
        with _told(), self.engine.begin() as connection:
            connection.execute(delete(_FILES).where(_FILES.c.sha256 == sha256))

    def _write(self, sha256: str, data: bytes) -> None:
        with _told(), self.engine.begin() as connection:
            connection.execute(delete(_FILES).where(_FILES.c.sha256 == sha256))
            connection.execute(insert(_FILES).values(sha256=sha256, content=data))

    def _trouble(self, sha256: str) -> Trouble | None:
        data = self._content(sha256)
        if data is not None and is_named(sha256, data):
            return None
        return Trouble(sha256, TroubleKind.MISSING if data is None else TroubleKind.DAMAGED)

    def _content(self, sha256: str) -> bytes | None:
        with _told(), self.engine.connect() as connection:
            found = connection.scalar(select(_FILES.c.content).where(_FILES.c.sha256 == sha256))
        return None if found is None else bytes(found)


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence what the database refuses; its own words stay behind the error, for whoever runs it."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise UnusableFileError(
            _(
                "The registry's database refuses to keep or to give files of the library. Please try again; if it "
                "happens again, ask whoever runs the database server."
            )
        ) from error
