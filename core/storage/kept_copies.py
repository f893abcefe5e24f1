"""The copies that the program keeps beside a registry: how they are called, found, and told from what others keep.

A registry may be called whatever its disk allows, "Kanäle [Moers].kanal" too: a name is never a pattern. What others
keep in the same folder is none of ours, however much it looks like it.
"""

from __future__ import annotations

import glob
import re
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from core.storage import companions
from core.storage.leftovers import WRITER, remove_leftovers

SUFFIX = ".kanal"
BACKUPS = "-backups"
"""How the name of the folder of automatic backups ends."""
_AUTOMATIC = re.compile(r".*-(\d{8}T\d{12}Z)-([a-z-]+)", re.DOTALL)
_DAMAGED = re.compile(r".*-damaged-\d{8}T\d{6}Z", re.DOTALL)
_HEX = "[0-9a-f]" * 32
_BESIDE = "(?:-journal|-wal|-shm)?"
_RESTORING = re.compile(rf"\.restoring-{_HEX}\.part{_BESIDE}")
_OLD_ENOUGH = 60 * 60
"""Seconds after which nobody works any more on a file that does not say who does."""

RESTORING = f".restoring-{_HEX}.part*"
"""The pattern of the private copies of backups that are being restored."""


def automatic_folder(registry: Path) -> Path:
    """Return the folder of a registry's automatic backups."""
    return registry.with_name(registry.stem + BACKUPS)


def automatic_name(registry: Path, why: str, now: datetime) -> Path:
    """Return what an automatic backup is called that is made for a reason at an instant."""
    return automatic_folder(registry) / f"{registry.stem}-{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}-{why}{SUFFIX}"


def damaged_name(registry: Path, now: datetime) -> Path:
    """Return what a registry is called from an instant on that is too damaged to be read."""
    return registry.with_name(f"{registry.stem}-damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{registry.suffix}")


def restoring_name(folder: Path) -> Path:
    """Return what a private copy of a backup is called that is being restored."""
    return folder / f".restoring-{uuid4().hex}.part"


def told_by_name(copy: Path) -> tuple[datetime, str] | None:
    """Return when and why an automatic backup was made; None for what somebody called otherwise."""
    found = _AUTOMATIC.fullmatch(copy.stem)
    with suppress(ValueError):  # Digits are not yet a day.
        if found is not None:
            return datetime.strptime(found[1], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC), found[2]
    return None


def automatic_backups(registry: Path) -> list[Path]:
    """Return the automatic backups of a registry, newest first."""
    return _files(automatic_folder(registry), f"{glob.escape(registry.stem)}-*{SUFFIX}")[::-1]


def drop_half_written(registry: Path) -> None:
    """Remove what killed programs left half written of automatic backups, whose names never come again."""
    kinds = "|".join(re.escape(kind.suffix) for kind in companions.KINDS)
    backup = rf"{re.escape(registry.stem)}-\d{{8}}T\d{{12}}Z-[a-z-]+{re.escape(SUFFIX)}"
    told = rf"\.{backup}(?:{kinds})?{WRITER}"
    remove_leftovers(automatic_folder(registry), f".{glob.escape(registry.stem)}-*.part*", told)


def copies_of(registry: Path) -> list[Path]:
    """Return the copies that the program keeps beside a registry; those of a damaged one among them."""
    damaged = _files(registry.parent, glob.escape(registry.stem) + "-damaged-*" + glob.escape(registry.suffix))
    return [*automatic_backups(registry), *(one for one in damaged if _DAMAGED.fullmatch(one.stem))]


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(one for one in folder.glob(pattern) if one.is_file() or one.is_symlink())


def leftovers_of(registry: Path) -> list[Path]:
    """Return what programs that are no more left half written of a registry and its copies, wherever those lie."""
    return [
        one
        for folder in (registry.parent, automatic_folder(registry))
        for one in _lying_in(folder)
        if _is_left_over(one, registry)
    ]


def _lying_in(folder: Path) -> Iterator[Path]:
    with suppress(OSError):  # There need not be any.
        yield from sorted(folder.glob(".*.part*"))


def _is_left_over(file: Path, registry: Path) -> bool:
    """Say whether something is ours, by its whole name and its kind, and nobody writes it any more."""
    try:
        told = file.lstat()
    except OSError:
        return False
    if _RESTORING.fullmatch(file.name):
        return stat.S_ISREG(told.st_mode) and told.st_mtime < time.time() - _OLD_ENOUGH
    found = _half_written(registry).fullmatch(file.name)
    if found is None or not (stat.S_ISDIR if found["folder"] else stat.S_ISREG)(told.st_mode):
        return False
    return not _is_running(int(found["pid"]))


def _half_written(registry: Path) -> re.Pattern[str]:
    """Return how files are called while they are written aside; a backup may have any name with the suffix of ours."""
    damaged = rf"{re.escape(registry.stem)}-damaged-\d{{8}}T\d{{6}}Z{re.escape(registry.suffix)}"
    name = rf"(?:.+{re.escape(SUFFIX)}|{re.escape(registry.name)}|{damaged})"
    folder = "|".join(re.escape(kind.suffix) for kind in companions.KINDS)
    writer = r"\.(?P<pid>[1-9]\d{0,8})-[0-9a-f]{8}\.part"
    return re.compile(rf"\.{name}(?:(?P<folder>{folder})|-journal)?{writer}(?(folder)|{_BESIDE})", re.DOTALL)


def _is_running(pid: int) -> bool:
    import psutil

    return bool(psutil.pid_exists(pid))
