"""What lies beside a registry's file, envelopes, reports and assets: it travels with backups and comes back with them.

What the files hold is no business of this module. It moves whole files, keeps them private and follows no links.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import time
from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core.errors import UnusableFileError
from core.i18n import _
from core.storage import places
from core.storage.leftovers import remove_asides
from core.system_reasons import reason_of


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of files beside a registry.

    Attributes:
        suffix: What their folder is called besides the registry's file.
        ending: How their names end, as a pattern.
        largest: How many bytes one has at most; a larger file is none of ours.
        named_by_content: Whether a file is called by the SHA-256 of what it is to hold, so that damage can be told.
    """

    suffix: str
    ending: str
    largest: int
    named_by_content: bool = False


ENVELOPES = Kind(".envelopes", "*.age", 1_048_576)
REPORTS = Kind(".reports", "*.xlsx", 268_435_456)
ASSETS = Kind(".assets", "[0-9a-f]" * 64, 67_108_864, named_by_content=True)
"""Files of the city's identity; each is called by the SHA-256 of what is in it and nothing else."""
KINDS = (ENVELOPES, REPORTS, ASSETS)
_DAY = 24 * 60 * 60


def folder_of(registry: Path, kind: Kind = ENVELOPES) -> Path:
    """Return the folder beside a registry, or beside its backup, in which files of a kind lie."""
    return registry.with_name(registry.name + kind.suffix)


def files_in(folder: Path, kind: Kind = ENVELOPES) -> list[Path]:
    """Return the files of a kind in a folder; none where the folder is missing or a link."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(file for file in folder.glob(kind.ending) if file.is_file() and not file.is_symlink())


def send_along(registry: Path, backup: Path) -> None:
    """Put what lies beside a registry beside a backup of it: all of it, or none where there was no folder before.

    Each is a copy of its own, since a second name of one file would share whatever befalls it. A file whose name tells
    that it is damaged is left out. Files of an older backup of that name stay until `drop_others`, so that it is whole
    until it is replaced.

    Raises:
        UnusableFileError: They cannot be read or written, or something else lies there.
    """
    for kind in KINDS:
        files, folder = files_in(folder_of(registry, kind), kind), folder_of(backup, kind)
        if not files or folder == folder_of(registry, kind):
            continue
        if os.path.lexists(folder):
            _add(files, folder, kind, over=True)
        else:
            _make_whole(files, folder, kind)


def drop_others(registry: Path, backup: Path, missed: Container[str] = ()) -> None:
    """Remove beside a backup what an older one of the same name had and the registry has no more.

    Args:
        registry: The registry's file.
        backup: The backup.
        missed: The names of files that the registry is to have: the backup may hold the last one that is whole.
    """
    for kind in KINDS:
        here, there = folder_of(registry, kind), folder_of(backup, kind)
        if here != there:
            present = {file.name for file in files_in(here, kind)}
            gone = (file for file in files_in(there, kind) if file.name not in present and file.name not in missed)
            _drop(there, gone)


def bring_back(backup: Path, registry: Path) -> None:
    """Add what lies beside a backup to what lies beside a registry; nothing whole that is there is replaced or removed.

    What is damaged beside the backup stays there: it would bring nothing back.

    Raises:
        UnusableFileError: It cannot be read or written, or something else lies there.
    """
    for kind in KINDS:
        files = files_in(folder_of(backup, kind), kind)
        if files and folder_of(backup, kind) != folder_of(registry, kind):
            _add(files, folder_of(registry, kind), kind, over=False)


def drop(backup: Path) -> None:
    """Remove what lies beside a backup that goes."""
    for kind in KINDS:
        _drop(folder_of(backup, kind), files_in(folder_of(backup, kind), kind))


def drop_orphans(folder: Path) -> None:
    """Remove in a folder of backups what lies beside one that was never finished, once it is a day old."""
    for kind in KINDS:
        for one in folder.glob(f"*{kind.suffix}"):
            backup = one.with_name(one.name.removesuffix(kind.suffix))
            with suppress(OSError):
                if not backup.exists() and one.lstat().st_mtime < time.time() - _DAY:
                    drop(backup)


def _add(files: Iterable[Path], folder: Path, kind: Kind, *, over: bool) -> None:
    places.refuse_linked(folder)
    places.make_private_folder(folder)
    for file in files:
        target = folder / file.name
        content = _content_for(file, target, kind, over=over)
        if content is None:
            continue
        if kind.named_by_content or _is_second_name(target, file):
            # It is missing or damaged, or an earlier version of the program gave one file two names.
            places.remove_ours(target)
        with places.written_aside(target) as aside:
            aside.write_bytes(content)


def _content_for(file: Path, target: Path, kind: Kind, *, over: bool) -> bytes | None:
    """Return what is to be written to a target; None where it stays, or where nothing whole could be written."""
    if over and _is_second_name(target, file):
        return _sound(file, kind)
    if target.exists() and (not over or kind.named_by_content) and _is_whole(target, kind):
        return None
    content = _sound(file, kind)
    unchanged = not kind.named_by_content and target.exists() and _read(target, kind) == content
    return None if unchanged else content


def _is_second_name(target: Path, file: Path) -> bool:
    """Tell whether a file lies under both names, and not a copy."""
    return target.exists() and target.samefile(file)


def _is_whole(file: Path, kind: Kind) -> bool:
    """Tell whether a file holds what it is called by, as far as its name says so."""
    return not kind.named_by_content or _sound(file, kind) is not None


def _make_whole(files: Iterable[Path], folder: Path, kind: Kind) -> None:
    remove_asides(folder)
    aside = folder.with_name(f".{folder.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
    try:
        aside.mkdir(mode=0o700)
        _fill(aside, files, kind)
        places.sync_folder(aside)
        aside.rename(folder)
        places.sync_folder(folder.parent)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be written: {reason}").format(path=folder, reason=reason_of(error, writing=True))
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _fill(aside: Path, files: Iterable[Path], kind: Kind) -> None:
    for file in files:
        content = _sound(file, kind)
        if content is None:
            continue
        places.create_private(aside / file.name)
        with (aside / file.name).open("wb") as copy:
            copy.write(content)
            copy.flush()
            os.fsync(copy.fileno())


def _sound(file: Path, kind: Kind) -> bytes | None:
    """Return what a file holds; None for one that is gone, is none of ours, or is not what its name says.

    One whose name tells what it is to hold and that cannot be read counts as damaged: the others are not lost for it.
    """
    if not kind.named_by_content:
        return _read(file, kind)
    with suppress(UnusableFileError):
        content = _read(file, kind)
        if content is not None and hashlib.sha256(content).hexdigest() == file.name:
            return content
    return None


def _read(file: Path, kind: Kind) -> bytes | None:
    """Return what a file holds; None for one that has just gone, or that is none of ours."""
    safely = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | safely), "rb") as stream:
            found = os.fstat(stream.fileno())
            return stream.read() if stat.S_ISREG(found.st_mode) and found.st_size <= kind.largest else None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=reason_of(error))
        ) from error


def _drop(folder: Path, files: Iterable[Path]) -> None:
    """Remove files, and their folder where nothing is left in it; one envelope too many does no harm."""
    with suppress(OSError):
        for file in files:
            file.unlink(missing_ok=True)
        if not folder.is_symlink():
            folder.rmdir()
