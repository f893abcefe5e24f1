"""The library of the city's identity: files under the hashes of what is in them, private and never changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UnusableFileError
from core.i18n import _
from core.inventory.assets.permission import is_erased, is_erased_with_person
from core.model import Asset, AssetVersion, Consent
from core.storage import companions, places
from core.storage.leftovers import remove_leftovers
from core.system_reasons import reason_of

_SAFELY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class TroubleKind(StrEnum):
    """What is wrong with a file that a record names."""

    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """A file of the library that is not as its record says."""

    sha256: str
    kind: TroubleKind


class DamagedFileError(UnusableFileError):
    """A file of the library is missing, or holds something else than its name says."""

    def __init__(self, sentence: str, trouble: Trouble) -> None:
        super().__init__(sentence)
        self.trouble = trouble


class Shelf(Protocol):
    """Where the files of a registry's assets are kept; each is known by the SHA-256 of its content."""

    def put(self, data: bytes) -> str:
        """Keep a file, once however often it is put there, and return its SHA-256."""
        ...

    def read(self, sha256: str) -> bytes:
        """Return what a file holds, checked against its name."""
        ...

    def has(self, sha256: str) -> bool:
        """Tell whether a file of that name is there, whole or not."""
        ...

    def names(self) -> set[str]:
        """Return the names of all files."""
        ...

    def check(self, wanted: Iterable[str] | None = None) -> list[Trouble]:
        """Read the wanted files, or all, and return those that are not what they are to be."""
        ...

    def remove(self, sha256: str) -> None:
        """Remove a file; one that is not there is no trouble."""
        ...


@dataclass(frozen=True, slots=True)
class FolderShelf:
    """A shelf that is a folder beside the registry's file."""

    folder: Path

    def put(self, data: bytes) -> str:
        """Keep a file for its user alone; one that was damaged is replaced, one that is whole never written again.

        Returns:
            The SHA-256 under which it is kept.

        Raises:
            UnusableFileError: It cannot be written there, or something else lies in the way.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        places.refuse_linked(self.folder)
        places.make_private_folder(self.folder)
        remove_leftovers(self.folder, ".*.part*")
        if self._trouble(sha256) is not None:
            self._write(sha256, data)
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return what a file holds.

        Raises:
            DamagedFileError: It is missing, or is not what its name says.
        """
        data = self._content(sha256)
        if data is None:
            told = _("The file {name} is missing in “{folder}”. Restore a backup, or add the same file again.")
            raise DamagedFileError(self._told(told, sha256), Trouble(sha256, TroubleKind.MISSING))
        if not is_named(sha256, data):
            told = _(
                "The file {name} in “{folder}” was altered or damaged. Restore a backup, or add the original again."
            )
            raise DamagedFileError(self._told(told, sha256), Trouble(sha256, TroubleKind.DAMAGED))
        return data

    def has(self, sha256: str) -> bool:
        """Tell whether a file of that name is there, whole or not."""
        return sha256 in self.names()

    def names(self) -> set[str]:
        """Return the names of all files; links are none."""
        return {file.name for file in companions.files_in(self.folder, companions.ASSETS)}

    def check(self, wanted: Iterable[str] | None = None) -> list[Trouble]:
        """Read files and return those that are not what they are to be.

        Args:
            wanted: The files that are to be there; without it those that are.
        """
        found = (self._trouble(sha256) for sha256 in sorted(self.names() if wanted is None else set(wanted)))
        return [trouble for trouble in found if trouble is not None]

    def remove(self, sha256: str) -> None:
        """Remove a file; one that is not there is no trouble.

        Raises:
            UnusableFileError: It cannot be removed.
        """
        file = self.folder / sha256
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            told = _("“{path}” cannot be removed: {reason}").format(path=file, reason=reason_of(error))
            raise UnusableFileError(told) from error

    def foreign(self) -> list[str]:
        """Return what else lies in the folder and is none of ours: nothing is done to it.

        Raises:
            UnusableFileError: The folder may not be read.
        """
        try:
            return sorted({entry.name for entry in self.folder.iterdir()} - self.names())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            told = _("“{path}” cannot be reached: {reason}").format(path=self.folder, reason=reason_of(error))
            raise UnusableFileError(told) from error

    def _write(self, sha256: str, data: bytes) -> None:
        target = self.folder / sha256
        try:
            if sha256 in self.names():
                # Its name says that it is to hold something else; a backup may have it under a second name.
                target.unlink(missing_ok=True)
            with places.written_aside(target, new=True) as aside:
                aside.write_bytes(data)
        except OSError as error:
            raise UnusableFileError(
                _("“{path}” cannot be written: {reason}").format(path=target, reason=reason_of(error, writing=True))
            ) from error
        except UnusableFileError:
            # Somebody else may just have put the same file there.
            if self._trouble(sha256) is not None:
                raise

    def _trouble(self, sha256: str) -> Trouble | None:
        data = self._content(sha256)
        if data is not None and is_named(sha256, data):
            return None
        return Trouble(sha256, TroubleKind.MISSING if data is None else TroubleKind.DAMAGED)

    def _content(self, sha256: str) -> bytes | None:
        """Return what lies under a name; None for nothing, empty for what is no file of ours or cannot be read."""
        try:
            with os.fdopen(os.open(self.folder / sha256, _SAFELY), "rb") as file:
                found = os.fstat(file.fileno())
                ours = stat.S_ISREG(found.st_mode) and found.st_size <= companions.ASSETS.largest
                return file.read() if ours else b""
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            return b""

    def _told(self, sentence: str, sha256: str) -> str:
        return sentence.format(name=f"{sha256[:12]}…", folder=self.folder)


def folder_of(registry: Path) -> Path:
    """Return the folder beside a registry's file in which its library lies."""
    return companions.folder_of(registry, companions.ASSETS)


def shelf_of(registry: Path) -> FolderShelf:
    """Return the shelf of a registry's file."""
    return FolderShelf(folder_of(registry))


def recorded_files(session: Session) -> set[str]:
    """Return the SHA-256 of every file that a version or a consent names and that was not erased.

    Where only the pictures were, the forms stay as a proof.
    """
    erased, gone = select(Asset.id).where(is_erased()), select(Asset.id).where(is_erased_with_person())
    versions = select(AssetVersion.sha256).where(AssetVersion.asset_id.not_in(erased))
    forms = select(Consent.form_sha256).where(Consent.form_sha256.is_not(None), Consent.asset_id.not_in(gone))
    return {*session.scalars(versions), *(form for form in session.scalars(forms) if form)}


def troubles(session: Session, shelf: Shelf) -> list[Trouble]:
    """Return the files that records name and that are missing or damaged; reads all of them, so not in a window."""
    return shelf.check(recorded_files(session))


def is_named(sha256: str, data: bytes) -> bool:
    """Tell whether bytes are what the name of a file says."""
    return hashlib.sha256(data).hexdigest() == sha256
