"""The envelopes that lie beside a registry's file: they travel with its backups and come back with them.

What they hold is no business of this module. It moves whole files, keeps them private and follows no links.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from core.errors import UnusableFileError
from core.i18n import _
from core.storage import places

SUFFIX = ".envelopes"
_ENDING = "*.age"
_LARGEST = 1_048_576
_DAY = 24 * 60 * 60


def folder_of(registry: Path) -> Path:
    """Return the folder beside a registry, or beside its backup, in which the envelopes lie."""
    return registry.with_name(registry.name + SUFFIX)


def files_in(folder: Path) -> list[Path]:
    """Return the envelopes in a folder; none where the folder is missing or a link."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(file for file in folder.glob(_ENDING) if file.is_file() and not file.is_symlink())


def send_along(registry: Path, backup: Path) -> None:
    """Put a registry's envelopes beside a backup of it: all of them, or none where there was no folder before.

    Envelopes of an older backup of that name stay until `drop_others`, so that it is whole until it is replaced.

    Raises:
        UnusableFileError: They cannot be read or written, or something else lies there.
    """
    files, folder = files_in(folder_of(registry)), folder_of(backup)
    if not files or folder == folder_of(registry):
        return
    if os.path.lexists(folder):
        _add(files, folder, over=True)
    else:
        _make_whole(files, folder)


def drop_others(registry: Path, backup: Path) -> None:
    """Remove beside a backup what an older one of the same name had and the registry has no more."""
    if folder_of(backup) == folder_of(registry):
        return
    present = {file.name for file in files_in(folder_of(registry))}
    _drop(folder_of(backup), (file for file in files_in(folder_of(backup)) if file.name not in present))


def bring_back(backup: Path, registry: Path) -> None:
    """Add the envelopes of a backup to those of a registry; none that is there is replaced or removed.

    Raises:
        UnusableFileError: They cannot be read or written, or something else lies there.
    """
    files = files_in(folder_of(backup))
    if files and folder_of(backup) != folder_of(registry):
        _add(files, folder_of(registry), over=False)


def drop(backup: Path) -> None:
    """Remove the envelopes of a backup that goes."""
    _drop(folder_of(backup), files_in(folder_of(backup)))


def drop_orphans(folder: Path) -> None:
    """Remove envelopes in a folder of backups whose backup was never finished, once they are a day old."""
    for one in folder.glob(f"*{SUFFIX}"):
        backup = one.with_name(one.name.removesuffix(SUFFIX))
        with suppress(OSError):
            if not backup.exists() and one.lstat().st_mtime < time.time() - _DAY:
                drop(backup)


def _add(files: Iterable[Path], folder: Path, *, over: bool) -> None:
    places.refuse_linked(folder)
    places.make_private_folder(folder)
    for file in files:
        target = folder / file.name
        content = _read(file)
        if content is None or (target.exists() and (not over or _read(target) == content)):
            continue
        with places.written_aside(target) as aside:
            aside.write_bytes(content)


def _make_whole(files: Iterable[Path], folder: Path) -> None:
    places.remove_leftovers(folder.parent, f".*{SUFFIX}.*.part")
    aside = folder.with_name(f".{folder.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
    try:
        aside.mkdir(mode=0o700)
        _fill(aside, files)
        places.sync_folder(aside)
        aside.rename(folder)
        places.sync_folder(folder.parent)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be written: {reason}").format(path=folder, reason=error.strerror or error)
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _fill(aside: Path, files: Iterable[Path]) -> None:
    for file in files:
        content = _read(file)
        if content is None:
            continue
        places.create_private(aside / file.name)
        with (aside / file.name).open("wb") as copy:
            copy.write(content)
            copy.flush()
            os.fsync(copy.fileno())


def _read(file: Path) -> bytes | None:
    """Return what a file holds; None for one that has just gone, or that is none of ours."""
    safely = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | safely), "rb") as stream:
            found = os.fstat(stream.fileno())
            return stream.read() if stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST else None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=error.strerror or error)
        ) from error


def _drop(folder: Path, files: Iterable[Path]) -> None:
    """Remove files, and their folder where nothing is left in it; one envelope too many does no harm."""
    with suppress(OSError):
        for file in files:
            file.unlink(missing_ok=True)
        if not folder.is_symlink():
            folder.rmdir()
