"""The copies that the program keeps beside a registry: what they are called, and which there are.

A registry may be called whatever its disk allows, "Kanäle [Moers].kanal" too: a name is never a pattern.
"""

from __future__ import annotations

import glob
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

SUFFIX = ".kanal"
_AUTOMATIC = re.compile(r".*-(\d{8}T\d{12}Z)-([a-z-]+)", re.DOTALL)
_DAMAGED = re.compile(r".*-damaged-\d{8}T\d{6}Z", re.DOTALL)
_HEX = "[0-9a-f]" * 32

RESTORING = f".restoring-{_HEX}.part*"
"""The pattern of the private copies of backups that are being restored."""


def automatic_folder(registry: Path) -> Path:
    """Return the folder of a registry's automatic backups."""
    return registry.with_name(f"{registry.stem}-backups")


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


def copies_of(registry: Path) -> list[Path]:
    """Return the copies that the program keeps beside a registry; those of a damaged one among them."""
    damaged = _files(registry.parent, glob.escape(registry.stem) + "-damaged-*" + glob.escape(registry.suffix))
    return [*automatic_backups(registry), *(one for one in damaged if _DAMAGED.fullmatch(one.stem))]


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(one for one in folder.glob(pattern) if one.is_file() or one.is_symlink())
